"""SELECTs behind the pages of funds, projects, assets, upkeep and co-operation."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, Table, case, func, select

from services.finance.adapters.process import process_of
from services.finance.adapters.read_models import Part, count_of, within
from services.finance.domain.process import Process

P = TypeVar("P", bound=Process)


def find_processes(
    connection: Connection,
    table: Table,
    kind: type[P],
    *,
    area_code: str,
    town: str = "",
    states: Sequence[str] = (),
    part: Part,
    wanted: Mapping[str, object] | None = None,
) -> tuple[list[P], int]:
    """Return those in *area_code*, in one of *states* (empty: all), and how many there are; due first.

    *wanted* narrows by further columns; what has no day of its own is ordered by its last step.
    """
    query = select(table).where(*within(table.c.area_code, area_code, town))
    if states:
        query = query.where(table.c.state.in_(states))
    for name, value in (wanted or {}).items():
        query = query.where(table.c[name] == value)
    day = table.c.due_on if "due_on" in table.c else table.c.last_step_on.desc()
    total = count_of(connection, query)
    rows = connection.execute(
        query.order_by(day, table.c.id).limit(part.limit).offset(part.offset)
    ).mappings()
    return [process_of(row, kind) for row in rows], total


def process_by_id(connection: Connection, table: Table, kind: type[P], id_: str) -> P | None:
    """Return one, or None."""
    row = connection.execute(select(table).where(table.c.id == id_)).mappings().first()
    return process_of(row, kind) if row else None


def area_of_process(connection: Connection, table: Table, id_: str) -> str | None:
    """Return where it lies, or None."""
    found: str | None = connection.execute(select(table.c.area_code).where(table.c.id == id_)).scalar()
    return found


def count_by_state(connection: Connection, table: Table, area_code: str) -> dict[str, int]:
    """Return how many of *area_code* are in which state."""
    query = select(table.c.state, func.count()).where(*within(table.c.area_code, area_code))
    return {row[0]: row[1] for row in connection.execute(query.group_by(table.c.state))}


def count_open(
    connection: Connection, table: Table, area_code: str, closed: Collection[str], today: date
) -> tuple[int, int]:
    """Return how many of *area_code* are in no *closed* state, and how many of those are past their day."""
    late = func.coalesce(func.sum(case((table.c.due_on < today, 1), else_=0)), 0)
    query = select(func.count(), late).where(
        *within(table.c.area_code, area_code), table.c.state.not_in(sorted(closed))
    )
    opened, overdue = connection.execute(query).one()
    return int(opened), int(overdue)
