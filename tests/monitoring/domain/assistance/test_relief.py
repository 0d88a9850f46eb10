from datetime import date

import pytest

from services.monitoring.domain.assistance.relief import STATES, WAYS, Applied, Decided, Relief
from services.monitoring.domain.guarantee_errors import AmountBoundsError
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {("grant", "applied"): "granted", ("refuse", "applied"): "refused"}
TAKE = {
    "grant": lambda one: one.grant(100_000, on=DAY, limit=None),
    "refuse": lambda one: one.refuse("not_eligible", on=DAY),
}


def relief(**given):
    told = {"id": "r1", "household_id": "h1", "area_code": "610327109203", "tier": "town", "cause": "illness"}
    return Relief.apply(**told | {"applied_on": DAY, "due_on": DAY, "limit_confirmed": False} | given)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """An application is granted or refused, once."""
    check(relief(state=state), TAKE[step], leads_to)


@pytest.mark.parametrize(
    ("amount", "limit", "over"), [(100, 100, False), (101, 100, True), (10**7, None, False)]
)
def test_more_than_the_limit_is_marked(amount, limit, over):
    """The limit itself is within; a fen more is marked and granted all the same; no limit marks nothing."""
    one = relief()
    one.grant(amount, on=DAY, limit=limit)
    assert (over, amount, "granted") == (one.over_limit, one.amount_fen, one.state)


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_relief_is_a_sum_of_money(amount):
    """Nothing, less and ten million yuan are refused."""
    one = relief()
    with pytest.raises(AmountBoundsError):
        one.grant(amount, on=DAY, limit=None)
    assert "applied" == one.state


def test_asking_for_less_than_nothing_is_refused():
    """A negative amount is refused before anything is kept."""
    with pytest.raises(AmountBoundsError):
        relief(asked_fen=-1)


def test_applied_and_decided_are_told():
    """Both raise a fact; who was eligible and refused is told so."""
    one = relief()
    one.refuse("other", on=DAY, eligible=True)
    assert [Applied, Decided] == [type(fact) for fact in one.facts]
    assert one.eligible
