from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.field_work.errors import NoPointsError
from services.evaluation.domain.field_work.point_account import Line, LineReached, PointAccount, PointsAdded

LINES = [Line("recall", Decimal(4)), Line("remind", Decimal(8)), Line("admonish", Decimal(6))]
ON = date(2022, 3, 3)


def opened():
    """Return an account of ten points."""
    return PointAccount.open(2022, "610327109203", Decimal(10), on=date(2022, 1, 1))


def acts(account):
    """Return the acts proposed, in their order."""
    return [fact.line.act for fact in account.facts if isinstance(fact, LineReached)]


@pytest.mark.parametrize(
    ("points", "proposed"),
    [
        ("-1.99", []),
        ("-2", ["remind"]),
        ("-3.99", ["remind"]),
        ("-4", ["remind", "admonish"]),
        ("-6", ["remind", "admonish", "recall"]),
        ("5", []),
    ],
)
def test_a_balance_at_a_line_reaches_it(points, proposed):
    """A balance of exactly the line reaches it; one entry may reach several, the highest first."""
    account = opened()
    account.enter(Decimal(points), "visit", LINES, on=ON)
    assert proposed == acts(account)


def test_a_line_acts_once_in_the_year():
    """Down, up again and down: the act is proposed the first time only."""
    account = opened()
    for points in ("-2", "3", "-3", "-1"):
        account.enter(Decimal(points), "visit", LINES, on=ON)
    assert ["remind"] == acts(account)
    assert ["remind"] == account.reached


def test_nothing_is_no_entry():
    """Zero points are refused."""
    account = opened()
    with pytest.raises(NoPointsError):
        account.enter(Decimal(0), "visit", LINES, on=ON)
    assert 0 == account.entries


@given(st.lists(st.decimals(-5, 5, places=2).filter(bool), max_size=20))
def test_the_balance_is_the_sum(entries):
    """Opening and entries add up, each fact says the balance after it, and no act is proposed twice."""
    account, balance = opened(), Decimal(10)
    for points in entries:
        account.enter(points, "task", LINES, on=ON)
        balance += points
        assert balance == account.balance
    told = [fact for fact in account.facts if isinstance(fact, PointsAdded)]
    assert list(range(1, len(entries) + 1)) == [fact.sequence for fact in told]
    assert len(set(acts(account))) == len(acts(account))
    lowest = min([Decimal(10), *(fact.balance for fact in told)])
    assert {line.act for line in LINES if lowest <= line.at} == set(acts(account))
