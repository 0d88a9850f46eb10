"""What the county is told of toilets, sewage works and clean villages (plan items 5, 27), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class ToiletProblemFound(EventData):
    """A rebuilt household toilet has a problem."""

    type: ClassVar[str] = "monitoring.toilet_problem_found.v1"

    problem_id: str
    toilet_id: str
    kind: str
    """A code of ``toilet_problem``."""
    due_on: date
    limit_confirmed: bool = False


class ToiletProblemClosed(EventData):
    """The problem was rectified and accepted."""

    type: ClassVar[str] = "monitoring.toilet_problem_closed.v1"

    problem_id: str
    toilet_id: str


class ToiletProblemReopened(EventData):
    """An inspection found that the problem is not rectified."""

    type: ClassVar[str] = "monitoring.toilet_problem_reopened.v1"

    problem_id: str
    toilet_id: str
    sequence: int


class PublicToiletAdvanced(EventData):
    """A new public toilet took a step."""

    type: ClassVar[str] = "monitoring.public_toilet_advanced.v1"

    public_toilet_id: str
    stage: Literal["planned", "started", "built", "open"]

    @property
    def subject(self) -> str:
        return self.public_toilet_id


class SewageFacilityChecked(EventData):
    """A sewage facility was checked."""

    type: ClassVar[str] = "monitoring.sewage_facility_checked.v1"

    facility_id: str
    check_id: str
    running: bool

    @property
    def subject(self) -> str:
        return self.facility_id


class VillageCleaningScored(EventData):
    """A village was inspected for cleanliness."""

    type: ClassVar[str] = "monitoring.village_cleaning_scored.v1"

    inspection_id: str
    month: str
    score: str
    """A decimal number of points out of 100, as text."""

    @property
    def subject(self) -> str:
        return self.inspection_id
