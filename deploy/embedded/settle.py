"""Nothing is forgotten with the in-process broker: an event counts as delivered when it has arrived.

``memory://`` loses its queues with its process. So here an event in an outbox is
not settled when it was published but when the inbox of every reader has it.
After a start, what is published and not settled is offered again; the inboxes
make the repetition harmless.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from shared.messaging.outbox import Waiting
from shared.persistence.running import Service

_BATCH = 2000


def offer_again(services: Sequence[Service]) -> None:
    """Let everything that is not known to have arrived wait for the relay again."""
    for service in services:
        with service.uow() as uow:
            outbox = uow.outbox.table
            unsettled = outbox.c.settled_at.is_(None), outbox.c.published_at.is_not(None)
            uow.connection.execute(update(outbox).where(*unsettled).values(published_at=None))
            uow.commit()


def settle(services: Sequence[Service]) -> int:
    """Note which published events every reader has; return how many were."""
    return sum(_settle_one(service, services) for service in services)


def _settle_one(publisher: Service, services: Sequence[Service]) -> int:
    with publisher.uow() as uow:
        published = uow.outbox.unsettled(_BATCH)
    arrived = _arrived(publisher, published, services)
    if arrived:
        _mark(publisher, arrived, at=publisher.clock())
    return len(arrived)


def _arrived(publisher: Service, published: Sequence[Waiting], services: Sequence[Service]) -> list[int]:
    missing: set[str] = set()
    for reader in services:
        if reader.name == publisher.name:
            continue
        wanted = [row.id for row in published if reader.reader.takes(row.type)]
        if wanted:
            with reader.uow() as uow:
                missing |= set(wanted) - uow.inbox.known(wanted)
    return [row.position for row in published if row.id not in missing]


def _mark(publisher: Service, positions: Sequence[int], *, at: datetime) -> None:
    with publisher.uow() as uow:
        outbox = uow.outbox.table
        uow.connection.execute(update(outbox).where(outbox.c.position.in_(positions)).values(settled_at=at))
        uow.commit()
