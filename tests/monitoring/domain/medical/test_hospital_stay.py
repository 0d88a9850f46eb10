from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.guarantee_errors import AmountBoundsError, PartsExceedTotalError
from services.monitoring.domain.medical.hospital_stay import STATES, WAYS, Bill, HospitalStay, Settled
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {("settle", "open"): "settled"}
BILL = Bill(1_000_000, 600_000, 100_000, 50_000)
AMOUNT = st.integers(0, 10**9)


def stay(**given_):
    told: dict[str, Any] = {"id": "s1", "household_id": "h1", "area_code": "610327109203", "person_id": "p1"}
    told |= {"in_county": True, "hospital": "县医院", "left_on": DAY, "due_on": date(2022, 7, 15)}
    return HospitalStay.leave(**told | given_)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """A stay is settled once."""
    check(stay(state=state), lambda one: one.settle(BILL, on=DAY), leads_to)


@given(AMOUNT, AMOUNT, AMOUNT, st.integers(1, 10**9))
def test_the_parts_are_the_whole(basic, critical, relief, own):
    """Whatever the layers pay, they and what is left to the patient make up the cost."""
    bill = Bill(basic + critical + relief + own, basic, critical, relief)
    bill.check()
    assert own == bill.self_paid
    assert bill.total == bill.basic + bill.critical + bill.relief + bill.self_paid
    assert 0 == bill.difference


@given(AMOUNT, st.integers(1, 10**6))
def test_layers_never_pay_more_than_the_cost(cost, more):
    """Parts above the total are refused."""
    with pytest.raises((PartsExceedTotalError, AmountBoundsError)):
        Bill(cost, cost + more).check()


@pytest.mark.parametrize(("said", "difference"), [(250_000, 0), (250_183, 183), (249_970, -30)])
def test_a_difference_to_the_list_is_shown(said, difference):
    """What the list says differs by a little in real lists: it is shown and not refused."""
    bill = Bill(1_000_000, 600_000, 100_000, 50_000, said)
    bill.check()
    assert (250_000, difference) == (bill.self_paid, bill.difference)


@pytest.mark.parametrize("bill", [Bill(0), Bill(-1), Bill(100, -1), Bill(10**11)])
def test_what_cannot_be_true_is_refused(bill):
    """Nothing, less than nothing, and a hundred million yuan and more are refused."""
    with pytest.raises(AmountBoundsError):
        bill.check()


@pytest.mark.parametrize(("day", "at_once"), [(DAY, True), (date(2022, 6, 16), False)])
def test_at_once_is_the_day_of_leaving(day, at_once):
    """一站式 is what is settled on the day the patient leaves; the day after is not."""
    one = stay()
    one.settle(BILL, on=day)
    assert at_once == one.at_once
    assert [Settled(one)] == one.facts


def test_not_before_leaving():
    """The day before leaving is refused, and the stay stays open."""
    one = stay()
    with pytest.raises(InvalidDayError):
        one.settle(BILL, on=date(2022, 6, 14))
    assert ("open", 0) == (one.state, one.total)
