"""The methods an indicator may be written with, each saying which rule of a rubric it is.

The arithmetic stands once, in ``rubric/rules``; here is only how the indicator file
words it, and whether the value or the number of things at fault is what counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol

from services.evaluation.domain.rubric.number import Steps, written
from services.evaluation.domain.rubric.plain_case import PlainCase
from services.evaluation.domain.rubric.rules import dated, occurrence, slope, table, target
from services.evaluation.domain.rubric.rules.rule import Award, Rule
from services.evaluation.domain.rubric.rules.target import Comparison

__all__ = ["Award", "written"]


class Measured(NamedTuple):
    """What was counted. *value* is in the indicator's unit, *occurrences* the number of things at fault."""

    value: Fraction
    occurrences: Fraction


class Method(Protocol):
    """Turns a measured value into points between its floor and *full*."""

    def award(self, measured: Measured, full: Fraction) -> Award: ...


def _by(rule: Rule, value: Fraction, full: Fraction) -> Award:
    return rule.award(PlainCase(value, full))


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """M1: full points when the target is met, otherwise none."""

    op: Comparison
    target: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        rule = target.AllOrNothing(self.op, Fraction(self.target))
        return _by(rule, measured.value, full)


@dataclass(frozen=True, slots=True)
class Proportional:
    """M2: points in proportion to the target, never more than full."""

    target: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        return _by(target.Proportional(Fraction(self.target)), measured.value, full)


@dataclass(frozen=True, slots=True)
class Coefficient:
    """M3: so many points for each unit of the value, up to full."""

    factor: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        return _by(target.Coefficient(Fraction(self.factor)), measured.value, full)


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
        aim, step, deduct = Fraction(self.target), Fraction(self.step), Fraction(self.deduct)
        return _by(target.Stepped(aim, step, deduct, self.steps, self.op), measured.value, full)


@dataclass(frozen=True, slots=True)
class PerOccurrence:
    """M5: *deduct* points each time; never below nothing."""

    deduct: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        return _by(occurrence.PerOccurrence(Fraction(self.deduct)), measured.occurrences, full)


@dataclass(frozen=True, slots=True)
class ZeroOnOccurrence:
    """M5c: a single occurrence takes all points."""

    def award(self, measured: Measured, full: Fraction) -> Award:
        return _by(target.AllOrNothing("=", Fraction(0)), measured.occurrences, full)


@dataclass(frozen=True, slots=True)
class LinearBand:
    """M7: full up to *full_at*, nothing above *zero_above*, a straight line between."""

    full_at: Decimal
    zero_above: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        rule = slope.LinearBand(Fraction(self.full_at), Fraction(self.zero_above))
        return _by(rule, measured.value, full)


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
        step, deduct = Fraction(self.per_days), Fraction(self.deduct)
        late = target.Stepped(Fraction(0), step, deduct, "ceil", "<=")
        return _by(dated.Deadline(late=late), measured.value, full)


@dataclass(frozen=True, slots=True)
class Frequency:
    """M13: so often it must be done; *deduct* points for each time missing."""

    required: int
    deduct: Decimal

    def award(self, measured: Measured, full: Fraction) -> Award:
        rule = occurrence.Frequency(Fraction(self.required), Fraction(self.deduct))
        return _by(rule, measured.value, full)


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
        tiers = (table.Tier(full * Fraction(share), at_least=Fraction(least)) for least, share in self.steps)
        return _by(table.Tiers(tuple(tiers), outside="zero"), measured.value, full)
