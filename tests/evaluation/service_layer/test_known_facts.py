from datetime import date, timedelta

import pytest

from services.evaluation.domain.fact import Fact
from services.evaluation.service_layer.known_facts import KnownFacts
from shared.kernel.clock import at_hour

NOON = at_hour(date(2022, 6, 1), 12)
NAME = "monitoring.household_recorded"


def fact(event_id):
    return Fact(event_id, NAME, "h1", "610327109", date(2022, 1, 1), {"version": 1})


class Journal:
    """A journal of given rows that counts which it gave; a row without a fact is of a name nobody counts."""

    def __init__(self, *rows):
        self.rows = list(rows)
        self.given = []

    def size(self):
        return len(self.rows)

    def recorded(self, names, *, since, known):
        assert {NAME} == set(names)
        for at, event_id, found in self.rows:
            if (since is None or at >= since) and event_id not in known:
                self.given.append(event_id)
                yield event_id, at, found


def known_of(facts, start=0):
    return [each.event_id for _, each in facts.learned(start)]


@pytest.mark.parametrize("hours", [-9_000, -1, 0, 1])
def test_an_event_is_found_once_whenever_it_was_stamped(hours):
    """Workers commit out of order and clocks are set back: each event is taken in, and read once."""
    journal = Journal((NOON, "a", fact("a")))
    facts = KnownFacts(journal, [NAME])
    assert [1, 1] == [facts.catch_up(), facts.catch_up()]
    journal.rows.append((NOON + timedelta(hours=hours), "b", fact("b")))
    assert [2, 2] == [facts.catch_up(), facts.catch_up()]
    assert (["a", "b"], ["b"]) == (journal.given, known_of(facts, 1))


def test_what_nobody_counts_is_passed_over_once():
    """An event of another name is no fact, and is not looked for again."""
    journal = Journal((NOON, "a", None), (NOON, "b", fact("b")))
    facts = KnownFacts(journal, [NAME])
    assert [1, 1] == [facts.catch_up(), facts.catch_up()]
    assert ["a", "b"] == journal.given


def test_each_fact_comes_with_the_instant_it_was_recorded():
    """Who asks as of an earlier instant must be able to leave out what came later."""
    later = NOON + timedelta(hours=1)
    facts = KnownFacts(Journal((NOON, "a", fact("a")), (later, "b", fact("b"))), [NAME])
    facts.catch_up()
    assert [NOON, later] == [at for at, _ in facts.learned(0)]
