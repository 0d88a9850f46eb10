"""What has been taken in, and what could not be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, case, func, select, update

from shared.contracts.envelope import Envelope
from shared.messaging.bulk import among, insert_new
from shared.messaging.tables import MessageTables

RETRIED, CORRECTED, RESOLVED, EXPIRED = "retried", "corrected", "resolved", "expired"
SETTLED = (CORRECTED, RESOLVED, EXPIRED)
"""How an officer, not the reader, ended it: the event coming once more does not open it again."""


class Inbox:
    """The inbox of one service, inside one transaction."""

    def __init__(self, connection: Connection, tables: MessageTables) -> None:
        self._connection = connection
        self._tables = tables

    def admit(self, batch: Sequence[Envelope], *, at: datetime) -> list[Envelope]:
        """Return the events of *batch* never taken in before, each once, and note them."""
        unique = {envelope.id: envelope for envelope in batch}
        rows = [{"event_id": e.id, "type": e.type, "at": at} for e in unique.values()]
        new = insert_new(self._connection, self._tables.inbox, rows)
        return [envelope for envelope in unique.values() if envelope.id in new]

    def known(self, ids: Sequence[str]) -> set[str]:
        """Return which of *ids* have arrived: taken in, set aside, or kept for another try."""
        tables = (self._tables.inbox, self._tables.set_aside, self._tables.delayed_event)
        found: set[str] = set()
        for table in tables:
            query = select(table.c.event_id).where(among(self._connection, table.c.event_id, list(ids)))
            found.update(self._connection.execute(query).scalars())
        return found

    def is_set_aside(self, event_id: str) -> bool:
        """Whether the event was set aside once, whatever became of it."""
        aside = self._tables.set_aside
        query = select(aside.c.event_id).where(aside.c.event_id == event_id)
        return self._connection.execute(query).first() is not None

    def set_aside(  # noqa: PLR0913  (a row, column by column, by name)
        self,
        event_id: str,
        *,
        type_: str,
        subject: str,
        body: str,
        kind: str,
        code: str,
        reason: str,
        at: datetime,
        reader: str = "",
        first_at: datetime | None = None,
        times: int = 1,
    ) -> None:
        """Keep one event that could not be taken in.

        A repeat changes the count and the reason. One an officer has dealt with (corrected, resolved,
        expired) stays dealt with.
        """
        aside = self._tables.set_aside
        row = {
            "event_id": event_id,
            "type": type_,
            "subject": subject,
            "body": body,
            "kind": kind,
            "code": code,
            "reason": reason,
            "at": at,
            "reader": reader,
            "first_at": first_at or at,
            "times": times,
        }
        if insert_new(self._connection, aside, [row]):
            return
        settled = aside.c.resolution.in_(SETTLED)
        again = {
            "times": aside.c.times + 1,
            "kind": kind,
            "code": code,
            "reason": reason,
            "resolved_at": case((settled, aside.c.resolved_at), else_=None),
            "resolution": case((settled, aside.c.resolution), else_=None),
        }
        self._connection.execute(update(aside).where(aside.c.event_id == event_id).values(again))

    def resolve(self, event_ids: Sequence[str], *, at: datetime, by: str = "") -> None:
        """Note that events set aside have since been taken in."""
        aside = self._tables.set_aside
        mine = among(self._connection, aside.c.event_id, list(event_ids))
        self._connection.execute(
            update(aside)
            .where(mine, aside.c.resolved_at.is_(None))
            .values(resolved_at=at, resolution=RETRIED, resolved_by=by)
        )

    def count_set_aside_by_kind(self) -> dict[str, int]:
        """Return how many events of each kind of fault wait for an officer."""
        aside = self._tables.set_aside
        query = select(aside.c.kind, func.count()).where(aside.c.resolved_at.is_(None)).group_by(aside.c.kind)
        return {kind: count for kind, count in self._connection.execute(query)}  # noqa: C416  (rows, not pairs)

    def count_set_aside(self) -> int:
        """Return how many events wait for an officer."""
        aside = self._tables.set_aside
        return self._connection.execute(
            select(func.count()).where(aside.c.resolved_at.is_(None))
        ).scalar_one()
