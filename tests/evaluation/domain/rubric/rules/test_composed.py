from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.rules.composed import Alternative, Check, Checklist, ChooseOne, When
from services.evaluation.domain.rubric.rules.target import Proportional
from tests.evaluation.domain.rubric.case_book import award

F = Fraction
SHARES = st.fractions(0, 2, max_denominator=100)


@given(first=SHARES, second=SHARES, third=st.booleans())
def test_a_checklist_is_its_sum(first, second, third):
    """M14: each check within its own points, all added."""
    rule = Checklist((Check("a", F(3), Proportional()), Check("b", F(2), Proportional()), Check("c", F(1))))
    expected = 3 * min(first, 1) + 2 * min(second, 1) + (1 if third else 0)
    assert expected == award(rule, 0, a=first, b=second, c=third).points


@given(first=SHARES, second=SHARES)
def test_the_best_alternative(first, second):
    """M15: never less than any alternative, never more than the best."""
    one, other = (Alternative(Proportional(), Expression.parse(name), F(8)) for name in ("a", "b"))
    points = award(ChooseOne((one, other)), 0, a=first, b=second).points
    assert max(8 * min(first, 1), 8 * min(second, 1)) == points


@given(value=SHARES)
def test_one_branch_counts(value):
    """A rule on a condition gives what the branch taken gives."""
    rule = When(Expression.parse("value > 1"), Proportional(), Proportional(F(2)))
    assert (10 if value > 1 else value * 5) == award(rule, value).points
