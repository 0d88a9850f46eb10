"""The wire, read and written with another client (pika), so that ours is not checked with itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import orjson
import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel

from shared.broker.consume import BatchReader
from shared.broker.link import UnroutableError
from shared.broker.relay import EVENTS_IN_A_MESSAGE, OutboxRelay
from shared.broker.topology import EXCHANGE
from shared.contracts.event_rules import check
from shared.messaging.intake import take_in
from shared.persistence.unit_of_work import SqlUnitOfWork
from tests.support.chain import ChainService, counted, open_chain_service
from tests.support.messages import event_json, several, without

pytestmark = pytest.mark.connected


@dataclass
class Wire:
    """A bare client of the broker."""

    channel: BlockingChannel

    def bind(self, queue: str, pattern: str) -> None:
        self.channel.queue_declare(queue)
        self.channel.queue_bind(queue, EXCHANGE, pattern)

    def messages(self, queue: str) -> list[tuple[str, pika.BasicProperties, bytes]]:
        found: list[tuple[str, pika.BasicProperties, bytes]] = []
        while True:
            method, properties, body = self.channel.basic_get(queue, auto_ack=True)
            if method is None:
                return found
            assert properties is not None
            assert body is not None
            found.append((method.routing_key or "", properties, body))


@pytest.fixture
def wire(vhost: str) -> Iterator[Wire]:
    with pika.BlockingConnection(pika.URLParameters(vhost)) as connection:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        yield Wire(channel)


@pytest.fixture
def first(vhost: str, chain_databases: dict[str, str]) -> Iterator[ChainService]:
    service = open_chain_service("first", chain_databases["first"], vhost)
    service.upgrade_database()
    yield service
    service.engine.dispose()


@pytest.fixture
def second(vhost: str, chain_databases: dict[str, str]) -> Iterator[ChainService]:
    service = open_chain_service("second", chain_databases["second"], vhost)
    service.upgrade_database()
    yield service
    service.engine.dispose()


@pytest.fixture
def relay(first: ChainService) -> Iterator[OutboxRelay]:
    relay = OutboxRelay.of(first)
    yield relay
    relay.close()


def test_a_single_event(wire: Wire, first: ChainService, relay: OutboxRelay) -> None:
    """One event alone: structured CloudEvents JSON, its type as routing key, kept on disk by the broker."""
    wire.bind("tap", "first.#")
    (envelope,) = first.tell([counted(1)])
    assert 1 == relay.drain()
    ((key, properties, body),) = wire.messages("tap")
    assert "first.counted.v1" == key
    assert "application/cloudevents+json" == properties.content_type
    assert 2 == properties.delivery_mode
    assert envelope.id == properties.message_id
    check(orjson.loads(body))
    assert envelope.attributes() == orjson.loads(body)


def test_many_events(wire: Wire, first: ChainService, relay: OutboxRelay) -> None:
    """Many that wait: the batch format, 50 in a message, in the order of the outbox, persistent."""
    wire.bind("tap", "first.#")
    told = first.tell([counted(n) for n in range(EVENTS_IN_A_MESSAGE * 2 + 3)])
    assert len(told) == relay.drain()
    messages = wire.messages("tap")
    assert ["first.batch"] * 3 == [key for key, _, _ in messages]
    assert {("application/cloudevents-batch+json", 2)} == {
        (p.content_type, p.delivery_mode) for _, p, _ in messages
    }
    batches = [orjson.loads(body) for _, _, body in messages]
    assert [50, 50, 3] == [len(batch) for batch in batches]
    assert [e.id for e in told] == [event["id"] for batch in batches for event in batch]


def test_no_queue_takes_it(wire: Wire, first: ChainService, relay: OutboxRelay) -> None:
    """An event that no queue takes is returned by the broker and waits on until there is a queue."""
    first.tell([counted(1)])
    with pytest.raises(UnroutableError):
        relay.drain()
    assert 1 == first.waiting()
    wire.bind("tap", "first.#")
    assert 1 == relay.drain()
    assert 0 == first.waiting()
    assert 1 == len(wire.messages("tap"))


def test_a_reader_without_queue_is_waited_for(wire: Wire, first: ChainService) -> None:
    """With an audience nothing is published before every reader has its queue, whoever else has."""
    wire.bind("tap", "first.#")
    relay = OutboxRelay.of(first, audience=["second"])
    first.tell([counted(1)])
    with pytest.raises(UnroutableError):
        relay.drain()
    assert [] == wire.messages("tap")
    reader = BatchReader(first.settings.broker_url, "second", ["first"], lambda _batch: None)
    reader.open()
    assert 1 == relay.drain()
    reader.close()
    relay.close()


def test_a_broker_that_refuses(wire: Wire, first: ChainService, relay: OutboxRelay) -> None:
    """An event the broker answers with a negative confirm waits on."""
    full = {"x-max-length": 1, "x-overflow": "reject-publish"}
    wire.channel.queue_declare("full", arguments=full)
    wire.channel.queue_bind("full", EXCHANGE, "first.#")
    first.tell([counted(1)])
    assert 1 == relay.drain()
    first.tell([counted(2)])
    with pytest.raises(UnroutableError):
        relay.drain()
    assert 1 == first.waiting()


def test_what_another_client_sends(wire: Wire, second: ChainService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a foreign client sends: events have their effects, garbage is set aside."""
    reader = BatchReader.of(second)
    reader.open()
    for content_type, body in [
        ("application/cloudevents+json; charset=utf-8", event_json("e1")),
        ("application/cloudevents-batch+json", several("e2", "e3").body),
        (
            "application/cloudevents-batch+json",
            b"[" + event_json("e4") + b"," + without("e5", "source") + b"]",
        ),
        ("application/cloudevents+json", b"\xff\xfe\x00 no JSON"),
        ("application/cloudevents-batch+json", b"[]"),
        ("text/plain", b"good morning"),
    ]:
        properties = pika.BasicProperties(content_type=content_type)
        wire.channel.basic_publish(EXCHANGE, "first.anything", body, properties)
    wire.channel.basic_publish(EXCHANGE, "first.nothing", b"")
    wire.channel.basic_publish(
        EXCHANGE,
        "first.odd",
        b"\xff",
        pika.BasicProperties(content_encoding="utf-16", headers={"a": [1, None]}),
    )
    unreadable = pika.BasicProperties(content_type="application/cloudevents+json", message_id="?")
    monkeypatch.setattr(
        "pika.data.as_bytes", lambda value: value if isinstance(value, bytes) else value.encode("latin-1")
    )
    unreadable.message_id = "\xe9\xff"
    wire.channel.basic_publish(EXCHANGE, "first.odd", event_json("e6"), unreadable)
    handled = 0
    while taken := reader.step(2.0):
        handled += taken
    assert ["e1", "e2", "e3", "e4", "e6"] == second.effects()
    assert [("garbage", "not_an_event")] * 5 == second.set_aside()
    reader.close()
    queue = wire.channel.queue_declare("second.events", passive=True)
    assert 0 == queue.method.message_count


def test_queues(wire: Wire, vhost: str) -> None:
    """Queues are durable quorum queues; what the broker gives up delivering goes to another queue."""
    reader = BatchReader(vhost, "second", ["first"], lambda _batch: None)
    reader.open()
    arguments = {
        "x-queue-type": "quorum",
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": "second.undelivered",
    }
    wire.channel.queue_declare("second.events", durable=True, arguments=arguments)
    wire.channel.basic_publish(EXCHANGE, "first.x", b"refused by hand")
    reader.close()
    method = None
    while method is None:
        method, _, _ = wire.channel.basic_get("second.events")
    wire.channel.basic_reject(method.delivery_tag or 0, requeue=False)
    kept = None
    while kept is None:
        _, _, kept = wire.channel.basic_get("second.undelivered", auto_ack=True)
    assert b"refused by hand" == kept


def test_an_outage_acknowledges_nothing(wire: Wire, vhost: str) -> None:
    """A batch whose delivery raised is kept and given again; a reader that dies leaves it to the next."""
    failing = BatchReader(vhost, "second", ["first"], lambda _batch: 1 / 0)
    failing.open()
    wire.channel.basic_publish(EXCHANGE, "first.x", event_json("e1"))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            failing.step(5.0)
    failing.abandon()
    taken: list[object] = []
    reader = BatchReader(vhost, "second", ["first"], taken.extend)
    while not reader.step(1.0):
        pass
    reader.close()
    assert 1 == len(taken)


def test_two_relays_at_once(wire: Wire, first: ChainService) -> None:
    """Rows one relay has taken are left alone by another: nothing is published twice."""
    wire.bind("tap", "first.#")
    first.tell([counted(n) for n in range(20)])
    relays = [
        OutboxRelay(first.settings.broker_url, first.uow, first.clock, taken_at_once=10) for _ in range(2)
    ]
    with first.uow() as uow:  # the first relay, in the middle of its work
        assert 10 == len(uow.outbox.take(10))
        assert 10 == relays[1].drain()
    assert 10 == relays[0].drain()
    assert [10, 10] == [len(orjson.loads(body)) for _, _, body in wire.messages("tap")]
    for relay in relays:
        relay.close()


def test_a_crash_between_publishing_and_noting_it(
    wire: Wire, first: ChainService, second: ChainService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published but not noted is published again, and the reader takes it once."""
    reader = BatchReader.of(second)
    reader.open()
    first.tell([counted(n) for n in range(10)])

    def crash() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("shared.messaging.outbox.Outbox.mark_published", lambda *_args, **_named: crash())
        relay = OutboxRelay.of(first)
        with pytest.raises(KeyboardInterrupt):
            relay.drain()
    assert 10 == first.waiting()
    handled = 0
    while handled < 10:
        handled += reader.step(5.0)
    again = OutboxRelay.of(first)
    assert 10 == again.drain()
    again.close()
    while handled < 20:
        handled += reader.step(5.0)
    reader.close()
    assert first.outbox_ids() == second.effects()


def test_repeated_and_reordered(wire: Wire, second: ChainService) -> None:
    """Events sent three times in two orders have one effect each, and the newest version stays."""
    reader = BatchReader.of(second)
    reader.open()
    ids = [f"e{n}" for n in range(1, 8)]
    forwards, backwards = several(*ids), several(*reversed(ids))
    properties = pika.BasicProperties(content_type=forwards.content_type)
    for message in (backwards, forwards, backwards):
        wire.channel.basic_publish(EXCHANGE, message.routing_key, message.body, properties)
        handled = 0
        while handled < 7:
            handled += reader.step(5.0)
    assert sorted(ids) == second.effects()
    assert 7 == len(second.outbox_ids())
    reader.close()


def test_an_outage_in_the_middle_of_a_batch(wire: Wire, second: ChainService) -> None:
    """An outage after the inbox was written and before the commit leaves nothing; the next try does all."""
    reader = BatchReader.of(second)
    reader.open()
    message = several("e1", "e2")
    properties = pika.BasicProperties(content_type=message.content_type)
    wire.channel.basic_publish(EXCHANGE, message.routing_key, message.body, properties)
    with patch.object(SqlUnitOfWork, "commit", side_effect=ConnectionError), pytest.raises(ConnectionError):
        reader.step(5.0)
    assert [] == second.effects()
    assert 2 == reader.step(5.0)
    assert ["e1", "e2"] == second.effects()
    reader.close()


def test_a_bad_event_in_a_batch(wire: Wire, second: ChainService) -> None:
    """Of a batch with a refused and an invalid event both are set aside, the others have effects."""
    reader = BatchReader.of(second)
    reader.open()
    good = [f"e{n}" for n in range(30)]
    messages = [several(*good[:15]).body, several(*good[15:]).body, event_json("bad", number=-5)]
    messages.append(event_json("wrong").replace(b'"income":1', b'"income":"many"'))
    joined = b"[" + b",".join(m.strip(b"[]") for m in messages) + b"]"
    wire.channel.basic_publish(
        EXCHANGE,
        "first.batch",
        joined,
        pika.BasicProperties(content_type="application/cloudevents-batch+json"),
    )
    assert 32 == reader.step(5.0)
    assert sorted(good) == second.effects()
    assert [("invalid", "invalid_event_body"), ("refused", "negative_income")] == second.set_aside()
    reader.close()


def test_an_acknowledgement_follows_the_commit(wire: Wire, second: ChainService) -> None:
    """While a batch is being taken in the broker still holds it."""
    seen: list[int] = []

    def deliver(batch: list[object]) -> None:
        take_in(batch, second.uow(), second.reader, at=second.clock())  # type: ignore[arg-type]
        with pika.BlockingConnection(pika.URLParameters(second.settings.broker_url)) as connection:
            channel = connection.channel()
            observer.abandon()  # as if killed: what is not acknowledged comes back
            while not seen:
                method, _, _ = channel.basic_get("second.events")
                if method is not None:
                    seen.append(method.delivery_tag or 0)

    observer = BatchReader(second.settings.broker_url, "second", ["first"], deliver)  # type: ignore[arg-type]
    observer.open()
    wire.channel.basic_publish(
        EXCHANGE,
        "first.x",
        event_json("e1"),
        pika.BasicProperties(content_type="application/cloudevents+json"),
    )
    observer.step(5.0)
    assert [1] == seen
    assert ["e1"] == second.effects()
