from datetime import date

import pytest

from services.employment.domain import job, placement
from services.employment.domain.job import Work
from services.employment.service_layer.publishing import fixed_id, publish
from shared.contracts.employment import v1

DAY = date(2022, 6, 1)


def test_a_fact_nobody_asked_for_is_not_published():
    """What has no published form stays inside the department."""
    assert [] == list(publish(object()))


def test_blank_items_of_a_job():
    """Unknown pay is 0 and an unknown channel empty; that something is missing is said by *complete*."""
    started = job.Started("j1", "p1", "h1", "610327102200", DAY, Work("", None, abroad=True), False)
    (event,) = publish(started)
    assert isinstance(event, v1.JobStarted)
    assert (0, "", "abroad", False) == (
        event.monthly_pay_fen,
        event.channel,
        event.region,
        event.complete,
    )


@pytest.mark.parametrize(("reason", "fixed"), [("term_over", True), ("resigned", False)])
def test_only_the_clocks_own_events_have_a_fixed_id(reason, fixed):
    """A placement that ran out has one id for ever; one ended by a person has its own."""
    ended = placement.Ended("a1", "p1", "h1", "610327102200", DAY, reason)
    (event,) = publish(ended)
    again = v1.PostEnded.model_validate(event.model_dump())
    assert (fixed, fixed_id(event)) == (fixed_id(event) is not None, fixed_id(again))
