"""A reader that an officer has paused: it takes nothing in until resumed; its queue keeps everything."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, MetaData, delete, select

from shared.kernel.errors import ConflictError
from shared.messaging.bulk import insert_new
from shared.messaging.resolving import ReasonMissingError
from shared.messaging.tables import message_tables

_ROWS = message_tables(MetaData()).reader_pause


class ReaderPausedError(ConflictError):
    """Raised when a reader is to be paused that is paused."""

    code = "reader_paused"
    zh = "{reader} 已于 {since} 暂停接收"
    en = "{reader} has been paused since {since}"


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when a reader is paused, by whom and why."""

    reader: str
    since: datetime
    paused_by: str
    reason: str


_COLUMNS = tuple(_ROWS.c[name] for name in Pause.__slots__)


def pause_reader(connection: Connection, reader: str, *, by: str, reason: str, at: datetime) -> None:
    """Let every worker of *reader* stop taking in, within two seconds, until it is resumed.

    Its relay goes on; so does what an officer re-drives by hand. *connection* is the reader's own
    database, where a restart finds the pause again.
    """
    if not reason.strip():
        raise ReasonMissingError
    row = {"reader": reader, "since": at, "paused_by": by, "reason": reason.strip()}
    if not insert_new(connection, _ROWS, [row]):
        there = pause_of(connection, reader)
        raise ReaderPausedError(reader=reader, since=there.since.isoformat() if there else "")


def resume_reader(connection: Connection, reader: str) -> bool:
    """Let *reader* go on; return whether it was paused."""
    return connection.execute(delete(_ROWS).where(_ROWS.c.reader == reader)).rowcount == 1


def pause_of(connection: Connection, reader: str) -> Pause | None:
    """Return the pause of *reader*, None when it is not paused."""
    row = connection.execute(select(*_COLUMNS).where(_ROWS.c.reader == reader)).one_or_none()
    return None if row is None else Pause(*row)
