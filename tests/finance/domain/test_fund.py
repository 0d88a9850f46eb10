import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.fund import FundLine, IssuedBeyondArrangedError, PaidBeyondIssuedError
from services.finance.domain.process import PositiveAmountError
from shared.kernel.errors import Refusal
from tests.finance.domain.machines import ACTING, COMMON, DAY, try_every_step


def line(**other) -> FundLine:
    about: dict[str, Any] = {
        "line_no": "Z1",
        "year": 2022,
        "source": "county",
        "industry": True,
        "unit": "县财政局",
        "arranged_fen": 1000,
        "issued_fen": 600,
        "paid_fen": 100,
        "due_on": DAY,
        "state": "issued",
    }
    return FundLine(**COMMON, **{**about, **other})


def test_every_state_and_every_step():
    """Money is issued before it is paid, and a line is withdrawn only before anything was issued."""
    steps = {
        "issue": lambda one: one.issue(10, ACTING),
        "pay": lambda one: one.pay(10, ACTING),
        "withdraw": lambda one: one.withdraw(ACTING),
    }
    permitted = {
        ("arranged", "issue"): "issued",
        ("arranged", "withdraw"): "withdrawn",
        ("issued", "issue"): "issued",
        ("issued", "pay"): "paying",
        ("paying", "issue"): "paying",
        ("paying", "pay"): "paying",
    }
    try_every_step(line(), steps, permitted)


def test_paid_wholly_it_is_closed():
    """With the last fen of what was arranged the line is paid."""
    one = line(issued_fen=1000, state="paying")
    one.pay(899, ACTING)
    assert "paying" == one.state
    one.pay(1, ACTING)
    assert ("paid", False) == (one.state, one.is_open)


@pytest.mark.parametrize(
    ("step", "amount", "error"),
    [
        ("issue", 401, IssuedBeyondArrangedError),
        ("pay", 501, PaidBeyondIssuedError),
        ("issue", 0, PositiveAmountError),
        ("pay", -5, PositiveAmountError),
    ],
)
def test_no_more_than_there_is(step, amount, error):
    """One fen too many, or nothing at all, is refused and changes nothing."""
    one = line()
    with pytest.raises(error):
        getattr(one, step)(amount, ACTING)
    assert line() == one


def test_nothing_cannot_be_arranged():
    """A line of no money is refused."""
    about: dict[str, Any] = {"id": "x", "area_code": "610327", "line_no": "1", "year": 2022, "source": "city"}
    with pytest.raises(PositiveAmountError):
        FundLine.arrange(ACTING, **about, industry=False, unit="县财政局", arranged_fen=0, due_on=DAY)


@given(
    st.lists(st.tuples(st.sampled_from(["issue", "pay", "withdraw"]), st.integers(-10, 1200)), max_size=12)
)
def test_paid_is_never_above_issued_nor_issued_above_arranged(moves):
    """Whatever is tried in whatever order: paid ≤ issued ≤ arranged."""
    one = replace(line(), issued_fen=0, paid_fen=0, state="arranged")
    for step, amount in moves:
        with contextlib.suppress(Refusal):
            one.withdraw(ACTING) if step == "withdraw" else getattr(one, step)(amount, ACTING)
        assert 0 <= one.paid_fen <= one.issued_fen <= one.arranged_fen
