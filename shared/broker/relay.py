"""The relay: takes what waits in an outbox to the broker, and notes what the broker has confirmed."""

from collections.abc import Callable, Iterator, Sequence

from shared.broker.link import Link, Message, UnroutableError, open_link
from shared.broker.topology import batch_key_of
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE
from shared.contracts.registry import MODELS
from shared.kernel.clock import Clock
from shared.messaging.outbox import Waiting
from shared.observability.tracing import span
from shared.persistence.running import Service
from shared.persistence.unit_of_work import SqlUnitOfWork

TAKEN_AT_ONCE = 500
EVENTS_IN_A_MESSAGE = 50
FEW = 5
"""Up to so many are sent one by one, so that a quiet county needs no batches to be understood."""


class OutboxRelay:
    """Publishes one service's outbox. Several may run at once; a crash only repeats.

    Rows are locked while the broker has not confirmed them, marked when it has.
    The connection is kept between calls.
    """

    def __init__(
        self,
        url: str,
        new_uow: Callable[[], SqlUnitOfWork],
        clock: Clock,
        *,
        audience: Sequence[str] = (),
        taken_at_once: int = TAKEN_AT_ONCE,
        events_in_a_message: int = EVENTS_IN_A_MESSAGE,
    ) -> None:
        self._url = url
        self._new_uow = new_uow
        self._clock = clock
        self._audience = tuple(audience)
        self._taken_at_once = taken_at_once
        self._events_in_a_message = events_in_a_message
        self._link: Link | None = None

    @classmethod
    def of(cls, service: Service, *, audience: Sequence[str] = ()) -> "OutboxRelay":
        """Return the relay of *service*. It publishes nothing until all of *audience* have their queues."""
        return cls(service.settings.broker_url, service.uow, service.clock, audience=audience)

    def drain(self) -> int:
        """Publish until nothing waits; return how many events the broker has confirmed.

        Raises ``BrokerAwayError`` in an outage and ``UnroutableError`` when no
        queue takes an event. Either way what was not confirmed waits on.
        """
        try:
            published = 0
            while count := self._publish_some():
                published += count
                if count < self._taken_at_once:
                    break
            self._keep_alive()
        except UnroutableError:
            # A channel opened while a queue had lost its leader refuses for as long as that node is away.
            self.close()
            raise
        except BaseException:
            self.abandon()
            raise
        return published

    def close(self) -> None:
        """Give the connection back."""
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def abandon(self) -> None:
        """Cut the connection: whatever was under way may be under way for ever."""
        link, self._link = self._link, None
        if link is not None:
            link.abandon()

    def _publish_some(self) -> int:
        with self._new_uow() as uow:
            waiting = uow.outbox.take(self._taken_at_once)
            if not waiting:
                return 0
            groups = list(self._grouped(waiting))
            traces = {row.traceparent: None for row in waiting if row.traceparent}
            with span("relay publish", "producer", {"events": len(waiting)}, links=traces):
                refused = self._connected().publish([_message(group) for group in groups])
            kept = [row.position for n, group in enumerate(groups) if n not in refused for row in group]
            if kept:
                uow.outbox.mark_published(kept, at=self._clock())
                uow.commit()
        if refused:
            raise UnroutableError(f"{len(waiting) - len(kept)} events were taken by no queue")
        return len(kept)

    def _grouped(self, waiting: Sequence[Waiting]) -> Iterator[Sequence[Waiting]]:
        size = self._events_in_a_message if len(waiting) > FEW else 1
        by_publisher: dict[str, list[Waiting]] = {}
        for row in waiting:
            if _travels_alone(row.type):
                yield (row,)
                continue
            by_publisher.setdefault(_publisher(row), []).append(row)
        for rows in by_publisher.values():
            for start in range(0, len(rows), size):
                yield rows[start : start + size]

    def _connected(self) -> Link:
        if self._link is None:
            link = open_link(self._url)
            try:
                link.declare_exchange()
                _require_queues(link, self._audience)
            except BaseException:
                link.abandon()
                raise
            self._link = link
        return self._link

    def _keep_alive(self) -> None:
        if self._link is not None:
            self._link.receive(0)


def _require_queues(link: Link, readers: Sequence[str]) -> None:
    # ``mandatory`` asks for one queue at least; an event must reach the queue of every reader.
    for reader in readers:
        if not link.has_queue(reader):
            raise UnroutableError(f"{reader} has no queue yet")


def _publisher(row: Waiting) -> str:
    return row.type.split(".", 1)[0]


def _travels_alone(type_: str) -> bool:
    model = MODELS.get(type_)
    return model is not None and model.travels_alone


def _message(group: Sequence[Waiting]) -> Message:
    first = group[0]
    if len(group) == 1:
        return Message(first.id, first.type, EVENT_MEDIA_TYPE, first.as_sent().encode())
    body = "[" + ",".join(row.as_sent() for row in group) + "]"
    return Message(first.id, batch_key_of(_publisher(first)), BATCH_MEDIA_TYPE, body.encode())
