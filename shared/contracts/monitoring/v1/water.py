"""What the county is told of safe drinking water (plan item 9), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class WaterRoundOpened(EventData):
    """A round of door-to-door checks of drinking water began."""

    type: ClassVar[str] = "monitoring.water_round_opened.v1"

    round_id: str
    number: int
    """1, 2, … in the year."""
    first_on: date
    last_on: date

    @property
    def subject(self) -> str:
        return self.round_id


class WaterRoundClosed(EventData):
    """A town completed a round."""

    type: ClassVar[str] = "monitoring.water_round_closed.v1"

    round_id: str
    number: int
    households: int
    checked: int

    @property
    def subject(self) -> str:
        return self.round_id


class WaterHouseholdChecked(EventData):
    """The drinking water of a household was checked by the four criteria (T/CHES 18-2018)."""

    type: ClassVar[str] = "monitoring.water_household_checked.v1"

    check_id: str
    round_id: str
    quantity: Literal["met", "basic", "not"]
    quality: Literal["met", "basic", "not"]
    convenience: Literal["met", "basic", "not"]
    assurance: Literal["met", "basic", "not"]
    safe: bool


class WaterWorksRecorded(EventData):
    """A centralised water works as it now stands. The higher *version* wins."""

    type: ClassVar[str] = "monitoring.water_works_recorded.v1"

    works_id: str
    version: int
    in_use: bool

    @property
    def subject(self) -> str:
        return self.works_id


class WaterTested(EventData):
    """The water of a works was tested."""

    type: ClassVar[str] = "monitoring.water_tested.v1"

    test_id: str
    works_id: str
    passed: bool
    retest_of: str | None = None
    """The failed test it repeats."""
    due_on: date | None = None
    """Of a failed test: by when it must be fixed and repeated."""

    @property
    def subject(self) -> str:
        return self.test_id


class WaterProblemFound(EventData):
    """A household has no safe water."""

    type: ClassVar[str] = "monitoring.water_problem_found.v1"

    problem_id: str
    criterion: Literal["quantity", "quality", "convenience", "assurance", "interruption"]
    due_on: date
    limit_confirmed: bool = False


class WaterProblemClosed(EventData):
    """The household has safe water again."""

    type: ClassVar[str] = "monitoring.water_problem_closed.v1"

    problem_id: str
