from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.ranking import competition_ranks, grade_of, rescaled, two_decimals


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("87.62", Fraction("87.615")),
        ("33.33", Fraction(100, 3)),
        ("66.67", Fraction(200, 3)),
        ("0.01", Fraction(1, 200)),
        ("-0.01", Fraction(-1, 200)),
        ("100.00", Fraction(100)),
        ("89.99", Fraction(89994, 1000)),
    ],
)
def test_half_goes_up(text, exact):
    """Two decimals, half up, as published tables are."""
    assert text == str(two_decimals(exact))


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounding_moves_by_half_a_hundredth_at_most(exact):
    """The published figure is never further from the exact one than half of its last place."""
    assert abs(Fraction(two_decimals(exact)) - exact) <= Fraction(1, 200)


def test_equal_scores_share_a_rank_and_the_next_is_skipped():
    """1-2-2-4, as Matou's published list ranks 8, 8, 10, 10, 12."""
    scores = {"a": Decimal("95.00"), "b": Decimal("90.10"), "c": Decimal("90.10"), "d": Decimal("60.00")}
    assert {"a": 1, "b": 2, "c": 2, "d": 4} == competition_ranks(scores)


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("优秀", "100.00"),
        ("优秀", "90.00"),
        ("良好", "89.99"),
        ("良好", "80.00"),
        ("一般", "79.99"),
        ("一般", "60.00"),
        ("较差", "59.99"),
        ("较差", "0.00"),
    ],
)
def test_bands_are_closed(rulebook, name, total):
    """Every total of two decimals has one grade; 89.99 is not lost between two bands."""
    assert name == grade_of(Decimal(total), rulebook.grades, vetoed=False).name.zh


@pytest.mark.parametrize(("name", "total"), [("良好", "95.00"), ("良好", "80.00"), ("较差", "10.00")])
def test_a_veto_bars_the_highest_grade_only(rulebook, name, total):
    """A vetoed unit is at most good; a lower grade stays what it is."""
    assert name == grade_of(Decimal(total), rulebook.grades, vetoed=True).name.zh


def test_what_did_not_apply_is_rescaled():
    """30 of 40 points that applied is 75, whatever else there might have been."""
    assert 75 == rescaled([Fraction(10), Fraction(20)], [Fraction(20), Fraction(20)], [])


def test_deductions_come_off_the_rescaled_total():
    """Three points lost to notices are three points of the total, not of the base."""
    assert 72 == rescaled([Fraction(30)], [Fraction(40)], [Fraction(3)])


def test_nothing_applied():
    """Where no point could be had there is no total, rather than nought or a hundred."""
    assert rescaled([], [], [Fraction(3)]) is None


def test_never_below_nothing():
    """More deductions than points leave nothing."""
    assert 0 == rescaled([Fraction(1)], [Fraction(40)], [Fraction(10)])
