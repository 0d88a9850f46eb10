"""A frozen version as documents read it: units, lines, what was lost, sums by section of the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from services.evaluation.domain.assessment import Stage, Version
from services.evaluation.domain.rule import Rulebook

GROUPS = ("towns", "departments")


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One line of a frozen version. Points are exact; ``document`` is the line as it was frozen.

    *plan_unit* is what the plan counts in, *money* whether numerator and denominator are fen.
    *owed*: a report that was due is missing; it earns nothing and keeps its weight in the base.
    """

    document: Mapping[str, Any]
    plan_unit: str = ""
    money: bool = False
    owed: bool = False

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (whatever the document holds)
        return self.document[name]

    @property
    def id(self) -> str:
        return str(self.document["id"])

    @property
    def indicator(self) -> str:
        return str(self.document["indicator"])

    @property
    def item(self) -> int:
        """The work point, which the id begins with: ``I01-5`` is of item 1."""
        return int(self.indicator[1:].partition("-")[0])

    @property
    def scored(self) -> bool:
        return bool(self.document["status"] == "scored")

    @property
    def in_base(self) -> bool:
        """Whether its points belong to what a total is made of, neither bonus nor deduction."""
        return (self.scored or self.owed) and not (self.document["deduction"] or self.document["bonus"])

    @property
    def points(self) -> Fraction:
        return Fraction(self.document["points_exact"] or 0)

    @property
    def full(self) -> Fraction:
        return Fraction(self.document["max_points"])

    @property
    def lost(self) -> Fraction:
        """Points that could be had and were not; of a deduction, what it took."""
        if not (self.scored or self.owed) or self.document["bonus"]:
            return Fraction(0)
        return -self.points if self.document["deduction"] else max(self.full - self.points, Fraction(0))


class Sum(NamedTuple):
    """Points of the base won and applied, over so many lines."""

    won: Fraction = Fraction(0)
    full: Fraction = Fraction(0)
    lines: int = 0

    @property
    def rate(self) -> Fraction | None:
        """Percent of what applied; None where nothing did."""
        return 100 * self.won / self.full if self.full else None


def added(lines: Iterable[FrozenLine]) -> Sum:
    """Return the sum of the lines of the base."""
    base = [line for line in lines if line.in_base]
    zero = Fraction(0)
    return Sum(sum((one.points for one in base), zero), sum((one.full for one in base), zero), len(base))


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A town or department of a frozen version; ``document`` is its entry on the board."""

    document: Mapping[str, Any]
    group: str
    lines: tuple[FrozenLine, ...]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (whatever the document holds)
        return self.document[name]

    @property
    def id(self) -> str:
        return str(self.document["unit"])

    @property
    def name(self) -> str:
        return str(self.document["name"])

    @property
    def ranked(self) -> bool:
        return self.document["rank"] is not None

    @property
    def owed(self) -> int:
        """How many reports were due and are missing: while there are any the total is provisional."""
        return sum(line.owed for line in self.lines)

    def strongest(self, number: int) -> list[FrozenLine]:
        """Return the points won whole, the weightiest first."""
        whole = [line for line in self.lines if line.in_base and line.full > 0 and not line.lost]
        return sorted(whole, key=lambda line: (-line.full, line.indicator))[:number]

    def weakest(self, number: int) -> list[FrozenLine]:
        """Return the points where most was lost, the most first."""
        lost = [line for line in self.lines if line.lost > 0]
        return sorted(lost, key=lambda line: (-line.lost, line.indicator))[:number]

    def sum_of(self, items: Iterable[int]) -> Sum:
        """Return what was won of the work points *items*."""
        wanted = frozenset(items)
        return added(line for line in self.lines if line.item in wanted)


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A section of the plan with its work points; ``part`` is the chapter it stands in."""

    part: str
    name: str
    items: tuple[int, ...]


def sections_of(rulebook: Rulebook) -> tuple[PlanSection, ...]:
    """Return the sections of the plan in its order."""
    found: dict[tuple[str, str], list[int]] = {}
    for point in rulebook.work_points:
        found.setdefault((point.part, point.section), []).append(point.id)
    return tuple(PlanSection(part, name, tuple(items)) for (part, name), items in found.items())


@dataclass(frozen=True, slots=True)
class FrozenResult:
    """A version, unit by unit in the order of their ranks. *published*: it is the county's result."""

    version: Version
    published: bool
    towns: tuple[FrozenUnit, ...]
    departments: tuple[FrozenUnit, ...]
    sections: tuple[PlanSection, ...]

    @classmethod
    def of(cls, version: Version, rulebook: Rulebook, *, published: bool = False) -> "FrozenResult":
        """Return *version* for reading; *published*: it is final, the newest, and was published."""
        counted = {one.id: (one.unit, one.counted_in == "fen") for one in rulebook.indicators}
        heard_of = {line["unit"] for line in version.lines if FrozenLine(line).in_base}
        by_unit: dict[str, list[FrozenLine]] = {}
        for line in version.lines:
            owed = line["status"] == "missing" and line["unit"] in heard_of and line["max_points"] != "0"
            about = counted.get(line["indicator"], ("", False))
            by_unit.setdefault(line["unit"], []).append(FrozenLine(line, *about, owed=owed))
        towns, departments = (
            tuple(
                FrozenUnit(one, group, _in_order(by_unit.get(one["unit"], ())))
                for one in version.board[group]
            )
            for group in GROUPS
        )
        is_result = published and version.stage is Stage.FINAL
        return cls(version, is_result, towns, departments, sections_of(rulebook))

    def units(self) -> tuple[FrozenUnit, ...]:
        return (*self.towns, *self.departments)

    @property
    def named(self) -> str:
        """What every document says it was made from."""
        version = self.version
        return f"考评 {version.assessment_id} 第{version.number}版，SHA-256 {version.digest}"


def _in_order(lines: Sequence[FrozenLine]) -> tuple[FrozenLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.item, line.indicator)))
