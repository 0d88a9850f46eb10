"""What units report themselves, with review and sampled check, version 1. Owner: evaluation.

Files stand in events by the SHA-256 of their content, never with name or content; reasons and notes stay in
the office. A figure is written in decimals, as text.
"""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from shared.contracts.envelope import EventData


class ReportedValue(BaseModel):
    """A figure of one unit; *denominator* of a rate or ratio, *levels* of centre, province and city."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    shape: Literal["rate", "ratio", "count", "yes_no", "done_on", "levels"]
    numerator: str
    denominator: str | None = None
    done_on: date | None = None
    levels: tuple[int, ...] = ()


class ReportTaskOpened(EventData):
    """A unit owes a report."""

    type: ClassVar[str] = "evaluation.report_task_opened.v1"

    task_id: str
    indicator: str
    period: str
    """A year 2022, a quarter 2022Q1 or a month 202201."""
    reporter: str
    """Town code or official department name."""
    units: tuple[str, ...]
    """Whose values it holds: town codes, departments, or the county's code."""
    due_on: date
    limit_confirmed: bool = False

    @property
    def subject(self) -> str:
        return self.task_id


class ReportTaskOverdue(EventData):
    """The due day has passed and nothing was handed in."""

    type: ClassVar[str] = "evaluation.report_task_overdue.v1"

    task_id: str
    indicator: str
    period: str
    reporter: str
    due_on: date

    @property
    def subject(self) -> str:
        return self.task_id


class ValueReported(EventData):
    """A report was handed in; its values count only when they are accepted."""

    type: ClassVar[str] = "evaluation.value_reported.v1"

    task_id: str
    indicator: str
    period: str
    reporter: str
    units: tuple[str, ...]
    number: int
    """1 for the first submission; a returned report comes again with the next."""
    late: bool
    files: tuple[str, ...] = ()
    """SHA-256 of each file that goes with it."""

    @property
    def subject(self) -> str:
        return self.task_id


class ValueReturned(EventData):
    """A report was sent back; its reason stays in the office."""

    type: ClassVar[str] = "evaluation.value_returned.v1"

    task_id: str
    indicator: str
    period: str
    reporter: str
    number: int

    @property
    def subject(self) -> str:
        return self.task_id


class ValueAccepted(EventData):
    """The value of one unit was accepted; it is true from the day it was handed in, or its period ended."""

    type: ClassVar[str] = "evaluation.value_accepted.v1"

    value_id: str
    """Names the value: of one task and unit."""
    task_id: str
    indicator: str
    period: str
    reporter: str
    unit: str
    value: ReportedValue
    files: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return self.task_id


class ValueChecked(EventData):
    """An accepted value was held against its files or what is there; *value* is the correction."""

    type: ClassVar[str] = "evaluation.value_checked.v1"

    value_id: str
    task_id: str
    indicator: str
    period: str
    reporter: str
    unit: str
    how: Literal["files", "on_the_spot"]
    result: Literal["upheld", "corrected", "withdrawn"]
    value: ReportedValue | None = None
    off_by_percent: str = "0"
    """Difference between reported and found, in percent of what was found, two decimals."""

    @property
    def subject(self) -> str:
        return self.task_id


class ReportSampleDrawn(EventData):
    """A sampled check of accepted reports was drawn from a frozen list; see docs/reporting.md."""

    type: ClassVar[str] = "evaluation.report_sample_drawn.v1"

    sample_id: str
    digest: str
    """SHA-256 of the frozen list."""
    seed: str
    listed: int
    drawn: tuple[str, ...]
    """The ids of the tasks that were drawn."""

    @property
    def subject(self) -> str:
        return self.sample_id


class ReportReviewOpened(EventData):
    """A value was so far off that every accepted report of the unit is checked."""

    type: ClassVar[str] = "evaluation.report_review_opened.v1"

    task_id: str
    """The task whose value was wrong."""
    reporter: str
    off_by_percent: str
    limit_percent: str
    limit_confirmed: bool = False
    tasks: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.reporter


EVENTS: tuple[type[EventData], ...] = (
    ReportTaskOpened,
    ReportTaskOverdue,
    ValueReported,
    ValueReturned,
    ValueAccepted,
    ValueChecked,
    ReportSampleDrawn,
    ReportReviewOpened,
)
