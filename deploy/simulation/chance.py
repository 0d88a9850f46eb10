"""Chance that depends only on the seed and on what it is asked about."""

import random
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml

_RATES = Path(__file__).with_name("rates.yaml")
T = TypeVar("T")


@lru_cache(maxsize=1)
def rates() -> dict[str, dict[str, Decimal]]:
    """Return ``rates.yaml``: group → name → share."""
    read = yaml.safe_load(_RATES.read_text(encoding="utf-8"))
    return {
        group: {name: Decimal(row["value"]) for name, row in rows.items()} for group, rows in read.items()
    }


class Chance:
    """A stream of chance of its own for each question.

    What happens to one household must not depend on how many others there are,
    or on the order in which they are asked: so every *about* has its own stream.
    """

    def __init__(self, seed: str, *about: str) -> None:
        self._seed = "/".join((seed, *about))
        self._random = random.Random(self._seed)  # repeatable, not secret

    def about(self, *words: str) -> "Chance":
        """Return the stream of a narrower question."""
        return Chance(self._seed, *words)

    def happens(self, share: Decimal) -> bool:
        """Say yes in *share* of the cases."""
        return self._random.randrange(1_000_000) < int(share * 1_000_000)

    def one_of(self, values: Sequence[T]) -> T:
        """Return one of *values*, all equally likely."""
        return values[self._random.randrange(len(values))]

    def number(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*, both included."""
        return self._random.randint(low, high)
