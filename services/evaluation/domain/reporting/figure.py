"""A figure as a unit reports it: a share, a number, yes or no, a day, or numbers by level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal, get_args

from services.evaluation.domain.reporting.errors import WrongFigureError

Shape = Literal["rate", "ratio", "count", "yes_no", "done_on", "levels"]
"""rate: part of a whole. ratio: against a base, may exceed it. count: a number. yes_no. done_on: the day it
was done, or not yet. levels: how many of the centre, the province, the city."""
SHAPES: tuple[Shape, ...] = get_args(Shape)
LEVELS = ("central", "province", "city")
_MOST, _PLACES = Decimal(10) ** 13, -4


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """What was reported of one unit. Made by ``figure_of``, which refuses what is no figure.

    *denominator* is None unless the shape has one; 0 of 0 says that the unit has
    nothing of the kind, which is not the same as not having reported.
    """

    shape: Shape
    numerator: Decimal
    denominator: Decimal | None = None
    done_on: date | None = None
    levels: tuple[int, ...] = ()

    @property
    def size(self) -> Fraction:
        """The one number two figures of a shape are compared by."""
        if self.shape in ("rate", "ratio"):
            below = self.denominator or Decimal(0)
            return Fraction(self.numerator) / Fraction(below) if below else Fraction(self.numerator)
        if self.shape == "done_on":
            return Fraction(self.done_on.toordinal() if self.done_on else 0)
        return Fraction(self.numerator)

    def document(self) -> dict[str, Any]:
        """Return it as JSON keeps it; ``figure_from`` reads it back."""
        return {
            "shape": self.shape,
            "numerator": str(self.numerator),
            "denominator": None if self.denominator is None else str(self.denominator),
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "levels": list(self.levels),
        }


def figure_from(document: Mapping[str, Any]) -> ReportedFigure:
    """Return the figure that ``document`` wrote."""
    below, day = document["denominator"], document["done_on"]
    return ReportedFigure(
        document["shape"],
        Decimal(document["numerator"]),
        None if below is None else Decimal(below),
        date.fromisoformat(day) if day else None,
        tuple(document["levels"]),
    )


def figure_of(
    shape: Shape,
    *,
    numerator: Decimal | int | str | None = None,
    denominator: Decimal | int | str | None = None,
    yes: bool | None = None,
    done_on: date | None = None,
    levels: tuple[int, ...] = (),
) -> ReportedFigure:
    """Return the figure; raises WrongFigureError for one that cannot be."""
    match shape:
        case "rate" | "ratio":
            return _share(
                shape,
                _number(numerator, "分子", "the numerator"),
                _number(denominator, "分母", "the denominator"),
            )
        case "count":
            return ReportedFigure("count", _number(numerator, "数值", "the number"))
        case "yes_no":
            if yes is None:
                raise WrongFigureError(what_zh="请填写是或否", what_en="Say yes or no")
            return ReportedFigure("yes_no", Decimal(int(yes)), Decimal(1))
        case "done_on":
            return ReportedFigure("done_on", Decimal(int(done_on is not None)), done_on=done_on)
        case "levels":
            return _by_level(levels)


def _share(shape: Shape, above: Decimal, below: Decimal) -> ReportedFigure:
    if shape == "rate" and above > below:
        raise WrongFigureError(
            what_zh=f"分子 {above} 不能大于分母 {below}",
            what_en=f"The numerator {above} exceeds the denominator {below}",
        )
    if not below and above:
        raise WrongFigureError(
            what_zh="分母为 0 时分子也应为 0", what_en="With a denominator of 0 the numerator is 0 too"
        )
    return ReportedFigure(shape, above, below)


def _by_level(levels: tuple[int, ...]) -> ReportedFigure:
    if len(levels) != len(LEVELS) or any(number < 0 for number in levels):
        raise WrongFigureError(
            what_zh="请分别填写中央、省、市三级的项数",
            what_en="Give the numbers of the centre, the province and the city",
        )
    return ReportedFigure("levels", Decimal(sum(levels)), levels=tuple(levels))


def _number(given: Decimal | int | str | None, zh: str, en: str) -> Decimal:
    try:
        number = Decimal(str(given).strip()) if given is not None else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0 or number > _MOST:
        raise WrongFigureError(what_zh=f"{zh}应为不小于 0 的数", what_en=f"{en} is a number of 0 or more")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _PLACES:
        raise WrongFigureError(what_zh=f"{zh}最多四位小数", what_en=f"{en} has four decimals at the most")
    return number


def difference(reported: ReportedFigure, found: ReportedFigure | None) -> Fraction:
    """Return by how much of what was found the report is off; a value that had to go is off by all of it.

    Days and yes or no are either right (0) or wrong (1).
    """
    if found is None:
        return Fraction(1)
    if reported.shape in ("yes_no", "done_on"):
        return Fraction(int(reported != found))
    gap = abs(reported.size - found.size)
    if not gap:
        return Fraction(0) if reported == found or reported.shape in ("rate", "ratio") else Fraction(1)
    return gap / found.size if found.size else Fraction(1)
