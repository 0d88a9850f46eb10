"""Giving a reader what it may have missed, out of a journal or the outboxes of those who told it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

import orjson
from sqlalchemy import Connection, MetaData, select

from shared.contracts.envelope import Envelope
from shared.kernel.errors import ConflictError
from shared.messaging.aftermath import Aftermath
from shared.messaging.inbox import Inbox
from shared.messaging.intake import Intaking, Reader, take_in
from shared.messaging.tables import message_tables

_TABLES = message_tables(MetaData())
_OUTBOX = _TABLES.outbox
_STREAMED = {"yield_per": 1_000}
_BATCH = 500
UowT = TypeVar("UowT", bound=Intaking)


class ReplayAgainError(ConflictError):
    """Raised when events that were taken in are to have their effects a second time."""

    code = "replay_again"
    zh = "已处理过的事件不能再次产生效果；要由日志重建考核的户卡，请用 shouxian evaluation replay"
    en = "What was taken in has no effect again; shouxian evaluation replay folds the cards anew"


@dataclass(slots=True)
class Replayed:
    """What a replay did. *offered* is what this reader takes of the source; *known* had arrived before."""

    offered: int = 0
    known: int = 0
    taken: int = 0
    delayed: int = 0
    set_aside: int = 0


def outbox_events(connection: Connection, *, since: datetime | None = None) -> Iterator[Envelope]:
    """Yield every event of an outbox by position, published or not, told at *since* or later."""
    query = select(_OUTBOX.c.envelope).order_by(_OUTBOX.c.position)
    if since is not None:
        query = query.where(_OUTBOX.c.created_at >= since)
    for (envelope,) in connection.execute(query, execution_options=_STREAMED):
        yield Envelope.from_attributes(orjson.loads(envelope))


def missing_events(
    connection: Connection,
    reader: Reader[UowT],
    source: Iterable[Envelope],
    *,
    types: Sequence[str] = (),
    since: datetime | None = None,
) -> Iterator[Envelope]:
    """Yield the events of *source* that concern *reader* and have never arrived in its database.

    What was set aside or waits for another try has arrived. *connection* is the reader's.
    """
    inbox = Inbox(connection, _TABLES)
    for batch in _batches(_wanted(source, reader, types, since)):
        known = inbox.known([event.id for event in batch])
        yield from (event for event in batch if event.id not in known)


def replay(  # noqa: PLR0913  (each narrows it, by name)
    source: Iterable[Envelope],
    uow: UowT,
    reader: Reader[UowT],
    *,
    at: datetime,
    types: Sequence[str] = (),
    since: datetime | None = None,
    again: bool = False,
    after: Aftermath | None = None,
    progress: Callable[[Replayed], object] = lambda _replayed: None,
) -> Replayed:
    """Let *reader* take in what it has never taken in of *source*; everything else has no effect.

    Safe at any time, beside running workers, and as often as one likes. *types* and *since* (an event's
    time) narrow it. *again* is always refused: no reader's effects may be done twice. The consequences
    have the ids they would have had, so whoever knows them is not told anew.
    """
    if again:
        raise ReplayAgainError
    done = Replayed()
    for batch in _batches(_wanted(source, reader, types, since)):
        with uow:
            known = uow.inbox.known([event.id for event in batch])
        new = [event for event in batch if event.id not in known]
        done.offered += len(batch)
        if new:
            taken = take_in(new, uow, reader, at=at, after=after)
            done.taken += taken.admitted
            done.delayed += len(taken.delayed)
            done.set_aside += len(taken.set_aside)
        done.known = done.offered - done.taken - done.delayed - done.set_aside
        progress(done)
    return done


def _wanted(
    source: Iterable[Envelope], reader: Reader[UowT], types: Sequence[str], since: datetime | None
) -> Iterator[Envelope]:
    wanted = frozenset(types)
    return (
        event
        for event in source
        if reader.takes(event.type)
        and (not wanted or event.type in wanted)
        and (since is None or event.time >= since)
    )


def _batches(events: Iterator[Envelope]) -> Iterator[list[Envelope]]:
    while batch := list(islice(events, _BATCH)):
        yield batch
