from datetime import date
from decimal import Decimal

import pytest

from services.finance.domain.rate import alarm, percent

DAY = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("overdue", "stock", "rate"),
    [(23_515, 539_004, "4.36"), (11_825, 98_592, "11.99"), (3_441, 92_353, "3.73"), (0, 92_353, "0.00")],
)
def test_the_published_table(overdue, stock, rate):
    """The overdue rates of a county and two towns that were published for October 2023."""
    assert Decimal(rate) == percent(overdue, stock)


def test_nothing_lent_has_no_rate():
    """Where nothing is owed there is no rate, not a zero one."""
    assert percent(0, 0) is None


@pytest.mark.parametrize(
    ("overdue", "colour"),
    [(0, "green"), (299, "green"), (300, "amber"), (499, "amber"), (500, "red"), (501, "red")],
)
def test_the_lines(policy, overdue, colour):
    """Of 100,000: from 0.3 % amber, from 0.5 % red."""
    assert colour == alarm(overdue, 100_000, DAY, policy)


def test_the_exact_rate_decides(policy):
    """0.4999 % is shown as 0.50 but is not red."""
    assert ("amber", Decimal("0.50")) == (alarm(4_999, 1_000_000, DAY, policy), percent(4_999, 1_000_000))


def test_nothing_lent_is_green(policy):
    """Without loans nothing is overdue."""
    assert "green" == alarm(0, 0, DAY, policy)
