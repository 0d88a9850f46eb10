from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.rules.accumulation import Formula
from services.evaluation.domain.rubric.rules.target import Coefficient
from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import award, item, item_rubric, values_of


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (10, "full"),
        (3, "value"),
        (5, "人数"),
        (1, "1 if as_of == date('2022-12-31') else 0"),
        (2, "2 if period == '' else 0"),
    ],
)
def test_names_in_a_rule(points, text):
    """A bare name is the value, an input, or one of the names the case lends."""
    assert points == award(Formula(Expression.parse(text)), 3, as_of=date(2022, 12, 31), 人数=5).points


def test_value_inside_the_input_is_the_cell():
    """``input: value × 2`` doubles the cell once; a condition around the rule sees the doubled value."""
    line = item(Coefficient(), input=Expression.parse("value * 2"), zero_if=Expression.parse("value > 6"))
    result = score_rubric(item_rubric(line), values_of([("甲", "1", 3), ("乙", "1", 4)]))
    assert [6, 0] == [one.item("1").points for one in result.units]
    assert Fraction(8) == result.unit("乙").item("1").value


def test_full_marks_may_differ_by_unit():
    """The points of a line may be an expression over the unit."""
    line = item(Coefficient(Fraction(100)), None)
    line = type(line)(
        id="1", name=line.name, rule=line.rule, points=Expression.parse("6 if unit.class == 'Ⅰ' else 4")
    )
    units = [{"id": "甲", "class": "Ⅰ"}, {"id": "乙", "class": "Ⅱ"}]
    result = score_rubric(item_rubric(line), values_of([("甲", "1", 1), ("乙", "1", 1)], units))
    assert [6, 4] == [one.item("1").points for one in result.units]


def test_a_rule_that_needs_points_says_so():
    """A line without points cannot be scored in proportion to them."""
    with pytest.raises(RubricError, match="points"):
        award(Coefficient(), 3, points=None)


def test_an_attribute_nobody_gave_is_missing():
    """A unit without the attribute asked for has no score, rather than the wrong one."""
    assert "missing" == award(Formula(Expression.parse("unit.人口 * 1")), 3).status
