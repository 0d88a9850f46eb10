from datetime import date

import pytest

from services.evaluation.domain.dispatch.errors import MeetingEnteredError, NotOwedError
from services.evaluation.service_layer.dispatch.meeting import Decision, HoldMeeting, hold_meeting
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told, units

DECISION = Decision("a01", "610327109", date(2023, 2, 1), "摸清底数")


@pytest.fixture(name="hold")
def _hold(service):
    service.sweep()

    def hold(**about):
        given = {"quarter": "2023Q1", "actions": ["a02", "a01"], "held_on": TODAY, "minutes": "纪要"}
        command = HoldMeeting(**{**given, **about})
        return hold_meeting(command, service.uow(), service.dispatch, service.supervision, units(service))

    return hold


def test_each_action_has_met(service, hold):
    """One event for each action the meeting dealt with, to its lead department."""
    kept = hold()
    held = told(service, "quarter_meeting_held")
    assert {("a01", "县农业农村局"), ("a02", "县人社局")} == {(one["action"], one["unit"]) for one in held}
    assert {kept.meeting_id} == {one["meeting_id"] for one in held}


def test_a_second_meeting_meets_nothing_twice(service, hold):
    """Of a second meeting in the quarter only what had not met yet is told."""
    hold(actions=["a01"])
    hold(actions=["a01", "a02"])
    assert ["a01", "a02"] == sorted(one["action"] for one in told(service, "quarter_meeting_held"))


def test_a_decision_becomes_an_order(service, hold):
    """The decision is undertaken by its unit, led by the action's department, and an order is issued."""
    (decision,) = hold(decisions=[DECISION]).decision_ids
    (made,) = told(service, "undertaking_made")
    assert ("decision", "610327109", "县农业农村局", "2023-02-01") == tuple(
        made[name] for name in ("kind", "unit", "lead", "due_on")
    )
    with service.uow() as uow:
        order_id = uow.dispatch.undertakings.get(decision).order_id
    (order,) = told(service, "order_issued")
    assert order_id == order["order_id"]


def test_a_decision_whose_day_is_over_has_no_order(service, hold):
    """A meeting entered late keeps its decision, which is overdue; no order has a deadline in the past."""
    hold(held_on=date(2023, 1, 2), decisions=[Decision("a01", "610327109", date(2023, 1, 5), "清点")])
    assert 1 == len(told(service, "undertaking_made"))
    assert [] == told(service, "order_issued")


def test_a_quarter_nobody_owes(service, hold):
    """A meeting for a quarter that is not owed is refused, with its decisions."""
    with pytest.raises(NotOwedError):
        hold(quarter="2030Q1", decisions=[DECISION])
    assert [] == told(service, "undertaking_made")


def test_the_same_meeting_is_entered_once(service, hold):
    """Entered again it is refused with the number it has, and neither decision nor order is doubled."""
    kept = hold(decisions=[DECISION])
    with pytest.raises(MeetingEnteredError, match=kept.meeting_id[:8]):
        hold(actions=["a01", "a02", "a01"], minutes="再登记", decisions=[DECISION])
    assert [1, 1] == [len(told(service, name)) for name in ("undertaking_made", "order_issued")]
