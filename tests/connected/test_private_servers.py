"""The private servers themselves: they do what the chaos tests need of them."""

import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pika
import psutil
import psycopg
import pytest
from pika.exceptions import AMQPError

from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

pytestmark = pytest.mark.connected


def _declare(url: str, *, passive: bool) -> int:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        declared = channel.queue_declare(
            "kept", durable=True, passive=passive, arguments=None if passive else {"x-queue-type": "quorum"}
        )
        if not passive:
            channel.confirm_delivery()
            channel.basic_publish("", "kept", b"x", pika.BasicProperties(delivery_mode=2))
        count: int = declared.method.message_count
        return count


def test_vhosts_keep_tests_apart(rabbitmq: RabbitMQ) -> None:
    """A queue of one vhost does not exist in another."""
    first, second = rabbitmq.create_vhost("apart1"), rabbitmq.create_vhost("apart2")
    _declare(first, passive=False)
    with pytest.raises(AMQPError):
        _declare(second, passive=True)
    rabbitmq.delete_vhost("apart1")
    rabbitmq.delete_vhost("apart2")


def test_a_killed_broker_keeps_a_confirmed_message() -> None:
    """After ``kill -9`` and a new start the confirmed message is still in its quorum queue."""
    with RabbitMQ() as broker:
        _declare(broker.url, passive=False)
        time.sleep(1)  # see RabbitMQ.kill
        broker.kill()
        broker.start()
        give_up = time.monotonic() + 20
        while (count := _declare(broker.url, passive=True)) == 0 and time.monotonic() < give_up:
            time.sleep(0.2)
        assert count == 1


def test_a_frozen_broker_keeps_connections_open_and_says_nothing(rabbitmq: RabbitMQ, vhost: str) -> None:
    """While frozen it accepts a connection and answers nothing; thawed it answers."""
    with socket.create_connection(("127.0.0.1", rabbitmq.port), timeout=5) as client:
        rabbitmq.freeze()
        try:
            client.sendall(b"AMQP\x00\x00\x09\x01")
            client.settimeout(0.5)
            with pytest.raises(TimeoutError):
                client.recv(1)
        finally:
            rabbitmq.thaw()
        client.settimeout(10)
        assert client.recv(1) == b"\x01"


def test_a_killed_database_keeps_what_was_committed() -> None:
    """After ``kill -9`` of every PostgreSQL process and a new start the committed row is there."""
    with PostgreSQL() as server:
        url = server.create_database("kept").replace("+psycopg", "")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept (n integer)")
            connection.execute("INSERT INTO kept VALUES (1)")
        server.kill()
        assert not server.running
        server.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]


def test_a_frozen_database_answers_again_when_thawed(postgresql: PostgreSQL, database: str) -> None:
    """A query sent while the server is frozen is answered after it was thawed."""
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        postgresql.freeze()
        try:
            connection.pgconn.send_query(b"SELECT 1")
            time.sleep(0.3)
            connection.pgconn.consume_input()
            assert connection.pgconn.is_busy()
        finally:
            postgresql.thaw()
        result = connection.pgconn.get_result()
        assert result is not None
        assert result.get_value(0, 0) == b"1"
        assert connection.pgconn.get_result() is None


def test_nothing_is_left_when_the_tests_are_killed() -> None:
    """After ``kill -9`` of the process that started them, both servers and their directories are gone."""
    script = """
import time
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ
servers = [PostgreSQL(), RabbitMQ()]
for server in servers:
    server.start()
print(*(f"{server.pid} {server.directory}" for server in servers), flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        words = owner.stdout.readline().split()
        owner.kill()
    pids, directories = [int(word) for word in words[::2]], [Path(word) for word in words[1::2]]
    assert len(pids) == len(directories) == 2
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up and any(map(_lives, pids)):
        time.sleep(0.05)
    assert not any(map(_lives, pids))
    while time.monotonic() < give_up and any(directory.exists() for directory in directories):
        time.sleep(0.05)
    assert not any(directory.exists() for directory in directories)


def _lives(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False
