from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.dispatch.action import Quarter
from services.evaluation.domain.dispatch.errors import UnknownActionError
from shared.kernel.period import Month
from shared.parameters.figure import FigureNotInForceError
from tests.evaluation.dispatch_kit import ACTION, policy

DAY = date(2022, 5, 1)


def test_actions_come_by_code():
    """The order of the file does not matter, and each names its lead department."""
    assert [("a01", "县农业农村局"), ("a02", "县人社局")] == [
        (one.code, one.lead) for one in policy().actions_on(DAY)
    ]
    assert ACTION == policy().action("a01", DAY)


def test_an_action_nobody_named():
    """A code that is no action is refused, and before the policy is in force there is none."""
    with pytest.raises(UnknownActionError):
        policy().action("a99", DAY)
    with pytest.raises(FigureNotInForceError):
        policy().actions_on(date(2021, 12, 31))


@pytest.mark.parametrize(
    ("month", "days", "due"),
    [
        (Month(2022, 2), 0, date(2022, 2, 28)),
        (Month(2022, 4), 0, date(2022, 4, 30)),
        (Month(2022, 12), 5, date(2023, 1, 5)),
    ],
)
def test_progress_is_due_at_month_end(month, days, due):
    """The last day of the month, or so many days after it."""
    assert due == policy(filing_days=days).filing_due(month)


def test_a_meeting_is_due_at_the_end_of_the_quarter():
    """The last day of the quarter, or so many days after it."""
    assert date(2022, 6, 30) == policy().meeting_due(Quarter(2022, 2))
    assert date(2023, 1, 3) == policy(meeting_days=3).meeting_due(Quarter(2022, 4))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_quarter(day):
    """The quarter of a day ends on or after it, the next begins the day after its end."""
    quarter = Quarter.of(day)
    assert day <= quarter.last_day
    assert quarter.next() == Quarter.of(quarter.last_day + timedelta(days=1))
    assert str(quarter) < str(quarter.next())
