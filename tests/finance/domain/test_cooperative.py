from decimal import Decimal

import pytest

from services.finance.domain.cooperative import (
    AssociationLoan,
    DistributedBeyondIncomeError,
    Distribution,
    FirmProject,
    StationIncome,
)
from services.finance.domain.process import PositiveAmountError
from tests.finance.domain.machines import ACTING, COMMON, DAY, last_told, try_every_step

SHARE = Decimal("0.80")


def income() -> StationIncome:
    return StationIncome(
        **COMMON, station_no="G1", period="2021", income_fen=1000, due_on=DAY, state="recorded"
    )


def spent(wages, works, awards, *, decided=True, announced=True) -> Distribution:
    return Distribution(wages, works, awards, decided=decided, announced=announced)


def test_every_state_and_every_step_of_a_loan():
    """Granted, refused or taken back; what was granted is repaid."""
    loan = AssociationLoan(
        **COMMON, association="示例协会", member_no="1", amount_fen=1, valid=True, due_on=DAY, state="applied"
    )
    steps = {
        "grant": lambda one: one.grant(ACTING),
        "refuse": lambda one: one.refuse("use", ACTING),
        "withdraw": lambda one: one.withdraw(ACTING),
        "repay": lambda one: one.repay(ACTING),
    }
    permitted = {
        ("applied", "grant"): "granted",
        ("applied", "refuse"): "refused",
        ("applied", "withdraw"): "withdrawn",
        ("granted", "repay"): "repaid",
    }
    try_every_step(loan, steps, permitted)


def test_every_state_and_every_step_of_an_income():
    """An income is distributed once."""
    steps = {"distribute": lambda one: one.distribute(spent(800, 0, 200), SHARE, ACTING)}
    try_every_step(income(), steps, {("recorded", "distribute"): "distributed"})


def test_every_state_and_every_step_of_a_firms_project():
    """Recognised or not; what is on the list begins."""
    project = FirmProject(
        **COMMON, firm="示例厂", name="示例", kind="business", amount_fen=1, due_on=DAY, state="applied"
    )
    steps = {
        "recognise": lambda one: one.recognise(ACTING),
        "reject": lambda one: one.reject(ACTING),
        "land": lambda one: one.land(ACTING),
    }
    permitted = {
        ("applied", "recognise"): "listed",
        ("applied", "reject"): "rejected",
        ("listed", "land"): "landed",
    }
    try_every_step(project, steps, permitted)


@pytest.mark.parametrize(
    ("told", "by_rule"),
    [
        (spent(800, 0, 200), True),
        (spent(799, 0, 201), False),
        (spent(700, 100, 200), True),
        (spent(400, 0, 100), True),
        (spent(1000, 0, 0, decided=False), False),
    ],
)
def test_the_share_for_wages_and_labour(told, by_rule):
    """At 80 % exactly it is by the rule, one fen less not; too little is marked and not refused."""
    one = income()
    one.distribute(told, SHARE, ACTING)
    assert ("distributed", by_rule) == (one.state, one.by_rule)
    assert {"by_rule": by_rule, "announced": True} == last_told(one)


@pytest.mark.parametrize(
    ("told", "error"),
    [(spent(1000, 0, 1), DistributedBeyondIncomeError), (spent(0, 0, 0), PositiveAmountError)],
)
def test_no_more_than_the_income(told, error):
    """One fen more than there is, or nothing, is refused."""
    one = income()
    with pytest.raises(error):
        one.distribute(told, SHARE, ACTING)
    assert income() == one
