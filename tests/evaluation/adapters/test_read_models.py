from datetime import date

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.errors import UnknownEventError, UnknownHouseholdError
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.kernel.clock import at_hour
from shared.kernel.ids import SeededIds
from tests.evaluation.samples import TODAY, VILLAGES, household, sealed


@pytest.fixture(name="reads")
def _reads(service, tell_year):
    tell_year(service)
    return service.reads


def test_causes_and_consequences(service, tell):
    """From an event one comes to what led to it and to what it led to."""
    ids = SeededIds("chain")
    (first,) = sealed([household("h1")], seed="chain start")
    visit = v1.VisitRecorded(
        occurred_on=TODAY,
        household_id="h1",
        area_code=VILLAGES[0],
        visit_id="v",
        kind="grid",
        risk_found=True,
    )
    second = Envelope.seal(visit, ids=ids, at=at_hour(TODAY, 9), cause=first)
    third = Envelope.seal(
        visit.model_copy(update={"visit_id": "w"}), ids=ids, at=at_hour(TODAY, 9), cause=second
    )
    tell(service, [third, first, second])
    assert [first.id, second.id] == [one.id for one in service.reads.causes(service.reads.event(third.id))]
    assert [second.id] == [one.id for one in service.reads.consequences(first.id)]


def test_timeline_is_everything_of_a_household_newest_first(reads):
    """A household's timeline holds its events of all services."""
    timeline = reads.timeline("h0")
    days = [entry.occurred_on for entry in timeline]
    assert sorted(days, reverse=True) == days
    assert {"h0"} == {entry.household_id for entry in timeline}


@pytest.mark.parametrize(
    "wanted",
    [
        JournalSearch(),
        JournalSearch(fact="monitoring.visit_recorded"),
        JournalSearch(household_id="h1"),
        JournalSearch(town="610327112"),
        JournalSearch(first=date(2022, 6, 1), last=date(2022, 9, 30)),
    ],
)
def test_searching(reads, wanted):
    """What is found matches what was asked, and the number found is the number there is."""
    found = reads.search(wanted, limit=1000)
    assert reads.count(wanted) == len(found)
    for entry in found:
        assert wanted.fact in {"", entry.fact}
        assert wanted.household_id in {"", entry.household_id}
        assert wanted.town in {"", entry.town}


def test_pages_of_a_search_are_disjoint(reads):
    """Two pages together are the first of both."""
    both = [entry.id for entry in reads.search(JournalSearch(), limit=20)]
    pages = [
        entry.id for offset in (0, 10) for entry in reads.search(JournalSearch(), limit=10, offset=offset)
    ]
    assert both == pages


def test_kinds_of_facts_are_counted(reads):
    """The numbers of all kinds add up to the journal."""
    assert reads.count(JournalSearch()) == sum(number for _, number in reads.facts_counted())


def test_what_is_not_there(reads):
    """Unknown events and households are refused."""
    with pytest.raises(UnknownEventError):
        reads.event("nothing")
    with pytest.raises(UnknownHouseholdError):
        reads.timeline("nobody")
    with pytest.raises(UnknownHouseholdError):
        reads.card("nobody")
