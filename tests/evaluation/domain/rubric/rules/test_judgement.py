from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.errors import WrongValueError
from services.evaluation.domain.rubric.rules.judgement import Judged, Sampled
from services.evaluation.domain.rubric.rules.occurrence import PerOccurrence
from tests.evaluation.domain.rubric.case_book import award


@given(wrong=st.integers(0, 30), looked_at=st.integers(0, 20))
def test_a_short_sample(wrong, looked_at):
    """M21: scored from the stated size on; below it missing, unless a short sample is accepted."""
    rule, accepting = (
        Sampled(Fraction(10), PerOccurrence(Fraction(1)), short) for short in ("missing", "accept")
    )
    points = max(10 - wrong, 0)
    assert (points if looked_at >= 10 else None) == award(rule, wrong, sample=looked_at).points
    assert points == award(accepting, wrong, sample=looked_at).points


@pytest.mark.parametrize("value", [-1, 11, Fraction(1001, 100)])
def test_a_judged_number_outside_is_refused(value):
    """M22: a number outside the item's points is refused, never cut to fit."""
    with pytest.raises(WrongValueError, match="甲"):
        award(Judged(), value)
