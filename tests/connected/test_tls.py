"""Broker and database over TLS: what is verified, and that nothing is lost or waits because of it."""

import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pika
import pytest
from sqlalchemy.exc import OperationalError

from shared.broker.link import BrokerAwayError, Message, open_link
from shared.broker.tls import BrokerTls, without_files
from shared.contracts.envelope import EVENT_MEDIA_TYPE
from shared.persistence.engine import open_engine
from tests.support.certificates import Authority
from tests.support.chain_county import NAMES, ChainCounty
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

pytestmark = pytest.mark.connected


@dataclass(frozen=True)
class TlsBroker:
    """The session's broker through its TLS port."""

    server: RabbitMQ
    vhost: str
    authority: Authority

    def url(self, *, host: str = "localhost", port: int | None = None, **files: Path | str) -> str:
        client = self.authority.issue("client")
        named = {"cacertfile": self.authority.path, "certfile": client.path, "keyfile": client.key} | files
        query = urlencode({name: str(path) for name, path in named.items() if path})
        return f"amqps://guest:guest@{host}:{port or self.server.tls_port}/{self.vhost}?{query}"


@pytest.fixture
def broker(rabbitmq: RabbitMQ, vhost: str, authority: Authority) -> TlsBroker:
    return TlsBroker(rabbitmq, vhost.rpartition("/")[2], authority)


@pytest.fixture(scope="module")
def tls_server(authority: Authority) -> Iterator[PostgreSQL]:
    with PostgreSQL(tls=authority) as server:
        yield server


def verified(url: str, authority: Path, host: str = "localhost") -> str:
    """Return *url* with everything that a verified connection needs."""
    return f"{url.replace('127.0.0.1', host)}?sslmode=verify-full&sslrootcert={authority}"


def test_events_flow_over_tls(broker: TlsBroker, tls_server: PostgreSQL, authority: Authority) -> None:
    """Workers on TLS alone do under load what they do without: every effect once, and they end politely."""
    databases = {name: verified(tls_server.create_database(name), authority.path) for name in NAMES}
    county = ChainCounty(broker.url(), databases)
    try:
        county.start("first", "second")
        county.start("second", "last")
        with county.under_load(600):
            time.sleep(1.5)
        county.settle()
        assert [0, 0] == county.stop()
    finally:
        county.close()


def test_frames_larger_than_a_record(broker: TlsBroker) -> None:
    """Frames of many TLS records arrive whole, and without waiting once they are there."""
    link = open_link(broker.url())
    link.declare_queue("last", ["second"])
    bodies = [bytes([n]) * size for n, size in enumerate((1, 16_384, 70_000, 400_000, 5))]
    messages = [Message(str(n), "second.x", EVENT_MEDIA_TYPE, body) for n, body in enumerate(bodies)]
    assert set() == link.publish(messages)
    reader = open_link(broker.url())
    reader.consume("last", prefetch=10)
    received = [reader.receive(5)]
    time.sleep(0.3)  # by now all of it lies in the socket, more than one read gives
    received += [reader.receive(0) for _ in bodies[1:]]
    assert bodies == [delivery.body for delivery in received if delivery]
    assert None is reader.receive(0)
    reader.close()
    link.close()


@pytest.mark.parametrize("goodbye", ["close", "abandon"])
def test_leaving_a_frozen_broker(broker: TlsBroker, goodbye: str) -> None:
    """TLS has a goodbye of its own; nobody waits for it when the broker is frozen."""
    link = open_link(broker.url())
    broker.server.freeze()
    try:
        started = time.monotonic()
        getattr(link, goodbye)()
        assert time.monotonic() - started < 3
    finally:
        broker.server.thaw()


def test_whom_the_broker_is_not_believed(broker: TlsBroker, tmp_path: Path) -> None:
    """Another authority or host name, no TLS there, no certificate of our own: no connection."""
    stranger = Authority(tmp_path)
    refused = {
        "authority": broker.url(cacertfile=stranger.path),
        "the machine's authorities": broker.url(cacertfile=""),
        "host name": broker.url(host="127.0.0.1"),
        "plain port": broker.url(port=broker.server.port),
        "no certificate": broker.url(certfile="", keyfile=""),
        "files that are not there": broker.url(cacertfile=tmp_path / "nothing"),
    }
    believed = []
    for reason, url in refused.items():
        try:
            open_link(url).close()
        except BrokerAwayError:
            continue
        believed.append(reason)
    assert [] == believed


def test_another_client_over_tls(broker: TlsBroker) -> None:
    """A client that takes a context verifies as much as the link does."""
    url = broker.url()
    tls = BrokerTls.of(url)
    assert tls is not None
    parameters = pika.URLParameters(without_files(url))
    parameters.ssl_options = pika.SSLOptions(tls.context(), tls.host)
    with pika.BlockingConnection(parameters) as connection:
        assert connection.is_open
    parameters.ssl_options = pika.SSLOptions(tls.context(), "127.0.0.1")
    with pytest.raises(ssl.SSLCertVerificationError):
        pika.BlockingConnection(parameters)


def test_whom_the_database_is_not_believed(
    tls_server: PostgreSQL, postgresql: PostgreSQL, authority: Authority, tmp_path: Path
) -> None:
    """verify-full means it: another authority, another name, a server without TLS are refused."""
    stranger = Authority(tmp_path)
    good = open_engine(verified(tls_server.url, authority.path))
    with good.connect() as connection:
        query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(query).scalar_one()
    good.dispose()
    for url in (
        verified(tls_server.url, stranger.path),
        verified(tls_server.url, authority.path, host="127.0.0.1"),
        verified(postgresql.url, authority.path),
    ):
        engine = open_engine(url)
        with pytest.raises(OperationalError, match=r"certificate|SSL"):
            engine.connect()
        engine.dispose()
