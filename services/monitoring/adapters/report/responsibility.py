"""Where the list of who maintains which information is kept, and how fresh each item is."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.tables import (
    case_steps,
    cases,
    dropouts,
    grids,
    household_versions,
    households,
    income_ledgers,
    labour_surveys,
    medical_covers,
    responsibilities,
    visits,
    water_problems,
    work_seen,
)
from services.monitoring.domain.report.errors import ResponsibilityNotFoundError
from services.monitoring.domain.report.responsibility import Responsibility
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(Responsibility) if one.name not in ("version", "facts"))


class Responsibilities:
    """The list of responsibilities, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, one: Responsibility) -> None:
        add_version(self._connection, responsibilities, _row(one))
        one.version = 1

    def save(self, one: Responsibility) -> None:
        save_version(self._connection, responsibilities, _row(one), read=one.version)
        one.version += 1

    def get(self, responsibility_id: str) -> Responsibility:
        """Return the line; raises ResponsibilityNotFoundError."""
        query = select(responsibilities).where(responsibilities.c.id == responsibility_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise ResponsibilityNotFoundError
        return Responsibility(**row)

    def in_force(self, item: str, area_code: str) -> Responsibility | None:
        """Return the approved line of an item and area that nothing has replaced, or None."""
        columns = responsibilities.c
        query = select(responsibilities).where(
            columns.item == item,
            columns.area_code == area_code,
            columns.until.is_(None),
            columns.approved_on.is_not(None),
        )
        row = self._connection.execute(query).mappings().first()
        return Responsibility(**row) if row is not None else None


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """A line of the list with the last day on which anything of its item was recorded in its area."""

    line: Responsibility
    last_change: date | None


def lines_of(connection: Connection, area_code: str, *, only_current: bool) -> list[ResponsibilityRow]:
    """Return the lines of areas inside *area_code* and of those that contain it, with how fresh each is."""
    columns = responsibilities.c
    above = [area_code[:length] for length in (6, 9) if length < len(area_code)]
    query = select(responsibilities).where(
        inside(columns.area_code, area_code) | columns.area_code.in_(above)
    )
    if only_current:
        query = query.where(columns.until.is_(None))
    rows = connection.execute(query.order_by(columns.item, columns.area_code, columns.recorded_on)).mappings()
    found = [Responsibility(**row) for row in rows]
    fresh = {key: last_change(connection, *key) for key in {(one.item, one.area_code) for one in found}}
    return [ResponsibilityRow(one, fresh[one.item, one.area_code]) for one in found]


def line_of(connection: Connection, responsibility_id: str) -> Responsibility:
    """Return the line, for reading only; raises ResponsibilityNotFoundError."""
    return Responsibilities(connection, no_facts).get(responsibility_id)


def last_change(connection: Connection, item: str, area_code: str) -> date | None:
    """Return the last day for which something of *item* was recorded inside the area, or None."""
    column, area, joined = _SOURCES[item]
    query = select(func.max(column)).where(inside(area, area_code))
    for table, on in joined:
        query = query.join(table, on)
    found: date | None = connection.execute(query).scalar_one_or_none()
    return found


_home = households.c.area_code
_SOURCES: dict[str, tuple[ColumnElement[Any], ColumnElement[str], tuple[Any, ...]]] = {
    "household": (household_versions.c.recorded_on, household_versions.c.area_code, ()),
    "living": (households.c.filled_on, _home, ()),
    "income": (income_ledgers.c.recorded_on, income_ledgers.c.area_code, ()),
    "case": (
        case_steps.c.occurred_on,
        cases.c.area_code,
        ((cases, cases.c.id == case_steps.c.case_id),),
    ),
    "visit": (visits.c.made_on, visits.c.area_code, ()),
    "work": (work_seen.c.started_on, _home, ((households, households.c.id == work_seen.c.household_id),)),
    "education": (dropouts.c.found_on, dropouts.c.area_code, ()),
    "medical": (medical_covers.c.recorded_on, medical_covers.c.area_code, ()),
    "water": (water_problems.c.last_step_on, water_problems.c.area_code, ()),
    "relocation": (labour_surveys.c.surveyed_on, labour_surveys.c.area_code, ()),
    "grid": (grids.c.recorded_on, grids.c.area_code, ()),
}


def _row(one: Responsibility) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS}
