from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.errors import WrongValueError
from services.evaluation.domain.rubric.rules.slope import Inverse, LinearBand, OverUnder, Symmetric
from tests.evaluation.domain.rubric.case_book import award

F = Fraction
NUMBERS = st.fractions(-100, 200, max_denominator=100)
FALLING = LinearBand(F(25), F(50))
RISING = LinearBand(F(92), F(60))
OVER = OverUnder(F(40), F(1), F(1, 2), F(1, 10), F(1), F(2), under_step_of="target")


@given(value=NUMBERS, more=st.fractions(0, 50, max_denominator=10))
def test_bands_and_inverse(value, more):
    """M7 and M18 stay within the item and run one way."""
    for rule in (FALLING, Inverse(F(80))):
        assert 10 >= award(rule, value).points >= award(rule, value + more).points >= 0
    assert 0 <= award(RISING, value).points <= award(RISING, value + more).points <= 10


@given(value=NUMBERS, more=st.fractions(0, 50, max_denominator=10))
def test_over_and_under(value, more):
    """M9 lies between nothing and full with its cap, and grows with the value."""
    assert 0 <= award(OVER, value).points <= award(OVER, value + more).points <= 12


@given(gap=st.fractions(0, 100, max_denominator=100))
def test_symmetric_is_symmetric(gap):
    """M10: as much above gains as much as the same below loses."""
    rule = Symmetric(F(60), F(1), F(5))
    assert 20 == award(rule, 60 + gap).points + award(rule, 60 - gap).points


@given(value=NUMBERS)
def test_symmetric_within_its_bounds(value):
    """M10 with floor and cap never leaves them."""
    assert 2 <= award(Symmetric(F(60), F(1), F(5), F(2), F(12)), value).points <= 12


@pytest.mark.parametrize(
    "rule", [Symmetric(F(1), F(0), F(1)), OverUnder(F(1), F(0), F(1), F(0), F(1))], ids=["symmetric", "over"]
)
def test_a_step_of_nothing_is_refused(rule):
    """A step of 0 would be gone infinitely often."""
    with pytest.raises(WrongValueError):
        award(rule, 5)
