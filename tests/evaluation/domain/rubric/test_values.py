from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.values import AssessedUnit, CellKey, Note, Values, Workdays

UNIT = AssessedUnit("甲", "甲镇", "town", "Ⅰ", {"parent": "县"})


def test_what_may_be_asked_of_a_unit():
    """Its own attributes and those the values brought along; else nothing."""
    assert ["甲", "甲镇", "town", "Ⅰ", "县", None] == [
        UNIT.attribute(name) for name in ("id", "name", "group", "class", "parent", "area")
    ]


@pytest.mark.parametrize("number", [0.5, 3], ids=["binary fraction", "plain int"])
def test_numbers_are_exact(number):
    """No binary fraction gets in, and no number that is not a fraction."""
    with pytest.raises(RubricError):
        Values((UNIT,), {CellKey("甲", "1"): number})


def test_a_unit_stands_once():
    """Two units of one id would share their values."""
    with pytest.raises(RubricError):
        Values((UNIT, UNIT), {})


def test_a_value_is_where_it_was_put():
    """The unnamed value of a year is not that of a month; the target of a year is."""
    values = Values.of([UNIT], {("甲", "1"): 5, ("甲", "1", "目标"): 9, ("*", "1", "县均"): 7})
    assert 5 == values.get(CellKey("甲", "1"))
    assert values.get(CellKey("甲", "1", period="一月")) is None
    assert Fraction(9) == values.get(CellKey("甲", "1", "目标", "一月", "增幅"))
    assert Fraction(7) == values.get(CellKey("甲", "1", "县均"))
    assert values.get(CellKey("甲", "2", "县均")) is None
    assert Note() == values.note(CellKey("甲", "1"))


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        (0, date(2022, 7, 29), date(2022, 7, 31)),
        (1, date(2022, 7, 29), date(2022, 8, 1)),
        (-1, date(2022, 8, 1), date(2022, 7, 29)),
        (4, date(2022, 9, 30), date(2022, 10, 11)),
    ],
)
def test_working_days(days, start, end):
    """Weekends and holidays are left out, weekends worked instead are not."""
    holidays = frozenset(date(2022, 10, day) for day in range(1, 8))
    calendar = Workdays(holidays, frozenset({date(2022, 10, 8), date(2022, 10, 9)}))
    assert days == calendar.between(start, end)
