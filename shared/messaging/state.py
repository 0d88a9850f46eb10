"""How the messages of one service stand, as its own database knows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, MetaData, func, select

from shared.messaging.pause import Pause, pause_of
from shared.messaging.tables import message_tables

_TABLES = message_tables(MetaData())


@dataclass(frozen=True, slots=True)
class MessageState:
    """What waits, and since when. Instants are the service's own clock; ages are for who reads it."""

    outbox_waiting: int
    outbox_oldest: datetime | None
    inbox_last: datetime | None
    """When it last took something in."""
    delayed: int
    next_try: datetime | None
    set_aside: int
    set_aside_oldest: datetime | None
    pause: Pause | None


def state_of(connection: Connection, reader: str) -> MessageState:
    """Return how the service stands whose database *connection* is and whose reader is called *reader*.

    For a person who asks: ``inbox_last`` looks at every row of the inbox.
    """
    outbox, aside, delayed = _TABLES.outbox, _TABLES.set_aside, _TABLES.delayed_event
    leaving = select(func.count(), func.min(outbox.c.created_at)).where(outbox.c.published_at.is_(None))
    waiting, oldest = connection.execute(leaving).one()
    tries, next_try = connection.execute(select(func.count(), func.min(delayed.c.next_at))).one()
    kept = select(func.count(), func.min(aside.c.at)).where(aside.c.resolved_at.is_(None))
    set_aside, longest = connection.execute(kept).one()
    return MessageState(
        outbox_waiting=waiting,
        outbox_oldest=oldest,
        inbox_last=connection.execute(select(func.max(_TABLES.inbox.c.at))).scalar(),
        delayed=tries,
        next_try=next_try,
        set_aside=set_aside,
        set_aside_oldest=longest,
        pause=pause_of(connection, reader),
    )
