"""The live tap: what it prints, and that it takes nothing from anybody."""

import pika
import pytest
from pika.exceptions import ChannelClosedByBroker

from deploy.messages import tap as tapping
from deploy.messages.tap import NoBrokerToTapError, Wanted, line_of, tap
from shared.broker.amqp_link import AmqpLink
from shared.broker.link import BrokerAwayError, Message
from shared.contracts.cloudevents import Garbage
from shared.contracts.envelope import BATCH_MEDIA_TYPE
from tests.evaluation.samples import household, sealed

PHONE = "13800138000"
(EVENT,) = sealed([household("h")])


def test_a_line_holds_no_personal_data():
    """Time, type, subject, id and correlation; with its data, whatever is personal is removed."""
    EVENT.data["phone"] = PHONE
    short, long = line_of(EVENT), line_of(EVENT, bodies=True)
    assert ["2023-01-10", "09:00:00.000", EVENT.type, "h", EVENT.id, EVENT.id] == short.split()
    assert PHONE not in long
    assert '"household_id":"h"' in long
    assert PHONE not in line_of(Garbage("g", "x", f"call {PHONE}"), bodies=True)


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Wanted(), True),
        (Wanted(type="monitoring.*"), True),
        (Wanted(type="*.measure_*"), False),
        (Wanted(publisher="monitoring"), True),
        (Wanted(publisher="monitor"), False),
    ],
)
def test_which_events_are_wanted(wanted, taken):
    """By a pattern of types and by who told it."""
    assert taken is wanted.takes(EVENT.type)


def test_there_is_nothing_to_tap_inside_a_process():
    """The embedded county's broker is refused, not waited for."""
    with pytest.raises(NoBrokerToTapError):
        tap("memory://x", Wanted(), print)


def test_a_broker_that_is_away():
    """An address where nobody listens is an outage, told without its password."""
    with pytest.raises(BrokerAwayError) as raised:
        tap("amqp://u:secret@127.0.0.1:1/v", Wanted(seconds=1), print)
    assert "secret" not in str(raised.value)


@pytest.mark.connected
def test_on_the_wire(vhost, monkeypatch):
    """A batch is printed event by event, the reader's queue keeps all of it, and the tap's queue is gone."""
    link = AmqpLink(vhost)
    said: list[str] = []
    link.declare_queue("finance", ["monitoring"])
    events = sealed([household("h"), household("i")])
    body = f"[{','.join(one.to_json() for one in events)}]".encode()
    message = Message("m", "monitoring.batch", BATCH_MEDIA_TYPE, body)
    sent: list[object] = []
    named: list[str] = []
    own_queue = tapping._queue

    def noting(channel, publisher):
        named.append(own_queue(channel, publisher))
        return named[0]

    monkeypatch.setattr(tapping, "_queue", noting)

    def now():
        if not sent:  # asked for the first time before it listens, the second time while it does
            sent.append("asked")
        elif len(sent) == 1:
            sent.append(link.publish([message]))
        return 0.0

    assert 2 == tap(vhost, Wanted(count=2, seconds=30), said.append, now=now)
    assert [one.id for one in events] == [line.split()[4] for line in said]
    depth = link.depth("finance")
    assert depth is not None
    assert 1 == depth.waiting
    link.close()
    with (
        pika.BlockingConnection(pika.URLParameters(vhost)) as connection,
        pytest.raises(ChannelClosedByBroker),
    ):
        connection.channel().queue_declare(named[0], passive=True)
