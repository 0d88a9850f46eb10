"""A reader of the county's events: takes what is there as one batch, acknowledges afterwards."""

from collections.abc import Callable, Sequence
from threading import Event

import structlog

from shared.broker.backoff import BackOff
from shared.broker.link import BrokerAwayError, Delivery, Link, open_link, reason_of
from shared.broker.relay import OutboxRelay
from shared.contracts.cloudevents import Garbage, decode
from shared.contracts.envelope import Envelope
from shared.messaging.intake import take_in
from shared.persistence.running import Service

Batch = list[Envelope | Garbage]
_PREFETCHED_BATCHES = 2
_LISTEN_SECONDS = 1.0
_BEAT_SECONDS = 2.0

_log = structlog.get_logger(__name__)


class BatchReader:
    """The deliveries of one reader, batch by batch, over outages of any kind.

    *deliver* gets up to *size* events (a few more when one message holds many)
    and must be idempotent. Its return acknowledges them. If it raises they are
    kept and given to it again; if we die or lose the broker, the broker gives
    them to somebody again.
    """

    def __init__(
        self,
        url: str,
        name: str,
        publishers: Sequence[str],
        deliver: Callable[[Batch], object],
        *,
        size: int = 200,
    ) -> None:
        self._url = url
        self._name = name
        self._publishers = tuple(publishers)
        self._deliver = deliver
        self._size = size
        self._link: Link | None = None
        self._batch: Batch = []
        self._last: Delivery | None = None

    @classmethod
    def of(cls, service: Service) -> "BatchReader":
        """Return the reader of *service*, which takes its events in at once."""

        def deliver(batch: Batch) -> object:
            return take_in(batch, service.uow(), service.reader, at=service.clock())

        return cls.delivering(service, deliver)

    @classmethod
    def delivering(cls, service: Service, deliver: Callable[[Batch], object]) -> "BatchReader":
        """Return the reader of *service*, which hands its batches to *deliver*."""
        reader, settings = service.reader, service.settings
        return cls(settings.broker_url, reader.name, reader.publishers, deliver, size=settings.batch_size)

    def open(self) -> None:
        """Connect and declare the queue, if that is not done yet; ``step`` does it too."""
        if self._link is None:
            self._link = self._connect()

    def step(self, wait: float = 0.0) -> int:
        """Take what is there, waiting up to *wait* seconds for the first; return how many events that were.

        Raises ``BrokerAwayError``, or whatever *deliver* raised; the next step tries again.
        """
        try:
            self.open()
            self._fill(wait)
        except BaseException:
            self.abandon()
            raise
        if self._last is None:
            return 0
        if self._batch:  # a message may be an empty batch
            self._deliver(self._batch)
        return self._settle(self._last)

    def run(self, stopping: Event, beat: Callable[[], None] = lambda: None) -> None:
        """Step until *stopping* is set, calling *beat* every time round.

        Every failure is logged, waited for and tried again.
        """
        pauses = BackOff()
        while not stopping.is_set():
            beat()
            try:
                self.step(_LISTEN_SECONDS)
                pauses.reset()
            except Exception as error:  # noqa: BLE001  (the edge of a process that must go on)
                pause = pauses.next()
                _log.warning(
                    "batch_not_taken", reader=self._name, error=reason_of(error), pause=round(pause, 2)
                )
                self._pause(pause, stopping)
        self.close()

    def beat(self) -> None:
        """Show the broker that we live, while *deliver* is busy; may be called from beside."""
        link = self._link
        if link is not None:
            link.beat()

    def close(self) -> None:
        """Give the connection back; what is not acknowledged will be delivered again."""
        link = self._forget()
        if link is not None:
            link.close()

    def abandon(self) -> None:
        """Cut the connection: it failed, or the process is to behave as if killed."""
        link = self._forget()
        if link is not None:
            link.abandon()

    def _connect(self) -> Link:
        link = open_link(self._url)
        try:
            link.declare_queue(self._name, self._publishers)
            link.consume(self._name, prefetch=self._size * _PREFETCHED_BATCHES)
        except BaseException:
            link.abandon()
            raise
        return link

    def _fill(self, wait: float) -> None:
        """Take the first message within *wait*, and then only what is there already."""
        assert self._link is not None  # noqa: S101  (step has opened it)
        while len(self._batch) < self._size:
            delivery = self._link.receive(0 if self._last else wait)
            if delivery is None:
                return
            self._last = delivery
            self._batch += decode(delivery.body, delivery.content_type)

    def _settle(self, last: Delivery) -> int:
        handled = len(self._batch)
        self._batch, self._last = [], None
        try:
            if self._link is not None:
                self._link.acknowledge(last)
        except BrokerAwayError:
            self.abandon()
            raise
        return handled

    def _forget(self) -> Link | None:
        link, self._link = self._link, None
        self._batch, self._last = [], None
        return link

    def _pause(self, seconds: float, stopping: Event) -> None:
        while seconds > 0 and not stopping.wait(min(seconds, _BEAT_SECONDS)):
            seconds -= _BEAT_SECONDS
            self._beat_or_abandon()

    def _beat_or_abandon(self) -> None:
        try:
            self.beat()
        except BrokerAwayError:
            self.abandon()


def read_until_quiet(relays: Sequence[OutboxRelay], readers: Sequence[BatchReader]) -> int:
    """Let everything that waits arrive, consequences included, in one thread; return how many events.

    For the embedded county: a real broker would need waiting for.
    """
    for reader in readers:
        reader.open()
    handled = 0
    while True:
        published = sum(relay.drain() for relay in relays)
        taken = 0
        for reader in readers:
            while count := reader.step():
                taken += count
        handled += taken
        if not published and not taken:
            return handled
