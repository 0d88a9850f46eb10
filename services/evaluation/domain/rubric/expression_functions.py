"""The arithmetic of expressions, on exact numbers, days, words and yes/no."""

import ast
import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from services.evaluation.domain.rubric.errors import ExpressionError
from services.evaluation.domain.rubric.gap import ZeroDenominatorError
from services.evaluation.domain.rubric.number import clamp, half_up, written
from services.evaluation.domain.rubric.values import Scalar

MANY = 99
MOST_PLACES = 12


def as_number(value: Scalar) -> Fraction:
    """Return *value* as a number; yes is 1 and no is 0. Raises ExpressionError for words and days."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        return Fraction(int(value))
    raise ExpressionError(text=as_text(value), why="a number is needed here / 此处须为数值")


def as_date(value: Scalar) -> date:
    """Return *value* as a day; raises ExpressionError for anything else."""
    if isinstance(value, date):
        return value
    raise ExpressionError(text=as_text(value), why="a day is needed here / 此处须为日期")


def as_truth(value: Scalar) -> bool:
    """Return *value* as yes or no; a number is yes unless it is 0 (a count that is a condition)."""
    if isinstance(value, (bool, Fraction)):
        return bool(value)
    raise ExpressionError(text=as_text(value), why="a condition is needed here / 此处须为条件")


def as_text(value: Scalar) -> str:
    """Return *value* as people write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return written(value)
    return value.isoformat() if isinstance(value, date) else value


def _subtract(left: Scalar, right: Scalar) -> Scalar:
    if isinstance(left, date) and isinstance(right, date):
        return Fraction((left - right).days)
    return as_number(left) - as_number(right)


def divide(left: Scalar, right: Scalar) -> Fraction:
    """Return left ÷ right; raises ZeroDenominatorError, which the item's setting answers."""
    below = as_number(right)
    if below == 0:
        raise ZeroDenominatorError(f"{as_text(left)} ÷ 0")
    return as_number(left) / below


ARITHMETIC: dict[type[ast.operator], Callable[[Scalar, Scalar], Scalar]] = {
    ast.Add: lambda left, right: as_number(left) + as_number(right),
    ast.Sub: _subtract,
    ast.Mult: lambda left, right: as_number(left) * as_number(right),
    ast.Div: divide,
}


def _ordered(holds: Callable[[Any, Any], bool]) -> Callable[[Scalar, Scalar], bool]:
    def compare(left: Scalar, right: Scalar) -> bool:
        if isinstance(left, date) and isinstance(right, date):
            return holds(left, right)
        return holds(as_number(left), as_number(right))

    return compare


COMPARISONS: dict[type[ast.cmpop], Callable[[Scalar, Scalar], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: _ordered(operator.lt),
    ast.LtE: _ordered(operator.le),
    ast.Gt: _ordered(operator.gt),
    ast.GtE: _ordered(operator.ge),
}


def _round(number: Scalar, places: Scalar = Fraction(0)) -> Fraction:
    wanted = as_number(places)
    if wanted.denominator != 1 or not 0 <= wanted <= MOST_PLACES:
        raise ExpressionError(text=as_text(wanted), why="places are 0 to 12 / 小数位数须为0至12")
    return half_up(as_number(number), int(wanted))


def _date(text: Scalar) -> date:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise ExpressionError(
            text=as_text(text), why="write days as 2022-07-31 / 日期须写作2022-07-31"
        ) from error


PLAIN_FUNCTIONS: dict[str, tuple[int, int, Callable[..., Scalar]]] = {
    "floor": (1, 1, lambda number: Fraction(floor(as_number(number)))),
    "ceil": (1, 1, lambda number: Fraction(ceil(as_number(number)))),
    "round": (1, 2, _round),
    "abs": (1, 1, lambda number: abs(as_number(number))),
    "min": (1, MANY, lambda *numbers: min(as_number(number) for number in numbers)),
    "max": (1, MANY, lambda *numbers: max(as_number(number) for number in numbers)),
    "clamp": (3, 3, lambda number, low, high: clamp(as_number(number), as_number(low), as_number(high))),
    "date": (1, 1, _date),
    "days": (2, 2, lambda start, end: Fraction((as_date(end) - as_date(start)).days)),
}
"""Name → least and most arguments, and what it does. ``days(a, b)`` is how many days b lies after a."""
