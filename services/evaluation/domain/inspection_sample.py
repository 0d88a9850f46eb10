"""The monthly sample of villages and households, drawn with a published seed: anybody can repeat it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from services.evaluation.domain.supervision_errors import NothingToDrawError
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be drawn from: households by village, *registered* (建档立卡, 监测对象) and others.

    *villages_before* and *households_before* were drawn already and are not drawn again
    while there is anything else.
    """

    registered: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[str]]
    villages_before: frozenset[str] = frozenset()
    households_before: frozenset[str] = frozenset()

    @property
    def villages(self) -> frozenset[str]:
        return frozenset(self.registered) | frozenset(self.others)


@dataclass(frozen=True, slots=True)
class Size:
    """How many are drawn: villages, and in each registered and other households."""

    villages: int
    registered: int
    others: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One household of the sample."""

    village: str
    household_id: str
    registered: bool


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    sample: "InspectionSample"


@dataclass(kw_only=True)
class InspectionSample(Aggregate):
    """The sample of one month (``202205``), one draw for ever."""

    id: str
    month: str
    seed: str
    drawn_on: date
    villages: tuple[str, ...]
    households: tuple[Drawn, ...]

    @classmethod
    def draw(cls, *, sample_id: str, month: str, seed: str, on: date, pool: Pool, size: Size) -> Self:
        """Draw by the rule of :func:`in_drawn_order`; refuses when no village has a household.

        A village with fewer households than are wanted gives all it has.
        """
        villages = _fresh_first(pool.villages, pool.villages_before, seed)[: size.villages]
        if not villages:
            raise NothingToDrawError
        households = tuple(
            Drawn(village, household, registered)
            for village in villages
            for registered, of, most in (
                (True, pool.registered, size.registered),
                (False, pool.others, size.others),
            )
            for household in _fresh_first(of.get(village, ()), pool.households_before, seed)[:most]
        )
        sample = cls(
            id=sample_id,
            month=month,
            seed=seed,
            drawn_on=on,
            villages=tuple(villages),
            households=households,
        )
        sample.raise_fact(SampleDrawn(sample))
        return sample


def in_drawn_order(names: Iterable[str], seed: str) -> list[str]:
    """Return *names* in the order the seed gives: by the SHA-256 of ``seed|name``."""
    return sorted(names, key=lambda name: (hashlib.sha256(f"{seed}|{name}".encode()).hexdigest(), name))


def _fresh_first(names: Iterable[str], before: frozenset[str], seed: str) -> list[str]:
    every = set(names)
    return in_drawn_order(every - before, seed) + in_drawn_order(every & before, seed)
