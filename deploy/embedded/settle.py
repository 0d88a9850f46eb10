"""Nothing is forgotten with the in-process broker: an event counts as delivered when it has arrived.

``memory://`` loses its queues with its process. So here an event in an outbox is
not settled when it was published but when the inbox of every reader has it.
After a start, what is published and not settled is offered again; the inboxes
make the repetition harmless.
"""

from collections.abc import Sequence

from sqlalchemy import MetaData, update

from shared.messaging.inbox import Inbox
from shared.messaging.outbox import Outbox, Waiting
from shared.messaging.tables import message_tables
from shared.persistence.engine import reading
from shared.persistence.running import Service

_BATCH = 2000
_TABLES = message_tables(MetaData())


def offer_again(services: Sequence[Service]) -> None:
    """Let everything that is not known to have arrived wait for the relay again."""
    outbox = _TABLES.outbox
    unsettled = outbox.c.settled_at.is_(None), outbox.c.published_at.is_not(None)
    for service in services:
        with service.uow() as uow:
            uow.connection.execute(update(outbox).where(*unsettled).values(published_at=None))
            uow.commit()


class Settling:
    """Notes which published events every reader has.

    It remembers how far each outbox is settled without a gap, so that a look
    costs what is new and not what was ever sent.
    """

    def __init__(self, services: Sequence[Service]) -> None:
        self._services = services
        self._settled_to = {service.name: 0 for service in services}

    def settle(self) -> int:
        """Look once; return how many events were found to have arrived."""
        return sum(self._settle_one(service) for service in self._services)

    def settle_all(self) -> None:
        """Look until nothing more has arrived."""
        while self.settle():
            pass

    def _settle_one(self, publisher: Service) -> int:
        after = self._settled_to[publisher.name]
        with reading(publisher.engine) as connection:
            published = Outbox(connection, _TABLES.outbox).unsettled(_BATCH, after=after)
        missing = self._missing(publisher, published)
        arrived = [row.position for row in published if row.id not in missing]
        if arrived:
            self._mark(publisher, arrived)
        self._settled_to[publisher.name] = max(after, _without_gap(published, missing))
        return len(arrived)

    def _missing(self, publisher: Service, published: Sequence[Waiting]) -> set[str]:
        missing: set[str] = set()
        for reader in (service for service in self._services if service.name != publisher.name):
            wanted = [row.id for row in published if reader.reader.takes(row.type)]
            if wanted:
                with reading(reader.engine) as connection:
                    missing |= set(wanted) - Inbox(connection, _TABLES).known(wanted)
        return missing

    def _mark(self, publisher: Service, positions: Sequence[int]) -> None:
        outbox = _TABLES.outbox
        with publisher.uow() as uow:
            settled = update(outbox).where(outbox.c.position.in_(positions))
            uow.connection.execute(settled.values(settled_at=publisher.clock()))
            uow.commit()


def _without_gap(published: Sequence[Waiting], missing: set[str]) -> int:
    """Return the position up to which every published event has arrived, 0 when the first has not.

    An event committed late may still come in below it: SQLite gives positions
    in the order of commits, so here it cannot.
    """
    reached = 0
    for row in published:
        if row.id in missing:
            break
        reached = row.position
    return reached
