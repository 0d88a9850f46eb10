from datetime import date

import pytest

from services.employment.domain.errors import (
    DeliveryBeforeRequestError,
    DeliveryMismatchError,
    MeasureStepError,
    NoteNeededError,
    NotYetError,
)
from services.employment.domain.measure import (
    Accepted,
    Declined,
    Delivered,
    Delivery,
    Measure,
    MeasureState,
    Request,
    urgency,
)

TODAY = date(2022, 6, 15)
ASKED = date(2022, 6, 1)
JOB = Delivery("job", "j1", "h1", "p1")
PLACEMENT = Delivery("placement", "a1", "h1", "p1")


def request(**other) -> Request:
    about = {
        "measure_id": "m1",
        "case_id": "c1",
        "household_id": "h1",
        "area_code": "610327102200",
        "risk": "100A27009",
        "category": "100A40",
        "code": "005",
        "department": "县人社局",
        "requested_on": ASKED,
        "due_on": date(2022, 7, 1),
        "person_id": None,
        "event_id": "e1",
        "correlation_id": "e0",
    }
    return Request(**{**about, **other})


def measure(answer=MeasureState.REQUESTED, *, withdrawn=False, **other) -> Measure:
    return Measure(request=request(**other), answer=answer, withdrawn_on=TODAY if withdrawn else None)


STEPS = {
    "accept": lambda m: m.accept(on=TODAY),
    "deliver": lambda m: m.deliver(JOB, on=TODAY, today=TODAY),
    "decline": lambda m: m.decline("not_willing", "", on=TODAY),
}
PERMITTED = {
    ("requested", "accept"): "accepted",
    ("requested", "decline"): "declined",
    ("accepted", "deliver"): "delivered",
    ("accepted", "decline"): "declined",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", list(MeasureState))
def test_every_state_and_every_step(state, step):
    """Four steps are permitted and lead where the table says; every other is refused and changes nothing."""
    withdrawn = state is MeasureState.WITHDRAWN
    before = measure(MeasureState.ACCEPTED if withdrawn else state, withdrawn=withdrawn)
    if (state, step) in PERMITTED:
        assert step in before.steps
        STEPS[step](before)
        assert PERMITTED[state, step] == before.state
    else:
        assert step not in before.steps
        with pytest.raises(MeasureStepError):
            STEPS[step](before)
        assert (state, []) == (before.state, before.facts)


def test_answers_are_facts():
    """Each answer raises its fact with the request it answers."""
    taken, sent_back = measure(), measure()
    taken.accept(on=TODAY)
    taken.deliver(JOB, on=ASKED, today=TODAY)
    sent_back.decline("other", " 已迁出 ", on=TODAY)
    assert [Accepted(request(), TODAY), Delivered(request(), ASKED, "job", "j1")] == taken.facts
    assert [Declined(request(), TODAY, "other", "已迁出")] == sent_back.facts


@pytest.mark.parametrize("answer", [MeasureState.DELIVERED, MeasureState.DECLINED])
def test_a_withdrawal_ends_only_what_is_open(answer):
    """What was delivered or declined stays so when the request is withdrawn afterwards."""
    assert answer == measure(answer, withdrawn=True).state


@pytest.mark.parametrize(
    ("category", "person_id", "delivery"),
    [
        ("100A42", None, JOB),
        ("100A40", None, PLACEMENT),
        ("100A40", None, Delivery("training", "")),
        ("100A40", None, Delivery("job", "j2", "h2", "p9")),
        ("100A40", "p2", JOB),
    ],
)
def test_the_delivery_must_fit(category, person_id, delivery):
    """A post by a placement and nothing else, of that household, of the person named."""
    accepted = measure(MeasureState.ACCEPTED, category=category, person_id=person_id)
    with pytest.raises(DeliveryMismatchError):
        accepted.deliver(delivery, on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("category", "delivery"),
    [("100A42", PLACEMENT), ("100A40", JOB), ("100A40", Delivery("training", "培训2022-7"))],
)
def test_a_fitting_delivery(category, delivery):
    """A placement delivers a post; a job or a training delivers the rest."""
    accepted = measure(MeasureState.ACCEPTED, category=category, person_id="p1")
    accepted.deliver(delivery, on=TODAY, today=TODAY)
    assert (delivery.kind, delivery.by) == (accepted.delivery_kind, accepted.delivered_by)


@pytest.mark.parametrize(
    ("day", "error"), [(date(2022, 5, 31), DeliveryBeforeRequestError), (date(2022, 6, 16), NotYetError)]
)
def test_delivery_lies_between_request_and_today(day, error):
    """Not before it was asked for, not in the future."""
    with pytest.raises(error):
        measure(MeasureState.ACCEPTED).deliver(JOB, on=day, today=TODAY)


def test_other_needs_a_note():
    """Nobody could re-plan on “other” without a word."""
    with pytest.raises(NoteNeededError):
        measure().decline("other", " ", on=TODAY)


@pytest.mark.parametrize(
    ("today", "colour"),
    [
        (date(2022, 6, 23), "later"),
        (date(2022, 6, 24), "soon"),
        (date(2022, 7, 1), "soon"),
        (date(2022, 7, 2), "overdue"),
    ],
)
def test_urgency_by_day(today, colour):
    """Seven days before it is due it turns yellow; the day after, red."""
    due = date(2022, 7, 1)
    assert colour == urgency(MeasureState.ACCEPTED, due, today=today, soon_days=7)
    assert "done" == urgency(MeasureState.DELIVERED, due, today=today, soon_days=7)
