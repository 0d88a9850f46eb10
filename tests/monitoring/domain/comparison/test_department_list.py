"""When a list is owed and due, and which months it may be about."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.department_list import DepartmentList, ListDuty, month_of
from services.monitoring.domain.comparison.errors import EmptyListError, ListMonthError
from services.monitoring.domain.timer import TimerState, timer_state
from shared.kernel.period import Month

MONTHLY = ListDuty("县医保局", "monthly", 5, named=True)
DECEMBER = Month(2022, 12)


def test_due_on_the_fifth_of_the_next_month():
    """The list about December is due on 5 January."""
    assert date(2023, 1, 5) == MONTHLY.due_on(DECEMBER)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2023, 1, 4), TimerState.YELLOW),
        (date(2023, 1, 5), TimerState.YELLOW),
        (date(2023, 1, 6), TimerState.RED),
    ],
)
def test_list_is_late_from_the_day_after(today, state):
    """The day before and the day itself are in time, the day after is not."""
    assert state == timer_state(MONTHLY.due_on(DECEMBER), today, done_on=None, near_days=3)


@pytest.mark.parametrize(
    ("duty", "owed"),
    [
        (MONTHLY, True),
        (ListDuty("县教体局", "yearly", 5, named=True, yearly_month=12), True),
        (ListDuty("县教体局", "yearly", 5, named=True, yearly_month=4), False),
        (ListDuty("县应急局", "at_once", 5, named=False), False),
    ],
)
def test_what_is_owed_for_a_month(duty, owed):
    """Monthly lists always, yearly ones in their month, lists at once never by the calendar."""
    assert owed == duty.owed(DECEMBER)


def test_lists_at_once_replace_nothing():
    """Only a list at once adds to those before."""
    assert (True, False) == (MONTHLY.replaces, ListDuty("县应急局", "at_once", 5, named=False).replaces)


def test_month_is_read():
    """This month may be delivered early."""
    assert Month(2022, 6) == month_of("202206", date(2022, 6, 1))


@pytest.mark.parametrize("text", ["202207", "202200", "202213", "20226", "abcdef", "２０２２０６"])
def test_other_months_are_refused(text):
    """A month to come, or text that is no month."""
    with pytest.raises(ListMonthError):
        month_of(text, date(2022, 6, 30))


def test_empty_list_is_none():
    """A list without rows cannot be received."""
    one = DepartmentList(
        id="l1", department="县医保局", kind="insured", month="202206", received_on=date(2022, 7, 1)
    )
    with pytest.raises(EmptyListError):
        one.receive("x")
