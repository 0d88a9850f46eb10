from datetime import date, timedelta
from pathlib import Path

import pytest

from services.monitoring.adapters.case_policy import load_case_policy
from services.monitoring.domain import timer
from services.monitoring.domain.timer import TimerState, timer_state

POLICY = Path(timer.__file__).parents[1] / "policy"
LIMITS = load_case_policy(POLICY).limits
DUE = date(2022, 3, 16)


@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (10, TimerState.BLUE),
        (4, TimerState.BLUE),
        (3, TimerState.YELLOW),
        (0, TimerState.YELLOW),
        (-1, TimerState.RED),
        (-90, TimerState.RED),
    ],
)
def test_colours(days_left, state):
    """Blue before, yellow in the last three days and on the day itself, red after it."""
    assert state == timer_state(DUE, DUE - timedelta(days=days_left), done_on=None, near_days=3)


@pytest.mark.parametrize(
    ("done", "state"), [(0, TimerState.DONE), (1, TimerState.LATE), (-5, TimerState.DONE)]
)
def test_done(done, state):
    """Done on the last day is in time; a day later is late, for ever."""
    done_on = DUE + timedelta(days=done)
    assert state == timer_state(DUE, DUE + timedelta(days=400), done_on=done_on, near_days=3)


def test_fifteen_days():
    """A clue of 1 March is due by the 16th."""
    assert DUE == timer.identification_due(date(2022, 3, 1), LIMITS)


@pytest.mark.parametrize(
    ("identified", "due"),
    [
        (date(2022, 3, 16), date(2022, 4, 16)),
        (date(2022, 1, 31), date(2022, 2, 28)),
        (date(2022, 12, 31), date(2023, 1, 31)),
    ],
)
def test_measures_within_a_month(identified, due):
    """One month, ending with the month where it has no such day."""
    assert due == timer.measures_due(identified, LIMITS)


@pytest.mark.parametrize(
    ("identified", "due"),
    [
        (date(2022, 3, 14), date(2022, 3, 21)),  # a plain Monday
        (date(2022, 1, 28), date(2022, 2, 9)),  # over the Spring Festival: 29 and 30 January are worked
        (date(2022, 9, 30), date(2022, 10, 12)),  # over the National Day: 8 and 9 October are worked
    ],
)
def test_helper_within_five_working_days(identified, due):
    """The helper's five days follow the official calendar, holidays and weekends worked instead."""
    assert due == timer.helper_due(identified, LIMITS)
    assert timer.helper_counted(identified, LIMITS).known


@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (4, TimerState.BLUE),
        (3, TimerState.YELLOW),
        (0, TimerState.YELLOW),
        (-1, TimerState.RED),
    ],
)
def test_a_limit_beyond_the_calendar_is_unconfirmed(days_left, state):
    """A year whose holidays are not published leaves the colours and makes the limit unconfirmed."""
    since = date(2060, 3, 1)
    counted = timer.helper_counted(since, LIMITS)
    found = timer.timer(
        "责任人",
        "helper",
        counted,
        counted.on - timedelta(days=days_left),
        done_on=None,
        figure=LIMITS.identification_days,
        since=since,
        limits=LIMITS,
    )
    assert (state, False) == (found.state, found.confirmed)
    assert "尚未公布" in found.source


def test_elimination_by_months():
    """Identified at the end of March, the earliest is September; no rule before April 2022."""
    assert date(2022, 9, 1) == timer.earliest_elimination(date(2022, 3, 31), date(2022, 4, 1), LIMITS)
    assert date(2022, 3, 1) == timer.earliest_elimination(date(2022, 3, 31), date(2022, 3, 31), LIMITS)


def test_each_limit_says_whether_it_is_confirmed():
    """The fifteen and five days are confirmed, the helper's limit is not."""
    entries = (LIMITS.identification_days, LIMITS.notice_days, LIMITS.helper_working_days)
    assert [True, True, False] == [figure.entry_on(DUE).confirmed for figure in entries]
