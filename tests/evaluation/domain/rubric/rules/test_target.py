from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.rules.target import AllOrNothing, Coefficient, Proportional, Stepped
from tests.evaluation.domain.rubric.case_book import award

NUMBERS = st.fractions(-200, 200, max_denominator=100)
RULES = st.one_of(
    st.just(AllOrNothing(">=", Fraction(50))),
    st.just(Proportional(Fraction(80))),
    st.just(Coefficient(Fraction(1, 7))),
    st.builds(
        Stepped,
        target=st.just(Fraction(95)),
        step=st.just(Fraction(1, 3)),
        deduct=st.just(Fraction(1, 10)),
        steps=st.sampled_from(["exact", "floor", "ceil"]),
    ),
)


@given(rule=RULES, value=NUMBERS, full=st.fractions(0, 100, max_denominator=10))
def test_between_nothing_and_full(rule, value, full):
    """M1 to M4 never give less than nothing or more than full."""
    assert 0 <= award(rule, value, full).points <= full


@given(rule=RULES, value=NUMBERS, more=st.fractions(0, 50, max_denominator=100))
def test_more_is_never_worse(rule, value, more):
    """M1 to M4, where more is better, never give less for more."""
    assert award(rule, value).points <= award(rule, value + more).points


@given(value=st.fractions(-200, Fraction(9499, 100), max_denominator=100))
def test_how_a_begun_step_counts(value):
    """A begun step in part lies between not at all and whole."""
    floor, exact, ceil = (
        award(Stepped(Fraction(95), Fraction(1), Fraction(1, 10), steps), value).points
        for steps in ("floor", "exact", "ceil")
    )
    assert ceil <= exact <= floor


def test_a_target_may_differ_by_unit():
    """A target is an input of the unit where the rubric says so (每单位各有任务数)."""
    from services.evaluation.domain.rubric.expression import Expression

    assert 5 == award(Proportional(Expression.parse("任务")), 20, 任务=40).points
