from datetime import date

import pytest

from services.finance.domain.errors import (
    DeliveryBeforeRequestError,
    DeliveryMismatchError,
    MeasureStepError,
    NoteNeededError,
    NotYetError,
)
from services.finance.domain.measure import (
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
LOAN = Delivery("loan", "l1", "h1", ASKED)


def request(**other) -> Request:
    about = {
        "measure_id": "m1",
        "case_id": "c1",
        "household_id": "h1",
        "area_code": "610327102200",
        "risk": "100A27008",
        "category": "100A41",
        "code": "001",
        "department": "县乡村振兴局",
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
    "deliver": lambda m: m.deliver(LOAN, on=TODAY, today=TODAY),
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
    taken.deliver(LOAN, on=ASKED, today=TODAY)
    sent_back.decline("other", " 已迁出 ", on=TODAY)
    assert [Accepted(request(), TODAY), Delivered(request(), ASKED, "loan", "l1")] == taken.facts
    assert [Declined(request(), TODAY, "other", "已迁出")] == sent_back.facts


@pytest.mark.parametrize("answer", [MeasureState.DELIVERED, MeasureState.DECLINED])
def test_a_withdrawal_ends_only_what_is_open(answer):
    """What was delivered or declined stays so when the request is withdrawn afterwards."""
    assert answer == measure(answer, withdrawn=True).state


@pytest.mark.parametrize(
    ("code", "delivery"),
    [
        ("001", Delivery("other", "2022-7")),
        ("001", Delivery("loan", "l1", "h2", ASKED)),
        ("001", Delivery("loan", "l1", "h1", None)),
        ("001", Delivery("loan", "l1", "h1", date(2022, 6, 16))),
        ("002", Delivery("other", "")),
        ("002", Delivery("loan", "l1", "h2", ASKED)),
    ],
)
def test_the_delivery_must_fit(code, delivery):
    """Micro-credit by a loan paid out to that household by that day; another thing by its reference."""
    accepted = measure(MeasureState.ACCEPTED, code=code)
    with pytest.raises(DeliveryMismatchError):
        accepted.deliver(delivery, on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("code", "delivery"), [("001", LOAN), ("002", LOAN), ("002", Delivery("other", "7"))]
)
def test_a_fitting_delivery(code, delivery):
    """A loan delivers micro-credit; it or another thing the rest."""
    accepted = measure(MeasureState.ACCEPTED, code=code)
    accepted.deliver(delivery, on=TODAY, today=TODAY)
    assert (delivery.kind, delivery.by) == (accepted.delivery_kind, accepted.delivered_by)


@pytest.mark.parametrize(
    ("day", "error"), [(date(2022, 5, 31), DeliveryBeforeRequestError), (date(2022, 6, 16), NotYetError)]
)
def test_delivery_lies_between_request_and_today(day, error):
    """Not before it was asked for, not in the future."""
    with pytest.raises(error):
        measure(MeasureState.ACCEPTED).deliver(LOAN, on=day, today=TODAY)


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
