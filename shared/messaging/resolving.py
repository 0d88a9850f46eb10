"""What an officer may say of an event set aside: it is dealt with, it is not after all, it is too old."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, MetaData, exists, select, update

from shared.kernel.clock import day_of
from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from shared.messaging.bulk import among
from shared.messaging.inbox import EXPIRED, RESOLVED, RETRIED
from shared.messaging.tables import message_tables
from shared.parameters.load import load_figures

_TABLES = message_tables(MetaData())
_ROWS, _INBOX = _TABLES.set_aside, _TABLES.inbox
_AT_ONCE = 500
_POLICY = Path(__file__).parent / "retention.yaml"


class NotSetAsideError(NotFoundError):
    """Raised for an event that is not waiting: never set aside, or dealt with already."""

    code = "not_set_aside"
    zh = "这条消息不在待处理清单中"
    en = "This event is not waiting"


class ReasonMissingError(InvalidInputError):
    """Raised when an event is to be resolved without saying why."""

    code = "reason_missing"
    zh = "请写明处理原因"
    en = "Say why"


class NotReopenableError(ConflictError):
    """Raised for an event that was taken in or whose body is gone: it cannot wait again."""

    code = "not_reopenable"
    zh = "这条消息不是由人工标记为已处理（{resolution}），不能重新打开"
    en = "This event was not resolved by an officer ({resolution}), so it cannot be reopened"


@dataclass(frozen=True, slots=True)
class Expired:
    """What expiring did: *cleared* resolved rows lost their body, *ended* waiting ones were given up."""

    cleared: int
    ended: int


def resolve(
    connection: Connection, event_ids: Sequence[str], *, by: str, reason: str, at: datetime
) -> list[str]:
    """Note that *event_ids* are dealt with by other means; return those that still waited.

    They are not taken in: if the broker delivers one again and it is no longer at fault, it is.
    *reason* is kept as it is typed and may never name a person.
    """
    if not reason.strip():
        raise ReasonMissingError
    still = (among(connection, _ROWS.c.event_id, list(event_ids)), _ROWS.c.resolved_at.is_(None))
    values = {"resolved_at": at, "resolution": RESOLVED, "resolved_by": by, "note": reason.strip()}
    done = connection.execute(update(_ROWS).where(*still).values(values).returning(_ROWS.c.event_id))
    return sorted(done.scalars())


def reopen(connection: Connection, event_id: str, *, by: str, reason: str = "") -> None:
    """Let an event that an officer resolved wait again; *by* and *reason* are kept as its note."""
    row = connection.execute(select(_ROWS).where(_ROWS.c.event_id == event_id)).one_or_none()
    if row is None or row.resolved_at is None:
        raise NotSetAsideError
    if row.resolution != RESOLVED or row.body_sha256:
        raise NotReopenableError(resolution=row.resolution or RETRIED)
    values = {"resolved_at": None, "resolution": None, "resolved_by": None, "note": f"{by}: {reason}"}
    connection.execute(update(_ROWS).where(_ROWS.c.event_id == event_id).values(values))


def resolve_taken_in(connection: Connection, *, at: datetime) -> int:
    """End the waiting of events that were taken in by another way: delivered again after the repair."""
    taken = exists().where(_INBOX.c.event_id == _ROWS.c.event_id)
    change = update(_ROWS).where(_ROWS.c.resolved_at.is_(None), taken)
    return connection.execute(change.values(resolved_at=at, resolution=RETRIED)).rowcount


def kept_for(at: datetime) -> timedelta:
    """Return how long bodies are kept after an event was dealt with, by the policy in force *at*."""
    return timedelta(days=load_figures(_POLICY).whole("set_aside_body_kept_days").on(day_of(at)))


def expire(
    connection: Connection,
    *,
    at: datetime,
    by: str = "",
    older: timedelta | None = None,
    waiting: bool = False,
    reason: str = "",
) -> Expired:
    """Remove the bodies of what was dealt with longer than *older* ago (``kept_for`` unless given).

    The row and the SHA-256 of its body stay. What still waits is left alone unless *waiting* says
    otherwise; then it is given up as ``expired``, with *reason*, when it was set aside that long ago.
    """
    before = at - (older if older is not None else kept_for(at))
    ended = _end_waiting(connection, before, at=at, by=by, reason=reason) if waiting else 0
    cleared = 0
    has_body = (_ROWS.c.resolved_at.is_not(None), _ROWS.c.body_sha256.is_(None))
    old = (_ROWS.c.resolved_at <= before) | ((_ROWS.c.resolution == EXPIRED) & (_ROWS.c.at <= before))
    query = select(_ROWS.c.event_id, _ROWS.c.body).where(*has_body, old).limit(_AT_ONCE)
    while rows := connection.execute(query).all():
        for row in rows:
            digest = hashlib.sha256(row.body.encode()).hexdigest()
            mine = update(_ROWS).where(_ROWS.c.event_id == row.event_id)
            connection.execute(mine.values(body="", body_sha256=digest))
        cleared += len(rows)
    return Expired(cleared, ended)


def _end_waiting(connection: Connection, before: datetime, *, at: datetime, by: str, reason: str) -> int:
    old = update(_ROWS).where(_ROWS.c.resolved_at.is_(None), _ROWS.c.at <= before)
    ended = {"resolved_at": at, "resolution": EXPIRED, "resolved_by": by, "note": reason}
    return connection.execute(old.values(ended)).rowcount
