from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.rules.cohort import (
    LeaderRatio,
    MinMax,
    RankDecrement,
    RankTable,
    RelativeToMean,
)
from services.evaluation.domain.rubric.rules.target import Coefficient
from tests.evaluation.domain.rubric.case_book import awards

F = Fraction
GROUPS = st.dictionaries(
    st.sampled_from("甲乙丙丁戊己"), st.fractions(1, 100, max_denominator=10), min_size=1, max_size=6
)
RULES = {
    "N1": RankTable((F(10), F(8), F(5))),
    "N1 then": RankTable((F(10), F(8)), then=F(1)),
    "N2": RankDecrement(F(1, 4)),
    "N3": LeaderRatio(),
    "N4": MinMax(),
    "N5": RelativeToMean(Coefficient(Expression.parse("5 / mean"))),
}


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=40)
@given(values=GROUPS)
def test_between_nothing_and_full_and_more_is_never_worse(name, values):
    """N1 to N5 stay within the item; who has more has no less; who has the same gets the same."""
    points = awards(RULES[name], values)
    ordered = sorted(values, key=lambda unit: values[unit])
    assert all(0 <= one <= 10 for one in points.values())
    assert all(points[low] <= points[high] for low, high in pairwise(ordered))
    assert all(points[a] == points[b] for a in values for b in values if values[a] == values[b])


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=40)
@given(values=GROUPS, order=st.randoms())
def test_the_order_of_units_changes_nothing(name, values, order):
    """The points of a unit do not depend on where it stands in the list."""
    shuffled = list(values)
    order.shuffle(shuffled)
    assert awards(RULES[name], values) == awards(RULES[name], {unit: values[unit] for unit in shuffled})


@settings(max_examples=40)
@given(values=GROUPS)
def test_the_first_gets_everything(values):
    """N1 to N4 give the best unit full points, alone or shared."""
    best = max(values, key=lambda unit: values[unit])
    assert all(10 == awards(RULES[name], values)[best] for name in ("N1", "N2", "N3", "N4"))


@settings(max_examples=40)
@given(values=GROUPS, scale=st.fractions(1, 50, max_denominator=5))
def test_a_change_of_unit_changes_nothing(values, scale):
    """N3, N4 and N5 do not depend on whether values are yuan or ten thousand yuan."""
    scaled = {unit: value * scale for unit, value in values.items()}
    assert all(awards(RULES[name], values) == awards(RULES[name], scaled) for name in ("N3", "N4", "N5"))
