"""What the county is told of the follow-up of relocated households (plan items 14 to 16), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class FacilityTaskPlanned(EventData):
    """Something is to be built or set up for a resettlement site."""

    type: ClassVar[str] = "monitoring.facility_task_planned.v1"

    task_id: str
    site_id: str
    kind: str
    """A code of ``site_need``."""
    due_on: date
    limit_confirmed: bool = False

    @property
    def subject(self) -> str:
        return self.task_id


class FacilityTaskDone(EventData):
    """It was done."""

    type: ClassVar[str] = "monitoring.facility_task_done.v1"

    task_id: str
    site_id: str

    @property
    def subject(self) -> str:
        return self.task_id


class RelocationReturnFound(EventData):
    """A relocated household was found living in its old place."""

    type: ClassVar[str] = "monitoring.relocation_return_found.v1"

    finding_id: str
    kind: Literal["old_house", "two_places", "elder_returned"]
    site_id: str = ""
    due_on: date
    limit_confirmed: bool = False


class RelocationReturnEnded(EventData):
    """The household lives at its site again."""

    type: ClassVar[str] = "monitoring.relocation_return_ended.v1"

    finding_id: str
    kind: Literal["old_house", "two_places", "elder_returned"]


class RelocationHousingFound(EventData):
    """A relocated family outgrew its house."""

    type: ClassVar[str] = "monitoring.relocation_housing_found.v1"

    shortage_id: str
    persons: int
    floor_area: int
    """Whole square metres."""
    site_id: str = ""
    due_on: date
    limit_confirmed: bool = False


class RelocationHousingSolved(EventData):
    """The want of room was solved."""

    type: ClassVar[str] = "monitoring.relocation_housing_solved.v1"

    shortage_id: str
    way: str
    """A code of ``housing_solution``."""


class ZeroEmploymentOpened(EventData):
    """A relocated household with somebody able and willing to work has nobody in work."""

    type: ClassVar[str] = "monitoring.zero_employment_opened.v1"

    spell_id: str
    willing: int
    due_on: date
    limit_confirmed: bool = False


class ZeroEmploymentClosed(EventData):
    """Somebody of the household works again, or nobody is willing any more."""

    type: ClassVar[str] = "monitoring.zero_employment_closed.v1"

    spell_id: str
    way: Literal["employed", "not_willing", "left"]


class RelocatedLabourSurveyed(EventData):
    """A relocated household's labourers were asked about work."""

    type: ClassVar[str] = "monitoring.relocated_labour_surveyed.v1"

    survey_id: str
    half: str
    """The year and 1 or 2, e.g. 20221."""
    labourers: int
    surveyed: int
    willing: int
