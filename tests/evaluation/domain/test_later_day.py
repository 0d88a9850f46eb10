from datetime import date, timedelta
from random import Random

import pytest

from services.evaluation.domain.counting import Question, RunningTally
from services.evaluation.domain.countings import COUNTINGS
from services.evaluation.domain.fact import Fact
from shared.parameters.figure import FigureNotInForceError
from tests.evaluation.facts import fact_of
from tests.evaluation.samples import Year, sealed

FIRST = date(2022, 1, 1)


def counted(tally):
    """What a tally comes to; a unit whose shares were all taken away again is like one that never had any."""
    return {unit: total for unit, total in tally.totals().items() if any(total)}


def tallies(counting, facts, days, rulebook):
    """Yield day by day what is moved on from the day before, and what is counted afresh."""
    moved, before = None, date.min
    for day in days:
        question = Question(day, rulebook.since, rulebook.figures)
        if moved is not None and rulebook.changes_between(before, day):
            moved, before = None, date.min
        moved = moved.moved_to(question) if moved else RunningTally(counting, question)
        moved.add(fact for fact in facts if before < fact.occurred_on <= day)
        fresh = RunningTally(counting, question)
        fresh.add(fact for fact in facts if fact.occurred_on <= day)
        yield day, counted(moved), counted(fresh)
        before = day


@pytest.mark.parametrize("seed", range(6))
def test_each_counting_moved_on_is_as_counted_afresh(rulebook, seed):
    """Whatever a judge asks of its day, being asked first on an earlier day changes nothing."""
    chance = Random(seed)
    by_name: dict[str, list[Fact]] = {}
    for envelope in sealed(Year(seed).events):
        fact = fact_of(envelope)
        by_name.setdefault(fact.name, []).append(fact)
    days = [FIRST + timedelta(number) for number in sorted(chance.sample(range(380), 5))]
    for name, counting in COUNTINGS.items():
        facts = [fact for of in counting.facts for fact in by_name.get(of, ())]
        try:
            for day, moved, fresh in tallies(counting, facts, days, rulebook):
                assert fresh == moved, (name, day)
        except FigureNotInForceError:  # a score leaves out what the county has not set
            continue


@pytest.mark.parametrize(
    ("expected", "due", "as_of"),
    [
        (False, date(2022, 6, 30), date(2022, 6, 30)),
        (True, date(2022, 6, 30), date(2022, 7, 1)),
        (False, date(2022, 12, 31), date(2022, 12, 30)),
        (True, date(2022, 12, 31), date(2022, 12, 31)),
        (False, date(2023, 12, 31), date(2023, 12, 31)),
    ],
)
def test_when_the_time_is_over(expected, due, as_of):
    """From the day after; what is due on the last day of the year is judged with the year."""
    assert expected is Question(as_of, date(2022, 1, 1), {}).over(due)
