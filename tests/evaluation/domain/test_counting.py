from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.counting import Question, RunningTally
from services.evaluation.domain.countings import COUNTINGS
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.scoring import score
from shared.parameters.figure import FigureNotInForceError
from tests.evaluation.facts import fact_of
from tests.evaluation.samples import Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="lines", scope="module")
def _lines(rulebook, towns):
    def lines(facts):
        board = score(facts, rulebook, towns, as_of=DAY, known_at=DAY)
        return {board.line_id(line): line for line in board.lines()}

    return lines


def figures(line):
    return line.numerator, line.denominator, line.points


def journal(seed):
    return [fact_of(envelope) for envelope in sealed(Year(seed).events)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_an_unlisted_event_changes_nothing(lines, seed, data):
    """Take any event away: only lines that list it have other figures."""
    facts = journal(seed)
    whole = lines(facts)
    gone = data.draw(st.sampled_from(facts))
    without = lines([fact for fact in facts if fact is not gone])
    for name, line in whole.items():
        if gone.event_id not in line.evidence:
            assert figures(line) == figures(without[name]), name


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_the_listed_events_alone_give_the_line(lines, seed, data):
    """A line can be worked out again from the events it lists and nothing else."""
    facts = journal(seed)
    name, line = data.draw(st.sampled_from(sorted(lines(facts).items(), key=lambda item: item[0])))
    alone = lines([fact for fact in facts if fact.event_id in line.evidence])[name]
    assert figures(line)[:2] == figures(alone)[:2]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_every_listed_event_is_needed(lines, seed, data):
    """Take a listed event away: the figures change, at once or when nothing unlisted can stand in for it."""
    facts = journal(seed)
    listing = [(name, line) for name, line in sorted(lines(facts).items()) if line.evidence]
    name, line = data.draw(st.sampled_from(listing))
    gone = data.draw(st.sampled_from(line.evidence))
    from_all = lines([fact for fact in facts if fact.event_id != gone])[name]
    rest = set(line.evidence) - {gone}
    from_listed = lines([fact for fact in facts if fact.event_id in rest])[name]
    assert figures(line)[:2] != figures(from_all)[:2] or figures(line)[:2] != figures(from_listed)[:2]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_order_of_events_is_irrelevant(lines, seed, data):
    """However the events are ordered, every line is the same, its evidence included."""
    facts = journal(seed)
    assert lines(facts) == lines(data.draw(st.permutations(facts)))


def entered(figures):
    """Return *figures* as if the county had entered those that the plan leaves to it."""
    known = dict(figures)
    for key in ("bridging_2021_fen", "city_third_lending_percent"):
        (entry,) = known[key].entries
        known[key] = replace(known[key], entries=(replace(entry, value=14),))
    return known


def tally(counting, by_name, question):
    """Return what *counting* finds in all the facts, unit by unit."""
    running = RunningTally(counting, question)
    running.add(fact for name in counting.facts for fact in by_name.get(name, ()))
    return {unit: list(found) for unit, found in running.found().by_unit().items() if found}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_hints_change_nothing(rulebook, seed):
    """What a counting says may be left out unseen makes it quicker, and nothing else."""
    question = Question(DAY, rulebook.since, entered(rulebook.figures))
    by_name: dict[str, list[Fact]] = {}
    for fact in journal(seed):
        by_name.setdefault(fact.name, []).append(fact)
    for counting in COUNTINGS.values():
        plain = replace(counting, alike=None, anchors=frozenset())
        assert tally(plain, by_name, question) == tally(counting, by_name, question)


def test_every_kind_of_counting_is_met_by_the_sample_years(rulebook):
    """The years made by chance exercise every way of counting, so the properties above mean something."""
    question = Question(DAY, rulebook.since, entered(rulebook.figures))
    met: Counter[str] = Counter()
    for seed in range(12):
        by_name: dict[str, list[Fact]] = {}
        for fact in journal(seed):
            by_name.setdefault(fact.name, []).append(fact)
        for name, counting in COUNTINGS.items():
            met[name] += len(tally(counting, by_name, question))
    missing = {name for name in COUNTINGS if not met[name]}
    assert {"notices_by_level", "assessment_by_year_end"} >= missing


def test_a_figure_not_in_force_is_refused(rulebook):
    """Lending of 2021 was never entered: counting with it is refused rather than guessed."""
    question = Question(DAY, rulebook.since, rulebook.figures)
    with pytest.raises(FigureNotInForceError):
        question.figure("lending_2021_fen")
