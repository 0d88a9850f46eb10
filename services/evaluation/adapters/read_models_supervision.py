"""SELECTs behind the pages of inspections, orders, interviews and triggers; each returns frozen things."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from services.evaluation.adapters.accountability import trigger_from
from services.evaluation.adapters.inspection import inspection_from
from services.evaluation.adapters.order import order_from
from services.evaluation.adapters.tables import (
    accountability_trigger,
    inspection,
    inspection_sample,
    interview,
    journal,
    order_reply,
    supervision_order,
)
from services.evaluation.domain.accountability import Trigger
from services.evaluation.domain.inspection import Inspection
from services.evaluation.domain.order import OWED, Order, OrderReply, OrderState
from services.evaluation.domain.supervision_errors import (
    InspectionNotFoundError,
    OrderNotFoundError,
    TriggerNotFoundError,
)
from shared.kernel.period import Days

_OWED = [str(state) for state in sorted(OWED)]


@dataclass(frozen=True, slots=True)
class OrderSearch:
    """Which orders are looked for; empty fields ask for nothing. *overdue_at*: owed and due before it."""

    unit: str = ""
    state: str = ""
    origin: str = ""
    overdue_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """A record of an interview or reminder in a list."""

    id: str
    kind: str
    unit: str
    held_on: date
    about_kind: str
    about_id: str
    due_on: date | None
    matter: str
    responsible: str


@dataclass(frozen=True, slots=True)
class UnitOverdue:
    """How many orders of a unit are overdue and since when the oldest."""

    unit: str
    orders: int
    oldest_due_at: datetime


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One month's draw in a list."""

    month: str
    seed: str
    drawn_on: date
    villages: tuple[str, ...]


def find_orders(
    connection: Connection, wanted: OrderSearch, *, limit: int, offset: int
) -> tuple[list[Order], int]:
    """Return a part of the orders found, those owed first, the earliest deadline on top, and how many."""
    columns = supervision_order.c
    query = select(supervision_order)
    if wanted.unit:
        query = query.where(columns.unit == wanted.unit)
    if wanted.state:
        query = query.where(columns.state == wanted.state)
    if wanted.origin:
        query = query.where(columns.origin == wanted.origin)
    if wanted.overdue_at is not None:
        query = query.where(columns.state.in_(_OWED), columns.due_at < wanted.overdue_at)
    done = columns.state.in_([OrderState.CLOSED.value, OrderState.WITHDRAWN.value])
    query = query.order_by(done, columns.due_at, columns.id)
    rows, total = _part(connection, query, limit, offset)
    return [order_from(row) for row in rows], total


def order_of(connection: Connection, order_id: str) -> Order:
    """Return the order for reading; raises OrderNotFoundError."""
    found = (
        connection.execute(select(supervision_order).where(supervision_order.c.id == order_id))
        .mappings()
        .first()
    )
    if found is None:
        raise OrderNotFoundError
    return order_from(found)


def replies_of(connection: Connection, order_id: str) -> list[OrderReply]:
    """Return every reply to an order, the first first."""
    columns = order_reply.c
    query = select(order_reply).where(columns.order_id == order_id).order_by(columns.number)
    return [OrderReply(**row) for row in connection.execute(query).mappings()]


def orders_of_origin(connection: Connection, origin: str, origin_id: str) -> list[Order]:
    """Return the orders that came of one thing."""
    columns = supervision_order.c
    query = select(supervision_order).where(columns.origin == origin, columns.origin_id == origin_id)
    return [order_from(row) for row in connection.execute(query.order_by(columns.issued_at)).mappings()]


def overdue_by_unit(connection: Connection, now: datetime) -> list[UnitOverdue]:
    """Return the units with overdue orders, the most first."""
    columns = supervision_order.c
    query = (
        select(columns.unit, func.count(), func.min(columns.due_at))
        .where(columns.state.in_(_OWED), columns.due_at < now)
        .group_by(columns.unit)
    )
    found = [UnitOverdue(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda row: (-row.orders, row.oldest_due_at, row.unit))


def find_inspections(
    connection: Connection, due: Days, *, state: str = "", unit: str = "", limit: int, offset: int
) -> tuple[list[Inspection], int]:
    """Return a part of the inspections to be filed within *due*, and how many there are."""
    columns = inspection.c
    query = select(inspection).where(columns.due_on.between(due.first, due.last))
    if state:
        query = query.where(columns.state == state)
    if unit:
        query = query.where(columns.unit == unit)
    rows, total = _part(connection, query.order_by(columns.due_on, columns.id), limit, offset)
    return [inspection_from(row) for row in rows], total


def inspections_by_month(connection: Connection, year: Days) -> dict[int, Counter[str]]:
    """Return for each month how many inspections due in it are in which state, and of which kind."""
    columns = inspection.c
    query = select(columns.due_on, columns.state, columns.kind).where(
        columns.due_on.between(year.first, year.last)
    )
    found: dict[int, Counter[str]] = {month: Counter() for month in range(1, 13)}
    for due_on, state, kind in connection.execute(query):
        found[due_on.month][state] += 1
        found[due_on.month][kind if kind == "unannounced" else "in_plan"] += 1
    return found


def inspection_of(connection: Connection, inspection_id: str) -> Inspection:
    """Return the inspection for reading; raises InspectionNotFoundError."""
    found = connection.execute(select(inspection).where(inspection.c.id == inspection_id)).mappings().first()
    if found is None:
        raise InspectionNotFoundError
    return inspection_from(found)


def find_triggers(
    connection: Connection, *, state: str = "", unit: str = "", limit: int, offset: int
) -> tuple[list[Trigger], int]:
    """Return a part of the triggers, the newest first, and how many there are."""
    columns = accountability_trigger.c
    query = select(accountability_trigger)
    if state:
        query = query.where(columns.state == state)
    if unit:
        query = query.where(columns.unit == unit)
    rows, total = _part(connection, query.order_by(columns.proposed_on.desc(), columns.id), limit, offset)
    return [trigger_from(row) for row in rows], total


def trigger_of(connection: Connection, trigger_id: str) -> Trigger:
    """Return the trigger for reading; raises TriggerNotFoundError."""
    columns = accountability_trigger.c
    found = (
        connection.execute(select(accountability_trigger).where(columns.id == trigger_id)).mappings().first()
    )
    if found is None:
        raise TriggerNotFoundError
    return trigger_from(found)


def recorded_at_of(connection: Connection, event_ids: Sequence[str]) -> dict[str, datetime]:
    """Return when each of the events was recorded; one that is not there is missing."""
    columns = journal.c
    query = select(columns.event_id, columns.recorded_at).where(columns.event_id.in_(event_ids))
    return {row.event_id: row.recorded_at for row in connection.execute(query)}


def find_interviews(
    connection: Connection, *, unit: str = "", limit: int, offset: int
) -> tuple[list[InterviewRow], int]:
    """Return a part of the records, the newest first, and how many there are."""
    columns = interview.c
    query = select(*(columns[name] for name in InterviewRow.__dataclass_fields__))
    if unit:
        query = query.where(columns.unit == unit)
    rows, total = _part(connection, query.order_by(columns.held_on.desc(), columns.id), limit, offset)
    return [InterviewRow(**row) for row in rows], total


def interviews_about(connection: Connection, kind: str, about_id: str) -> list[InterviewRow]:
    """Return the records about one order, problem, trigger or inspection."""
    columns = interview.c
    query = select(*(columns[name] for name in InterviewRow.__dataclass_fields__)).where(
        columns.about_kind == kind, columns.about_id == about_id
    )
    return [InterviewRow(*row) for row in connection.execute(query.order_by(columns.held_on))]


def samples(connection: Connection) -> list[SampleRow]:
    """Return every month's draw, the newest first."""
    columns = inspection_sample.c
    query = select(columns.month, columns.seed, columns.drawn_on, columns.villages)
    return [
        SampleRow(month, seed, drawn_on, tuple(villages))
        for month, seed, drawn_on, villages in connection.execute(query.order_by(columns.month.desc()))
    ]


def _part(
    connection: Connection, query: Select[Any], limit: int, offset: int
) -> tuple[Sequence[RowMapping], int]:
    total = connection.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    return connection.execute(query.limit(limit).offset(offset)).mappings().all(), total
