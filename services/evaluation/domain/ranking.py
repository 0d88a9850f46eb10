"""Totals, ranks and grades of the units of one group."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from services.evaluation.domain.rule import Grade

_HUNDREDTH = Decimal("0.01")


def two_decimals(exact: Fraction) -> Decimal:
    """Return *exact* rounded half up to two decimals, without a binary or decimal step in between."""
    sign = -1 if exact < 0 else 1
    hundredths = abs(exact) * 100
    whole, rest = divmod(hundredths.numerator, hundredths.denominator)
    rounded = whole + (1 if rest * 2 >= hundredths.denominator else 0)
    return (Decimal(sign * rounded) * _HUNDREDTH).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def competition_ranks(scores: Mapping[str, Decimal]) -> dict[str, int]:
    """Return ranks 1-2-2-4 by published score, highest first: equal scores share a rank."""
    return {unit: 1 + sum(other > score for other in scores.values()) for unit, score in scores.items()}


def grade_of(total: Decimal, grades: Sequence[Grade], *, vetoed: bool) -> Grade:
    """Return the band *total* falls in; a veto bars the highest grade.

    *grades* are given highest first and the lowest begins at 0, so that every
    total of two decimals has exactly one grade.
    """
    open_to = grades[1:] if vetoed else grades
    return next(grade for grade in open_to if total >= grade.least)


def rescaled(
    points: Iterable[Fraction], full: Iterable[Fraction], lost: Iterable[Fraction]
) -> Fraction | None:
    """Return 100 × points ÷ points that applied, less deductions, 0 to 100; None when nothing applied."""
    available = sum(full, Fraction(0))
    if available == 0:
        return None
    base = 100 * sum(points, Fraction(0)) / available
    return min(max(base - sum(lost, Fraction(0)), Fraction(0)), Fraction(100))
