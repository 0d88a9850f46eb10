"""Events that could not be taken in and wait for an officer: what they are, and how to try again."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection, MetaData, select

from shared.contracts.envelope import Envelope
from shared.messaging.intake import Intaking, Reader, Taken, take_in
from shared.messaging.tables import message_tables

_ROWS = message_tables(MetaData()).set_aside
_GARBAGE = "garbage"


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


class Retrying(Intaking, Protocol):
    """The part of a unit of work that trying again needs."""

    connection: Connection


UowT = TypeVar("UowT", bound=Retrying)


def waiting(connection: Connection) -> list[SetAside]:
    """Return every event that waits, the longest waiting first."""
    columns = [_ROWS.c[name] for name in SetAside.__slots__]
    query = select(*columns).where(_ROWS.c.resolved_at.is_(None)).order_by(_ROWS.c.at, _ROWS.c.event_id)
    return [SetAside(*row) for row in connection.execute(query)]


def try_again(uow: UowT, reader: Reader[UowT], *, at: datetime) -> Taken:
    """Take in once more whatever waits and is an event; what is still at fault goes on waiting.

    To be called when the cause is gone: a missing figure entered, a defect
    repaired. Garbage never becomes an event and stays for an officer to look at.
    """
    with uow:
        kept = [each for each in waiting(uow.connection) if each.kind != _GARBAGE]
    taken = take_in([Envelope.from_attributes(json.loads(each.body)) for each in kept], uow, reader, at=at)
    done = {each.event_id for each in kept} - set(taken.set_aside)
    with uow:
        uow.inbox.resolve(sorted(done), at=at)
        uow.commit()
    return taken
