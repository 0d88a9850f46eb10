"""The rules of the plan as data: 38 work points, their indicators, and which are computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from services.evaluation.domain.errors import UnknownIndicatorError
from services.evaluation.domain.method import Method, Shown
from services.evaluation.domain.rubric.model import Rubric
from shared.parameters.figure import DatedFigure, Label

DepartmentValue = Literal["own", "county"]
Confirmation = Literal["plan", "proposal", "config"]


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator should reach; *source* is the plan's own words where they give it.

    *confirmed* is True only for what the plan itself says: a proposal, or a value
    the county must still set, is shown as unconfirmed.
    """

    op: str
    value: str
    source: str

    @property
    def confirmed(self) -> bool:
        return self.source.startswith("plan") and "proposal" not in self.source

    @property
    def text(self) -> str:
        return f"{self.op} {self.value}".strip()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One sentence of the plan, word for word."""

    id: str
    text: str
    kind: str
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedIndicator:
    """An indicator of the catalogue, computed or not. *mode* is ``automatic`` or ``reported``."""

    id: str
    name: str
    unit: str
    numerator: str
    denominator: str
    target: Target
    scope: tuple[str, ...]
    mode: str
    scoring: str
    deadline: date | None
    reported_by: str


@dataclass(frozen=True, slots=True)
class WorkPoint:
    """One of the 38 items of the plan."""

    id: int
    part: str
    section: str
    title: Label
    service: str
    responsible: tuple[str, ...]
    responsible_and_others: str
    requirements: tuple[Requirement, ...]
    indicators: tuple[PlannedIndicator, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator that is computed from events.

    *counts* are the countings whose shares are added for a town (and over all towns
    for the county); *department_counts* those for a department's own value. *kind*
    ``rate`` is 100 × numerator ÷ denominator, ``count`` the numerator, ``median`` the
    middle one of the single shares (numerator and denominator then add up to the
    whole and the number of cases). *deduction*
    indicators stand outside the base of 100: their points are lost, up to the
    maximum. *version* is the SHA-256 of the rule as written.
    """

    id: str
    item: int
    name: Label
    unit: str
    kind: Literal["rate", "count", "median"]
    counts: tuple[str, ...]
    department_counts: tuple[str, ...]
    department_value: DepartmentValue | None
    of_towns: bool
    method: Method
    points: DatedFigure[Decimal]
    target: Target
    version: str
    deduction: bool = False
    veto: bool = False
    needs_cases: bool = True
    """A count without a single case in the denominator is not applicable."""
    figures: tuple[str, ...] = ()
    """Policy figures without which the indicator is not set."""
    note: Label | None = None
    counted_in: str = ""
    """``fen`` where numerator and denominator are money."""
    split_target: bool = False
    """The plan's target is a number of the whole county, the denominator a unit's part of it: what is shown
    is the number reached (the numerator), not the percentage that points are given for."""

    every_department: bool = False
    """A value of its own counts for each department, not only for those the item names."""
    reported: bool = False
    """Units report it: without an accepted value it is missing, not inapplicable."""
    bonus: bool = False
    """Stands outside the base of 100 and adds to it."""

    @property
    def in_base(self) -> bool:
        """Whether its points belong to the base that a total is rescaled from."""
        return not (self.deduction or self.bonus)

    @property
    def scored(self) -> bool:
        """Whether points are given; what is only shown has a value and none."""
        return not isinstance(self.method, Shown)

    @property
    def shown_unit(self) -> str:
        """The unit of the value shown: a rate is in percent whatever the plan counts."""
        return "%" if self.kind == "rate" and not self.split_target else self.unit


@dataclass(frozen=True, slots=True)
class Grade:
    """A closed band: from *least* points (two decimals) up to the next grade's."""

    name: Label
    least: Decimal


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything a score is made with. *files* maps each rule and policy file to its SHA-256."""

    since: date
    work_points: tuple[WorkPoint, ...]
    indicators: tuple[Indicator, ...]
    figures: Mapping[str, DatedFigure[Any]]
    departments: tuple[str, ...]
    sector_departments: tuple[str, ...]
    grades: tuple[Grade, ...]
    files: Mapping[str, str]
    schemes: Mapping[str, Rubric] = field(default_factory=dict)
    """The rubric the total of a ``town`` or ``department`` follows; without one: 100 × won ÷ applied."""
    barring_notices: frozenset[str] = frozenset({"city", "province"})
    """The levels whose notices of criticism bar the best grade."""
    _by_id: dict[str, Indicator] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update({indicator.id: indicator for indicator in self.indicators})

    def indicator(self, indicator_id: str) -> Indicator:
        """Return a computed indicator; raises UnknownIndicatorError, also for one not yet computed."""
        try:
            return self._by_id[indicator_id]
        except KeyError:
            raise UnknownIndicatorError(indicator=indicator_id) from None

    def changes_between(self, earlier: date, later: date) -> bool:
        """Say whether any figure or the points of any indicator change after *earlier*, up to *later*."""
        dated = (*self.figures.values(), *(indicator.points for indicator in self.indicators))
        return any(earlier < entry.since <= later for figure in dated for entry in figure.entries)

    def computes(self, indicator_id: str) -> bool:
        return indicator_id in self._by_id

    def work_point(self, item: int) -> WorkPoint:
        return next(point for point in self.work_points if point.id == item)

    def responsible_for(self, indicator: Indicator) -> tuple[str, ...]:
        """Return the departments scored by *indicator*.

        A value of their own counts for the units the item names and, where it says
        "every department of the sector", for those the county listed; the county's
        value counts for the units named alone.
        """
        if indicator.department_value is None:
            return ()
        words = self.work_point(indicator.item).responsible
        named = {unit for unit in words if unit in self.departments}
        everyone = any(word.endswith("行业部门") for word in words)
        of_all = indicator.deduction or indicator.every_department
        if indicator.department_value == "own" and (everyone or of_all):
            named |= set(self.departments if of_all else self.sector_departments)
        return tuple(unit for unit in self.departments if unit in named)
