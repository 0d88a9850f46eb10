from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.rules.occurrence import Frequency, PerOccurrence
from tests.evaluation.domain.rubric.case_book import award

TIMES = st.integers(0, 50)
HALF = Fraction(1, 2)


@given(times=TIMES)
def test_every_time_costs(times):
    """M5 with floor stays within the item; without one it takes exactly so much each time."""
    assert max(Fraction(10) - HALF * times, 0) == award(PerOccurrence(HALF), times).points
    assert Fraction(10) - HALF * times == award(PerOccurrence(HALF, floor="none"), times).points


@given(times=TIMES, more=TIMES)
def test_more_often_is_never_better(times, more):
    """M5, M5b: one more occurrence never earns points."""
    for rule in (PerOccurrence(HALF), PerOccurrence(HALF, zero_from=3)):
        assert award(rule, times + more).points <= award(rule, times).points


@given(times=TIMES)
def test_from_the_third_nothing(times):
    """M5b: from the stated time on nothing is left, however many points the item has."""
    assert (times >= 3) == (award(PerOccurrence(HALF, zero_from=3), times).points == 0)


@given(done=TIMES, more=TIMES)
def test_done_more_often_is_never_worse(done, more):
    """M13 lies between nothing and full and grows with what was done."""
    rule = Frequency(Fraction(12), Fraction(1))
    assert 0 <= award(rule, done).points <= award(rule, done + more).points <= 10
