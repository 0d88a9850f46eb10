"""What the county is told of departments' lists, the warnings they raise and what was pushed, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class DepartmentListReceived(EventData):
    """A department supplied a list for a month that could be used."""

    type: ClassVar[str] = "monitoring.department_list_received.v1"

    batch_id: str
    department: str
    """Official name, e.g. 县医保局."""
    kind: str
    """A code of ``department_list``."""
    month: str
    """YYYYMM the list is about."""
    rows: int
    matched: int

    @property
    def subject(self) -> str:
        return self.batch_id


class ComparisonDifferenceFound(EventData):
    """A department's list and the register disagree about a person."""

    type: ClassVar[str] = "monitoring.comparison_difference_found.v1"

    difference_id: str
    batch_id: str
    department: str
    about: str
    """A code of ``difference``."""
    person_id: str | None = None
    due_on: date
    limit_confirmed: bool = False


class ComparisonDifferenceClosed(EventData):
    """The difference was put right on one side, or explained."""

    type: ClassVar[str] = "monitoring.comparison_difference_closed.v1"

    difference_id: str
    department: str
    how: Literal["register_corrected", "department_corrected", "explained", "gone"]


class WarningRaised(EventData):
    """A rule found a sign of risk in a department's list (domain 6.2)."""

    type: ClassVar[str] = "monitoring.warning_raised.v1"

    warning_id: str
    rule: str
    """e.g. YB-01."""
    department: str
    month: str
    clue_id: str | None = None
    """The clue it became; None when the household is monitored already for the same risk."""
    threshold_confirmed: bool = False


class WarningChecked(EventData):
    """What became of a warning."""

    type: ClassVar[str] = "monitoring.warning_checked.v1"

    warning_id: str
    rule: str
    department: str
    outcome: Literal["no_risk", "risk", "already_monitored", "identified", "rejected"]
    sequence: int = 0
    """A later outcome of the same warning has a higher one."""


class PushSent(EventData):
    """Something was sent to a department to be answered."""

    type: ClassVar[str] = "monitoring.push_sent.v1"

    push_id: str
    department: str
    kind: Literal["results", "differences", "check"]
    rows: int
    due_on: date
    limit_confirmed: bool = False

    @property
    def subject(self) -> str:
        return self.push_id


class PushAnswered(EventData):
    """The department answered what was sent to it."""

    type: ClassVar[str] = "monitoring.push_answered.v1"

    push_id: str
    department: str

    @property
    def subject(self) -> str:
        return self.push_id
