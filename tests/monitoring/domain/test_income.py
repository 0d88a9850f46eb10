from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.errors import InvalidPeriodError, NegativeAmountError, UnknownIncomeItemError
from services.monitoring.domain.income import ITEMS, Income, IncomeLedger
from shared.kernel.period import Days, reference_period
from shared.parameters.figure import FigureInForce
from shared.parameters.strict_yaml import read_document

CASES = read_document(Path(__file__).parent / "cases" / "income.yaml").data
LINE = FigureInForce(650_000, "Notice (invented)", confirmed=False, since=date(2022, 1, 1))
ON = date(2022, 6, 15)
AMOUNTS = st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 10**9))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_case(case):
    """Each worked case comes out as it is written down."""
    income = Income(case["items"], case["persons"], case.get("claim", 0), case.get("self_paid", 0))
    assert case["expect"] == {name: getattr(income, name) for name in case["expect"]}


@given(items=AMOUNTS, persons=st.integers(0, 12), claim=st.integers(0, 10**8), paid=st.integers(0, 10**8))
def test_identities(items, persons, claim, paid):
    """Net and reference are what the national procedure computes, whatever the amounts."""
    income = Income(items, persons, claim, paid)
    cost = sum(amount for item, amount in items.items() if item.startswith("E"))
    gross = sum(items.values()) - cost
    assert (gross, gross - cost, gross - cost + claim - paid) == (income.gross, income.net, income.reference)


@given(items=AMOUNTS, persons=st.integers(1, 12))
def test_per_head_is_the_nearest_fen(items, persons):
    """No head gets half a fen more or less than its share."""
    income = Income(items, persons)
    assert abs(income.net_per_head * persons - income.net) * 2 <= persons


@given(items=AMOUNTS, item=st.sampled_from(ITEMS), more=st.integers(1, 10**6))
def test_more_of_one_item_moves_net_by_as_much(items, item, more):
    """One fen more of an income is one fen more net; of a cost, one fen less."""
    before, after = Income(items, 1), Income({**items, item: items.get(item, 0) + more}, 1)
    assert (-more if item.startswith("E") else more) == after.net - before.net


@pytest.mark.parametrize("item", ["A6", "D5", "F1", "claim"])
def test_unknown_item_is_refused(item):
    """An amount for something outside the ledger is refused, sums like D5 too."""
    with pytest.raises(UnknownIncomeItemError):
        Income({item: 1}, 1)


def test_negative_amount_is_refused():
    """A negative amount is refused, and the item named."""
    with pytest.raises(NegativeAmountError) as refused:
        Income({"B1": -1}, 1)

    assert {"item": "B1"} == refused.value.details


def ledger(period=None, income=None, on=ON):
    return IncomeLedger.record(
        ledger_id="l1",
        household_id="h1",
        area_code="610327109203",
        period=period or reference_period(on),
        income=income or Income({}, 1),
        line=LINE,
        on=on,
    )


def test_reference_period_is_the_twelve_months_before():
    """Identified in June 2021: June 2020 to May 2021."""
    assert Days(date(2020, 6, 1), date(2021, 5, 31)) == ledger(on=date(2021, 6, 1)).period


@pytest.mark.parametrize(
    "period",
    [
        Days(date(2021, 6, 1), date(2022, 6, 30)),
        Days(date(2021, 7, 1), date(2022, 6, 30)),
        Days(date(2021, 6, 2), date(2022, 5, 31)),
        Days(date(2021, 6, 1), date(2022, 5, 30)),
        Days(date(2021, 7, 1), date(2022, 5, 31)),
    ],
)
def test_other_periods_are_refused(period):
    """Thirteen months, months not over, broken months and eleven months are refused."""
    with pytest.raises(InvalidPeriodError):
        ledger(period)


def test_statistical_year_is_taken():
    """October to September, the year of the annual collection, is a period too."""
    assert ledger(Days(date(2020, 10, 1), date(2021, 9, 30))).period.first == date(2020, 10, 1)


@pytest.mark.parametrize(("net", "within"), [(650_000, True), (650_001, False)])
def test_exactly_the_line_is_within(net, within):
    """A household at the line is within the range; a fen above it is not."""
    assert within == ledger(income=Income({"A1": net}, 1)).within_range


def test_rigid_spending_is_judged_by_the_reference_range():
    """A household above the line is within it once its rigid spending is deducted."""
    judged = ledger(income=Income({"A1": 700_000}, 1, self_paid=50_000))
    assert (False, True) == (judged.within_range, judged.reference_within_range)
