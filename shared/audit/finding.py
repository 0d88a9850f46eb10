"""Finding entries: by who, what, about what and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from shared.audit.tables import entries

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; what is empty narrows nothing. *action* may end in a dot: all below it."""

    account_id: str = ""
    action: str = ""
    object_id: str = ""
    outcome: str = ""
    since: datetime | None = None
    before: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        columns = entries.c
        found: list[ColumnElement[bool]] = []
        for column, value in (
            (columns.account_id, self.account_id),
            (columns.object_id, self.object_id),
            (columns.outcome, self.outcome),
        ):
            if value:
                found.append(column == value)
        if self.action.endswith("."):
            found.append(columns.action.startswith(self.action, autoescape=True))
        elif self.action:
            found.append(columns.action == self.action)
        if self.since is not None:
            found.append(columns.at >= self.since)
        if self.before is not None:
            found.append(columns.at < self.before)
        return found


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is kept."""

    seq: int
    at: datetime
    account_id: str
    role: str
    unit: str
    action: str
    object_kind: str
    object_id: str
    outcome: str
    request_id: str
    origin: str
    details: dict[str, Any]
    previous: str
    hash: str


def newest(connection: Connection, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[list[Entry], int]:
    """Return a part of the entries wanted, newest first, and how many there are."""
    conditions = wanted.conditions()
    query = select(entries).where(*conditions).order_by(entries.c.seq.desc()).limit(limit).offset(offset)
    total = connection.execute(select(func.count()).select_from(entries).where(*conditions)).scalar_one()
    return [Entry(**row) for row in connection.execute(query).mappings()], total


def every(connection: Connection, wanted: Wanted) -> Iterator[Entry]:
    """Yield all entries wanted, oldest first, some at a time."""
    after = 0
    while True:
        query = select(entries).where(*wanted.conditions(), entries.c.seq > after).order_by(entries.c.seq)
        rows = connection.execute(query.limit(_AT_ONCE)).mappings().all()
        yield from (Entry(**row) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1]["seq"]
