"""Events waiting to leave, written in the transaction that caused them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, select, update

from shared.contracts.envelope import Envelope
from shared.messaging.bulk import among, insert_missing


@dataclass(frozen=True, slots=True)
class Waiting:
    """One event as it lies in the outbox; *envelope* is its CloudEvents JSON text.

    *traceparent* is beside it and not in it: what is kept of an event must not depend on who traces.
    """

    position: int
    id: str
    type: str
    envelope: str
    traceparent: str | None = None

    def as_sent(self) -> str:
        """Return the envelope as it goes to the broker, with the trace it belongs to."""
        if not self.traceparent:
            return self.envelope
        return f'{self.envelope[:-1]},"traceparent":"{self.traceparent}"}}'


class Outbox:
    """The outbox of one service, inside one transaction."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self.table = table
        self.added_ids: list[str] = []
        """Of the events added here; one that was there already is among them."""

    def add(self, envelopes: Sequence[Envelope]) -> None:
        """Keep *envelopes* for the relay. One already there stays as it is.

        Consequences of an event have the id that event gives them, so a batch
        handled again finds them here.
        """
        if not envelopes:
            return
        rows = [
            {
                "id": envelope.id,
                "type": envelope.type,
                "subject": envelope.subject,
                "envelope": envelope.to_json(),
                "created_at": envelope.time,
                "traceparent": envelope.traceparent or None,
            }
            for envelope in {e.id: e for e in envelopes}.values()
        ]
        self.added_ids += [str(row["id"]) for row in rows]
        insert_missing(self._connection, self.table, rows, unique="id")

    def take(self, limit: int) -> list[Waiting]:
        """Return up to *limit* events that wait, oldest first, locked against other relays."""
        if self._connection.dialect.name == "postgresql":
            # Statistics say that next to nothing waits, so the planner would fetch and sort a whole
            # backlog for every 500 of it. Without sorting it walks the index of what waits.
            self._connection.exec_driver_sql("SET LOCAL enable_sort = off")
        columns = self.table.c
        query = (
            select(columns.position, columns.id, columns.type, columns.envelope, columns.traceparent)
            .where(columns.published_at.is_(None))
            .order_by(columns.position)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [Waiting(*row) for row in self._connection.execute(query)]

    def mark_published(self, positions: Sequence[int], *, at: datetime) -> None:
        """Note that the broker has confirmed the events at *positions*."""
        change = update(self.table).where(among(self._connection, self.table.c.position, positions))
        self._connection.execute(change.values(published_at=at))

    def unsettled(self, limit: int, *, after: int = 0) -> list[Waiting]:
        """Return published events beyond *after* not known to have reached every reader, oldest first.

        Only the embedded county settles: its broker forgets, RabbitMQ does not.
        """
        columns = self.table.c
        query = (
            select(columns.position, columns.id, columns.type, columns.envelope, columns.traceparent)
            .where(columns.position > after, columns.published_at.is_not(None), columns.settled_at.is_(None))
            .order_by(columns.position)
            .limit(limit)
        )
        return [Waiting(*row) for row in self._connection.execute(query)]

    def oldest_waiting(self) -> datetime | None:
        """Return when the oldest event still waiting was committed."""
        waiting = self.table.c.published_at.is_(None)
        return self._connection.execute(select(func.min(self.table.c.created_at)).where(waiting)).scalar()

    def count_waiting(self) -> int:
        """Return how many events have not been published."""
        waiting = self.table.c.published_at.is_(None)
        query = select(func.count()).select_from(self.table).where(waiting)
        return self._connection.execute(query).scalar_one()
