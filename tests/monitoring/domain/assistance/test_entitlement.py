from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.assistance.entitlement import (
    KINDS,
    STATES,
    WAYS,
    Assessment,
    Decided,
    Entitlement,
    Found,
    month_named,
)
from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.guarantee_errors import AmountBoundsError, MonthAheadError, MonthError
from shared.kernel.period import Month
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {
    ("assess", "found"): "found",
    ("grant", "found"): "granted",
    ("refuse", "found"): "refused",
    ("adjust", "granted"): "granted",
    ("pay", "granted"): "granted",
    ("end", "granted"): "ended",
}
TAKE = {
    "assess": lambda one: one.assess(Assessment(100)),
    "grant": lambda one: one.grant(30_000, on=DAY),
    "refuse": lambda one: one.refuse("supported", on=DAY),
    "adjust": lambda one: one.adjust(40_000),
    "pay": lambda one: one.pay(Month(2022, 6), on=DAY),
    "end": lambda one: one.end("moved", on=DAY),
}


def entitlement(**given_):
    told: dict[str, Any] = {"id": "e1", "household_id": "h1", "area_code": "610327109203"}
    told |= {
        "kind": "low_income",
        "person_id": None,
        "found_by": "town",
        "found_on": DAY,
        "due_on": date(2022, 7, 15),
    }
    return Entitlement.find(**told | {"limit_confirmed": False} | given_)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """Found, then granted or refused; what is granted is paid and adjusted until it ends."""
    check(entitlement(state=state, monthly_fen=30_000), TAKE[step], leads_to)


@given(*[st.integers(0, 10**10)] * 4)
def test_deductions_never_go_below_nothing(income, rigid, property_found, exempt):
    """What counts is what is left after deductions: never more than there is, nor less than nothing."""
    one = Assessment(income, rigid, property_found, exempt)
    assert 0 <= one.counted_income <= income
    assert 0 <= one.counted_property <= property_found
    assert income <= one.counted_income + rigid


@pytest.mark.parametrize(
    "assessment", [Assessment(-1), Assessment(1, -1), Assessment(1, 1, -1), Assessment(1, 1, 1, -1)]
)
def test_amounts_below_nothing_are_refused(assessment):
    """No part of an assessment is negative."""
    with pytest.raises(AmountBoundsError):
        entitlement().assess(assessment)


def test_an_assessment_is_kept():
    """What was noted is there to be read, and decides nothing."""
    one = entitlement()
    assert one.assessment is None
    one.assess(Assessment(500_000, 300_000, 100, 50, "就医"))
    assert Assessment(500_000, 300_000, 100, 50, "就医") == one.assessment
    assert "found" == one.state


@pytest.mark.parametrize("amount", [0, -1, 10**8])
def test_a_monthly_amount_is_a_sum_of_money(amount):
    """Nothing, less, and a million yuan a month are refused, and it stays to be decided."""
    one = entitlement()
    with pytest.raises(AmountBoundsError):
        one.grant(amount, on=DAY)
    assert "found" == one.state


def test_a_month_has_one_payment():
    """The payment's id is of entitlement and month: the same twice is the same."""
    one = entitlement()
    one.grant(30_000, on=DAY)
    first, again = (one.pay(Month(2022, 6), on=DAY) for _ in range(2))
    assert first.id == again.id != one.pay(Month(2022, 7), on=date(2022, 7, 1)).id
    assert (30_000, "202206") == (first.amount_fen, first.month)


@pytest.mark.parametrize(("month", "paid"), [(Month(2022, 5), False), (Month(2022, 6), True)])
def test_no_month_before_it_was_granted(month, paid):
    """The month of the decision is paid, the month before is not."""
    one = entitlement()
    one.grant(30_000, on=DAY)
    if paid:
        assert one.pay(month, on=DAY)
    else:
        with pytest.raises(InvalidDayError):
            one.pay(month, on=DAY)


def test_found_and_decided_are_told():
    """Finding and deciding raise a fact; an assessment stays inside."""
    one = entitlement()
    one.assess(Assessment(1))
    one.refuse("income_above", on=DAY)
    assert [Found, Decided] == [type(fact) for fact in one.facts]


@pytest.mark.parametrize(("person", "subject"), [(None, "h1"), ("p1", "p1")])
def test_it_is_of_a_person_or_the_household(person, subject):
    """Who it is of is the person, or else the household."""
    assert subject == entitlement(person_id=person).subject


@pytest.mark.parametrize("text", ["2022", "202213", "202200", "2022-6", "２０２２０６", ""])
def test_what_is_no_month_is_refused(text):
    """Six digits of a year and a month."""
    with pytest.raises(MonthError):
        month_named(text)


def test_every_kind_has_a_unit():
    """The federation answers for the two disability allowances, civil affairs for the others."""
    units = {kind: entitlement(kind=kind).unit for kind in KINDS}
    assert {"disability_living", "disability_care"} == {
        kind for kind, unit in units.items() if unit == "县残联"
    }
    assert [True, False] == [entitlement(state=state).is_open for state in ("granted", "ended")]


@pytest.mark.parametrize(
    ("on", "paid"), [(date(2022, 6, 30), False), (date(2022, 7, 1), True), (date(2022, 7, 2), True)]
)
def test_no_month_before_it_has_come(on, paid):
    """July is paid from its first day; on the last of June it is refused."""
    one = entitlement()
    one.grant(30_000, on=DAY)
    if paid:
        assert "202207" == one.pay(Month(2022, 7), on=on).month
        return
    with pytest.raises(MonthAheadError):
        one.pay(Month(2022, 7), on=on)
