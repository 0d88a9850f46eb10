"""Supervision orders in SQL, with their replies."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from services.evaluation.adapters.tables import accountability_trigger, journal, order_reply
from services.evaluation.adapters.tables import supervision_order as table
from services.evaluation.domain.order import OWED, Order, OrderReply, OrderState
from services.evaluation.domain.supervision_errors import OrderNotFoundError, OrderNumberTakenError
from shared.contracts.evaluation.v1.supervision import (
    OrderAnswered,
    OrderClosed,
    OrderIssued,
    OrderSentBack,
    OrderWithdrawn,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import StaleVersionError
from shared.persistence.versioned import add_version, save_version

_OWED = [str(state) for state in sorted(OWED)]
_FIELDS = tuple(one.name for one in fields(Order) if one.name not in ("version", "facts"))
_TYPES = [one.type for one in (OrderIssued, OrderAnswered, OrderSentBack, OrderClosed, OrderWithdrawn)]


class SqlOrders:
    """The orders inside one transaction."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, order: Order) -> None:
        """Keep a new order and tell of it; raises OrderNumberTakenError.

        Of two that took one number at the same moment, the second tries again.
        """
        taken = select(table.c.id).where(table.c.number == order.number)
        if self._connection.execute(taken).first() is not None:
            raise OrderNumberTakenError(number=order.number)
        try:
            add_version(self._connection, table, _row(order))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._collect(order)
        order.version = 1

    def save(self, order: Order) -> None:
        """Keep what changed; raises StaleVersionError."""
        save_version(self._connection, table, _row(order), read=order.version)
        self._collect(order)
        order.version += 1

    def keep(self, reply: OrderReply) -> None:
        """Keep a reply; it never changes."""
        values = {one.name: getattr(reply, one.name) for one in fields(OrderReply)}
        self._connection.execute(insert(order_reply).values(values))

    def get(self, order_id: str) -> Order:
        """Return the order; raises OrderNotFoundError."""
        row = self._connection.execute(select(table).where(table.c.id == order_id)).mappings().first()
        if row is None:
            raise OrderNotFoundError
        return order_from(row)

    def next_number(self, year: int) -> str:
        """Return the number after the highest of *year*; numbers written in another manner don't count."""
        before, after = f"陇督办〔{year}〕", "号"
        numbers = select(table.c.number).where(table.c.number.like(f"{before}%{after}"))
        middles = (one[len(before) : -len(after)] for one in self._connection.execute(numbers).scalars())
        last = max((int(one) for one in middles if one.isascii() and one.isdecimal()), default=0)
        return f"{before}{last + 1}{after}"

    def overdue_without_trigger(self, until: datetime) -> Sequence[Order]:
        """Return the orders owed since *until* or longer that nobody was told of, the oldest first."""
        trigger = accountability_trigger.c
        told = select(trigger.subject).where(trigger.kind == "order_overdue")
        query = (
            select(table)
            .where(table.c.state.in_(_OWED), table.c.due_at <= until, table.c.id.not_in(told))
            .order_by(table.c.due_at, table.c.id)
        )
        return [order_from(row) for row in self._connection.execute(query).mappings()]

    def events_of(self, orders: Sequence[Order]) -> dict[str, tuple[str, ...]]:
        """Return the ids of the events of each order, as they were recorded."""
        # Orders are few: the events of their five types since the first was issued are read at once.
        since = min(order.issued_at for order in orders)
        query = (
            select(journal.c.event_id, journal.c.envelope)
            .where(journal.c.type.in_(_TYPES), journal.c.recorded_at >= since)
            .order_by(journal.c.recorded_at, journal.c.event_id)
        )
        found: dict[str, list[str]] = defaultdict(list)
        for event_id, envelope in self._connection.execute(query):
            found[str(orjson.loads(envelope)["data"]["order_id"])].append(event_id)
        return {order.id: tuple(found[order.id]) for order in orders}


def order_from(row: Any) -> Order:  # noqa: ANN401  (a row of supervision_order)
    """Return the order a row keeps."""
    return Order(**{**row, "state": OrderState(row["state"])})


def _row(order: Order) -> Mapping[str, Any]:
    return {name: getattr(order, name) for name in _FIELDS} | {"state": str(order.state)}
