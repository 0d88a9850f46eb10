"""The periods reports are of: weeks from Monday to Sunday, months, quarters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from shared.kernel.period import Month

ReportKind = Literal["weekly", "monthly", "quarterly"]
KINDS: tuple[ReportKind, ...] = get_args(ReportKind)
_SUNDAY = 6
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """One period; *key* is 2022W07 (the ISO week), 202202 or 2022Q1."""

    kind: ReportKind
    key: str
    first: date
    last: date


def period_of(kind: ReportKind, day: date) -> Period:
    """Return the period of *kind* in which *day* lies."""
    if kind == "weekly":
        monday = day - timedelta(days=day.weekday())
        year, week, _ = monday.isocalendar()
        return Period(kind, f"{year}W{week:02d}", monday, monday + timedelta(days=_SUNDAY))
    month = Month.of(day)
    if kind == "monthly":
        return Period(kind, str(month), month.first_day, month.last_day)
    quarter = (month.number - 1) // _QUARTER
    first = Month(month.year, quarter * _QUARTER + 1)
    return Period(kind, f"{month.year}Q{quarter + 1}", first.first_day, first.plus(_QUARTER - 1).last_day)


def ended(kind: ReportKind, after: date | None, today: date) -> Iterator[Period]:
    """Yield the periods that are over on *today* and began after *after*; without it only the last one."""
    last = period_of(kind, period_of(kind, today).first - timedelta(days=1))
    if after is None:
        yield last
        return
    one = period_of(kind, after + timedelta(days=1))
    while one.last < today:
        yield one
        one = period_of(kind, one.last + timedelta(days=1))
