"""What scoring gives: each unit's total, rank and grade, each item's points with their working."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from services.evaluation.domain.rubric.values import CellValue, Scalar

Status = Literal["scored", "missing", "not_applicable"]
"""``missing`` and ``not_applicable`` still carry points where the rubric says so."""


@dataclass(frozen=True, slots=True)
class InputUsed:
    """An exact value that was read: *item* and *input* name its cell (*input* "" is the unnamed value)."""

    item: str
    input: str
    period: str
    dimension: str
    value: CellValue | None


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item of one unit, in one *period*, or ("") over all its periods.

    *points* is exact and may be negative where the rule has no floor; None unless points
    were given. *full* is None for an item without an upper end. *value* is what the rule
    read, after adjustment. *working* is the arithmetic. *depends_on* names the other items
    and sections whose values or scores were read, of whatever unit.
    """

    unit: str
    item: str
    period: str
    status: Status
    points: Fraction | None
    full: Fraction | None
    value: Scalar | None
    working: str
    inputs: tuple[InputUsed, ...] = ()
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartScore:
    """A section, block or the base of one unit: its own points, and what it *contributes* (× weight).

    *full* is what could be had at most, of items with an upper end; *dropped* what of it
    did not apply and is still to be spread over the rest (0 once it is); *unbounded* what
    of *points* has no upper end and is never scaled. *missing* lists
    items without a value. Points are None when nothing of the section applied or was known.
    """

    unit: str
    part: str
    period: str
    points: Fraction | None
    contributes: Fraction | None
    full: Fraction
    dropped: Fraction
    working: str
    missing: tuple[str, ...] = ()
    unbounded: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class VetoFound:
    """A veto that applies; or with *judged* False, one whose condition lacks a value."""

    id: str
    effect: str
    grade: str
    judged: bool
    working: str


@dataclass(frozen=True, slots=True)
class Act:
    """What follows from a point account's line being crossed, and in which period."""

    act: str
    at: Fraction
    period: str
    balance: Fraction


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit. *total* is exact, *shown* as published; both None when nothing could be scored.

    *complete* is False when an item misses its value; the total then holds what is known.
    *rank* is None for a unit that is not ranked, and half-places exist with average ties.
    *grade* is "" where there is none: *grade_note* says why (between bands, committee, not ranked).
    """

    unit: str
    ranking_group: str
    total: Fraction | None
    shown: Decimal | None
    complete: bool
    rank: Fraction | None
    grade: str
    grade_note: str
    barred_grades: tuple[str, ...]
    rewarded: bool
    vetoes: tuple[VetoFound, ...]
    acts: tuple[Act, ...]
    working: str
    items: tuple[ItemScore, ...]
    parts: tuple[PartScore, ...]
    base: PartScore | None = None
    """All sections together, and how what did not apply was spread over the rest (C8)."""

    def item(self, item: str, period: str = "") -> ItemScore:
        """Return the score of *item*; raises KeyError when the item does not concern the unit."""
        for score in self.items:
            if (score.item, score.period) == (item, period):
                return score
        raise KeyError(item)


@dataclass(frozen=True, slots=True)
class RubricResult:
    """All units, in the order they were given, and what people should look at."""

    rubric: str
    units: tuple[UnitResult, ...]
    warnings: tuple[str, ...] = ()

    def unit(self, unit: str) -> UnitResult:
        """Return the result of *unit*; raises KeyError."""
        for result in self.units:
            if result.unit == unit:
                return result
        raise KeyError(unit)
