from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.finance.domain.borrower import Borrower, Member
from services.finance.domain.eligibility import Standing, Terms, ensure_readable, judge
from services.finance.domain.errors import (
    AmountNotPositiveError,
    NotEligibleError,
    OverrideNeededError,
    RateError,
    TermError,
    UseUnknownError,
)

DAY = date(2022, 6, 1)
TERMS = Terms(5_000_000, 12, Decimal("0.0370"), "breeding", rated=True)


def borrower(type_="100A03A03", born_on=date(1980, 1, 1), *, lifted_out=False) -> Borrower:
    member = Member("p1", "N1-01", "001", "1", born_on)
    return Borrower("h1", "N1", "610327102200", type_, lifted_out, (member,))


@pytest.fixture
def verdict(policy):
    def verdict(household=None, *, day=DAY, standing=None, **changed):
        terms = replace(TERMS, **changed)
        return judge(household or borrower(), "p1", terms, standing or Standing(), day=day, policy=policy)

    return verdict


def failed(checks):
    return [check.code for check in checks]


def test_a_plain_loan_passes_every_check(verdict):
    """Nothing is refused or doubted, and every check names its paper and what was found."""
    result = verdict()
    assert (True, (), ()) == (result.eligible, result.refusals, result.doubts)
    assert all(check.source and check.found and check.asked for check in result.checks)


@pytest.mark.parametrize("type_", ["100A03A03", "100A03001", "100A03002"])
def test_listed_household_types(verdict, type_):
    """Households lifted out and marginal ones may borrow."""
    assert verdict(borrower(type_)).eligible


def test_an_ordinary_household_is_refused(verdict):
    """A household of no listed type is refused by a confirmed condition."""
    assert ["household_types"] == failed(verdict(borrower("100A03A01")).refusals)


@pytest.mark.parametrize("type_", ["100A03003", "100A03A02"])
def test_types_other_counties_include_are_doubts(verdict, type_):
    """What this county's paper does not name, but others lend to, never refuses by itself."""
    result = verdict(borrower(type_))
    assert (True, ["household_types_extended"]) == (result.eligible, failed(result.doubts))


def test_a_listed_type_beside_an_extended_one(verdict):
    """A sudden-hardship household that was lifted out is a listed one: no doubt."""
    assert () == verdict(borrower("100A03003", lifted_out=True)).doubts


@pytest.mark.parametrize(
    ("born_on", "refused"),
    [
        (date(2004, 6, 1), []),
        (date(2004, 6, 2), ["lowest_age"]),
        (date(1956, 6, 2), []),
        (date(1956, 6, 1), ["highest_age"]),
    ],
)
def test_age_bounds_are_included(verdict, born_on, refused):
    """From the 18th birthday to the day before the 66th."""
    assert refused == failed(verdict(borrower(born_on=born_on)).refusals)


@pytest.mark.parametrize(
    ("changed", "refused", "doubted"),
    [
        ({"amount_fen": 5_000_001}, ["amount_highest"], []),
        ({"amount_fen": 5_000_001, "top_up": True}, [], []),
        ({"amount_fen": 10_000_001, "top_up": True}, [], ["top_up_highest"]),
        ({"term_months": 36, "annual_rate": Decimal("0.0445")}, [], []),
        ({"term_months": 37}, ["term_highest_months"], []),
        ({"annual_rate": Decimal("0.03701")}, [], ["lpr_one_year"]),
        ({"term_months": 13, "annual_rate": Decimal("0.03701")}, [], []),
        ({"term_months": 13, "annual_rate": Decimal("0.0446")}, [], ["lpr_five_years"]),
        ({"use_code": "wedding"}, ["forbidden_uses"], []),
        ({"rated": False}, ["rating_needed"], []),
        ({"standing": Standing(live_loans=1)}, [], ["live_loans_highest"]),
        ({"standing": Standing(owed_fen=1)}, ["amount_highest"], []),
        ({"standing": Standing(owed_fen=5_000_000), "top_up": True}, [], []),
        ({"standing": Standing(owed_fen=5_000_001), "top_up": True}, [], ["top_up_highest"]),
        ({"standing": Standing(renewals=1)}, [], []),
        ({"standing": Standing(renewals=2)}, [], ["renewals_highest"]),
    ],
)
def test_each_condition_at_its_bound(verdict, changed, refused, doubted):
    """Each condition alone: confirmed ones refuse, unconfirmed ones only doubt."""
    result = verdict(**changed)
    assert (refused, doubted) == (failed(result.refusals), failed(result.doubts))


@pytest.mark.parametrize(
    ("day", "doubted"),
    [
        (date(2022, 1, 19), []),
        (date(2022, 1, 20), ["lpr_one_year"]),
        (date(2022, 8, 22), ["lpr_one_year"]),
    ],
)
def test_the_rate_is_held_against_the_lpr_of_the_day(verdict, day, doubted):
    """3.80 % was within the LPR until 2022-01-19 and above it from the next day on."""
    assert doubted == failed(verdict(annual_rate=Decimal("0.0380"), day=day).doubts)


def test_a_refusal_names_its_conditions(verdict):
    """What a confirmed condition rules out cannot be overridden."""
    with pytest.raises(NotEligibleError) as refused:
        verdict(use_code="house", rated=False).ensure_permitted("领导同意")
    assert ["forbidden_uses", "rating_needed"] == refused.value.details["codes"]


def test_a_doubt_needs_a_reason(verdict):
    """An unconfirmed condition stops only until an officer gives a reason."""
    doubtful = verdict(standing=Standing(live_loans=1))
    with pytest.raises(OverrideNeededError):
        doubtful.ensure_permitted("  ")
    assert doubtful.ensure_permitted("原贷款月底结清") is None


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"amount_fen": 0}, AmountNotPositiveError),
        ({"term_months": 0}, TermError),
        ({"annual_rate": Decimal("3.7")}, RateError),
        ({"annual_rate": Decimal("-0.01")}, RateError),
        ({"use_code": "gambling"}, UseUnknownError),
    ],
)
def test_slips_are_refused(policy, changed, error):
    """No amount, no term, a rate in percent, an unknown use: there is nothing to judge."""
    with pytest.raises(error):
        ensure_readable(replace(TERMS, **changed), policy, DAY)
