"""The result of scoring: lines, units with totals and ranks, the whole board."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from services.evaluation.domain.counting import Counted, Found
from services.evaluation.domain.errors import UnknownScoreError, UnknownUnitError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.rule import Grade, Indicator

Status = Literal["scored", "not_applicable", "not_set", "missing", "shown"]
"""``shown``: it has a value and, by its rule, never points.

``missing``: a unit reports this itself and no value of it was accepted. Never the same as zero: it
earns nothing, keeps its weight in the base once its report was due, and the total is incomplete."""
Group = Literal["town", "department"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A town (by code) or a department (by its official name)."""

    id: str
    name: str
    group: Group


class Source:
    """Where a line's figures come from: what countings found for some units, worked out when asked for.

    *ruled* is what corrections add to it.
    """

    def __init__(
        self, found: tuple[Found, ...], units: tuple[str, ...], ruled: tuple[Counted, ...] = ()
    ) -> None:
        self.units = units
        self.ruled = ruled
        self._found = found
        self._counted: tuple[Counted, ...] | None = None

    def counted(self) -> tuple[Counted, ...]:
        """Return every subject's share that is not nothing, counting by counting."""
        if self._counted is None:
            parts = (
                part for unit in self.units for one in self._found for part in one.by_unit().get(unit, ())
            )
            shown = (part for part in parts if part.numerator or part.denominator or part.evidence)
            self._counted = (*shown, *self.ruled)
        return self._counted

    def deciding(
        self, facts: Sequence[Fact], asked: dict[int, Mapping[str, Sequence[Counted]]]
    ) -> tuple[Counted, ...]:
        """Return the shares that *facts* are about, for little; *asked* keeps what several lines ask for.

        *asked* serves one board and the same *facts*, and nothing else.
        """
        for one in self._found:
            if id(one) not in asked:
                asked[id(one)] = one.deciding(facts)
        parts = (part for one in self._found for unit in self.units for part in asked[id(one)].get(unit, ()))
        return (*parts, *self.ruled)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and self.counted() == other.counted()

    def __hash__(self) -> int:
        return hash(self.units)


NO_SOURCE = Source((), ())


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One indicator of one unit.

    *points* is None unless *status* is ``scored``; for a deduction it is what is
    lost, as a negative number. *source* knows the events that make the
    figures what they are. *missing* names the policy figure to be set.
    """

    unit: Unit
    indicator: Indicator
    status: Status
    numerator: Fraction
    denominator: Fraction
    value: Fraction | None
    points: Fraction | None
    max_points: Fraction
    working: str
    source: Source
    missing: str = ""

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The shares the figures add up from, each with the events that decided it."""
        return self.source.counted()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of those events, in order."""
        return tuple(sorted({event for part in self.counted for event in part.evidence}))

    @property
    def shown_value(self) -> Fraction | None:
        """The value as people read it, in ``indicator.shown_unit``: of a split target the number reached."""
        return self.numerator if self.value is not None and self.indicator.split_target else self.value

    @property
    def unit_target(self) -> Fraction | None:
        """This unit's part of a split target, in the unit of the plan; None for any other."""
        return self.denominator if self.value is not None and self.indicator.split_target else None

    @property
    def owed(self) -> bool:
        """Whether a value is missing whose report was due; *max_points* is then what it keeps in the base."""
        return self.status == "missing" and self.max_points > 0

    @property
    def lost(self) -> Fraction:
        """Points that could be had and were not."""
        if self.points is None or self.indicator.bonus:
            return Fraction(0)
        return -self.points if self.indicator.deduction else self.max_points - self.points

    @property
    def beside_base(self) -> Fraction:
        """What a deduction takes off the total of 100, and, negative, what a bonus adds to it."""
        return -(self.points or Fraction(0))


@dataclass(frozen=True, slots=True)
class PartPoints:
    """One part of a total by the year's scheme; *points* None where it did not apply."""

    id: str
    name: str
    points: Fraction | None
    full: Fraction | None
    working: str


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's lines and what they come to. Where nothing applied there is no total and no rank.

    *vetoes* are indicators; *effects* what the scheme's vetoes do (``falsified:bar_grade``).
    *parts* and *marks* are what the total is made of besides the lines; *grade_note* says
    why there is no grade (undecided at the edge of a quota).
    """

    unit: Unit
    lines: tuple[ScoreLine, ...]
    exact: Fraction | None
    total: Decimal | None
    rank: int | None
    grade: Grade | None
    vetoes: tuple[str, ...]
    parts: tuple[PartPoints, ...] = ()
    marks: tuple[tuple[str, Fraction], ...] = ()
    effects: tuple[str, ...] = ()
    grade_note: str = ""

    @property
    def available(self) -> Fraction:
        """The points of the base that applied, those of missing reports included."""
        base = (
            line for line in self.lines if (line.status == "scored" and line.indicator.in_base) or line.owed
        )
        return sum((line.max_points for line in base), Fraction(0))

    @property
    def incomplete(self) -> bool:
        """Whether a report that was due is missing: the total is provisional until it is there."""
        return any(line.owed for line in self.lines)

    def line(self, indicator_id: str) -> ScoreLine:
        found = next((line for line in self.lines if line.indicator.id == indicator_id), None)
        if found is None:
            raise UnknownScoreError(score=f"{self.unit.id}:{indicator_id}")
        return found


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Every unit's score on *as_of*, as it was known at the end of *known_at*."""

    as_of: date
    known_at: date
    towns: tuple[UnitScore, ...]
    departments: tuple[UnitScore, ...]

    def units(self) -> Iterator[UnitScore]:
        yield from self.towns
        yield from self.departments

    def unit(self, unit_id: str) -> UnitScore:
        found = next((score for score in self.units() if score.unit.id == unit_id), None)
        if found is None:
            raise UnknownUnitError(unit=unit_id)
        return found

    def lines(self) -> Iterator[ScoreLine]:
        for score in self.units():
            yield from score.lines

    def line_id(self, line: ScoreLine) -> str:
        """Return e.g. ``610327109:I01-5@2022-12-31``; with ``/day`` where known later than judged."""
        known = "" if self.known_at == self.as_of else f"/{self.known_at.isoformat()}"
        return f"{line.unit.id}:{line.indicator.id}@{self.as_of.isoformat()}{known}"


@dataclass(frozen=True, slots=True)
class LineId:
    """A score line as people name it."""

    unit: str
    indicator: str
    as_of: date
    known_at: date

    @classmethod
    def parse(cls, text: str) -> "LineId":
        """Return the parts of *text*; raises UnknownScoreError for anything else."""
        try:
            what, when = text.rsplit("@", 1)
            unit, indicator = what.rsplit(":", 1)
            judged, _, known = when.partition("/")
            as_of = date.fromisoformat(judged)
            known_at = date.fromisoformat(known) if known else as_of
        except ValueError:
            raise UnknownScoreError(score=text[:120]) from None
        return cls(unit, indicator, as_of, known_at)
