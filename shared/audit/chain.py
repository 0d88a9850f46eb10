"""Appending to the chain: one writer at a time, from its head."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shared.audit.deed import Deed
from shared.audit.tables import entries, head
from shared.kernel.clock import system_clock

NOTHING_BEFORE = "0" * 64
_THE_HEAD = 1
SEALED = (
    "seq",
    "account_id",
    "role",
    "unit",
    "action",
    "object_kind",
    "object_id",
    "outcome",
    "request_id",
    "origin",
    "details",
    "previous",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry's number and digest; 0 and zeros before the first."""

    seq: int
    hash: str


def append(connection: Connection, deed: Deed, *, at: datetime | None = None) -> Head:
    """Enter *deed* in the caller's transaction, which must be a writing one, and return the new head.

    To be called last before the commit: until then nobody else can append, which is what keeps
    one chain. *at* is the machine's time, not the business clock's, which may be set back.
    """
    before = _locked(connection)
    row = {**deed.columns(), "seq": before.seq + 1, "at": at or system_clock(), "previous": before.hash}
    new = Head(before.seq + 1, digest_of(row))
    connection.execute(insert(entries).values({**row, "hash": new.hash}))
    connection.execute(update(head).where(head.c.id == _THE_HEAD).values(seq=new.seq, hash=new.hash))
    return new


def head_of(connection: Connection) -> Head:
    """Return the head as it stands, without locking anybody out."""
    found = connection.execute(select(head.c.seq, head.c.hash).where(head.c.id == _THE_HEAD)).one_or_none()
    return Head(0, NOTHING_BEFORE) if found is None else Head(*found)


def digest_of(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the RFC 8785 form of an entry, the digest of the one before included."""
    at: datetime = row["at"]
    said = {name: row[name] for name in SEALED}
    said["at"] = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def _locked(connection: Connection) -> Head:
    """Return the head, locked until the transaction ends; SQLite has locked the whole database already."""
    query = select(head.c.seq, head.c.hash).where(head.c.id == _THE_HEAD).with_for_update()
    found = connection.execute(query).one_or_none()
    if found is None:
        # A database whose tables a test made without the migration.
        insert_of = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        first = insert_of(head).values(id=_THE_HEAD, seq=0, hash=NOTHING_BEFORE)
        connection.execute(first.on_conflict_do_nothing())
        found = connection.execute(query).one()
    return Head(*found)
