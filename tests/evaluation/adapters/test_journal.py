from datetime import date, timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from services.evaluation.adapters.tables import journal
from services.evaluation.service_layer.replay import replay
from shared.contracts.monitoring import v1
from tests.evaluation.samples import Year, household, of_others, sealed


@pytest.fixture(name="service", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _service(request, new_service):
    service = new_service(request.getfixturevalue("database") if request.param == "postgresql" else None)
    yield service
    service.engine.dispose()


def changed(service, statement):
    with service.uow() as uow:
        uow.connection.execute(statement)
        uow.commit()


@pytest.mark.parametrize(
    "statement",
    [
        update(journal).values(household_id="x"),
        delete(journal),
        delete(journal).where(journal.c.event_id == "a"),
    ],
)
def test_nothing_in_the_journal_can_be_changed(service, tell, statement):
    """The database itself refuses to change or remove an event, whoever asks."""
    events = sealed([household("h1")])
    tell(service, events)
    if "event_id" in str(statement):
        statement = delete(journal).where(journal.c.event_id == events[0].id)
    with pytest.raises(DBAPIError, match="append-only"):
        changed(service, statement)
    assert 1 == service.facts.size()


def test_the_journal_cannot_be_emptied(service, tell):
    """Where the database knows TRUNCATE, it refuses that too."""
    tell(service, sealed([household("h1")]))
    if service.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="append-only"):
        changed(service, text("TRUNCATE journal"))


def test_events_are_appended_once(service):
    """An event already there stays as it was recorded."""
    (event,) = sealed([household("h1")])
    with service.uow() as uow:
        assert [event] == uow.journal.append([event, event], at=service.clock())
        assert [] == uow.journal.append([event], at=service.clock())
        uow.commit()
    assert 1 == service.facts.size()


def test_everything_comes_back_as_it_went_in(service, tell):
    """Reading the journal gives the very envelopes, by id."""
    sent = of_others(sealed(Year(7).events))
    tell(service, sent)
    with service.uow() as uow:
        assert sorted(sent, key=lambda event: event.id) == of_others(uow.journal.every())


def test_what_was_recorded_and_is_not_known(service, tell):
    """Every event comes once, from an instant on; one of another name comes without its fact."""
    names = ["monitoring.household_recorded"]
    (first,) = sealed([household("h1", day=date(2022, 3, 1))])
    tell(service, [first])
    start = service.clock()
    service.clock.set(start + timedelta(hours=1))
    seen = v1.VisitRecorded(
        occurred_on=date(2022, 5, 2), household_id="h2", visit_id="v1", kind="grid", risk_found=False
    )
    later = sealed([household("h2", day=date(2022, 5, 1)), seen], seed="later")
    tell(service, later)

    def recorded(since=None, known=()):
        every = service.facts.recorded(names, since=since, known=known)
        return {event_id: (at, fact and fact.household_id) for event_id, at, fact in every}

    new = {later[0].id: (service.clock(), "h2"), later[1].id: (service.clock(), None)}
    assert {first.id: (start, "h1"), **new} == recorded()
    assert new == recorded(since=start + timedelta(minutes=1)) == recorded(known={first.id})


def test_cards_follow_and_replay_finds_them_right(service, tell):
    """Cards are kept with the journal, and the journal gives the same cards again."""
    tell(service, sealed(Year(7).events))
    assert replay(service.uow()).equal
    assert 2 <= service.reads.card("h0").state["counts"]["monitoring.visit_recorded"]
