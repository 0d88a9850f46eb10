"""Events that failed and will be tried again by themselves: kept in SQL, so that any worker may do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, MetaData, delete, func, select, update

from shared.contracts.envelope import Envelope
from shared.messaging.bulk import among, insert_new
from shared.messaging.fault import Fault
from shared.messaging.tables import message_tables

_ROWS = message_tables(MetaData()).delayed_event


@dataclass(frozen=True, slots=True)
class Delayed:
    """One event that waits for its next try. *tries* counts every attempt so far, by any worker."""

    event_id: str
    reader: str
    type: str
    subject: str
    body: str
    kind: str
    code: str
    reason: str
    tries: int
    first_at: datetime
    next_at: datetime


_COLUMNS = tuple(_ROWS.c[name] for name in Delayed.__slots__)


def delay(
    connection: Connection, event: Envelope, fault: Fault, *, reader: str, at: datetime, until: datetime
) -> None:
    """Keep *event*, which failed for the first time; one that is kept already stays as it is."""
    row = {
        "event_id": event.id,
        "reader": reader,
        "type": event.type,
        "subject": event.subject,
        "body": event.to_json(),
        "kind": fault.kind,
        "code": fault.code,
        "reason": fault.reason,
        "tries": 1,
        "first_at": at,
        "next_at": until,
    }
    insert_new(connection, _ROWS, [row])


def count_delayed(connection: Connection) -> int:
    """Return how many events wait for another try."""
    return connection.execute(select(func.count()).select_from(_ROWS)).scalar_one()


def delayed_events(connection: Connection, *, limit: int = 50, offset: int = 0) -> list[Delayed]:
    """Return events that wait for another try, the next first."""
    query = select(*_COLUMNS).order_by(_ROWS.c.next_at, _ROWS.c.event_id).limit(limit).offset(offset)
    return [Delayed(*row) for row in connection.execute(query)]


def any_due(connection: Connection, at: datetime) -> bool:
    """Whether something is due; one look into an index."""
    query = select(_ROWS.c.event_id).where(_ROWS.c.next_at <= at).limit(1)
    return connection.execute(query).first() is not None


def claim_due(connection: Connection, at: datetime, *, limit: int, hold: timedelta) -> list[Delayed]:
    """Return what is due and put it off by *hold*, so that no other worker takes it meanwhile.

    Whoever claims and dies costs *hold*, not the event, and no try.
    """
    due = (
        select(*_COLUMNS)
        .where(_ROWS.c.next_at <= at)
        .order_by(_ROWS.c.next_at, _ROWS.c.event_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = [Delayed(*row) for row in connection.execute(due)]
    if rows:
        mine = among(connection, _ROWS.c.event_id, [row.event_id for row in rows])
        connection.execute(update(_ROWS).where(mine).values(next_at=at + hold))
    return rows


def lock_delayed(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    """Return which of *event_ids* are still delayed; nobody else can end that before this transaction."""
    query = (
        select(_ROWS.c.event_id)
        .where(among(connection, _ROWS.c.event_id, list(event_ids)))
        .order_by(_ROWS.c.event_id)
        .with_for_update()
    )
    return set(connection.execute(query).scalars())


def forget_delayed(connection: Connection, event_ids: Sequence[str]) -> int:
    """Remove events that were taken in or set aside; return how many were still there."""
    query = delete(_ROWS).where(among(connection, _ROWS.c.event_id, list(event_ids)))
    return connection.execute(query).rowcount


def put_off(connection: Connection, seen: Delayed, fault: Fault, *, until: datetime) -> bool:
    """Count one more try of *seen*; False when another worker has counted it already."""
    still = (_ROWS.c.event_id == seen.event_id) & (_ROWS.c.tries == seen.tries)
    change = update(_ROWS).where(still)
    values = {"tries": seen.tries + 1, "next_at": until, "kind": fault.kind}
    done = connection.execute(change.values(**values, code=fault.code, reason=fault.reason))
    return done.rowcount == 1


def bring_forward(connection: Connection, event_ids: Sequence[str], *, at: datetime) -> int:
    """Let delayed events be due *at* already; return how many are."""
    mine = among(connection, _ROWS.c.event_id, list(event_ids))
    return connection.execute(update(_ROWS).where(mine, _ROWS.c.next_at > at).values(next_at=at)).rowcount
