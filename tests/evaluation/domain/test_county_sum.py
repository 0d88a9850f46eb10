from fractions import Fraction
from itertools import permutations

import pytest

from services.evaluation.domain.county_sum import CountySum, added_up
from services.evaluation.domain.errors import CountyTwiceError

SMALLEST = 10


def rate(county, numerator, denominator):
    return CountySum(county, Fraction(numerator), Fraction(denominator), rate=True)


@pytest.mark.parametrize(
    ("small", "numerator", "denominator"),
    [
        (False, 90, 100),
        (False, 0, 100),
        (False, 100, 100),
        (False, 10, 20),
        (True, 9, 100),
        (True, 91, 100),
        (True, 0, 9),
        (False, 0, 0),
    ],
)
def test_a_few_met_meant_or_left_over_are_withheld(small, numerator, denominator):
    """A count from one to nine is withheld wherever it could be read, nought and ten are not."""
    assert small is rate("610327", numerator, denominator).too_small(SMALLEST)


def test_money_is_measured_by_its_cases():
    """A million fen of nine loans is a few, of ten it is not; fen themselves count nobody."""
    nine, ten = (CountySum("610327", Fraction(5), Fraction(0), rate=False, cases=n) for n in (9, 10))
    assert (True, False) == (nine.too_small(SMALLEST), ten.too_small(SMALLEST))


def test_what_is_withheld_is_not_in_the_total():
    """Total less what is shown gives nothing of the county that was withheld."""
    added = added_up([rate("a", 50, 100), rate("b", 3, 40), rate("c", 30, 50)], SMALLEST)
    assert (Fraction(80), Fraction(150), ("b",)) == (added.numerator, added.denominator, added.withheld)
    assert Fraction(8000, 150) == added.value


def test_counts_are_added_and_rates_are_not_averaged():
    """A count's value is the sum; nothing shown has no value."""
    counts = [CountySum(county, Fraction(20), Fraction(0), rate=False) for county in "ab"]
    assert Fraction(40) == added_up(counts, SMALLEST).value
    assert None is added_up([rate("a", 1, 2)], SMALLEST).value
    assert None is added_up([rate("a", 0, 0)], SMALLEST).value


def test_the_order_of_counties_is_nothing():
    """Whoever sends first: the same sums in the same order."""
    three = [rate("a", 50, 100), rate("b", 3, 40), rate("c", 30, 50)]
    assert 1 == len({added_up(order, SMALLEST) for order in permutations(three)})


def test_a_county_is_not_counted_twice():
    """Two sums of one county are refused, with its name."""
    with pytest.raises(CountyTwiceError) as refused:
        added_up([rate("a", 50, 100), rate("b", 50, 100), rate("a", 50, 100)], SMALLEST)
    assert "a" == refused.value.details["county"]
