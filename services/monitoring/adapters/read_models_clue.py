"""What pages show of clues, and which of them wait for somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from services.monitoring.adapters.clue import Clues
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.tables import clue_reports, clues, households, members
from services.monitoring.domain.clue import Clue
from services.monitoring.domain.member import HEAD
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class ClueRow:
    """One clue in a list, with whose it is."""

    id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    risk: str
    reports: int
    is_open: bool
    first_reported_on: date
    verify_due_on: date
    outcome: str | None
    verified_on: date | None
    case_id: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report of a clue. *cause* is ``visit:…``, ``change:…``, ``event:…``, or empty."""

    id: str
    source: str
    reported_on: date
    verify_due_on: date
    limit_confirmed: bool
    cause: str
    note: str


def find_clues(
    connection: Connection, *, area_code: str, only_open: bool, limit: int, offset: int
) -> tuple[list[ClueRow], int]:
    """Return one part of the clues inside *area_code*, what is due first on top, and how many there are."""
    query = _clues().where(inside(households.c.area_code, area_code))
    if only_open:
        query = query.where(clues.c.is_open)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(clues.c.is_open.desc(), clues.c.verify_due_on, clues.c.id)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [ClueRow(**row) for row in rows], total


def clues_of(connection: Connection, household_id: str) -> list[ClueRow]:
    """Return the clues of a household, the newest first."""
    query = _clues().where(clues.c.household_id == household_id)
    rows = connection.execute(query.order_by(clues.c.first_reported_on.desc(), clues.c.id)).mappings()
    return [ClueRow(**row) for row in rows]


def clue_of(connection: Connection, clue_id: str, clock: Clock) -> Clue:
    """Return the clue, for reading only; raises ClueNotFoundError."""
    return Clues(connection, no_facts, clock).get(clue_id)


def area_of_clue(connection: Connection, clue_id: str) -> str | None:
    """Return the village a clue's household lives in now, or None when there is no such clue."""
    query = select(households.c.area_code).join(clues, clues.c.household_id == households.c.id)
    return connection.execute(query.where(clues.c.id == clue_id)).scalar_one_or_none()


def reports_of(connection: Connection, clue_id: str) -> list[ReportRow]:
    """Return the reports of a clue, the oldest first."""
    columns = clue_reports.c
    query = (
        select(
            columns.id,
            columns.source,
            columns.reported_on,
            columns.verify_due_on,
            columns.limit_confirmed,
            columns.cause,
            columns.note,
        )
        .where(columns.clue_id == clue_id)
        .order_by(columns.reported_on, columns.id)
    )
    return [ReportRow(**row) for row in connection.execute(query).mappings()]


def _clues() -> Select[Any]:
    columns = clues.c
    is_head = and_(
        members.c.household_id == columns.household_id,
        members.c.relation == HEAD,
        members.c.left_on.is_(None),
    )
    return (
        select(
            columns.id,
            columns.household_id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            # Where the household lives now: whoever it moved to must see what waits.
            households.c.area_code,
            columns.risk,
            columns.reports,
            columns.is_open,
            columns.first_reported_on,
            columns.verify_due_on,
            columns.outcome,
            columns.verified_on,
            columns.case_id,
        )
        .join(households, households.c.id == columns.household_id)
        .outerjoin(members, is_head)
    )
