from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.order import OWED, STEPS, Order, OrderState, OrderStep
from services.evaluation.domain.supervision_errors import (
    OrderDeadlineError,
    OrderStepError,
    WithoutWordsError,
)
from shared.kernel.clock import at_hour

NOW = at_hour(date(2022, 5, 20), 9)
DUE = at_hour(date(2022, 5, 21), 18)
SECOND = timedelta(seconds=1)


def issued(**about):
    given = {
        "order_id": "o1",
        "number": "1号",
        "unit": "610327109",
        "origin": "leader",
        "origin_id": "",
        "matter": "整改",
        "requirement": "",
        "issued_at": NOW,
        "due_at": DUE,
    }
    return Order.issue(**{**given, **about})


def do(order, step, at=NOW):
    """Take a step with everything it needs."""
    match step:
        case OrderStep.ANSWER:
            order.answer("已办", at=at, by="guguan")
        case OrderStep.SEND_BACK:
            order.send_back("不全", at=at, due_at=at + timedelta(days=1))
        case OrderStep.CLOSE:
            order.close(at=at)
        case OrderStep.WITHDRAW:
            order.withdraw("误发", at=at)


WAYS = {
    OrderState.ISSUED: (),
    OrderState.ANSWERED: (OrderStep.ANSWER,),
    OrderState.RETURNED: (OrderStep.ANSWER, OrderStep.SEND_BACK),
    OrderState.CLOSED: (OrderStep.ANSWER, OrderStep.CLOSE),
    OrderState.WITHDRAWN: (OrderStep.WITHDRAW,),
}


def in_state(state):
    order = issued()
    for step in WAYS[state]:
        do(order, step)
    return order


PERMITTED = sorted((state, step) for step, (before, _) in STEPS.items() for state in before)
REFUSED = sorted((state, step) for step in OrderStep for state in OrderState if state not in STEPS[step][0])


@pytest.mark.parametrize(("state", "step"), PERMITTED)
def test_permitted_steps_lead_on(state, step):
    """Each permitted step leads to its state."""
    order = in_state(state)
    assert order.permits(step)
    do(order, step)
    assert STEPS[step][1] is order.state


@pytest.mark.parametrize(("state", "step"), REFUSED)
def test_other_steps_are_refused(state, step):
    """Any other step is refused and changes nothing."""
    order, same = in_state(state), in_state(state)
    with pytest.raises(OrderStepError):
        do(order, step)
    assert same == order


@pytest.mark.parametrize(("after", "late"), [(-SECOND, False), (timedelta(), False), (SECOND, True)])
def test_overdue_from_the_second_after(after, late):
    """On the stroke of its deadline an order is in time, a second later it is overdue."""
    assert late is issued().overdue(DUE + after)


@pytest.mark.parametrize(("after", "in_time"), [(-SECOND, True), (timedelta(), True), (SECOND, False)])
def test_a_reply_is_in_time_to_the_second(after, in_time):
    """A reply on the stroke of the deadline is in time; a later one is taken and is late."""
    order = issued()
    order.answer("已办", at=DUE + after, by="guguan")
    assert in_time is order.in_time


def test_an_hour_of_the_county_is_an_instant():
    """18:00 by the county's clocks is 10:00 UTC, and 17:59 UTC is far too late."""
    assert datetime(2022, 5, 21, 10, tzinfo=UTC) == DUE
    assert issued().overdue(datetime(2022, 5, 21, 17, 59, tzinfo=UTC))


@given(step=st.sampled_from(sorted(OrderState)), hours=st.integers(-72, 72))
def test_only_what_is_owed_is_overdue(step, hours):
    """An answered, closed or withdrawn order is never overdue."""
    order = in_state(step)
    late = order.overdue(order.due_at + timedelta(hours=hours))
    assert (hours > 0 and step in OWED) is late


@pytest.mark.parametrize("due_at", [NOW, NOW - SECOND])
def test_a_deadline_lies_ahead(due_at):
    """A letter cannot be due when it is issued, nor can a second reply when it is asked for."""
    with pytest.raises(OrderDeadlineError):
        issued(due_at=due_at)
    with pytest.raises(OrderDeadlineError):
        in_state(OrderState.ANSWERED).send_back("不全", at=NOW, due_at=due_at)


def test_words_are_needed():
    """Matter, reply and reasons are not empty."""
    with pytest.raises(WithoutWordsError):
        issued(matter=" ")
    with pytest.raises(WithoutWordsError):
        issued().answer(" ", at=NOW, by="x")
    with pytest.raises(WithoutWordsError):
        in_state(OrderState.ANSWERED).send_back(" ", at=NOW, due_at=DUE)
    with pytest.raises(WithoutWordsError):
        issued().withdraw("", at=NOW)


def test_replies_are_counted():
    """The second reply is number 2 and is held against the new deadline."""
    order = issued()
    order.answer("一", at=DUE + SECOND, by="x")
    order.send_back("不全", at=DUE + SECOND, due_at=DUE + timedelta(days=1))
    assert 2 == order.answer("二", at=DUE + timedelta(hours=2), by="x").number
    assert order.in_time
