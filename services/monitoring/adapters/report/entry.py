"""Who entered what of an item of information: the trace from a responsibility to person and entry."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import (
    case_steps,
    cases,
    household_versions,
    households,
    income_ledgers,
    labour_surveys,
    visits,
    work_seen,
)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry. *by* is the account that made it, empty for what another department's event brought."""

    household_id: str
    household_no: str
    area_code: str
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class _Kind:
    household: ColumnElement[str]
    day: ColumnElement[Any]
    by: ColumnElement[str]
    joined: tuple[Any, ...] = ()


_KINDS = {
    "household": _Kind(
        household_versions.c.household_id, household_versions.c.recorded_on, household_versions.c.by
    ),
    "income": _Kind(
        income_ledgers.c.household_id, income_ledgers.c.recorded_on, income_ledgers.c.recorded_by
    ),
    "case": _Kind(
        cases.c.household_id,
        case_steps.c.occurred_on,
        case_steps.c.by,
        (cases, cases.c.id == case_steps.c.case_id),
    ),
    "visit": _Kind(visits.c.household_id, visits.c.made_on, visits.c.made_by),
    "work": _Kind(work_seen.c.household_id, work_seen.c.started_on, literal("")),
    "relocation": _Kind(
        labour_surveys.c.household_id, labour_surveys.c.surveyed_on, labour_surveys.c.surveyed_by
    ),
}
TRACED = frozenset(_KINDS)
"""The items whose entries are listed with who made them; those of the others stand on their own pages."""


def entries_of(
    connection: Connection, item: str, area_code: str, *, limit: int, offset: int
) -> tuple[list[EntryRow], int]:
    """Return one part of the entries of an item inside an area, the newest first, and how many there are."""
    kind = _KINDS[item]
    query = select(
        kind.household.label("household_id"),
        households.c.household_no,
        households.c.area_code,
        kind.day.label("day"),
        kind.by.label("by"),
    )
    if kind.joined:
        query = query.join(*kind.joined)
    query = query.join(households, households.c.id == kind.household).where(
        inside(households.c.area_code, area_code), kind.day.is_not(None)
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(kind.day.desc(), households.c.household_no)
    return [EntryRow(**row) for row in connection.execute(page.limit(limit).offset(offset)).mappings()], total
