from datetime import timedelta

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.adapters.read_models_supervision import find_triggers
from services.evaluation.service_layer.order import (
    AnswerOrder,
    IssueOrder,
    SendBackOrder,
    answer_order,
    issue_order,
    send_back_order,
)
from services.evaluation.service_layer.supervision_due import (
    propose_for_overdue_orders,
    propose_for_recurrences,
)
from shared.contracts.evaluation.v1.ledger import ProblemRecurred, ProblemRegistered
from shared.kernel.clock import day_of
from tests.evaluation.samples import sealed

TOWN = "610327109"
DAYS = timedelta(days=3)
SECOND = timedelta(seconds=1)


@pytest.fixture(name="order_id")
def _order_id(service):
    command = IssueOrder(unit=TOWN, matter="整改", due_at=service.clock() + timedelta(hours=6))
    return issue_order(command, service.uow(), [unit.id for unit in service.units()], service.supervision)


def sweep(service):
    return propose_for_overdue_orders(service.uow(), service.supervision)


def triggers(service):
    with service.engine.connect() as connection:
        return find_triggers(connection, limit=10, offset=0)[0]


def due_at(service, order_id):
    with service.uow() as uow:
        return uow.orders.get(order_id).due_at


@pytest.mark.parametrize(("after", "proposed"), [(-SECOND, 0), (timedelta(), 1), (SECOND, 1)])
def test_proposed_after_whole_days(service, order_id, after, proposed):
    """Three days after its deadline, to the second, an order is proposed as a trigger."""
    service.clock.set(due_at(service, order_id) + DAYS + after)
    assert proposed == sweep(service)
    assert proposed == len(triggers(service))


def test_proposed_once(service, order_id):
    """However often it is swept, one order is one trigger and one event."""
    service.clock.set(due_at(service, order_id) + DAYS)
    assert [1, 0, 0] == [sweep(service), sweep(service), sweep(service)]
    service.clock.set(service.clock() + DAYS)
    assert 0 == sweep(service)
    found = service.reads.search(JournalSearch(fact="evaluation.accountability_triggered"), limit=10)
    assert 1 == len(found)


def test_its_file_is_every_event_of_the_order(service, order_id):
    """The file holds issue, reply and return of this order, and nothing of another."""
    units = [unit.id for unit in service.units()]
    issue_order(IssueOrder(unit=TOWN, matter="另一件"), service.uow(), units, service.supervision)
    answer_order(AnswerOrder(order_id=order_id, unit=TOWN, text="已办"), service.uow())
    back = SendBackOrder(order_id=order_id, reason="不全", due_at=service.clock() + timedelta(hours=1))
    send_back_order(back, service.uow(), service.supervision)
    service.clock.set(due_at(service, order_id) + DAYS)
    sweep(service)
    (trigger,) = triggers(service)
    facts = {service.reads.event(event).envelope.fact for event in trigger.cause_events}
    wanted = {"evaluation.order_issued", "evaluation.order_answered", "evaluation.order_sent_back"}
    assert (3, wanted) == (len(trigger.cause_events), facts)
    assert {order_id} == {
        service.reads.event(event).envelope.data["order_id"] for event in trigger.cause_events
    }


def test_an_answered_order_is_not_proposed(service, order_id):
    """A reply, even a late one, ends what is owed."""
    service.clock.set(due_at(service, order_id) + SECOND)
    answer_order(AnswerOrder(order_id=order_id, unit=TOWN, text="已办"), service.uow())
    service.clock.set(due_at(service, order_id) + 2 * DAYS)
    assert 0 == sweep(service)


def recurred(day, problem, earlier, times, consequence):
    how = "reopened" if problem == earlier else "found_again"
    about = {"problem_id": problem, "earlier_problem_id": earlier, "unit": TOWN, "how": how, "counts": True}
    return ProblemRecurred(occurred_on=day, times=times, consequence=consequence, **about)


def registered(day, problem):
    about = {"problem_id": problem, "unit": TOWN, "source": "inspection"}
    return ProblemRegistered(occurred_on=day, category="water", special=False, **about)


@pytest.fixture(name="history")
def _history(service):
    """A came back as B, B came back as C, C was reopened: the third time. D came back once."""
    day = day_of(service.clock())
    events = [registered(day, problem) for problem in "ABCD"]
    events += [
        recurred(day, "B", "A", 1, "none"),
        recurred(day, "D", "D", 1, "none"),
        recurred(day, "C", "B", 2, "notice"),
        recurred(day, "C", "C", 3, "trigger"),
    ]
    envelopes = sealed(events)
    for envelope in envelopes:
        service.clock.set(service.clock() + SECOND)
        with service.uow() as uow:
            uow.journal.append([envelope], at=service.clock())
            uow.commit()
    return envelopes


def test_the_third_recurrence_is_proposed_once_with_its_file(service, history):
    """The file holds every registration and return of A, B and C, and nothing of D."""
    assert [1, 0] == [propose_for_recurrences(service.uow(), service.supervision) for _ in range(2)]
    (trigger,) = triggers(service)
    assert ("recurrence", "C", 3) == (trigger.kind, trigger.subject, trigger.times)
    wanted = [envelope.id for place, envelope in enumerate(history) if place not in (3, 5)]
    assert sorted(wanted) == sorted(trigger.cause_events)
    assert history[-1].id == trigger.cause_events[-1]


def test_fewer_recurrences_propose_nothing(service):
    """What the ledger does not mark is nobody's trigger."""
    assert 0 == propose_for_recurrences(service.uow(), service.supervision)
