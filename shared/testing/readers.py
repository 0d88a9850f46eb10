"""The promise of every reader: order, repetition and batching change nothing."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, MetaData, select

from shared.contracts.envelope import Envelope
from shared.messaging.intake import take_in
from shared.persistence.running import Service

NOW = datetime(2022, 6, 1, 4, 0, tzinfo=UTC)
_TIMES = {
    *("at", "recorded_at", "created_at", "published_at", "settled_at", "position", "updated_at"),
    *("known_at", "until_at", "first_at", "next_at"),
}


def final_state(engine: Engine, metadata: MetaData) -> dict[str, list[Any]]:
    """Return every table's rows, sorted, without the columns that tell when they were written."""
    state: dict[str, list[Any]] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if one.name not in _TIMES and not one.info.get("random")]
            if table.name == "outbox":
                columns = [table.c.id, table.c.type, table.c.subject]
            state[table.name] = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
    return state


def deliver(service: Service, sent: Sequence[Envelope], *, seed: int) -> None:
    """Give *service* the events of *sent* in the order, repetition and batches that *seed* makes."""
    chance = random.Random(seed)  # noqa: S311  (repeatable, not secret)
    delivered = list(sent) + chance.sample(list(sent), k=len(sent) // 2)
    chance.shuffle(delivered)
    while delivered:
        size = chance.randint(1, len(delivered))
        batch, delivered = delivered[:size], delivered[size:]
        take_in(batch, service.uow(), service.reader, at=NOW)


def same_whatever_the_delivery(
    new_service: Callable[[], Service], metadata: MetaData, sent: Sequence[Envelope], *, seed: int
) -> None:
    """Assert that a delivery made by *seed* ends in the state of the plain one."""
    plain, shuffled = new_service(), new_service()
    for envelope in sent:
        take_in([envelope], plain.uow(), plain.reader, at=NOW)
    deliver(shuffled, sent, seed=seed)
    assert final_state(plain.engine, metadata) == final_state(shuffled.engine, metadata)  # noqa: S101
