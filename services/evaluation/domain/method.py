"""How a measured value becomes points: the methods of published rubrics, one pure class each.

The marks M1 … M13 are those of the rubric taxonomy in docs/scoring.md. All
arithmetic is exact (fractions); nothing here rounds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal, NamedTuple, Protocol

Comparison = Literal["=", ">=", "<=", "<", ">"]
Steps = Literal["exact", "floor", "ceil"]

_MEETS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda value, target: value == target,
    ">=": lambda value, target: value >= target,
    "<=": lambda value, target: value <= target,
    "<": lambda value, target: value < target,
    ">": lambda value, target: value > target,
}


class Measured(NamedTuple):
    """What was counted. *value* is in the indicator's unit, *occurrences* the number of things at fault."""

    value: Fraction
    occurrences: Fraction


class Award(NamedTuple):
    """Points given, and the arithmetic as people write it."""

    points: Fraction
    working: str


class Method(Protocol):
    """Turns a measured value into points between its floor and *full*."""

    def award(self, measured: Measured, full: Fraction) -> Award: ...


def written(number: Fraction | Decimal | int) -> str:
    """Return *number* in decimals, cut to four places and marked ``…`` where it goes on."""
    exact = Fraction(number)
    short = Fraction(floor(exact * 10_000), 10_000)
    digits = format(Decimal(short.numerator) / Decimal(short.denominator), "f")
    plain = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return plain if short == exact else f"{plain}…"


def _clamp(points: Fraction, full: Fraction) -> Fraction:
    return min(max(points, Fraction(0)), full)


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """M1: full points when the target is met, otherwise none."""

    op: Comparison
    target: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        met = _MEETS[self.op](measured.value, Fraction(self.target))
        sentence = f"{written(measured.value)} {self.op} {written(self.target)}"
        return (
            Award(full, f"{sentence} → {written(full)}") if met else Award(Fraction(0), f"not {sentence} → 0")
        )


@dataclass(frozen=True, slots=True)
class Proportional:
    """M2: points in proportion to the target, never more than full."""

    target: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        share = min(max(measured.value / Fraction(self.target), Fraction(0)), Fraction(1))
        working = f"{written(full)} × min({written(measured.value)} ÷ {written(self.target)}, 1)"
        return Award(full * share, working)


@dataclass(frozen=True, slots=True)
class Coefficient:
    """M3: so many points for each unit of the value, up to full."""

    factor: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        working = f"min({written(self.factor)} × {written(measured.value)}, {written(full)})"
        return Award(_clamp(Fraction(self.factor) * measured.value, full), working)


@dataclass(frozen=True, slots=True)
class SteppedDeduction:
    """M4: *deduct* points for each *step* by which the value misses the target.

    *steps* says what a begun step counts: ``exact`` in proportion, ``floor`` not at
    all, ``ceil`` as a whole one. With a strict target (``<``, ``>``) a value equal
    to it has missed it, and counts as one begun step under ``ceil``.
    """

    op: Comparison
    target: Decimal
    step: Decimal
    deduct: Decimal
    steps: Steps

    def award(self, measured: Measured, full: Fraction) -> Award:
        target = Fraction(self.target)
        if _MEETS[self.op](measured.value, target):
            return Award(full, f"{written(measured.value)} {self.op} {written(target)} → {written(full)}")
        count = self._count(abs(measured.value - target) / Fraction(self.step))
        points = _clamp(full - Fraction(self.deduct) * count, full)
        return Award(points, f"max({written(full)} − {written(self.deduct)} × {written(count)}, 0)")

    def _count(self, gap: Fraction) -> Fraction:
        if self.steps == "ceil":
            return Fraction(max(ceil(gap), 1))
        return Fraction(floor(gap)) if self.steps == "floor" else gap


@dataclass(frozen=True, slots=True)
class PerOccurrence:
    """M5: *deduct* points each time; never below nothing."""

    deduct: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        points = _clamp(full - Fraction(self.deduct) * measured.occurrences, full)
        working = f"max({written(full)} − {written(self.deduct)} × {written(measured.occurrences)}, 0)"
        return Award(points, working)


@dataclass(frozen=True, slots=True)
class ZeroOnOccurrence:
    """M5c: a single occurrence takes all points."""

    def award(self, measured: Measured, full: Fraction) -> Award:
        if measured.occurrences > 0:
            return Award(Fraction(0), f"{written(measured.occurrences)} > 0 → 0")
        return Award(full, f"0 → {written(full)}")


@dataclass(frozen=True, slots=True)
class LinearBand:
    """M7: full up to *full_at*, nothing above *zero_above*, a straight line between."""

    full_at: Decimal
    zero_above: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        low, high = Fraction(self.full_at), Fraction(self.zero_above)
        if measured.value <= low:
            return Award(full, f"{written(measured.value)} ≤ {written(low)} → {written(full)}")
        if measured.value > high:
            return Award(Fraction(0), f"{written(measured.value)} > {written(high)} → 0")
        share = (high - measured.value) / (high - low)
        above = f"({written(high)} − {written(measured.value)}) ÷ ({written(high)} − {written(low)})"
        return Award(full * share, f"{written(full)} × {above}")


@dataclass(frozen=True, slots=True)
class Shown:
    """No points: a procedure is checked, or a structure looked at, and the value stands for itself."""

    def award(self, _measured: Measured, _full: Fraction) -> Award:
        return Award(Fraction(0), "")


@dataclass(frozen=True, slots=True)
class Deadline:
    """M12: full when done by the date; *deduct* for each *per_days* (begun) late; the value is days late."""

    deduct: Decimal
    per_days: int

    def award(self, measured: Measured, full: Fraction) -> Award:
        if measured.value <= 0:
            return Award(full, f"0 → {written(full)}")
        periods = Fraction(ceil(measured.value / self.per_days))
        points = _clamp(full - Fraction(self.deduct) * periods, full)
        return Award(points, f"max({written(full)} − {written(self.deduct)} × {written(periods)}, 0)")


@dataclass(frozen=True, slots=True)
class Frequency:
    """M13: so often it must be done; *deduct* points for each time missing."""

    required: int
    deduct: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        missing = max(Fraction(self.required) - measured.value, Fraction(0))
        points = _clamp(full - Fraction(self.deduct) * missing, full)
        return Award(points, f"max({written(full)} − {written(self.deduct)} × {written(missing)}, 0)")


@dataclass(frozen=True, slots=True)
class Tiers:
    """M6: the share of the points of the highest step that the value reaches; nothing below the lowest."""

    steps: tuple[tuple[Decimal, Decimal], ...]

    @classmethod
    def written(cls, tiers: Sequence[Mapping[str, Decimal | int]]) -> "Tiers":
        """Return the steps written as ``{at_least: …, share: …}``, in any order."""
        steps = ((Decimal(one["at_least"]), Decimal(one["share"])) for one in tiers)
        return cls(tuple(sorted(steps, reverse=True)))

    def award(self, measured: Measured, full: Fraction) -> Award:
        for least, share in self.steps:
            if measured.value >= Fraction(least):
                working = f"{written(measured.value)} ≥ {written(least)} → {written(full)} × {written(share)}"
                return Award(full * Fraction(share), working)
        return Award(Fraction(0), f"{written(measured.value)} < {written(self.steps[-1][0])} → 0")
