"""Taking in again what was set aside, once its cause is gone: one event, a group, or all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, MetaData, select, update

from shared.contracts.envelope import Envelope
from shared.messaging.aftermath import Transaction
from shared.messaging.bulk import among
from shared.messaging.fault import GARBAGE, Fault
from shared.messaging.intake import Intaking, Reader, Taken, take_in
from shared.messaging.set_aside import WAITING, Search, ids_of
from shared.messaging.tables import message_tables

_ROWS = message_tables(MetaData()).set_aside
BATCH = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a re-drive is: *done* of *total*; *failed* of those still wait."""

    done: int
    total: int
    failed: int


UowT = TypeVar("UowT", bound=Intaking)
Watching = Callable[[Progress], object]


def redrive(
    uow: UowT,
    reader: Reader[UowT],
    event_ids: Sequence[str],
    *,
    at: datetime,
    by: str = "",
    progress: Watching = lambda _progress: None,
) -> Taken:
    """Take in once more those of *event_ids* that wait; what is still at fault goes on waiting.

    An event stops waiting in the very transaction that takes it in; of two officers at once one does
    it, for the other it is ``repeated``. Garbage never becomes an event: correct or resolve it.
    A batch to a transaction; *progress* is told after each.
    """
    taken, chosen = Taken(), list(dict.fromkeys(event_ids))
    for start in range(0, len(chosen), BATCH):
        with uow:
            batch = waiting_events(uow.connection, chosen[start : start + BATCH])
        _add(taken, take_in(batch, uow, reader, at=at, after=Redriving(by)))
        done = min(start + BATCH, len(chosen))
        progress(Progress(done, len(chosen), len(taken.set_aside)))
    taken.told = getattr(uow, "told", 0)
    return taken


def redrive_matching(
    uow: UowT,
    reader: Reader[UowT],
    search: Search = WAITING,
    *,
    at: datetime,
    by: str = "",
    progress: Watching = lambda _progress: None,
) -> Taken:
    """Re-drive whatever *search* finds waiting when it is asked, the longest waiting first."""
    with uow:
        event_ids = ids_of(uow.connection, search)
    return redrive(uow, reader, event_ids, at=at, by=by, progress=progress)


def waiting_events(connection: Connection, event_ids: Sequence[str]) -> list[Envelope]:
    """Return those of *event_ids* that wait and are events, in the order asked for."""
    query = select(_ROWS.c.event_id, _ROWS.c.body).where(
        among(connection, _ROWS.c.event_id, list(event_ids)),
        _ROWS.c.resolved_at.is_(None),
        _ROWS.c.kind != GARBAGE,
    )
    bodies = {row.event_id: row.body for row in connection.execute(query)}
    return [Envelope.from_attributes(json.loads(bodies[one])) for one in event_ids if one in bodies]


def lock_waiting(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    """Return which of *event_ids* still wait; nobody else can end that before this transaction ends."""
    query = (
        select(_ROWS.c.event_id)
        .where(among(connection, _ROWS.c.event_id, list(event_ids)), _ROWS.c.resolved_at.is_(None))
        .order_by(_ROWS.c.event_id)
        .with_for_update()
    )
    return set(connection.execute(query).scalars())


class Redriving:
    """An event that an officer has taken in again: what fails goes on waiting and is counted."""

    def __init__(self, by: str) -> None:
        self._by = by

    def claim(self, events: Sequence[Envelope], uow: Transaction) -> Sequence[Envelope]:
        waiting = lock_waiting(uow.connection, [event.id for event in events])
        return [event for event in events if event.id in waiting]

    def taken(self, events: Sequence[Envelope], uow: Transaction, *, at: datetime) -> None:
        uow.inbox.resolve([event.id for event in events], at=at, by=self._by)

    def failed(self, event: Envelope, fault: Fault, uow: Transaction, *, reader: str, at: datetime) -> bool:  # noqa: ARG002
        # Only while it waits: another officer may have ended it since.
        still = (_ROWS.c.event_id == event.id) & _ROWS.c.resolved_at.is_(None)
        again = {"times": _ROWS.c.times + 1, "kind": fault.kind, "code": fault.code, "reason": fault.reason}
        uow.connection.execute(update(_ROWS).where(still).values(again))
        return False

    def immediate(self, fault: Fault) -> int:  # noqa: ARG002
        return 0


def _add(whole: Taken, part: Taken) -> None:
    whole.admitted += part.admitted
    whole.repeated += part.repeated
    whole.set_aside += part.set_aside
    whole.delayed += part.delayed
