"""Places in a ranking: who is first, and what equal numbers share."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Literal, TypeVar

Key = TypeVar("Key", bound=Hashable)


def places(
    numbers: Mapping[Key, Fraction],
    *,
    order: Literal["high", "low"] = "high",
    ties: Literal["competition", "dense", "average"] = "competition",
) -> dict[Key, Fraction]:
    """Return the place of each: ``competition`` 1-2-2-4, ``dense`` 1-2-2-3, ``average`` 1-2.5-2.5-4."""
    ordered = sorted(numbers.values(), reverse=order == "high")
    first: dict[Fraction, int] = {}
    last: dict[Fraction, int] = {}
    for place, number in enumerate(ordered, 1):
        first.setdefault(number, place)
        last[number] = place
    dense = {number: place for place, number in enumerate(first, 1)}
    if ties == "dense":
        return {key: Fraction(dense[number]) for key, number in numbers.items()}
    if ties == "average":
        return {key: Fraction(first[number] + last[number], 2) for key, number in numbers.items()}
    return {key: Fraction(first[number]) for key, number in numbers.items()}
