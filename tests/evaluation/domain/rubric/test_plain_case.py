from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.expression_functions import as_number
from services.evaluation.domain.rubric.plain_case import PlainCase
from services.evaluation.domain.rubric.reference import Query
from services.evaluation.domain.rubric.rules.target import Proportional, Stepped
from tests.evaluation.domain.rubric.case_book import award

CASE = PlainCase(Fraction(3), Fraction(10))


@pytest.mark.parametrize("value", [0, 50, 99, 100, 130])
def test_the_same_points_as_in_a_rubric(value):
    """A rule gives outside a rubric what it gives inside one, with the same working."""
    for rule in (Proportional(Fraction(100)), Stepped(Fraction(100), Fraction(1), Fraction(1, 2), "floor")):
        line = award(rule, value)
        assert rule.award(PlainCase(Fraction(value), Fraction(10))) == (line.points, line.working)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: CASE.number(Expression.parse("任务")),
        lambda: CASE.holds(Expression.parse("true")),
        lambda: CASE.day(Expression.parse("date('2022-01-01')")),
        lambda: CASE.workdays(date(2022, 1, 1), date(2022, 1, 2)),
        lambda: CASE.input("任务"),
        lambda: CASE.ask(Query("score_of", "1", "", ())),
        lambda: CASE.reading("任务"),
        CASE.cohort,
        lambda: CASE.cohort_grid((), ()),
    ],
)
def test_nothing_else_is_known(asked):
    """Whatever needs more than the one value is refused, never taken for nought."""
    with pytest.raises(RubricError):
        asked()


def test_another_value_and_other_full_marks():
    """A rule inside a rule sees what the outer one worked out."""
    assert [7, 5] == [
        as_number(CASE.holding(Fraction(7), late=Fraction(1)).value),
        CASE.worth(Fraction(5)).full,
    ]
