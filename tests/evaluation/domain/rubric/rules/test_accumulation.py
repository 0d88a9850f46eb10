from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.rules.accumulation import Accumulation, Formula, Rate, SignedBase
from tests.evaluation.domain.rubric.case_book import award

F = Fraction
AMOUNTS = st.fractions(0, 1000, max_denominator=100)


@given(first=AMOUNTS, second=AMOUNTS)
def test_accumulation_adds_up(first, second):
    """M11: what two give together is what each gives by itself; no cap unless there is one."""
    rule = Accumulation((Rate(F(2), F(10)),))
    both = award(rule, first + second, None).points
    assert both == award(rule, first, None).points + award(rule, second, None).points
    assert min(both, 7) == award(Accumulation(rule.rates, F(7)), first + second, None).points


@given(bonus=AMOUNTS, penalty=AMOUNTS)
def test_signed_base_between_its_caps(bonus, penalty):
    """M19 never leaves base + cap of bonus, base − cap of penalty."""
    rule = SignedBase(F(3, 2), Expression.parse("a"), Expression.parse("b"), F(1, 2), F(2))
    assert F(-1, 2) <= award(rule, 0, a=bonus, b=penalty).points <= 2


@given(value=st.fractions(-10, 10, max_denominator=10))
def test_a_formula_stays_within_the_item(value):
    """A formula is cut at nothing and at full."""
    assert 0 <= award(Formula(Expression.parse("value * 3")), value).points <= 10
