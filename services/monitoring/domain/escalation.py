"""An escalation: a limit that passed so long ago that the next level up is told (逾期督办)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from services.monitoring.domain.screening_errors import EscalationClosedError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days

Level = Literal["village", "town", "county", "department"]
UP: dict[str, tuple[str, ...]] = {
    "village": ("town", "county"),
    "town": ("county",),
    "department": ("county",),
}
"""To whom what a level lets pass is told, the nearest first; nobody stands above the county here."""


@dataclass(frozen=True, slots=True)
class RunningTimer:
    """A limit that is not met yet. *kind* and *subject_id* name it; *level* and *unit* say whose it is.

    *person* is a helper's number, never a name. *path* is where it is dealt with.
    """

    kind: str
    subject_id: str
    household_id: str
    area_code: str
    level: str
    unit: str
    person: str
    due_on: date
    path: str


def escalation_id_of(timer: RunningTimer, level: str) -> str:
    """Return the one escalation of this limit to *level*; a limit set anew is another."""
    return derived_id("escalation", timer.kind, timer.subject_id, timer.due_on.isoformat(), level)


@dataclass(kw_only=True)
class Escalation(Aggregate):
    """*level* is who is told; *from_level* and *unit* are who is late. Answered, or ended with its limit."""

    id: str
    timer_kind: str
    subject_id: str
    household_id: str
    area_code: str
    from_level: str
    unit: str
    level: str
    due_on: date
    raised_on: date
    path: str
    answered_on: date | None = None
    answered_by: str = ""
    ended_on: date | None = None
    note: str = field(default="", repr=False)

    @classmethod
    def of(cls, timer: RunningTimer, level: str, on: date) -> Self:
        return cls(
            id=escalation_id_of(timer, level),
            timer_kind=timer.kind,
            subject_id=timer.subject_id,
            household_id=timer.household_id,
            area_code=timer.area_code,
            from_level=timer.level,
            unit=timer.unit,
            level=level,
            due_on=timer.due_on,
            raised_on=on,
            path=timer.path,
        )

    def answer(self, *, on: date, by: str, note: str) -> None:
        """Record what was done about it."""
        if self.answered_on is not None or self.ended_on is not None:
            raise EscalationClosedError
        self.answered_on, self.answered_by, self.note = on, by, note


def escalations_due(
    timers: Iterable[RunningTimer], today: date, *, to_town: int, to_county: int
) -> list[Escalation]:
    """Return whom to tell *today*: the town from *to_town* days past the limit on, the county *to_county*."""
    after = {"town": to_town, "county": to_county}
    return [
        Escalation.of(timer, level, today)
        for timer in timers
        for level in UP.get(timer.level, ())
        if today >= add_days(timer.due_on, after[level])
    ]
