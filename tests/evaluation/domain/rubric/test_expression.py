from datetime import date
from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.errors import ExpressionError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.gap import MissingValueError, ZeroDenominatorError
from services.evaluation.domain.rubric.reference import Reference


class Surroundings:
    """Knows a few names; everything asked of other items is 7."""

    names: ClassVar = {
        "value": Fraction(3),
        "增幅": Fraction(1, 2),
        "done": date(2022, 8, 2),
        "类别": "重点",
        "有": True,
    }

    def name(self, name):
        if name not in self.names:
            raise MissingValueError(name)
        return self.names[name]

    def attribute(self, name):
        return {"class": "重点", "id": "甲"}[name]

    def ask(self, query):
        return Fraction(7)

    def workdays(self, start, end):
        return 5


def value(text):
    return Expression.parse(text).evaluate(Surroundings())


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (Fraction(3, 10), "0.1 + 0.2"),
        (Fraction(1), "0.1 * 10"),
        (Fraction(1, 3), "1 / 3"),
        (Fraction(-5, 2), "-(value - 0.5)"),
        (Fraction(8, 5), "value * 增幅 + 0.1"),
        (Fraction(2), "floor(2.9)"),
        (Fraction(3), "ceil(2.1)"),
        (Fraction(5, 2), "round(2.45, 1)"),
        (Fraction(3), "round(2.5)"),
        (Fraction(4), "abs(0 - 4)"),
        (Fraction(1), "min(3, 1, 2)"),
        (Fraction(3), "max(3, 1, 2)"),
        (Fraction(5), "clamp(9, 0, 5)"),
        (Fraction(2), "days(date('2022-07-31'), done)"),
        (Fraction(5), "workdays(date('2022-07-31'), done)"),
        (Fraction(2), "done - date('2022-07-31')"),
        (True, "done > date('2022-07-31')"),
        (Fraction(60), "60 if unit.class == '重点' else 40"),
        (True, "unit.class in ('重点', '一般')"),
        (False, "unit.class not in ['重点']"),
        (True, "1 < value <= 3 and not value == 2"),
        (True, "value > 5 or 有"),
        (True, "有 == 是"),
        (True, "类别 == '重点'"),
        (False, "类别 == 3"),
        (Fraction(14), "value_of('1.3', '台账') + score_of('2')"),
        (Fraction(7), "mean_score('3.224', group='专业')"),
        (Fraction(3), "first_of(统计, value)"),
        (False, "known(统计)"),
        (Fraction(1), "有 * 1"),
    ],
)
def test_what_the_language_says(expected, text):
    """Each construct gives the exact value people expect of it."""
    assert expected == value(text)
    assert type(expected) is type(value(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "value ** 2",
        "value % 2",
        "value // 2",
        "__import__('os')",
        "open('x')",
        "value.real",
        "unit",
        "unit.__class__",
        "(lambda: 1)()",
        "[x for x in value]",
        "value[0]",
        "f'{value}'",
        "value_of(value)",
        "value_of('a', 'b', 'c')",
        "mean_value('a', **value)",
        "score_of()",
        "floor(1, 2)",
        "min(a=1)",
        "x := 3",
        "1e9",
        "0x10",
        "1_000",
        "1j",
        "None",
        "b'x'",
        "value is 3",
        "value in value",
        "~value",
        "{1: 2}",
        "value if value",
        "(" * 300 + "1" + ")" * 300,
        "1 + " * 600 + "1",
    ],
)
def test_what_the_language_has_not(text):
    """Everything else is refused when it is read, not when it is evaluated."""
    with pytest.raises(ExpressionError):
        Expression.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "类别 + 1",
        "done + 1",
        "类别 > 1",
        "not 类别",
        "days(1, 2)",
        "date('31.7.')",
        "round(1, 0.5)",
        "round(1, 99)",
    ],
)
def test_what_has_no_sense(text):
    """A word where a number is needed is refused in words, never guessed."""
    with pytest.raises(ExpressionError):
        value(text)


def test_a_missing_name_is_missing():
    """A name without a value raises a gap, which the item's settings answer."""
    with pytest.raises(MissingValueError):
        value("统计 + 1")
    with pytest.raises(MissingValueError):
        value("first_of(统计, 上报)")


def test_nought_below_is_a_gap():
    """Dividing by nought is neither nought nor infinite."""
    with pytest.raises(ZeroDenominatorError):
        value("3 / (value - 3)")


def test_what_an_expression_needs():
    """References, names and attributes are known before anything is evaluated."""
    read = Expression.parse(
        "score_of('2') + mean_value('1', '人均', group='a') * 系数 if unit.class == 'x' else 0"
    )
    assert (
        Reference("score_of", "2", "", False),
        Reference("mean_value", "1", "人均", True),
    ) == read.references
    assert {"系数"} == read.names
    assert {"class"} == read.attributes


@given(first=st.decimals(0, 1000, places=3), second=st.decimals(0, 1000, places=3))
def test_decimals_are_exact(first, second):
    """What is written in decimals is that very number."""
    assert Fraction(first) + Fraction(second) == value(f"{first} + {second}")
