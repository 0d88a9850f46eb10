from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.rules.pipeline import (
    MinMaxStep,
    Pipeline,
    RankPoints,
    Scale,
    WeighDimensions,
    WeighPeriods,
)
from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import item, item_rubric, values_of

F = Fraction
DIMENSIONS = (("增幅", F(7, 10)), ("存量", F(3, 10)))
PERIODS = (("Q1", F(3, 20)), ("Q2", F(1, 10)), ("Q3", F(1, 10)), ("Q4", F(3, 20)), ("全年", F(1, 2)))
STEPS = (MinMaxStep(if_flat=F(100)), WeighDimensions(DIMENSIONS), WeighPeriods(PERIODS))
CELLS = [(period, dimension) for period, _ in PERIODS for dimension, _ in DIMENSIONS]
COLUMNS = st.lists(st.integers(0, 20), min_size=len(CELLS), max_size=len(CELLS))


def _points(rule, columns):
    rows = [
        (unit, "1", number, "", *cell)
        for unit, numbers in columns.items()
        for cell, number in zip(CELLS, numbers, strict=True)
    ]
    result = score_rubric(item_rubric(item(rule)), values_of(rows))
    return {one.unit: one.item("1").points for one in result.units}


def _by_hand(columns):
    """The same by other means: for each cell its place between the ends, weighed and added."""
    sums = {}
    for unit, numbers in columns.items():
        total = F(0)
        for at, (period, dimension) in enumerate(CELLS):
            column = [other[at] for other in columns.values()]
            low, high = min(column), max(column)
            index = F(100) if low == high else 60 + F(40) * (numbers[at] - low) / (high - low)
            total += dict(PERIODS)[period] * dict(DIMENSIONS)[dimension] * index
        sums[unit] = total
    return sums


@settings(max_examples=25)
@given(columns=st.dictionaries(st.sampled_from("甲乙丙丁"), COLUMNS, min_size=1))
def test_longquan_before_the_rank(columns):
    """Min–max, 70/30, five periods: the sum equals the one worked out another way, between 60 and 100."""
    points = _points(Pipeline((*STEPS, Scale(Expression.parse("full / 10")))), columns)
    assert _by_hand(columns) == points
    assert all(60 <= one <= 100 for one in points.values())


@settings(max_examples=25)
@given(columns=st.dictionaries(st.sampled_from("甲乙丙丁"), COLUMNS, min_size=1), order=st.randoms())
def test_longquan_to_the_end(columns, order):
    """The rank of the sum gives the points; the order of units changes nothing."""
    rule = Pipeline((*STEPS, RankPoints((F(10), F(9), F(8)))))
    sums = _by_hand(columns)
    place = {unit: sum(1 for other in sums.values() if other > own) for unit, own in sums.items()}
    expected = {unit: (F(10), F(9), F(8), F(0))[at] for unit, at in place.items()}
    shuffled = list(columns)
    order.shuffle(shuffled)
    assert expected == _points(rule, {unit: columns[unit] for unit in shuffled})


def test_what_is_left_unweighed_is_refused():
    """Several cells are no score: a step that weighs them is missing."""
    with pytest.raises(RubricError):
        _points(Pipeline((MinMaxStep(),), ("Q1", "Q2"), ("增幅",)), {"甲": [1] * len(CELLS)})
