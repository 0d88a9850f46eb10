from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.number import clamp, count_steps, half_up, shown, written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8.5", Fraction(17, 2)),
        ("33.3333…", Fraction(100, 3)),
        ("-33.3333…", Fraction(-100, 3)),
        ("0.0001", Fraction(1, 10000)),
        ("10", 10),
        ("100", Decimal(100)),
        ("0", Fraction(0)),
    ],
)
def test_numbers_are_written_as_people_write_them(text, number):
    """A number that goes on is cut and marked, never rounded into another."""
    assert text == written(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("87.62", "87.615"), ("-0.01", "-0.005"), ("89.99", "89.994"), ("100.00", "100"), ("0.00", "0.0049")],
)
def test_half_goes_up(text, number):
    """Two decimals, a half away from nought, as published tables are."""
    assert text == str(shown(Fraction(number), 2))


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_moves_by_half_a_place_at_most(number, places):
    """The published figure is never further from the exact one than half of its last place."""
    assert abs(half_up(number, places) - number) <= Fraction(1, 2 * 10**places)
    assert Fraction(shown(number, places)) == half_up(number, places)


@given(st.fractions(0, 100), st.fractions(Fraction(1, 100), 10))
def test_steps(gap, step):
    """Floor, share and ceil lie in this order, less than one step apart."""
    floor, exact, ceil = (count_steps(gap, step, how) for how in ("floor", "exact", "ceil"))
    assert floor <= exact <= ceil <= floor + 1


def test_no_bound_does_not_bind():
    """None is no bound, on either side."""
    assert [5, 3, 7] == [
        clamp(Fraction(5), None, None),
        clamp(Fraction(5), None, Fraction(3)),
        clamp(Fraction(5), Fraction(7), None),
    ]
