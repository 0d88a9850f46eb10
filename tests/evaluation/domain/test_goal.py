from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.goal import Lever, fewest_cases, lever
from services.evaluation.domain.method import AllOrNothing, PerOccurrence, Proportional
from services.evaluation.domain.scoreboard import NO_SOURCE, ScoreLine, Unit

TOWN = Unit("610327109", "镇", "town")

rises = st.lists(st.fractions(0, 3, max_denominator=6), min_size=1, max_size=4)
levers = st.lists(rises, min_size=1, max_size=3)


def built(some):
    """Return levers whose gains are the running sums of the rises given."""
    return [
        Lever(f"I{at}", tuple(sum(one[: n + 1], Fraction(0)) for n in range(len(one))))
        for at, one in enumerate(some)
    ]


def gain_of(found, plan):
    return sum((one.gains[plan[one.indicator] - 1] for one in found if plan.get(one.indicator)), Fraction(0))


@settings(max_examples=60, deadline=None)
@given(levers, st.fractions(0, 12, max_denominator=6))
def test_no_plan_has_fewer_cases(some, need):
    """Of all ways to put cases right, tried one by one, none with fewer cases reaches the need."""
    found = built(some)
    every = [
        dict(zip((one.indicator for one in found), cases, strict=True))
        for cases in product(*(range(len(one.gains) + 1) for one in found))
    ]
    reaching = [sum(plan.values()) for plan in every if gain_of(found, plan) >= need]
    plan = fewest_cases(found, need)
    if plan is None:
        assert [] == reaching
    else:
        assert min(reaching) == sum(plan.values())
        assert gain_of(found, plan) >= need


def test_nothing_is_needed():
    """Where nothing is missing nothing must be done; where there is nothing to do nothing helps."""
    assert {} == fewest_cases([], Fraction(0))
    assert fewest_cases([], Fraction(1)) is None


def test_more_cases_than_the_limit_are_no_plan():
    """What takes more cases than the limit is not called within reach."""
    slow = Lever("I1", tuple(Fraction(n) for n in range(1, 31)))
    assert {"I1": 26} == fewest_cases([slow], Fraction(26), 30)
    assert fewest_cases([slow], Fraction(26), 25) is None


def line(rulebook, indicator, numerator, denominator, points, **changed):
    rule = replace(rulebook.indicator(indicator), **changed)
    numbers = Fraction(numerator), Fraction(denominator)
    full = Fraction(4)
    return ScoreLine(TOWN, rule, "scored", *numbers, Fraction(0), Fraction(points), full, "", NO_SOURCE)


def test_a_rate_is_put_right_case_by_case(rulebook):
    """Two of four covered, in proportion: each household more is a point, times what a point is worth."""
    one = line(rulebook, "I01-2", 2, 4, 2, method=Proportional(Decimal(100)))
    assert Lever("I01-2", (Fraction(3), Fraction(6))) == lever(one, Fraction(3), Fraction(4))


def test_all_or_nothing_gains_with_the_last_case(rulebook):
    """Three households short: the first two put right add nothing, the third everything."""
    one = line(rulebook, "I01-2", 1, 4, 0, method=AllOrNothing(">=", Decimal(100)))
    assert Lever("I01-2", (Fraction(0), Fraction(0), Fraction(4))) == lever(one, Fraction(1), Fraction(4))


def test_faults_are_made_fewer(rulebook):
    """Six faults at one point each of four: the first two put right are still too many."""
    one = line(rulebook, "I01-3", 6, 0, 0, method=PerOccurrence(Decimal(1)), kind="count")
    expected = (0, 0, 1, 2, 3, 4)
    assert Lever("I01-3", tuple(map(Fraction, expected))) == lever(one, Fraction(1), Fraction(4))


@pytest.mark.parametrize("changed", [{"counted_in": "fen"}, {"kind": "median"}, {"deduction": True}])
def test_what_has_no_cases_has_no_lever(rulebook, changed):
    """Money, medians and deductions cannot be put right case by case."""
    assert lever(line(rulebook, "I01-2", 2, 4, 2, **changed), Fraction(1), Fraction(4)) is None


def test_nothing_lost_nothing_to_do(rulebook):
    """A line with full points has no lever."""
    assert lever(line(rulebook, "I01-2", 4, 4, 4), Fraction(1), Fraction(4)) is None
