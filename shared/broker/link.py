"""What relay and readers need of a broker, whichever it is."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kombu.utils.url import sanitize_url

_NODES = re.compile(r"(?P<before>amqps?://(?:[^/?]*@)?)(?P<hosts>[^/?]*)(?P<after>.*)")


class BrokerAwayError(ConnectionError):
    """Raised when the broker cannot be reached, is silent, or ended the connection: an outage, try again."""


class UnroutableError(ConnectionError):
    """Raised when no queue takes an event, or the broker refused it: it stays in the outbox."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to publish. *id* is unique among the messages of one call."""

    id: str
    routing_key: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something received. *tag* grows with every delivery of one link."""

    tag: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Depth:
    """A reader's queue. *waiting* messages (of up to 50 events each) are with no consumer yet.

    *undelivered* ones were given up by the broker itself: see ``undelivered_of``.
    """

    waiting: int
    consumers: int
    undelivered: int


class Link(Protocol):
    """One connection to a broker, for one owner.

    Every method may raise ``BrokerAwayError``; after that the link is only good
    for ``abandon``, and what was not acknowledged will be delivered again.
    """

    def declare_exchange(self) -> None: ...

    def declare_queue(self, reader: str, publishers: Sequence[str]) -> None:
        """Make sure that *reader* has its queue, bound to everything *publishers* tell."""
        ...

    def has_queue(self, reader: str) -> bool:
        """Whether *reader* has its queue, with its bindings."""
        ...

    def depth(self, reader: str) -> Depth | None:
        """Return how full *reader*'s queue is; None when it has none, and the link is spent."""
        ...

    def publish(self, messages: Sequence[Message]) -> set[int]:
        """Publish *messages* and return after the broker has answered for each.

        Returns the indexes of those it did not keep: no queue takes them, or it
        refused them.
        """
        ...

    def consume(self, reader: str, *, prefetch: int) -> None:
        """Ask for the deliveries of *reader*'s queue, at most *prefetch* unacknowledged at a time."""
        ...

    def receive(self, wait: float) -> Delivery | None:
        """Return the next delivery, or None when none came within *wait* seconds (0: none is there)."""
        ...

    def acknowledge(self, last: Delivery) -> None:
        """Let the broker forget *last* and everything delivered before it."""
        ...

    def beat(self) -> None:
        """Show the broker that we live; to be called every few seconds while busy elsewhere."""
        ...

    def close(self) -> None:
        """End the link politely, in a second or two; never raises."""
        ...

    def abandon(self) -> None:
        """End the link at once without asking the broker; never raises."""
        ...


def open_link(url: str) -> Link:
    """Return a link to the broker at *url*: ``amqp://…``, ``amqps://…``, or ``memory://name``.

    Of a cluster any node will do: they are tried in an order of chance, so that many
    workers spread. Raises ``BrokerAwayError`` when none answers within a few seconds each.
    """
    if url.startswith("memory://"):
        from shared.broker.memory_link import MemoryLink  # noqa: PLC0415  (the other one costs start-up time)

        return MemoryLink(url)
    from shared.broker.amqp_link import AmqpLink  # noqa: PLC0415

    *others, final = in_any_order(addresses_of(url))
    for address in others:
        try:
            return AmqpLink(address)
        except BrokerAwayError:
            continue
    return AmqpLink(final)


def addresses_of(url: str) -> list[str]:
    """Return the address of each node that *url* names, host by host: ``amqp://user:password@a:5672,b:5672/vhost``.

    User, password, vhost and certificates are those of the whole cluster.
    """
    parts = _NODES.fullmatch(url)
    if parts is None:
        return [url]
    return [f"{parts['before']}{host}{parts['after']}" for host in parts["hosts"].split(",")]


def in_any_order(addresses: Sequence[str]) -> list[str]:
    """Return *addresses* shuffled: which node a worker meets first is left to chance."""
    return random.sample(addresses, len(addresses))


def reason_of(error: BaseException) -> str:
    """Return what a log may say of *error*: our own words, never those of a library that quotes data."""
    told = isinstance(error, (BrokerAwayError, UnroutableError))
    return f"{type(error).__name__}: {error}" if told else type(error).__name__


def without_password(url: str) -> str:
    """Return *url* as it may be logged."""
    return " ".join(str(sanitize_url(address)) for address in addresses_of(url))
