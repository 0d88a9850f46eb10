from datetime import date, timedelta

import pytest

from services.evaluation.domain.accountability import STEPS, Trigger, TriggerState, TriggerStep, trigger_id
from services.evaluation.domain.supervision_errors import (
    DayOutOfOrderError,
    TriggerStepError,
    TriggerWithoutFileError,
    WithoutWordsError,
)

DAY = date(2022, 5, 24)
NEXT = DAY + timedelta(days=1)


def proposed(**about):
    given = {
        "kind": "recurrence",
        "unit": "610327109",
        "subject": "p1",
        "times": 3,
        "cause_events": ("e1", "e2"),
        "rule_confirmed": False,
        "on": DAY,
    }
    return Trigger.propose(**{**given, **about})


def do(trigger, step, on=NEXT):
    """Take a step with everything it needs."""
    match step:
        case TriggerStep.CONFIRM:
            trigger.confirm(on=on)
        case TriggerStep.REJECT:
            trigger.reject(on=on, reason="不属实")
        case TriggerStep.REFER:
            trigger.refer(on=on)
        case TriggerStep.CONCLUDE:
            trigger.conclude(on=on, outcome="none")


_T = TriggerStep
WAYS = {
    TriggerState.PROPOSED: (),
    TriggerState.CONFIRMED: (_T.CONFIRM,),
    TriggerState.REJECTED: (_T.REJECT,),
    TriggerState.REFERRED: (_T.CONFIRM, _T.REFER),
    TriggerState.CONCLUDED: (_T.CONFIRM, _T.REFER, _T.CONCLUDE),
}


def in_state(state):
    trigger = proposed()
    for step in WAYS[state]:
        do(trigger, step)
    return trigger


PERMITTED = sorted((state, step) for step, (before, _) in STEPS.items() for state in before)
REFUSED = sorted((state, step) for step in _T for state in TriggerState if state not in STEPS[step][0])


@pytest.mark.parametrize(("state", "step"), PERMITTED)
def test_permitted_steps_lead_on(state, step):
    """Each permitted step leads to its state."""
    trigger = in_state(state)
    assert trigger.permits(step)
    do(trigger, step)
    assert STEPS[step][1] is trigger.state


@pytest.mark.parametrize(("state", "step"), REFUSED)
def test_other_steps_are_refused(state, step):
    """Any other step is refused and changes nothing: nothing goes on without people having confirmed it."""
    trigger, same = in_state(state), in_state(state)
    with pytest.raises(TriggerStepError):
        do(trigger, step)
    assert same == trigger


@pytest.mark.parametrize("events", [(), ("",), ("e1", "")])
def test_no_trigger_without_its_file(events):
    """A trigger that names no event, or an empty one, is refused."""
    with pytest.raises(TriggerWithoutFileError):
        proposed(cause_events=events)


def test_the_file_lists_each_event_once():
    """An event named twice stands once in the file, in its place."""
    assert ("e2", "e1") == proposed(cause_events=("e2", "e1", "e2")).cause_events


def test_a_recurrence_is_one_trigger_per_count_and_an_overdue_order_one_for_ever():
    """The third and fourth recurrence are two triggers; day 3 and day 9 of one order are the same."""
    assert trigger_id("recurrence", "u", "p", 3) != trigger_id("recurrence", "u", "p", 4)
    assert trigger_id("order_overdue", "u", "o", 3) == trigger_id("order_overdue", "u", "o", 9)


def test_days_go_forward():
    """Nothing is decided before it was proposed, nor passed on before it was decided."""
    with pytest.raises(DayOutOfOrderError):
        do(proposed(), TriggerStep.CONFIRM, DAY - timedelta(days=1))
    with pytest.raises(DayOutOfOrderError):
        do(in_state(TriggerState.CONFIRMED), TriggerStep.REFER, DAY)


def test_a_rejection_has_a_reason():
    """Without a reason it is not rejected."""
    with pytest.raises(WithoutWordsError):
        proposed().reject(on=NEXT, reason=" ")
