from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.counting import Question, RunningTally
from services.evaluation.domain.countings import COUNTINGS
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.scoring import score
from shared.parameters.figure import FigureNotInForceError
from tests.evaluation.facts import year_of

DAY = date(2022, 12, 31)


PUBLISHED = Fact(
    "published", "evaluation.assessment_published", "", "", date(2022, 12, 30), {"as_of": "2022-12-30"}
)
"""No year made by chance has its own assessment published."""

SEEDS = st.integers(0, 11)
"""A dozen years meet every counting (see below); what is found in a whole one is worked out once."""


@pytest.fixture(name="lines", scope="module")
def _lines(rulebook, towns):
    # Nothing here asks for totals, and their scheme costs as much as the lines.
    rules = replace(rulebook, schemes={})

    def lines(facts):
        board = score(facts, rules, towns, as_of=DAY, known_at=DAY)
        return {board.line_id(line): line for line in board.lines()}

    return lines


@pytest.fixture(name="whole", scope="module")
def _whole(lines):
    return cache(lambda seed: lines(year_of(seed)))


@pytest.fixture(name="listing", scope="module")
def _listing(whole):
    return cache(lambda seed: [one for one in sorted(whole(seed).items()) if one[1].evidence])


def figures(line):
    return line.numerator, line.denominator, line.points


def said(line):
    """What a line says: none of none that was reported is something else than nothing reported."""
    return line.status, line.numerator, line.denominator


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, data=st.data())
def test_an_unlisted_event_changes_nothing(lines, whole, seed, data):
    """Take any event away: only lines that list it have other figures."""
    facts = year_of(seed)
    gone = facts[data.draw(st.integers(0, len(facts) - 1))]
    without = lines(fact for fact in facts if fact is not gone)
    for name, line in whole(seed).items():
        if figures(line) != figures(without[name]):
            assert gone.event_id in line.evidence, name


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, data=st.data())
def test_the_listed_events_alone_give_the_line(lines, whole, seed, data):
    """A line can be worked out again from the events it lists and nothing else."""
    name = data.draw(st.sampled_from(sorted(whole(seed))))
    line = whole(seed)[name]
    listed = set(line.evidence)
    alone = lines(fact for fact in year_of(seed) if fact.event_id in listed)[name]
    assert figures(line)[:2] == figures(alone)[:2]


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, data=st.data())
def test_every_listed_event_is_needed(lines, listing, seed, data):
    """Take a listed event away: what is said changes, or does once nothing unlisted can stand in for it."""
    name, line = listing(seed)[data.draw(st.integers(0, len(listing(seed)) - 1))]
    gone = data.draw(st.sampled_from(line.evidence))
    from_all = lines(fact for fact in year_of(seed) if fact.event_id != gone)[name]
    if said(line) != said(from_all):
        return
    rest = set(line.evidence) - {gone}
    from_listed = lines(fact for fact in year_of(seed) if fact.event_id in rest)[name]
    assert said(line) != said(from_listed)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, order=st.integers())
def test_order_of_events_is_irrelevant(lines, whole, seed, order):
    """However the events are ordered, every line is the same, its evidence included."""
    facts = list(year_of(seed))
    Random(order).shuffle(facts)
    assert whole(seed) == lines(facts)


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
    for fact in year_of(seed):
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
        for fact in year_of(seed):
            by_name.setdefault(fact.name, []).append(fact)
        by_name[PUBLISHED.name] = [PUBLISHED]
        for name, counting in COUNTINGS.items():
            met[name] += len(tally(counting, by_name, question))
    assert set() == {name for name in COUNTINGS if not met[name]}


@pytest.mark.parametrize("name", sorted(COUNTINGS))
def test_random_deletion_in_every_counting(rulebook, name):
    """Without a listed event the sums differ (or do from the listed ones alone), without another none do."""
    counting = COUNTINGS[name]
    question = Question(DAY, rulebook.since, entered(rulebook.figures))
    chance = Random(name)
    for seed in range(4):
        facts = [fact for fact in (*year_of(seed), PUBLISHED) if fact.name in counting.facts]
        found = found_in(counting, facts, question)
        listed = {event for shares in found.values() for share in shares for event in share.evidence}
        for gone in chance.sample(facts, min(len(facts), 8)):
            rest = [fact for fact in facts if fact is not gone]
            without = sums(counting, rest, question)
            if gone.event_id not in listed:
                assert sums(counting, facts, question) == without
            elif sums(counting, facts, question) == without:
                kept = [fact for fact in rest if fact.event_id in listed]
                units = {
                    unit for unit, shares in found.items() for one in shares if gone.event_id in one.evidence
                }
                alone = sums(counting, kept, question)
                whole = sums(counting, facts, question)
                assert any(alone.get(unit) != whole.get(unit) for unit in units)


def found_in(counting, facts, question):
    """Return what *counting* finds in *facts*, unit by unit."""
    running = RunningTally(counting, question)
    running.add(facts)
    return {unit: list(found) for unit, found in running.found().by_unit().items() if found}


def sums(counting, facts, question):
    """Return numerator, denominator and number of cases of each unit, units with nothing left out."""
    running = RunningTally(counting, question)
    running.add(facts)
    return {unit: tuple(one) for unit, one in running.totals().items() if any(one)}


def test_a_figure_not_in_force_is_refused(rulebook):
    """Lending of 2021 was never entered: counting with it is refused rather than guessed."""
    question = Question(DAY, rulebook.since, rulebook.figures)
    with pytest.raises(FigureNotInForceError):
        question.figure("lending_2021_fen")
