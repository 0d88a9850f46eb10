from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.evaluation.domain.errors import KnownBeforeItHappenedError, UnknownScoreError
from services.evaluation.domain.fact import Fact
from services.evaluation.service_layer.score import Scores
from shared.kernel.clock import SetClock, at_hour
from tests.evaluation.samples import TODAY, Year, household, sealed

DAY = date(2022, 12, 31)


class Journal:
    """A journal of given facts that counts how often it was read."""

    def __init__(self, facts=()):
        self.facts = list(facts)
        self.read = 0

    def size(self):
        return len(self.facts)

    def known(self, names, *, as_of, known_at):
        self.read += 1
        return iter(self.facts)


FACT = Fact("a", "monitoring.household_recorded", "h1", "610327109", date(2022, 1, 1), {"version": 1})


def test_a_board_is_kept_while_the_journal_stands_still(rulebook, towns):
    """Asking again reads nothing; one more event makes it new."""
    journal = Journal([FACT])
    scores = Scores(journal, rulebook, towns)
    assert scores.board(DAY) is scores.board(DAY)
    assert 1 == journal.read
    journal.facts.append(FACT._replace(event_id="b", household_id="h2"))
    scores.board(DAY)
    assert 2 == journal.read


def test_known_before_it_happened(rulebook, towns):
    """Nobody knew on Monday what was to be on Tuesday."""
    with pytest.raises(KnownBeforeItHappenedError):
        Scores(Journal(), rulebook, towns).board(DAY, DAY - timedelta(days=1))


def test_a_line_that_is_not_there(rulebook, towns):
    """A town has no line of an indicator that is not computed."""
    with pytest.raises(UnknownScoreError):
        Scores(Journal(), rulebook, towns).line("610327109:I02-1@2022-12-31")


def test_what_was_learned_later_shows_with_hindsight_only(new_service, tell):
    """As it stood on the day, or as known today: the late event makes the difference."""
    service = new_service()
    tell(service, sealed([household("h1")]))
    assert 0 == service.scores.board(DAY).unit("610327109").line("I01-1").denominator
    assert 2 == service.scores.board(DAY, TODAY).unit("610327109").line("I01-1").denominator


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    for event, envelope in zip(events, envelopes, strict=True):
        if until is None or event.occurred_on <= until:
            clock.set(at_hour(event.occurred_on, 12))
            tell(service, [envelope])
    return service
