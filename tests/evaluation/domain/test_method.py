from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.adapters.rules import method_from
from services.evaluation.domain.method import Measured, written
from tests.evaluation.domain.case_files import number, read

CASES = read("methods.yaml")
METHODS = [method_from(Path("cases"), case["name"], case["method"]) for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_points_as_worked_by_hand(case):
    """Each written case gives the points its author worked out, exactly."""
    method = method_from(Path("cases"), case["name"], case["method"])
    measured = Measured(number(case["value"]), number(case.get("at_fault", 0)))
    assert number(case["points"]) == method.award(measured, number(case["full"])).points


@given(
    method=st.sampled_from(METHODS),
    value=st.fractions(min_value=0, max_value=1000),
    at_fault=st.integers(0, 1000),
    full=st.fractions(min_value=0, max_value=100),
)
def test_points_stay_between_nothing_and_full(method, value, at_fault, full):
    """Whatever was measured, a method gives neither less than nothing nor more than full."""
    assert 0 <= method.award(Measured(value, Fraction(at_fault)), full).points <= full


@given(
    method=st.sampled_from(METHODS),
    value=st.fractions(min_value=0, max_value=1000),
    at_fault=st.integers(0, 1000),
)
def test_arithmetic_is_shown(method, value, at_fault):
    """Every award says how it came about."""
    assert method.award(Measured(value, Fraction(at_fault)), Fraction(10)).working


@pytest.mark.parametrize(
    ("text", "value"),
    [("8.5", Fraction(17, 2)), ("33.3333…", Fraction(100, 3)), ("10", Fraction(10)), ("100", Decimal(100))],
)
def test_numbers_are_written_as_people_write_them(text, value):
    """A number that goes on is cut and marked, never rounded into another."""
    assert text == written(value)
