from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.adapters.rubric.span import Span, around, holes, rest

_END = st.none() | st.integers(-4, 4).map(Fraction)
_SPANS = st.lists(st.builds(Span, _END, _END, st.booleans(), st.booleans()), max_size=4)
_NUMBERS = [Fraction(number, 4) for number in range(-20, 21)]


def _holds(span, number):
    return not span.meets(Span(number, number)).empty


@given(_SPANS)
def test_a_hole_is_in_no_span(spans):
    """What is called a hole lies between the ends and in none of them, and nothing else does."""
    found, whole = holes(spans), around(spans) if spans else None
    for number in _NUMBERS:
        inside = bool(spans) and _holds(whole, number) and not any(_holds(one, number) for one in spans)
        assert inside == any(_holds(hole, number) for hole in found)


@given(st.builds(Span, _END, _END, st.booleans(), st.booleans()), _SPANS)
def test_the_rest_is_what_nobody_takes(span, taken):
    """A number is left exactly when it is in the span and in none of those taken."""
    left = rest(span, taken)
    for number in _NUMBERS:
        free = _holds(span, number) and not any(_holds(one, number) for one in taken)
        assert free == any(_holds(one, number) for one in left)


@pytest.mark.parametrize(("places", "holds"), [(0, False), (1, True), (None, True)])
def test_published_totals_may_step_over_a_hole(places, holds):
    """Between 80 and 81, both taken, no whole number lies; with decimals one does."""
    assert holds == Span(Fraction(80), Fraction(81), low_open=True, high_open=True).holds_number(places)


def test_a_span_is_written_as_people_do():
    """Open and closed ends are told apart, and so is having no end."""
    assert "80 < x ≤ 81" == Span(Fraction(80), Fraction(81), low_open=True).text()
    assert "x < 60" == Span(None, Fraction(60), high_open=True).text()
