"""Exact numbers: how they are written, cut and rounded. No binary fraction ever occurs."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Steps = Literal["exact", "floor", "ceil"]
"""What a begun step counts: its share, nothing, or a whole one."""

HALF = Fraction(1, 2)


def written(number: Fraction | Decimal | int) -> str:
    """Return *number* in decimals, cut to four places and marked ``…`` where it goes on."""
    exact = number if isinstance(number, Fraction) else Fraction(number)
    digits, left = divmod(abs(exact.numerator) * 10_000, exact.denominator)
    whole, decimals = divmod(digits, 10_000)
    sign = "-" if exact.numerator < 0 else ""
    plain = f"{sign}{whole}.{decimals:04d}".rstrip("0").rstrip(".") if decimals else f"{sign}{whole}"
    return f"{plain}…" if left else plain


def half_up(number: Fraction, places: int) -> Fraction:
    """Return *number* rounded to *places* decimals, a half away from nought as published tables do."""
    scale = 10**places
    rounded = Fraction(floor(abs(number) * scale + HALF), scale)
    return rounded if number >= 0 else -rounded


def shown(number: Fraction, places: int) -> Decimal:
    """Return *number* as published: half up, with exactly *places* decimals."""
    digits = Decimal(int(half_up(number, places) * 10**places))
    return digits.scaleb(-places)


def clamp(number: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    """Return *number* kept between *low* and *high*; None is no bound."""
    if low is not None and number < low:
        return low
    return high if high is not None and number > high else number


def count_steps(gap: Fraction, step: Fraction, steps: Steps) -> Fraction:
    """Return how many times *step* goes into *gap*."""
    count = gap / step
    if steps == "exact":
        return count
    return Fraction(ceil(count) if steps == "ceil" else floor(count))
