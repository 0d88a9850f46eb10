"""A link to RabbitMQ: pipelined confirms, ``mandatory``, and no wait without an end.

A broker may freeze with its connections open. Every wait here ends: the socket
always has a time-out, silence is counted while listening, and a link that failed
is cut off hard, because asking a frozen broker to close a channel hangs.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from socket import TCP_USER_TIMEOUT
from time import monotonic
from typing import Any

from amqp import spec
from amqp.exceptions import AMQPError, NotFound
from kombu.connection import Connection
from kombu.exceptions import KombuError

from shared.broker.frames import FrameReader
from shared.broker.link import BrokerAwayError, Delivery, Depth, Message, without_password
from shared.broker.tls import BrokerTls, without_files
from shared.broker.topology import (
    EXCHANGE,
    QUEUE_ARGUMENTS,
    binding_of,
    queue_arguments,
    queue_of,
    undelivered_of,
)

CONNECT_SECONDS = 5.0
HEARTBEAT_SECONDS = 10
SILENCE_SECONDS = 12.0
"""The broker beats every 5 s: two missed and it is taken for frozen."""
CONFIRM_SECONDS = 12.0
"""How long the broker may take between two confirms of what was published."""
_GOODBYE_SECONDS = 1.0
# py-amqp's own value cuts a connection when the network pauses for one second.
_SOCKET_SETTINGS = {TCP_USER_TIMEOUT: int(SILENCE_SECONDS * 1000)}
_PERSISTENT = 2
_FAILURES = (OSError, AMQPError, KombuError)


@contextmanager
def _outage(url: str) -> Iterator[None]:
    try:
        yield
    except BrokerAwayError:
        raise
    except _FAILURES as error:
        raise BrokerAwayError(f"{without_password(url)}: {type(error).__name__}: {error}") from error


class AmqpLink:
    """One connection with one channel. Not for use by two at once, except ``beat``."""

    def __init__(self, url: str) -> None:
        self._url = url
        with _outage(url):
            self._connection = _connected(url)
        self._arrived: deque[Delivery] = deque()
        self._frames = FrameReader(self._connection, self._arrived.append)
        self._confirms = _Confirms()
        self._sent_seen = (0, monotonic())
        try:
            with _outage(url):
                self._channel = self._open_channel()
        except BaseException:
            self.abandon()
            raise

    def declare_exchange(self) -> None:
        with _outage(self._url):
            self._channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)

    def declare_queue(self, reader: str, publishers: Sequence[str]) -> None:
        self.declare_exchange()
        queue = queue_of(reader)
        with _outage(self._url):
            declare = self._channel.queue_declare
            declare(queue, durable=True, auto_delete=False, arguments=queue_arguments(reader))
            for publisher in publishers:
                self._channel.queue_bind(queue, EXCHANGE, binding_of(publisher))
            # Last, because has_queue takes it for the sign that the bindings are there as well.
            declare(undelivered_of(reader), durable=True, auto_delete=False, arguments=QUEUE_ARGUMENTS)

    def has_queue(self, reader: str) -> bool:
        with _outage(self._url), suppress(NotFound):
            self._channel.queue_declare(undelivered_of(reader), passive=True)
            return True
        return False

    def depth(self, reader: str) -> Depth | None:
        with _outage(self._url), suppress(NotFound):
            queue = self._channel.queue_declare(queue_of(reader), passive=True)
            lost = self._channel.queue_declare(undelivered_of(reader), passive=True)
            return Depth(queue.message_count, queue.consumer_count, lost.message_count)
        return None

    def publish(self, messages: Sequence[Message]) -> set[int]:
        with _outage(self._url):
            if not self._confirms.selected:
                self._channel.confirm_select()
            self._confirms.expect(messages)
            for message in messages:
                self._send(message)
            while not self._confirms.complete:
                if not self._frames.pump(1.0) and self._frames.silent_for >= CONFIRM_SECONDS:
                    raise BrokerAwayError("the broker does not confirm")
                self._confirms.check_patience()
        return self._confirms.refused

    def consume(self, reader: str, *, prefetch: int) -> None:
        with _outage(self._url):
            self._channel.basic_qos(0, prefetch, a_global=False)
            self._channel.basic_consume(queue_of(reader), callback=_leave_it)

    def receive(self, wait: float) -> Delivery | None:
        if self._arrived:
            return self._arrived.popleft()
        with _outage(self._url):
            deadline = monotonic() + wait
            while not self._arrived:
                self.beat()
                remaining = max(0.0, deadline - monotonic())
                if not self._frames.pump(remaining) and remaining == 0:
                    break
                if self._frames.silent_for >= SILENCE_SECONDS:
                    raise BrokerAwayError("the broker is silent")
        return self._arrived.popleft() if self._arrived else None

    def acknowledge(self, last: Delivery) -> None:
        with _outage(self._url):
            self._channel.basic_ack(last.tag, multiple=True)

    def beat(self) -> None:
        frames_sent, since = self._sent_seen
        if self._connection.bytes_sent != frames_sent:
            self._sent_seen = (self._connection.bytes_sent, monotonic())
        elif monotonic() - since > HEARTBEAT_SECONDS / 3:
            with _outage(self._url):
                self._connection.send_heartbeat()

    def close(self) -> None:
        with suppress(*_FAILURES):
            if self._connection.connected:
                self._connection.sock.settimeout(_GOODBYE_SECONDS)
                self._frames.hand_back()
                self._connection.close()
        self.abandon()

    def abandon(self) -> None:
        with suppress(*_FAILURES):
            self._connection.collect()

    def _open_channel(self) -> Any:  # noqa: ANN401  (py-amqp has no types)
        channel = self._connection.channel()
        channel.auto_decode = False
        channel.events["basic_ack"].add(self._confirms.on_ack)
        channel.events["basic_nack"].add(self._confirms.on_nack)
        channel.events["basic_return"].add(self._confirms.on_return)
        return channel

    def _send(self, message: Message) -> None:
        prepared = self._channel.prepare_message(
            message.body,
            content_type=message.content_type,
            properties={"delivery_mode": _PERSISTENT, "message_id": message.id},
        )
        # Not basic_publish: it looks at the socket before every message, and spins on half a frame.
        arguments = (0, EXCHANGE, message.routing_key, True, False)
        self._channel.send_method(spec.Basic.Publish, "Bssbb", arguments, prepared)


def _connected(url: str) -> Any:  # noqa: ANN401  (py-amqp has no types)
    tls = BrokerTls.of(url)
    connection = Connection(
        without_files(url),
        ssl=tls.options() if tls else False,
        connect_timeout=CONNECT_SECONDS,
        heartbeat=HEARTBEAT_SECONDS,
        transport_options={"socket_settings": _SOCKET_SETTINGS},
    ).transport.establish_connection()
    transport = connection.transport
    transport.sock.settimeout(SILENCE_SECONDS)
    # AMQP has said goodbye, or nobody listens any more: TLS asking for another one would only wait.
    transport._shutdown_transport = lambda: None  # noqa: SLF001  (there is no public way)
    return connection


def _leave_it(_message: object) -> None:
    """Deliveries pass by py-amqp, except while we say goodbye: what comes then will be delivered again."""


class _Confirms:
    """Which of the messages published last the broker has answered for."""

    def __init__(self) -> None:
        self.selected = False
        self.refused: set[int] = set()
        self._last_tag = 0
        self._first_tag = 1
        self._open: set[int] = set()
        self._index: dict[str, int] = {}
        self._heard = monotonic()

    @property
    def complete(self) -> bool:
        return not self._open

    def expect(self, messages: Sequence[Message]) -> None:
        """Prepare for the answers to *messages*; the broker numbers what is published on a channel."""
        self.selected = True
        self._first_tag = self._last_tag + 1
        self._last_tag += len(messages)
        self._open = set(range(self._first_tag, self._last_tag + 1))
        self._index = {message.id: n for n, message in enumerate(messages)}
        self.refused = set()
        self._heard = monotonic()

    def check_patience(self) -> None:
        """Raise when the broker lives but does not confirm, as one out of memory or disk does."""
        if self._open and monotonic() - self._heard > CONFIRM_SECONDS:
            raise BrokerAwayError("the broker does not confirm")

    def on_ack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001  (py-amqp calls it)
        self._answered(tag, multiple=multiple)

    def on_nack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001
        self.refused |= {n - self._first_tag for n in self._answered(tag, multiple=multiple)}

    def on_return(self, _error: Exception, _exchange: str, _key: str, message: Any) -> None:  # noqa: ANN401
        self.refused.add(self._index[message.properties["message_id"]])

    def _answered(self, tag: int, *, multiple: bool) -> set[int]:
        answered = {n for n in self._open if n <= tag} if multiple else {tag} & self._open
        self._open -= answered
        self._heard = monotonic()
        return answered
