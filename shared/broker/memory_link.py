"""The in-process broker behind ``memory://``: the embedded county's. It forgets with its process.

Kombu has a transport of that name. This one instead refuses what no queue takes
(theirs drops it), gives a delivery back to its own queue only, and hands bytes
over without encoding them. *The outbox makes up for the forgetting.*
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from shared.broker.link import Delivery, Depth, Message
from shared.broker.topology import queue_of


@dataclass(slots=True)
class _Queue:
    publishers: set[str] = field(default_factory=set)
    waiting: deque[Message] = field(default_factory=deque)
    consumers: int = 0


class MemoryBroker:
    """The queues of one ``memory://name``, shared by every link of this process."""

    def __init__(self) -> None:
        self.queues: dict[str, _Queue] = {}
        self.changed = threading.Condition()

    def route(self, message: Message) -> bool:
        """Put *message* into every queue that takes it; return whether there was one."""
        publisher = message.routing_key.split(".", 1)[0]
        takers = [queue for queue in self.queues.values() if publisher in queue.publishers]
        for queue in takers:
            queue.waiting.append(message)
        return bool(takers)


_brokers: dict[str, MemoryBroker] = {}


def memory_broker(url: str) -> MemoryBroker:
    """Return this process's broker of that name; it is made when first asked for."""
    return _brokers.setdefault(url, MemoryBroker())


class MemoryLink:
    """A link to the broker in this process; it is never away."""

    def __init__(self, url: str) -> None:
        self._broker = memory_broker(url)
        self._queue: _Queue | None = None
        self._unacknowledged: deque[tuple[int, Message]] = deque()
        self._prefetch = 0
        self._tag = 0

    def declare_exchange(self) -> None:
        """There is only one, and it is there."""

    def declare_queue(self, reader: str, publishers: Sequence[str]) -> None:
        with self._broker.changed:
            self._broker.queues.setdefault(queue_of(reader), _Queue()).publishers.update(publishers)

    def has_queue(self, reader: str) -> bool:
        return queue_of(reader) in self._broker.queues

    def depth(self, reader: str) -> Depth | None:
        queue = self._broker.queues.get(queue_of(reader))
        return None if queue is None else Depth(len(queue.waiting), queue.consumers, 0)

    def publish(self, messages: Sequence[Message]) -> set[int]:
        with self._broker.changed:
            unroutable = {n for n, message in enumerate(messages) if not self._broker.route(message)}
            self._broker.changed.notify_all()
        return unroutable

    def consume(self, reader: str, *, prefetch: int) -> None:
        self._queue = self._broker.queues[queue_of(reader)]
        self._queue.consumers += 1
        self._prefetch = prefetch

    def receive(self, wait: float) -> Delivery | None:
        deadline = monotonic() + wait
        with self._broker.changed:
            while not self._ready():
                if (remaining := deadline - monotonic()) <= 0:
                    return None
                self._broker.changed.wait(remaining)
            return self._deliver()

    def acknowledge(self, last: Delivery) -> None:
        while self._unacknowledged and self._unacknowledged[0][0] <= last.tag:
            self._unacknowledged.popleft()

    def beat(self) -> None:
        """Nobody listens for it."""

    def close(self) -> None:
        """Give back what was not acknowledged, in its order, before what came later."""
        queue, self._queue = self._queue, None
        if queue is not None:
            with self._broker.changed:
                queue.consumers -= 1
                queue.waiting.extendleft(message for _, message in reversed(self._unacknowledged))
                self._broker.changed.notify_all()
        self._unacknowledged.clear()

    abandon = close

    def _ready(self) -> bool:
        return (
            self._queue is not None
            and bool(self._queue.waiting)
            and len(self._unacknowledged) < self._prefetch
        )

    def _deliver(self) -> Delivery:
        assert self._queue is not None  # noqa: S101  (_ready has looked)
        message = self._queue.waiting.popleft()
        self._tag += 1
        self._unacknowledged.append((self._tag, message))
        return Delivery(self._tag, message.content_type, message.body)
