from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.errors import BeforeFirstDayError
from services.evaluation.domain.scoring import counted_facts, score
from shared.contracts.registry import MODELS
from tests.evaluation.domain.case_files import fact
from tests.evaluation.facts import year_of

DAY = date(2022, 12, 31)


@pytest.fixture(name="board", scope="module")
def _board(rulebook, towns):
    return lambda facts, as_of=DAY: score(facts, rulebook, towns, as_of=as_of, known_at=as_of)


def test_every_counted_fact_is_published_by_somebody(rulebook):
    """A rule that counts what nobody tells would stay at nought for ever."""
    published = {type_.rsplit(".", 1)[0] for type_ in MODELS}
    assert set() == counted_facts(rulebook) - published


def test_at_least_sixteen_indicators_of_all_four_services_are_computed(rulebook):
    """The computed ones are spread over all four services."""
    services = {fact.split(".")[0] for fact in counted_facts(rulebook)}
    assert {"monitoring", "employment", "finance", "evaluation"} == services
    assert 16 <= len(rulebook.indicators)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_scores_stay_in_their_bounds(board, seed):
    """Lines stay between nothing and full, totals between 0 and 100."""
    scored = board(year_of(seed))
    for line in scored.lines():
        if line.points is not None:
            low, high = (-line.max_points, 0) if line.indicator.deduction else (0, line.max_points)
            assert low <= line.points <= high
    assert all(0 <= unit.total <= 100 for unit in scored.units() if unit.total is not None)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_order_of_units_is_irrelevant(rulebook, towns, seed, data):
    """The board is the same in whatever order towns are asked for."""
    facts = year_of(seed)
    shuffled = data.draw(st.permutations(towns))
    plain = score(facts, rulebook, towns, as_of=DAY, known_at=DAY)
    assert plain == score(facts, rulebook, shuffled, as_of=DAY, known_at=DAY)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), days=st.integers(0, 364))
def test_as_of_a_day_equals_a_journal_cut_at_that_day(board, seed, days):
    """What happens later can't change a score of an earlier day."""
    day = date(2022, 1, 1) + timedelta(days=days)
    facts = year_of(seed)
    cut = [one for one in facts if one.occurred_on <= day]
    assert board(cut, day) == board(facts, day)


def test_before_the_plan_counts(board):
    """A day before the first day of the plan is refused."""
    with pytest.raises(BeforeFirstDayError):
        board([], date(2021, 12, 31))


def test_nothing_known_is_not_full_marks(board):
    """A county of which nothing is recorded has no totals, no ranks and no grades."""
    empty = board([])
    assert [None] * 35 == [unit.total for unit in empty.units()]
    assert {None} == {unit.rank for unit in empty.units()}


def test_a_relapse_bars_excellence(board):
    """A town with one household fallen back loses the points and can't be excellent."""
    about = {"relapse_id": "x", "cause": "100A27006"}
    facts = [
        fact({"id": "a", "fact": "monitoring.household_recorded", "day": date(2022, 1, 1), "version": 1}),
        fact({"id": "b", "fact": "monitoring.household_relapsed", "day": date(2022, 9, 1), **about}),
    ]
    town = board(facts, date(2022, 6, 1)).unit("610327109")
    assert () == town.vetoes
    town = board(facts).unit("610327109")
    assert ("I01-8",) == town.vetoes
    assert "优秀" != town.grade.name.zh


def test_towns_and_departments_are_ranked_apart(board):
    """Each group has its own first place, and the best come first."""
    scored = board(year_of(5))
    for group in (scored.towns, scored.departments):
        ranks = [unit.rank for unit in group if unit.rank is not None]
        assert 1 == ranks[0]
        assert sorted(ranks) == ranks


def test_the_countys_value_is_the_towns_together(board):
    """A department answers for what all towns came to: sums, not means."""
    scored = board(year_of(5))
    county = scored.unit("县人社局").line("I12-1")
    towns = [unit.line("I12-1") for unit in scored.towns]
    assert county.numerator == sum(line.numerator for line in towns)
    assert county.denominator == sum(line.denominator for line in towns)
    assert county.evidence == tuple(sorted({event for line in towns for event in line.evidence}))
