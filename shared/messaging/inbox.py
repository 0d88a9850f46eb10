"""What has been taken in, and what could not be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from shared.contracts.envelope import Envelope
from shared.messaging.bulk import insert_new
from shared.messaging.tables import MessageTables


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
        """Return which of *ids* have been taken in or set aside."""
        inbox, aside = self._tables.inbox, self._tables.set_aside
        taken = select(inbox.c.event_id).where(inbox.c.event_id.in_(ids))
        kept = select(aside.c.event_id).where(aside.c.event_id.in_(ids))
        return {*self._connection.execute(taken).scalars(), *self._connection.execute(kept).scalars()}

    def set_aside(
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
    ) -> None:
        """Keep one event that could not be taken in; a repeat changes nothing but the count."""
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
        }
        if not insert_new(self._connection, aside, [row]):
            again = {"times": aside.c.times + 1, "resolved_at": None, "code": code, "reason": reason}
            self._connection.execute(update(aside).where(aside.c.event_id == event_id).values(again))

    def resolve(self, event_ids: Sequence[str], *, at: datetime) -> None:
        """Note that events set aside have since been taken in or dealt with."""
        aside = self._tables.set_aside
        self._connection.execute(
            update(aside)
            .where(aside.c.event_id.in_(event_ids), aside.c.resolved_at.is_(None))
            .values(resolved_at=at)
        )

    def count_set_aside(self) -> int:
        """Return how many events wait for an officer."""
        aside = self._tables.set_aside
        return self._connection.execute(
            select(func.count()).where(aside.c.resolved_at.is_(None))
        ).scalar_one()
