"""What must be done by when, and how near that day is: blue, yellow, red (domain 3.3, 4.4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.monitoring.domain.working_day import CountedDay, WorkingCalendar, add_working_days
from shared.kernel.errors import Language
from shared.kernel.period import Month, add_days, add_months
from shared.parameters.figure import DatedFigure


class TimerState(StrEnum):
    """*done* in time, *late* when done after the day; the other three are open."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    DONE = "done"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Limits:
    """The dated limits of the procedure; each knows its paper and whether it is confirmed."""

    identification_days: DatedFigure[int]
    notice_days: DatedFigure[int]
    measure_months: DatedFigure[int]
    elimination_months: DatedFigure[int]
    delivered_months: DatedFigure[int]
    helper_working_days: DatedFigure[int]
    elimination_days: DatedFigure[int]
    near_days: DatedFigure[int]
    vote_share: DatedFigure[Decimal]
    """The share of the votes cast that must be exceeded for a village meeting to have agreed."""
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Timer:
    """One limit of one case. *done_on* is None while it is open."""

    zh: str
    en: str
    due_on: date
    done_on: date | None
    state: TimerState
    confirmed: bool
    source: str

    def label(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


def timer_state(due_on: date, today: date, *, done_on: date | None, near_days: int) -> TimerState:
    """Return red after *due_on*, yellow in its last *near_days* days (that day included), blue before."""
    if done_on is not None:
        return TimerState.LATE if done_on > due_on else TimerState.DONE
    if today > due_on:
        return TimerState.RED
    return TimerState.YELLOW if (due_on - today).days <= near_days else TimerState.BLUE


def identification_due(first_clue_on: date, limits: Limits) -> date:
    """Return the last day for identification: the first clue plus fifteen days (GOV A1)."""
    return add_days(first_clue_on, limits.identification_days.on(first_clue_on))


def measures_due(identified_on: date, limits: Limits) -> date:
    """Return the last day for measures to be on record: one month after identification (4.4)."""
    return add_months(identified_on, limits.measure_months.on(identified_on))


def helper_counted(identified_on: date, limits: Limits) -> CountedDay:
    """Return the last day for the responsible helper to be fixed, and whether the calendar knew every day."""
    return add_working_days(identified_on, limits.helper_working_days.on(identified_on), limits.calendar)


def helper_due(identified_on: date, limits: Limits) -> date:
    """Return the last day for the responsible helper to be fixed."""
    return helper_counted(identified_on, limits).on


def earliest_elimination(identified_on: date, today: date, limits: Limits) -> date:
    """Return the first day of the month in which the risk may be eliminated, by the rule in force *today*.

    Month arithmetic, as the national record keeps only YYYYMM.
    """
    return Month.of(identified_on).plus(limits.elimination_months.on(today)).first_day


def timer(
    zh: str,
    en: str,
    due: date | CountedDay,
    today: date,
    *,
    done_on: date | None,
    figure: DatedFigure[int],
    since: date,
    limits: Limits,
) -> Timer:
    """Return one timer; *since* is the day whose value of *figure* applies.

    A *due* day counted beyond the published calendar makes the limit unconfirmed.
    """
    entry = figure.entry_on(since)
    counted = due if isinstance(due, CountedDay) else CountedDay(due, known=True)
    state = timer_state(counted.on, today, done_on=done_on, near_days=limits.near_days.on(today))
    source = entry.source if counted.known else _beyond(entry.source)
    return Timer(zh, en, counted.on, done_on, state, entry.confirmed and counted.known, source)


def _beyond(source: str) -> str:
    zh, _, en = source.partition(" / ")
    unknown = ("节假日安排尚未公布，按周一至周五计算", "holidays not published yet: Mondays to Fridays")
    return f"{zh}；{unknown[0]} / {en}; {unknown[1]}"
