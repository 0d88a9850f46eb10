"""What the county is told of weekly, monthly and quarterly reports (plan item 2), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class ReportDue(EventData):
    """A unit owes a report."""

    type: ClassVar[str] = "monitoring.report_due.v1"

    report_id: str
    kind: Literal["weekly", "monthly", "quarterly"]
    period: str
    """2022W07, 202202 or 2022Q1."""
    unit: str
    """The town's nine-digit code, or the official name of a department."""
    due_on: date
    limit_confirmed: bool = False

    @property
    def subject(self) -> str:
        return self.report_id


class ReportSubmitted(EventData):
    """The unit handed it in; a later *version* follows a return."""

    type: ClassVar[str] = "monitoring.report_submitted.v1"

    report_id: str
    kind: Literal["weekly", "monthly", "quarterly"]
    unit: str
    version: int

    @property
    def subject(self) -> str:
        return self.report_id


class ReportReturned(EventData):
    """The reviewer sent it back."""

    type: ClassVar[str] = "monitoring.report_returned.v1"

    report_id: str
    kind: Literal["weekly", "monthly", "quarterly"]
    unit: str
    version: int
    reason: str
    """A code of ``return_reason``."""

    @property
    def subject(self) -> str:
        return self.report_id


class ReportLocked(EventData):
    """The reviewer accepted it; it no longer changes."""

    type: ClassVar[str] = "monitoring.report_locked.v1"

    report_id: str
    kind: Literal["weekly", "monthly", "quarterly"]
    unit: str
    version: int

    @property
    def subject(self) -> str:
        return self.report_id
