"""Working days by a calendar that knows holidays and the weekends worked instead; how far it is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

_SATURDAY = 5


class WorkingCalendar(Protocol):
    """The official calendar; it is published year by year."""

    def working(self, day: date) -> bool | None:
        """Return whether people work on *day*; None for a year the calendar does not have yet."""
        ...


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day found by counting. *known* is False when a day counted lies beyond the calendar:

    then Mondays to Fridays were taken, and whoever shows the day calls it unconfirmed.
    """

    on: date
    known: bool


def add_working_days(day: date, days: int, calendar: WorkingCalendar) -> CountedDay:
    """Return the day *days* working days after *day*, which does not count itself."""
    known = True
    while days > 0:
        day += timedelta(days=1)
        working = calendar.working(day)
        if working is None:
            known, working = False, day.weekday() < _SATURDAY
        days -= working
    return CountedDay(day, known)
