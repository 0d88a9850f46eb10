from datetime import date

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from services.evaluation.adapters.tables import journal
from services.evaluation.service_layer.replay import replay
from tests.evaluation.samples import TODAY, Year, household, sealed


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
    sent = sealed(Year(7).events)
    tell(service, sent)
    with service.uow() as uow:
        assert sorted(sent, key=lambda event: event.id) == list(uow.journal.every())


def test_facts_are_those_that_had_happened_and_were_known(service, tell):
    """A fact of a later day, of another name, or learned later is left out."""
    sent = sealed([household("h1", day=date(2022, 3, 1)), household("h2", day=date(2022, 5, 1))])
    tell(service, sent)

    def known(as_of, known_at, name="monitoring.household_recorded"):
        return [fact.household_id for fact in service.facts.known([name], as_of=as_of, known_at=known_at)]

    assert ["h1"] == known(date(2022, 4, 1), TODAY)
    assert [] == known(date(2022, 4, 1), date(2022, 4, 1))
    assert [] == known(TODAY, TODAY, "monitoring.visit_recorded")
    assert {"h1", "h2"} == set(known(TODAY, TODAY))


def test_cards_follow_and_replay_finds_them_right(service, tell):
    """Cards are kept with the journal, and the journal gives the same cards again."""
    tell(service, sealed(Year(7).events))
    assert replay(service.uow()).equal
    assert 2 <= service.reads.card("h0").state["counts"]["monitoring.visit_recorded"]
