"""The values a rubric is scored with: units, and cells by unit, item, input, period, dimension."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from services.evaluation.domain.rubric.errors import RubricError

SATURDAY = 5
EVERY_UNIT = "*"


class Nothing(Enum):
    """Why a cell holds no value. A cell that is absent altogether is missing."""

    NOT_APPLICABLE = "n/a"


NOT_APPLICABLE = Nothing.NOT_APPLICABLE
Scalar = Fraction | bool | str | date
"""What a rule can read. Numbers are always ``Fraction`` (95% is 95/100), yes and no are ``bool``."""

CellValue = Scalar | Nothing


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """A unit, and what may be asked of it: ``unit.group``, ``unit.class``, *attributes*."""

    id: str
    name: str = ""
    group: str = ""
    class_: str = ""
    attributes: Mapping[str, Scalar] = field(default_factory=dict)

    def attribute(self, name: str) -> Scalar | None:
        """Return what ``unit.<name>`` is; None where the unit has no such attribute."""
        own = {"id": self.id, "name": self.name, "group": self.group, "class": self.class_}
        return own[name] if name in own else self.attributes.get(name)


class CellKey(NamedTuple):
    """Where a value stands.

    *input* ``""`` is the item's unnamed value (``value`` in expressions), *period*
    ``""`` the whole time, *dimension* ``""`` none. What another rubric gave stands at
    the item ``"other-rubric/item"``.
    """

    unit: str
    item: str
    input: str = ""
    period: str = ""
    dimension: str = ""


class Note(NamedTuple):
    """Who judged a value, and why; a judged item (M22) is missing without both."""

    reason: str = ""
    assessor: str = ""


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked: Monday to Friday, but for *off* (holidays) and *on* (weekends worked)."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def between(self, start: date, end: date) -> int:
        """Return how many worked days lie after *start*, up to and with *end*; may be negative."""
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(1 for day in days if day in self.on or (day.weekday() < SATURDAY and day not in self.off))


@dataclass(frozen=True, slots=True)
class Values:
    """All that was measured, reported or judged.

    A cell that is not in *cells* is **missing**; one that holds ``NOT_APPLICABLE`` says
    that the matter does not arise for the unit. Neither is ever read as nought unless
    the rubric says so. Cells of the unit ``*`` hold for every unit that has none of its own.
    """

    units: tuple[AssessedUnit, ...]
    cells: Mapping[CellKey, CellValue]
    notes: Mapping[CellKey, Note] = field(default_factory=dict)
    workdays: Workdays = Workdays()

    def __post_init__(self) -> None:
        ids = [unit.id for unit in self.units]
        if twice := next((unit for unit in ids if ids.count(unit) > 1), None):
            raise RubricError(where=twice, why="the unit is listed twice / 单位重复")
        for key, value in self.cells.items():
            if not isinstance(value, (Fraction, bool, str, date, Nothing)):  # a float, from untyped code
                why = f"numbers are exact fractions, not {value!r} / 数值须为精确数"
                raise RubricError(where="/".join(key), why=why)

    @classmethod
    def of(cls, units: Iterable[AssessedUnit], cells: Mapping[tuple[str, ...], CellValue | int]) -> "Values":
        """Build values from short keys (unit, item[, input[, period[, dimension]]]) and whole numbers."""
        exact = {
            CellKey(*key): Fraction(value)
            if isinstance(value, int) and not isinstance(value, bool)
            else value
            for key, value in cells.items()
        }
        return cls(tuple(units), exact)

    def get(self, key: CellKey) -> CellValue | None:
        """Return the value at *key*, or None when it is missing.

        The unnamed value is read exactly where it is asked for. A **named** input falls
        back to the cell without dimension, without period, and without both: a target
        set for the year holds in each of its months. Then the same for the unit ``*``.
        """
        for unit in (key.unit, EVERY_UNIT):
            exact = key._replace(unit=unit)
            if exact in self.cells:
                return self.cells[exact]
            if not key.input:
                continue
            for wider in (
                exact._replace(dimension=""),
                exact._replace(period=""),
                exact._replace(period="", dimension=""),
            ):
                if wider in self.cells:
                    return self.cells[wider]
        return None

    def note(self, key: CellKey) -> Note:
        """Return who judged the cell and why; empty when nobody said."""
        return self.notes.get(key, Note())
