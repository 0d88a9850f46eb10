"""What pages show of grids, village decisions and matters with a limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, exists, func, literal, select

from services.monitoring.adapters.grid import Grids
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.tables import (
    clues,
    grid_workers,
    grids,
    households,
    members,
    village_decisions,
    visits,
)
from services.monitoring.adapters.village_decision import VillageDecisions, decision_from
from services.monitoring.domain.grid import Grid
from services.monitoring.domain.member import HEAD
from services.monitoring.domain.village_decision import VillageDecision


@dataclass(frozen=True, slots=True)
class GridRow:
    """One grid in a list."""

    id: str
    name: str
    level: str
    area_code: str
    head_name: str
    workers: int
    households: int
    active: bool


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How far the households of one village lie in grids."""

    area_code: str
    households: int
    covered: int
    grids: int
    workers: int


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """A household as its grid worker sees it. *due_on* is the day by which somebody goes there again."""

    id: str
    household_no: str
    head_name: str
    area_code: str
    village_group: str
    visited_on: date | None
    open_clues: int


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter in a list; those of no household have no number and no name."""

    id: str
    version: int
    area_code: str
    household_id: str
    household_no: str
    head_name: str
    opened_on: date
    due_on: date
    limit_confirmed: bool
    closed_on: date | None
    way: str
    note: str
    closing_note: str
    more: Mapping[str, Any]
    """The columns of its own kind."""


def find_grids(
    connection: Connection, *, area_code: str, level: str, limit: int, offset: int
) -> tuple[list[GridRow], int]:
    """Return one part of the grids inside an area, by area and level, and how many there are."""
    every = grid_workers.alias("every")
    workers = select(func.count()).select_from(every).where(every.c.grid_id == grids.c.id).scalar_subquery()
    head = and_(grid_workers.c.grid_id == grids.c.id, grid_workers.c.head)
    query = (
        select(
            grids.c.id,
            grids.c.name,
            grids.c.level,
            grids.c.area_code,
            func.coalesce(grid_workers.c.name, "").label("head_name"),
            workers.label("workers"),
            grids.c.households,
            grids.c.active,
        )
        .select_from(grids)
        .outerjoin(grid_workers, head)
        .where(inside(grids.c.area_code, area_code))
    )
    if level:
        query = query.where(grids.c.level == level)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(grids.c.area_code, grids.c.level.desc(), grids.c.name, grids.c.id)
    return [GridRow(**row) for row in connection.execute(page.limit(limit).offset(offset)).mappings()], total


def grid_of(connection: Connection, grid_id: str) -> Grid:
    """Return the grid, for reading only; raises GridNotFoundError."""
    return Grids(connection, no_facts).get(grid_id)


def area_of_grid(connection: Connection, grid_id: str) -> str | None:
    return connection.execute(select(grids.c.area_code).where(grids.c.id == grid_id)).scalar_one_or_none()


def coverage(connection: Connection, area_code: str) -> list[CoverageRow]:
    """Return how far the households of each village inside an area lie in grids."""
    counted = connection.execute(
        select(
            households.c.area_code,
            func.count().label("households"),
            func.count(households.c.grid_id).label("covered"),
        )
        .where(inside(households.c.area_code, area_code))
        .group_by(households.c.area_code)
    )
    held = connection.execute(
        select(
            grids.c.area_code,
            func.count(grids.c.id.distinct()).label("grids"),
            func.count(grid_workers.c.position).label("workers"),
        )
        .select_from(grids)
        .outerjoin(grid_workers, grid_workers.c.grid_id == grids.c.id)
        .where(inside(grids.c.area_code, area_code), grids.c.active, grids.c.level != "town")
        .group_by(grids.c.area_code)
    )
    of_village = {row.area_code: (row.grids, row.workers) for row in held}
    known = {row.area_code: (row.households, row.covered) for row in counted}
    return [
        CoverageRow(code, *known.get(code, (0, 0)), *of_village.get(code, (0, 0)))
        for code in sorted({*known, *of_village})
    ]


def grids_of_worker(connection: Connection, login: str) -> list[tuple[str, str]]:
    """Return id and name of the grids in use in which an account works."""
    query = (
        select(grids.c.id, grids.c.name)
        .join(grid_workers, grid_workers.c.grid_id == grids.c.id)
        .where(grid_workers.c.login == login, grids.c.active)
    )
    return [(row.id, row.name) for row in connection.execute(query.order_by(grids.c.name, grids.c.id))]


def in_grid_of(connection: Connection, login: str, household_id: str) -> bool:
    """Say whether a household lies in a grid, in use, in which the account works."""
    query = (
        select(literal(1))
        .select_from(households)
        .join(grid_workers, grid_workers.c.grid_id == households.c.grid_id)
        .join(grids, grids.c.id == households.c.grid_id)
        .where(households.c.id == household_id, grid_workers.c.login == login, grids.c.active)
    )
    return connection.execute(query.limit(1)).first() is not None


def watched(
    connection: Connection,
    *,
    grid_id: str = "",
    login: str = "",
    not_since: date | None = None,
    limit: int,
    offset: int,
) -> tuple[list[WatchedRow], int]:
    """Return the households of a grid, or of a worker's grids, those longest without a visit first.

    *not_since* leaves only those nobody of the grid has visited since that day.
    """
    last = (
        select(func.max(visits.c.made_on))
        .where(visits.c.household_id == households.c.id)
        .correlate(households)
        .scalar_subquery()
    )
    waiting = (
        select(func.count())
        .select_from(clues)
        .where(clues.c.household_id == households.c.id, clues.c.is_open)
        .scalar_subquery()
    )
    query = (
        select(
            households.c.id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            households.c.area_code,
            households.c.village_group,
            last.label("visited_on"),
            waiting.label("open_clues"),
        )
        .select_from(households)
        .outerjoin(members, _is_head())
        .where(_in_grids(grid_id, login))
    )
    if not_since is not None:
        query = query.where(func.coalesce(last, date.min) < not_since)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(func.coalesce(last, date.min), households.c.household_no)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [WatchedRow(**row) for row in rows], total


def find_decisions(
    connection: Connection, *, area_code: str, only_open: bool, limit: int, offset: int
) -> tuple[list[VillageDecision], int]:
    """Return one part of the village decisions inside an area, open ones first, the newest first."""
    query = select(village_decisions).where(inside(village_decisions.c.area_code, area_code))
    if only_open:
        query = query.where(village_decisions.c.filed_on.is_(None))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    columns = village_decisions.c
    page = query.order_by(columns.filed_on.is_not(None), columns.begun_on.desc(), columns.id)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [decision_from(row) for row in rows], total


def decision_of(connection: Connection, decision_id: str) -> VillageDecision:
    """Return the decision, for reading only; raises DecisionNotFoundError."""
    return VillageDecisions(connection, no_facts).get(decision_id)


def area_of_decision(connection: Connection, decision_id: str) -> str | None:
    query = select(village_decisions.c.area_code).where(village_decisions.c.id == decision_id)
    return connection.execute(query).scalar_one_or_none()


def find_matters(
    connection: Connection, table: Table, *, area_code: str, only_open: bool, limit: int, offset: int
) -> tuple[list[MatterRow], int]:
    """Return one part of a kind of matter inside an area, the first due on top, and how many there are."""
    query = _matters(table).where(inside(table.c.area_code, area_code))
    if only_open:
        query = query.where(table.c.closed_on.is_(None))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(table.c.closed_on.is_not(None), table.c.due_on, table.c.id)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [_matter_row(table, row) for row in rows], total


def matters_at(connection: Connection, table: Table, **where: str) -> list[MatterRow]:
    """Return the matters of one kind with these values in their columns, open ones first."""
    query = _matters(table).where(*(table.c[name] == value for name, value in where.items()))
    page = query.order_by(table.c.closed_on.is_not(None), table.c.due_on, table.c.id)
    return [_matter_row(table, row) for row in connection.execute(page).mappings()]


def area_of_matter(connection: Connection, table: Table, matter_id: str) -> str | None:
    return connection.execute(select(table.c.area_code).where(table.c.id == matter_id)).scalar_one_or_none()


_SHARED = frozenset(
    {
        *("id", "version", "area_code", "opened_on", "due_on", "limit_confirmed", "closed_on", "way"),
        *("note", "closing_note", "opened_by", "closed_by", "household_id"),
    }
)


def _matters(table: Table) -> Select[Any]:
    if "household_id" not in table.c:
        nobody = (literal("").label(name) for name in ("household_no", "head_name"))
        return select(table, *nobody)
    head_name = func.coalesce(members.c.name, "").label("head_name")
    return (
        select(table, households.c.household_no, head_name)
        .select_from(table)
        .join(households, households.c.id == table.c.household_id)
        .outerjoin(members, _is_head())
    )


def _matter_row(table: Table, row: Mapping[Any, Any]) -> MatterRow:
    return MatterRow(
        id=row["id"],
        version=row["version"],
        area_code=row["area_code"],
        household_id=row.get("household_id", ""),
        household_no=row["household_no"],
        head_name=row["head_name"],
        opened_on=row["opened_on"],
        due_on=row["due_on"],
        limit_confirmed=row["limit_confirmed"],
        closed_on=row["closed_on"],
        way=row["way"],
        note=row["note"],
        closing_note=row["closing_note"],
        more={column.name: row[column.name] for column in table.c if column.name not in _SHARED},
    )


def _is_head() -> Any:  # noqa: ANN401  (an SQL condition)
    return and_(
        members.c.household_id == households.c.id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )


def _in_grids(grid_id: str, login: str) -> Any:  # noqa: ANN401  (an SQL condition)
    if grid_id:
        return households.c.grid_id == grid_id
    return exists().where(
        grid_workers.c.grid_id == households.c.grid_id,
        grid_workers.c.login == login,
        grids.c.id == grid_workers.c.grid_id,
        grids.c.active,
    )
