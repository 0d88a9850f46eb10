from datetime import date

import pytest

from services.monitoring.service_layer.assistance.relief import (
    ApplyForRelief,
    GrantRelief,
    RefuseRelief,
    apply_for_relief,
    grant_relief,
    refuse_relief,
)
from tests.monitoring.kit import DAY

DECIDED = "monitoring.relief_decided.v1"


def apply(service, household, tier="town"):
    command = ApplyForRelief(household_id=household, tier=tier, cause="illness", on=DAY, asked_fen=100_000)
    return apply_for_relief(command, service.uow(), service.assistance)


@pytest.mark.parametrize(
    ("tier", "due"), [("urgent", "2022-06-16"), ("town", "2022-06-22"), ("county", "2022-06-30")]
)
def test_the_day_depends_on_the_tier(service, household, outbox, tier, due):
    """An emergency is decided within a day, the others later; no paper confirms the days."""
    apply(service, household, tier)
    (told,) = outbox("monitoring.relief_applied.v1")
    assert (due, False) == (told["due_on"], told["limit_confirmed"])


@pytest.mark.parametrize(("amount", "over"), [(100_000, False), (100_001, True)])
def test_more_than_the_tier_gives_is_marked(service, household, outbox, amount, over):
    """A fen above the unconfirmed limit is granted and marked."""
    id_ = apply(service, household)
    command = GrantRelief(relief_id=id_, amount_fen=amount, on=date(2022, 6, 20))
    grant_relief(command, service.uow(), service.assistance)
    assert [(True, True, amount)] == [
        (one["eligible"], one["granted"], one["amount_fen"]) for one in outbox(DECIDED)
    ]
    with service.uow() as uow:
        assert over == uow.assistance.reliefs.get(id_).over_limit


def test_a_refusal_says_whether_it_was_owed(service, household, outbox):
    """Who was eligible and got nothing is told as such."""
    id_ = apply(service, household)
    refuse_relief(RefuseRelief(relief_id=id_, reason="other", on=DAY, eligible=True), service.uow())
    assert [(True, False)] == [(one["eligible"], one["granted"]) for one in outbox(DECIDED)]
