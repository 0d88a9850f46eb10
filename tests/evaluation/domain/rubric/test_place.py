from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.place import places

MATOU = {"a": Fraction(98), "b": Fraction(95), "c": Fraction(95), "d": Fraction(90)}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", [1, 2, 2, 4]),
        ("dense", [1, 2, 2, 3]),
        ("average", [1, Fraction(5, 2), Fraction(5, 2), 4]),
    ],
)
def test_three_ways_of_sharing(ties, expected):
    """1-2-2-4, 1-2-2-3 and 1-2.5-2.5-4."""
    assert expected == list(places(MATOU, ties=ties).values())


def test_the_lowest_may_be_first():
    """With order low the least is the first."""
    assert [4, 2, 2, 1] == list(places(MATOU, order="low").values())


@given(st.dictionaries(st.integers(), st.fractions(0, 5, max_denominator=3), min_size=1))
def test_places_add_up(numbers):
    """Average places always add up to those of no ties; competition says how many are better."""
    assert Fraction(len(numbers) * (len(numbers) + 1), 2) == sum(places(numbers, ties="average").values())
    better = {key: 1 + sum(1 for one in numbers.values() if one > own) for key, own in numbers.items()}
    assert better == places(numbers)
