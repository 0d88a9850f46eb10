from datetime import date, timedelta
from itertools import groupby, pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.evaluation.domain.errors import KnownBeforeItHappenedError, UnknownScoreError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.scoring import RunningScore, score
from services.evaluation.service_layer.score import Scores
from shared.kernel.clock import SetClock, at_hour
from tests.evaluation.facts import year_of
from tests.evaluation.samples import TODAY, Year, household, sealed

DAY = date(2022, 12, 31)


class Journal:
    """A journal of given facts that counts which it gave."""

    def __init__(self, facts=()):
        self.facts = list(facts)
        self.given = []

    def size(self):
        return len(self.facts)

    def recorded(self, names, *, since, known):
        for at, fact in self.facts:
            if (since is None or at >= since) and fact.event_id not in known:
                self.given.append(fact.event_id)
                yield fact.event_id, at, fact


NOON = at_hour(date(2022, 6, 1), 12)
FACT = Fact("a", "monitoring.household_recorded", "h1", "610327109", date(2022, 1, 1), {"version": 1})


def test_a_board_is_kept_while_the_journal_stands_still(rulebook, towns):
    """Asking again reads nothing; one more event is read alone, and makes the board new."""
    journal = Journal([(NOON, FACT)])
    scores = Scores(journal, rulebook, towns)
    first = scores.board(DAY)
    assert scores.board(DAY) is first
    journal.facts.append((NOON + timedelta(hours=1), FACT._replace(event_id="b", household_id="h2")))
    assert 2 * first.unit("610327109").line("I01-1").denominator == (
        scores.board(DAY).unit("610327109").line("I01-1").denominator
    )
    assert ["a", "b"] == journal.given


@pytest.mark.parametrize("hours", [-1, 0, 1, -9_000])
def test_an_event_is_found_whenever_it_was_stamped(rulebook, towns, hours):
    """Two workers commit out of order, clocks are set back: nothing in the journal is overlooked."""
    journal = Journal([(NOON, FACT)])
    scores = Scores(journal, rulebook, towns)
    scores.board(DAY)
    journal.facts.append((NOON + timedelta(hours=hours), FACT._replace(event_id="b", household_id="h2")))
    assert 4 == scores.board(DAY).unit("610327109").line("I01-1").denominator
    assert ["a", "b"] == journal.given


def test_what_does_not_concern_a_day_leaves_its_board(rulebook, towns):
    """A past day as it stood then is not counted again for what is learned today."""
    journal = Journal([(NOON, FACT)])
    scores = Scores(journal, rulebook, towns)
    june = scores.board(date(2022, 6, 30))
    journal.facts.append((at_hour(date(2022, 7, 1), 0), FACT._replace(event_id="b", household_id="h2")))
    assert scores.board(date(2022, 6, 30)) is june


def test_a_score_that_failed_is_counted_anew(rulebook, towns):
    """A fact nobody can count fails each time alike, and never leaves half a score behind."""
    broken = FACT._replace(event_id="b", data={})
    scores = Scores(Journal([(NOON, FACT), (NOON, broken)]), rulebook, towns)
    for _ in range(2):
        with pytest.raises(KeyError):
            scores.board(DAY)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.integers(), cuts=st.lists(st.integers(0, 500), max_size=3))
def test_portions_and_order_change_nothing(rulebook, towns, seed, order, cuts):
    """A score that follows the journal, event by event or in any portions, is the one of all at once."""
    facts = list(year_of(seed))
    Random(order).shuffle(facts)
    running = RunningScore(rulebook, towns, as_of=DAY, known_at=DAY)
    ends = sorted({min(cut, len(facts)) for cut in cuts} | {len(facts)})
    for start, end in pairwise([0, *ends]):
        running.add(facts[start:end])
        board = running.board()
    assert score(facts, rulebook, towns, as_of=DAY, known_at=DAY) == board


class Counting:
    """A journal whose facts all come with the day they happened."""

    def __init__(self, facts):
        self.rows = [(at_hour(fact.occurred_on, 12), fact) for fact in facts]

    def size(self):
        return len(self.rows)

    def recorded(self, names, *, since, known):
        for at, fact in self.rows:
            if (since is None or at >= since) and fact.event_id not in known:
                yield fact.event_id, at, fact if fact.name in names else None


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000), days=st.lists(st.integers(0, 364), min_size=2, max_size=4))
def test_a_score_moved_on_is_the_one_counted_afresh(rulebook, towns, seed, days):
    """Whichever days are asked for, one after the other, each board is that of its own day."""
    journal = Counting(year_of(seed))
    scores = Scores(journal, rulebook, towns)
    for number in days:
        day = date(2022, 1, 1) + timedelta(number)
        assert Scores(journal, rulebook, towns).board(day) == scores.board(day)


def test_known_before_it_happened(rulebook, towns):
    """Nobody knew on Monday what was to be on Tuesday."""
    with pytest.raises(KnownBeforeItHappenedError):
        Scores(Journal(), rulebook, towns).board(DAY, DAY - timedelta(days=1))


def test_a_line_that_is_not_there(rulebook, towns):
    """A town has no line of an indicator that is not in the rules."""
    with pytest.raises(UnknownScoreError):
        Scores(Journal(), rulebook, towns).line("610327109:I99-9@2022-12-31")


def test_what_was_learned_later_shows_with_hindsight_only(new_service, tell):
    """As it stood on the day, or as known today: the late event makes the difference."""
    service = new_service()
    tell(service, sealed([household("h1")]))
    assert 0 == service.scores.board(DAY).unit("610327109").line("I01-1").denominator
    assert 2 == service.scores.board(DAY, TODAY).unit("610327109").line("I01-1").denominator


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), days=st.integers(0, 364))
def test_a_past_day_equals_a_journal_that_ends_there(new_service, tell, seed, days):
    """A year journaled day by day, asked for a past day, scores as one journaled only to that day."""
    day = date(2022, 1, 1) + timedelta(days=days)
    events = sorted(Year(seed).events, key=lambda event: event.occurred_on)
    whole, cut = _played(new_service, tell, events, None), _played(new_service, tell, events, day)
    assert cut.scores.board(day) == whole.scores.board(day)


def _played(new_service, tell, events, until):
    service = new_service()
    clock = SetClock(at_hour(date(2022, 1, 1), 9))
    object.__setattr__(service, "clock", clock)
    envelopes = sealed(events, seed="one")
    pairs = zip(events, envelopes, strict=True)
    for day, those in groupby(pairs, key=lambda pair: pair[0].occurred_on):
        if until is None or day <= until:
            clock.set(at_hour(day, 12))
            tell(service, [envelope for _, envelope in those])
    return service
