"""What broker and database can do at most, with nothing of ours around them."""

import time
from typing import Any

from sqlalchemy import MetaData

from bench.producer import Producer, Variant, sealed
from bench.servers import Servers
from shared.broker.link import open_link
from shared.contracts.envelope import Envelope
from shared.messaging.bulk import insert_new, upsert
from shared.messaging.tables import message_tables
from shared.persistence.engine import open_engine
from tests.support.chain import HOUSEHOLDS


def broker_limit(servers: Servers, in_a_message: int, events: int) -> float:
    """Return events per second published with confirms and received, with nothing done about them."""
    with servers.fresh() as (broker, _databases):
        link, reader = open_link(broker), open_link(broker)
        reader.declare_queue("second", ["first"])
        reader.consume("second", prefetch=1000)
        producer = Producer(Variant("raw", "", "", events, in_a_message, 200), broker)
        messages = producer.prepare([sealed(n) for n in range(events)])
        started, received = time.monotonic(), 0
        for start in range(0, len(messages), 200):
            part = messages[start : start + 200]
            link.publish(part)
            last = None
            for _ in part:
                last = reader.receive(10)
                received += in_a_message
            assert last is not None
            reader.acknowledge(last)
        ended = time.monotonic()
        for each in (link, reader, producer):
            each.close()
    return received / (ended - started)


def database_limit(servers: Servers, events: int, batch: int) -> float:
    """Return events per second of the statements alone: inbox, upsert, outbox row, in one process."""
    tables = message_tables(MetaData())
    with servers.fresh() as (_broker, databases):
        engine = open_engine(databases["second"])
        envelopes = [sealed(n) for n in range(1, events + 1)]
        rows = [_rows(envelope) for envelope in envelopes]
        started = time.monotonic()
        for start in range(0, events, batch):
            part = rows[start : start + batch]
            with engine.begin() as connection:
                insert_new(connection, tables.inbox, [inbox for inbox, _, _ in part])
                upsert(connection, HOUSEHOLDS, [household for _, household, _ in part], newer="version")
                insert_new(connection, tables.inbox, [outbox for _, _, outbox in part])
        ended = time.monotonic()
        engine.dispose()
    return events / (ended - started)


def _rows(envelope: Envelope) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    count = envelope.data
    return (
        {"event_id": envelope.id, "type": envelope.type, "at": envelope.time},
        {"household_id": count["household_id"], "version": count["version"], "income": count["income"]},
        {"event_id": f"o{envelope.id}", "type": envelope.type, "at": envelope.time},
    )
