from datetime import date, timedelta
from pathlib import Path

import pytest

from services.monitoring.adapters.case_policy import load_case_policy
from services.monitoring.domain import timer
from services.monitoring.domain.timer import TimerState, add_working_days, timer_state

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
    ("start", "due"),
    [
        (date(2022, 3, 14), date(2022, 3, 21)),  # Monday
        (date(2022, 3, 18), date(2022, 3, 25)),  # Friday
        (date(2022, 3, 19), date(2022, 3, 25)),  # Saturday
    ],
)
def test_working_days(start, due):
    """Five Mondays to Fridays later, not counting the day itself."""
    assert due == add_working_days(start, 5)


def test_elimination_by_months():
    """Identified at the end of March, the earliest is September; no rule before April 2022."""
    assert date(2022, 9, 1) == timer.earliest_elimination(date(2022, 3, 31), date(2022, 4, 1), LIMITS)
    assert date(2022, 3, 1) == timer.earliest_elimination(date(2022, 3, 31), date(2022, 3, 31), LIMITS)


def test_each_limit_says_whether_it_is_confirmed():
    """The fifteen and five days are confirmed, the helper's limit is not."""
    entries = (LIMITS.identification_days, LIMITS.notice_days, LIMITS.helper_working_days)
    assert [True, True, False] == [figure.entry_on(DUE).confirmed for figure in entries]
