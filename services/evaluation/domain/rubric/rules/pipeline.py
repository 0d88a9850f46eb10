"""The pipeline: cells by period and dimension go through steps, a whole group at once (龙泉)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, NamedTuple, Protocol

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.gap import MissingValueError
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.place import places
from services.evaluation.domain.rubric.rules.cohort import MinMax, Order, RankTable, Ties
from services.evaluation.domain.rubric.rules.rule import Award, Case

NOUGHT = Fraction(0)
At = tuple[str, str]
"""Period and dimension; "" where they have been weighed away."""


class Cell(NamedTuple):
    """A number on its way, and how it came about."""

    number: Fraction
    working: str


Grid = Mapping[str, Mapping[At, Cell]]


class Step(Protocol):
    """One step, over all units of the group at once; a unit without a cell it needs has none after it."""

    type: ClassVar[str]

    def take(self, grid: Grid, case: Case) -> Grid: ...


@dataclass(frozen=True, slots=True)
class MinMaxStep:
    """N4 on each period and dimension by itself, over the units that have a value there."""

    type: ClassVar[str] = "min_max"
    span: Fraction = Fraction(40)
    base: Fraction = Fraction(60)
    if_flat: Fraction | None = None
    order: Order = "high"

    def take(self, grid: Grid, case: Case) -> Grid:
        del case
        rule = MinMax(self.span, self.base, self.if_flat, self.order)
        columns: dict[At, dict[str, Fraction]] = {}
        for unit, cells in grid.items():
            for at, cell in cells.items():
                columns.setdefault(at, {})[unit] = cell.number
        ends = {at: (min(column.values()), max(column.values())) for at, column in columns.items()}
        return {
            unit: {at: Cell(*rule.scaled(cell.number, *ends[at])) for at, cell in cells.items()}
            for unit, cells in grid.items()
        }


@dataclass(frozen=True, slots=True)
class WeighDimensions:
    """C3: Σ weight × dimension, in each period."""

    type: ClassVar[str] = "dimensions"
    weights: tuple[tuple[str, Fraction], ...]

    def take(self, grid: Grid, case: Case) -> Grid:
        del case
        return {unit: self._weighed(cells) for unit, cells in grid.items()}

    def _weighed(self, cells: Mapping[At, Cell]) -> dict[At, Cell]:
        found = sorted({period for period, _ in cells})
        whole = [p for p in found if all((p, name) in cells for name, _ in self.weights)]
        return {
            (p, ""): _sum([(weight, name, cells[p, name]) for name, weight in self.weights]) for p in whole
        }


@dataclass(frozen=True, slots=True)
class WeighPeriods:
    """C2: Σ weight × period, in each dimension."""

    type: ClassVar[str] = "periods"
    weights: tuple[tuple[str, Fraction], ...]

    def take(self, grid: Grid, case: Case) -> Grid:
        del case
        return {unit: self._weighed(cells) for unit, cells in grid.items()}

    def _weighed(self, cells: Mapping[At, Cell]) -> dict[At, Cell]:
        found = sorted({dimension for _, dimension in cells})
        whole = [d for d in found if all((name, d) in cells for name, _ in self.weights)]
        return {
            ("", d): _sum([(weight, name, cells[name, d]) for name, weight in self.weights]) for d in whole
        }


@dataclass(frozen=True, slots=True)
class RankPoints:
    """The last rank step: the single number each unit has by now is ranked, and the rank gives points."""

    type: ClassVar[str] = "rank_points"
    points: tuple[Amount, ...]
    then: Amount | None = None
    order: Order = "high"
    ties: Ties = "competition"
    floor: Amount = NOUGHT

    def take(self, grid: Grid, case: Case) -> Grid:
        table = RankTable(self.points, self.then, self.order, self.ties, self.floor)
        numbers = {unit: _only(cells).number for unit, cells in grid.items() if cells}
        ranks = places(numbers, order=self.order, ties=self.ties)
        return {
            unit: {
                ("", ""): Cell(
                    table.at(case, ranks[unit]), self._working(_only(cells), ranks[unit], len(ranks))
                )
            }
            if cells
            else {}
            for unit, cells in grid.items()
        }

    def _working(self, cell: Cell, rank: Fraction, of: int) -> str:
        return f"{cell.working} = {w(cell.number)}: #{w(rank)}/{of}"


@dataclass(frozen=True, slots=True)
class Scale:
    """Each number × *factor* (``full / 100`` turns a hundred into full marks)."""

    type: ClassVar[str] = "scale"
    factor: Amount

    def take(self, grid: Grid, case: Case) -> Grid:
        factor = case.number(self.factor)
        return {
            unit: {
                at: Cell(cell.number * factor, f"({cell.working}) × {w(factor)}")
                for at, cell in cells.items()
            }
            for unit, cells in grid.items()
        }


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Steps over the item's cells by *periods* and *dimensions*; what is left at the end are the points.

    Both are taken from the weighing steps when not given. A unit without one of its cells
    takes part in the steps for those it has, and misses its value in the end. Points stay
    within full marks where the item has them.
    """

    type: ClassVar[str] = "pipeline"
    steps: tuple[Step, ...]
    periods: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = field(default=())

    def award(self, case: Case) -> Award:
        periods = self.periods or _named(self.steps, WeighPeriods) or ("",)
        dimensions = self.dimensions or _named(self.steps, WeighDimensions) or ("",)
        measured = case.cohort_grid(periods, dimensions)
        own = case.once("pipeline", lambda: self._run(case, measured)).get(case.unit, {})
        if not own:
            raise MissingValueError("a period or dimension / 缺少某期或某项数据")
        cell = _only(own)
        return Award(cell.number, f"{cell.working} → {w(cell.number)}")

    def _run(self, case: Case, measured: Mapping[str, Mapping[At, Fraction]]) -> Grid:
        grid: Grid = {
            unit: {at: Cell(number, w(number)) for at, number in cells.items()}
            for unit, cells in measured.items()
        }
        for step in self.steps:
            grid = step.take(grid, case)
        return grid


def _named(steps: tuple[Step, ...], kind: type[WeighPeriods] | type[WeighDimensions]) -> tuple[str, ...]:
    return tuple(name for step in steps if isinstance(step, kind) for name, _ in step.weights)


def _sum(terms: list[tuple[Fraction, str, Cell]]) -> Cell:
    number = sum((weight * cell.number for weight, _, cell in terms), NOUGHT)
    return Cell(number, " + ".join(f"{w(weight)} × {name} {_shown(cell)}" for weight, name, cell in terms))


def _shown(cell: Cell) -> str:
    number = w(cell.number)
    return number if cell.working == number else f"[{cell.working} = {number}]"


def _only(cells: Mapping[At, Cell]) -> Cell:
    if len(cells) != 1:
        why = "several periods or dimensions are left unweighed / 尚有未加权的期或项"
        raise RubricError(where="pipeline", why=why)
    return next(iter(cells.values()))
