"""Who maintains which item of information, and within how many days of a change (plan item 2)."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.report.errors import ReportStepError
from shared.kernel.aggregate import Aggregate


@dataclass(kw_only=True)
class Responsibility(Aggregate):
    """One line of the list 信息更新维护责任清单: an *item*, for an area, has one unit and person.

    A line is in force from its approval until it is replaced; a replaced one stays, dated, so that an
    entry can be traced to whoever answered for it on that day.
    """

    id: str
    item: str
    area_code: str
    unit: str
    person: str = field(repr=False)
    duties: str = field(default="", repr=False)
    within_days: int
    recorded_on: date
    recorded_by: str = ""
    approved_on: date | None = None
    approved_by: str = ""
    until: date | None = None

    def approve(self, *, on: date, by: str) -> None:
        """Put the line in force; refuses a second time and a day before it was written."""
        if self.approved_on is not None or self.until is not None:
            raise ReportStepError(
                state_zh="已批准", state_en="approved", step_zh="再次批准", step_en="approved again"
            )
        if on < self.recorded_on:
            raise InvalidDayError(day=on.isoformat())
        self.approved_on, self.approved_by = on, by

    def replace(self, *, on: date) -> None:
        """Note that another line is in force from *on*."""
        self.until = on

    def answers_on(self, day: date) -> bool:
        """Say whether the line was in force on *day*."""
        approved = self.approved_on is not None and self.approved_on <= day
        return approved and (self.until is None or day < self.until)
