import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.accountability import TriggerState
from services.evaluation.domain.supervision_errors import (
    DayOutOfOrderError,
    TriggerWithoutFileError,
    UnknownCategoryError,
)
from services.evaluation.service_layer.accountability import (
    ConcludeTrigger,
    DecideTrigger,
    ProposeTrigger,
    ReferTrigger,
    conclude_trigger,
    decide_trigger,
    propose_trigger,
    refer_trigger,
)
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from shared.kernel.clock import day_of
from shared.kernel.period import add_days

TOWN = "610327109"


@pytest.fixture(name="event_id")
def _event_id(service):
    """Any event there is, to be a cause."""
    issue_notice(IssueNotice(TOWN, "county", "x"), service.uow(), [TOWN])
    (entry,) = service.reads.search(JournalSearch(), limit=1)
    return entry.id


def propose(service, *events, times=3):
    command = ProposeTrigger(kind="recurrence", unit=TOWN, subject="p1", times=times, cause_events=events)
    return propose_trigger(command, service.uow(), service.supervision)


def state(service, trigger_id):
    with service.uow() as uow:
        return uow.triggers.get(trigger_id).state


def test_the_third_recurrence_is_proposed_once(service, event_id):
    """The second proposes nothing, the third one trigger, again nothing, the fourth another."""
    assert propose(service, event_id, times=2) is None
    assert propose(service, event_id) is not None
    assert propose(service, event_id) is None
    assert propose(service, event_id, times=4) is not None


def test_it_follows_from_its_cause(service, event_id):
    """The trigger's event names its file and is a consequence of the last event in it."""
    propose(service, event_id)
    (entry,) = service.reads.search(JournalSearch(fact="evaluation.accountability_triggered"), limit=5)
    assert event_id == entry.envelope.causationid
    assert [event_id] == entry.envelope.data["cause_events"]
    assert entry.envelope.data["rule_confirmed"] is False


@pytest.mark.parametrize("events", [(), ("no such event",)])
def test_an_event_that_is_not_there_is_no_file(service, events):
    """Nothing is proposed without events, or on one the journal does not have."""
    with pytest.raises(TriggerWithoutFileError):
        propose(service, *events)


def test_nothing_follows_without_people(service, event_id):
    """Proposed stays proposed until somebody decides; passed on and concluded are steps of people."""
    trigger_id = propose(service, event_id)
    service.sweep()
    assert TriggerState.PROPOSED is state(service, trigger_id)
    today = day_of(service.clock())
    decide_trigger(DecideTrigger(trigger_id=trigger_id, confirmed=True), service.uow())
    refer_trigger(ReferTrigger(trigger_id=trigger_id, on=today), service.uow())
    done = ConcludeTrigger(trigger_id=trigger_id, outcome="none", on=today)
    conclude_trigger(done, service.uow(), service.supervision)
    assert TriggerState.CONCLUDED is state(service, trigger_id)


def test_words_of_people_are_in_no_event(service, event_id):
    """Why it was rejected stays in the office."""
    trigger_id = propose(service, event_id)
    command = DecideTrigger(trigger_id=trigger_id, confirmed=False, reason="李甲已说明")
    decide_trigger(command, service.uow())
    (entry,) = service.reads.search(JournalSearch(fact="evaluation.accountability_decided"), limit=5)
    assert "rejected" == entry.envelope.data["decision"]
    assert "李甲" not in entry.envelope.to_json()


def test_days_to_come_and_unknown_outcomes_are_refused(service, event_id):
    """Nothing was passed on tomorrow, and an outcome is one of the list."""
    trigger_id = propose(service, event_id)
    decide_trigger(DecideTrigger(trigger_id=trigger_id, confirmed=True), service.uow())
    tomorrow = add_days(day_of(service.clock()), 1)
    with pytest.raises(DayOutOfOrderError):
        refer_trigger(ReferTrigger(trigger_id=trigger_id, on=tomorrow), service.uow())
    wrong = ConcludeTrigger(trigger_id=trigger_id, outcome="fine", on=day_of(service.clock()))
    with pytest.raises(UnknownCategoryError):
        conclude_trigger(wrong, service.uow(), service.supervision)
