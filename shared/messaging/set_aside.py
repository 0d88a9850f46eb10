"""Events that could not be taken in and wait for an officer: what they are, and how to try again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection, MetaData, func, select

from shared.contracts.envelope import Envelope
from shared.messaging.intake import Intaking, Reader, Taken, take_in
from shared.messaging.tables import message_tables

_ROWS = message_tables(MetaData()).set_aside
_GARBAGE = "garbage"
_WAITS = _ROWS.c.resolved_at.is_(None)
_ORDER = (_ROWS.c.at, _ROWS.c.event_id)
_BATCH = 200


@dataclass(frozen=True, slots=True)
class SetAside:
    """One event as an officer sees it. *body* is what came: it is never logged."""

    event_id: str
    type: str
    subject: str
    body: str
    kind: str
    code: str
    reason: str
    at: datetime
    times: int


_COLUMNS = tuple(_ROWS.c[name] for name in SetAside.__slots__)


class Retrying(Intaking, Protocol):
    """The part of a unit of work that trying again needs."""

    connection: Connection


UowT = TypeVar("UowT", bound=Retrying)


def waiting(connection: Connection, *, limit: int = 1_000, offset: int = 0) -> list[SetAside]:
    """Return events that wait, the longest waiting first, at most *limit* of them from *offset* on."""
    query = select(*_COLUMNS).where(_WAITS).order_by(*_ORDER).limit(limit).offset(offset)
    return [SetAside(*row) for row in connection.execute(query)]


def count_waiting(connection: Connection) -> int:
    """Return how many events wait."""
    return connection.execute(select(func.count()).select_from(_ROWS).where(_WAITS)).scalar_one()


def find_waiting(connection: Connection, event_id: str) -> SetAside | None:
    """Return one event that waits, or None."""
    row = connection.execute(select(*_COLUMNS).where(_WAITS, _ROWS.c.event_id == event_id)).one_or_none()
    return None if row is None else SetAside(*row)


def try_again(uow: UowT, reader: Reader[UowT], *, at: datetime) -> Taken:
    """Take in once more whatever waits and is an event; what is still at fault goes on waiting.

    The longest waiting come first, a batch to a transaction. To be called when the
    cause is gone: a missing figure entered, a defect repaired. Garbage never becomes
    an event and stays for an officer to look at.
    """
    with uow:
        query = select(_ROWS.c.event_id).where(_WAITS, _ROWS.c.kind != _GARBAGE).order_by(*_ORDER)
        event_ids = list(uow.connection.execute(query).scalars())
    taken = Taken()
    for start in range(0, len(event_ids), _BATCH):
        part = _try_batch(event_ids[start : start + _BATCH], uow, reader, at)
        taken.admitted += part.admitted
        taken.repeated += part.repeated
        taken.set_aside += part.set_aside
        taken.told += part.told
    return taken


def _try_batch(event_ids: Sequence[str], uow: UowT, reader: Reader[UowT], at: datetime) -> Taken:
    with uow:
        query = select(_ROWS.c.event_id, _ROWS.c.body).where(_WAITS, _ROWS.c.event_id.in_(event_ids))
        bodies = {row.event_id: row.body for row in uow.connection.execute(query)}
    kept = [event_id for event_id in event_ids if event_id in bodies]
    batch = [Envelope.from_attributes(json.loads(bodies[event_id])) for event_id in kept]
    taken = take_in(batch, uow, reader, at=at)
    with uow:
        uow.inbox.resolve(sorted(set(kept) - set(taken.set_aside)), at=at)
        uow.commit()
    return taken
