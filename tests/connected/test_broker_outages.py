"""Brokers and databases that restart or freeze while changes keep coming."""

import threading
import time

import pytest

from shared.broker import amqp_link
from shared.broker.consume import Batch, BatchReader
from shared.broker.link import BrokerAwayError, open_link
from shared.broker.relay import OutboxRelay
from tests.support.chain import counted, open_chain_service
from tests.support.chain_county import ChainCounty, wait_until
from tests.support.messages import single
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

pytestmark = [pytest.mark.connected, pytest.mark.chaos]


def start_all(chain: ChainCounty) -> None:
    """Start two workers of each service and wait until something has gone the whole way."""
    for _ in range(2):
        chain.start("first", "second", "last")
    chain.tell(1)
    wait_until(lambda: len(chain.last.effects()) == 1, 30, "the first event")


@pytest.mark.long
def test_a_broker_that_restarts(chain: ChainCounty, rabbitmq: RabbitMQ) -> None:
    """After a restart of the broker under load every accepted change has its effects exactly once."""
    start_all(chain)
    with chain.under_load():
        time.sleep(1)
        rabbitmq.restart()
        time.sleep(1)
    chain.settle(40)
    assert [0, 0] == chain.stop()


@pytest.mark.long
def test_a_broker_that_is_killed(chain: ChainCounty, rabbitmq: RabbitMQ) -> None:
    """After ``kill -9`` of the broker under load every accepted change has its effects exactly once."""
    start_all(chain)
    with chain.under_load():
        time.sleep(1)
        rabbitmq.kill()
        time.sleep(1)
        rabbitmq.start()
        time.sleep(1)
    chain.settle(40)


@pytest.mark.long
def test_a_broker_that_freezes_and_thaws(chain: ChainCounty, rabbitmq: RabbitMQ) -> None:
    """Workers leave a frozen broker, find it again when it thaws, and lose or repeat nothing."""
    start_all(chain)
    with chain.under_load(200):
        time.sleep(1)
        rabbitmq.freeze()
        try:
            time.sleep(20)
        finally:
            rabbitmq.thaw()
        time.sleep(1)
    chain.settle(40)
    assert [0, 0] == chain.stop()


@pytest.mark.long
def test_a_broker_that_freezes_and_is_replaced(chain: ChainCounty, rabbitmq: RabbitMQ) -> None:
    """A frozen broker that is killed and started again is found by workers that never stopped."""
    start_all(chain)
    with chain.under_load(200):
        time.sleep(1)
        rabbitmq.freeze()
        time.sleep(3)
        rabbitmq.kill()
        rabbitmq.start()
        time.sleep(1)
    chain.settle(40)


def test_workers_stop_while_the_broker_is_frozen(chain: ChainCounty, rabbitmq: RabbitMQ) -> None:
    """SIGTERM ends a worker within 20 s although its broker does not answer."""
    start_all(chain)
    rabbitmq.freeze()
    try:
        chain.tell(20)
        time.sleep(1)
        started = time.monotonic()
        chain.stop()
        assert time.monotonic() - started < 20
    finally:
        rabbitmq.thaw()


def test_workers_stop_while_the_database_is_frozen(chain: ChainCounty, postgresql: PostgreSQL) -> None:
    """SIGTERM ends a worker within 20 s although its database does not answer and has no time-out."""
    start_all(chain)
    postgresql.freeze()
    try:
        time.sleep(0.5)
        started = time.monotonic()
        chain.stop()
        assert time.monotonic() - started < 20
    finally:
        postgresql.thaw()


@pytest.mark.long
def test_a_database_that_restarts(chain: ChainCounty, postgresql: PostgreSQL) -> None:
    """After a restart of the database under load every accepted change has its effects exactly once."""
    start_all(chain)
    with chain.under_load():
        time.sleep(1)
        postgresql.restart()
        time.sleep(1)
    chain.settle(40)
    assert [0, 0] == chain.stop()


@pytest.mark.long
def test_a_database_that_is_killed(chain: ChainCounty, postgresql: PostgreSQL) -> None:
    """After ``kill -9`` of the database under load every accepted change has its effects exactly once."""
    start_all(chain)
    with chain.under_load():
        time.sleep(1)
        postgresql.kill()
        time.sleep(1)
        postgresql.start()
        time.sleep(1)
    chain.settle(40)


def test_the_relay_leaves_a_frozen_broker(
    vhost: str, rabbitmq: RabbitMQ, chain_databases: dict[str, str]
) -> None:
    """``drain`` reports an outage within 15 s of freezing and sends what it kept after the thaw."""
    first = open_chain_service("first", chain_databases["first"], vhost)
    first.upgrade_database()
    relay = OutboxRelay.of(first)
    link = open_link(vhost)
    link.declare_queue("second", ["first"])
    relay.drain()
    first.tell([counted(1)])
    relay.drain()
    first.tell([counted(2)])
    rabbitmq.freeze()
    try:
        started = time.monotonic()
        with pytest.raises(BrokerAwayError):
            relay.drain()
        assert time.monotonic() - started < 15
        assert 1 == first.waiting()
        with pytest.raises(BrokerAwayError):  # and it cannot connect either, which it notices sooner
            relay.drain()
    finally:
        rabbitmq.thaw()
    assert 1 == relay.drain()
    assert 0 == first.waiting()
    relay.close()
    link.close()
    first.engine.dispose()


def test_the_reader_leaves_a_frozen_broker(
    vhost: str, rabbitmq: RabbitMQ, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that waits notices silence, and takes what was waiting once the broker thaws."""
    monkeypatch.setattr(amqp_link, "HEARTBEAT_SECONDS", 2)
    monkeypatch.setattr(amqp_link, "SILENCE_SECONDS", 3.0)
    taken: Batch = []
    reader = BatchReader(vhost, "second", ["first"], taken.extend)
    stopping = threading.Event()
    reader.open()
    thread = threading.Thread(target=reader.run, args=(stopping,), daemon=True)
    thread.start()
    rabbitmq.freeze()
    try:
        wait_until(lambda: reader._link is None, 10, "the end of the link")
    finally:
        rabbitmq.thaw()
    link = open_link(vhost)
    assert set() == link.publish([single("e1")])
    wait_until(lambda: len(taken) >= 1, 15, "the delivery")
    stopping.set()
    thread.join(20)
    link.close()
    assert not thread.is_alive()
