from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Periods
from services.evaluation.domain.rubric.rules.target import Coefficient
from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import item, item_rubric, values_of

PERIODS = Periods((("上", Fraction(2, 5)), ("下", Fraction(3, 5))))


def _scored(rows, **settings):
    result = score_rubric(item_rubric(item(Coefficient(), **settings)), values_of(rows))
    return result.unit("甲")


@pytest.mark.parametrize(
    ("first", "second", "status", "points"),
    [
        (5, 10, "scored", 8),
        (5, None, "missing", None),
        (5, "n/a", "scored", 5),
        ("n/a", "n/a", "not_applicable", None),
        ("n/a", None, "missing", None),
    ],
)
def test_periods_of_an_item(first, second, status, points):
    """Weights of a period that does not apply go to the other; a missing one is missing."""
    cells = (("上", first), ("下", second))
    rows = [("甲", "1", value, "", period) for period, value in cells if value is not None]
    rows.append(("甲", "x", 1, "", ""))
    line = _scored(rows, periods=PERIODS).item("1")
    assert (status, points) == (line.status, line.points)


def test_each_period_is_shown():
    """The result has a line for the whole and one for each period."""
    unit = _scored([("甲", "1", 5, "", "上"), ("甲", "1", 10, "", "下")], periods=PERIODS)
    assert [("", 8), ("上", 5), ("下", 10)] == [(one.period, one.points) for one in unit.items]
    assert "0.4 × 上 5 + 0.6 × 下 10 = 8" == unit.item("1").working


def test_a_condition_goes_before_an_exemption():
    """What forfeits the item is asked first."""
    yes = Expression.parse("true")
    assert 0 == _scored([("甲", "1", 5)], zero_if=yes, exempt_if=yes).total
    assert 10 == _scored([("甲", "1", 5)], exempt_if=yes).total


@pytest.mark.parametrize(("outside_is_na", "total"), [(True, None), (False, None)])
def test_a_line_for_others(outside_is_na, total):
    """A line for other units gives no points; it is shown as not applicable, or not at all."""
    unit = _scored(
        [("甲", "1", 5)], applies=Expression.parse("unit.class == 'Ⅰ'"), outside_is_na=outside_is_na
    )
    assert (total, 1 if outside_is_na else 0) == (unit.total, len(unit.items))


def test_full_marks_nobody_can_work_out():
    """Where full marks need a value that is missing, the line is missing, not free."""
    line = item(Coefficient())
    line = type(line)(id="1", name=line.name, rule=line.rule, points=Expression.parse("权重"))
    result = score_rubric(item_rubric(line), values_of([("甲", "1", 5)]))
    assert ("missing", None) == (result.unit("甲").item("1").status, result.unit("甲").item("1").points)
