from dataclasses import replace

from sqlalchemy import select

from services.evaluation.adapters.tables import journal
from services.evaluation.service_layer.journal import rebuilt_cards
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from shared.contracts.envelope import Envelope
from shared.kernel.clock import at_hour
from shared.messaging.intake import take_in
from shared.persistence.engine import reading
from tests.evaluation.samples import TODAY, household, sealed


def rows(service):
    with reading(service.engine) as connection:
        return {row.event_id: row for row in connection.execute(select(journal))}


def test_every_event_is_journaled_with_where_and_when(service, tell):
    """The journal knows household, town, day and when it learned of the event."""
    (event,) = sealed([household("h1")])
    tell(service, [event])
    row = rows(service)[event.id]
    assert ("h1", "610327109", "2022-01-01") == (row.household_id, row.town, row.occurred_on.isoformat())
    assert service.clock() == row.recorded_at
    assert event.to_json() == row.envelope


def test_a_type_nobody_has_published_is_journaled(service, tell):
    """What cannot be read yet is kept, so that a later release can."""
    event = Envelope("u1", "/x", "finance.gold_found.v9", "h1", at_hour(TODAY, 9), {"ounces": 3})
    tell(service, [event])
    assert "finance.gold_found" == rows(service)["u1"].fact


def test_a_known_type_that_breaks_its_contract_is_refused(service):
    """A journal is for ever: what every reader would stumble over is set aside for an officer."""
    (event,) = sealed([household("h1")])
    broken = replace(event, data={**event.data, "version": "many"})
    taken = take_in([broken], service.uow(), service.reader, at=service.clock())
    assert [event.id] == taken.set_aside
    assert {} == rows(service)


def test_own_events_stand_in_the_journal_with_what_caused_them(service):
    """What this office publishes is journaled in the transaction that publishes it."""
    issue_notice(IssueNotice("县人社局", "county", "超期"), service.uow(), ["县人社局"])
    (row,) = rows(service).values()
    assert "evaluation.notice_issued" == row.fact


def test_rebuilt_cards_are_those_kept(service, tell):
    """Folding the journal again gives the very cards that were folded as events came in."""
    tell(service, sealed([household("h1"), household("h2"), household("h1", version=2)]))
    with service.uow() as uow:
        rebuilt = {card.household_id: card for card in rebuilt_cards(uow)}
        assert uow.cards.for_change(["h1", "h2"]) == rebuilt
