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


def known_of(facts, start=0, before=NOON + timedelta(days=9)):
    return [each.event_id for each in facts.learned(start, before)]


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


def test_only_what_was_recorded_before():
    """What was learned at that instant or later is left out."""
    facts = KnownFacts(Journal((NOON, "a", fact("a")), (NOON + timedelta(hours=1), "b", fact("b"))), [NAME])
    facts.catch_up()
    assert ["a"] == known_of(facts, before=NOON + timedelta(hours=1))
