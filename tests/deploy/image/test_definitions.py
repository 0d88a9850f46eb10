import base64
import hashlib
import json
from datetime import timedelta

import pytest
from amqp.exceptions import AccessRefused
from kombu.connection import Connection

from deploy.image.definitions import FILE, VHOST, definitions, publishers_by_reader, text_of
from shared.broker.amqp_link import AmqpLink
from shared.broker.link import BrokerAwayError, Message

USERS = ("monitoring", "employment", "finance", "evaluation", "operator")


def test_the_file_is_what_the_code_says(tmp_path, monkeypatch):
    """Queues, bindings and rights in the file follow the topology and the readers of the code."""
    monkeypatch.chdir(tmp_path)
    assert text_of(definitions(publishers_by_reader())) == FILE.read_text()


def test_the_file_has_no_password():
    """Where a hash belongs stands the user's name."""
    assert {f"@{name}@" for name in USERS} == {
        one["password_hash"] for one in json.loads(FILE.read_text())["users"]
    }


@pytest.fixture(name="county", scope="module")
def _county(rabbitmq):
    """The definitions on the private broker, password = name; gives the address of each user."""
    given = json.loads(FILE.read_text())
    for user in given["users"]:
        salted = b"salt" + user["name"].encode()
        user["password_hash"] = base64.b64encode(b"salt" + hashlib.sha256(salted).digest()).decode()
    rabbitmq.manage("POST", "/api/definitions", given)
    yield lambda user: f"amqp://{user}:{user}@127.0.0.1:{rabbitmq.port}/{VHOST}"
    rabbitmq.delete_vhost(VHOST)
    for user in USERS:
        rabbitmq.manage("DELETE", f"/api/users/{user}")


def _told(key):
    return Message("1", key, "application/json", b"{}")


@pytest.mark.connected
@pytest.mark.parametrize("reader", USERS[:4])
def test_a_service_can_do_its_work(county, reader):
    """With its rights alone each service declares its queue, tells its events and takes others'."""
    heard = publishers_by_reader()[reader]
    link = AmqpLink(county(reader))
    link.declare_queue(reader, heard)
    assert all(link.has_queue(other) for other in USERS[:4])
    link.consume(reader, prefetch=1)
    teller = AmqpLink(county(heard[0]))
    assert set() == teller.publish(
        [_told(f"{heard[0]}.something.v1"), Message("2", f"{heard[0]}.batch", "a/b", b"")]
    )
    delivery = link.receive(timedelta(seconds=5).total_seconds())
    assert delivery is not None
    link.acknowledge(delivery)
    link.close()
    teller.close()


@pytest.mark.connected
def test_monitoring_cannot_read_what_is_employments(county):
    """A service is refused the queue of another."""
    link = AmqpLink(county("monitoring"))
    with pytest.raises(BrokerAwayError, match=r"(?i)access"):
        link.consume("employment", prefetch=1)
    link.abandon()


@pytest.mark.connected
@pytest.mark.parametrize("user", ["monitoring", "operator"])
def test_nobody_tells_anything_in_anothers_name(county, user):
    """An event whose type is another service's is refused by the broker itself."""
    link = AmqpLink(county(user))
    with pytest.raises(BrokerAwayError, match=r"(?i)access"):
        link.publish([_told("finance.loan_granted.v1")])
    link.abandon()


@pytest.mark.connected
@pytest.mark.parametrize("user", ["monitoring", "operator"])
def test_nobody_puts_anything_past_the_exchange(county, user):
    """The default exchange, by which one reaches any queue, is closed; so are queues of other names."""
    for attempt in (
        lambda channel: channel.basic_publish_confirm(
            _message(channel), exchange="", routing_key="finance.events"
        ),
        lambda channel: channel.queue_declare("mine", durable=True),
        lambda channel: channel.queue_delete("finance.events"),
    ):
        with Connection(county(user)) as connection, pytest.raises(AccessRefused):
            attempt(connection.channel())


@pytest.mark.connected
def test_the_operators_tap_hears_and_takes_nothing_away(county):
    """The operator may have a queue that the broker names, bound to everything told."""
    with Connection(county("operator")) as connection:
        channel = connection.channel()
        name = channel.queue_declare("", exclusive=True, auto_delete=True).queue
        channel.queue_bind(name, "county.events", "#")
        teller = AmqpLink(county("finance"))
        teller.publish([_told("finance.something.v1")])
        teller.close()
        assert channel.basic_get(name) is not None


def _message(channel):
    return channel.prepare_message(b"x")
