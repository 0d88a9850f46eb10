"""The improvement actions (十大提升行动), their lead departments, and the days of dispatch: dated policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.evaluation.domain.dispatch.errors import UnknownActionError
from shared.kernel.period import Month, add_days
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class Action:
    """One improvement action; *lead* is a department's official name."""

    code: str
    zh: str
    en: str
    lead: str


@dataclass(frozen=True, slots=True)
class DispatchPolicy:
    """What the county settled about dispatch; each figure says itself whether it is confirmed.

    *filing_days* counts from the last day of the month: 0 is "at the end of each month" (item 25).
    """

    actions: DatedFigure[Mapping[str, Any]]
    filing_days: DatedFigure[int]
    meeting_days: DatedFigure[int]

    def actions_on(self, day: date) -> tuple[Action, ...]:
        """Return the actions in force, by code."""
        found = self.actions.on(day)
        return tuple(
            Action(str(code), one["zh"], one["en"], one["lead"]) for code, one in sorted(found.items())
        )

    def action(self, code: str, day: date) -> Action:
        """Return one action; raises UnknownActionError."""
        for one in self.actions_on(day):
            if one.code == code:
                return one
        raise UnknownActionError(action=code)

    def filing_due(self, month: Month) -> date:
        """Return the day by which the progress of *month* is to be filed."""
        return add_days(month.last_day, self.filing_days.on(month.last_day))

    def meeting_due(self, quarter: "Quarter") -> date:
        """Return the day by which the meeting of *quarter* is to be held."""
        return add_days(quarter.last_day, self.meeting_days.on(quarter.last_day))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year, written 2022Q1."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @property
    def last_day(self) -> date:
        return Month(self.year, self.number * 3).last_day

    def next(self) -> "Quarter":
        """Return the quarter after this one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)  # noqa: PLR2004

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
