"""A reader of the county's events: takes what is there as one batch, acknowledges afterwards."""

from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic

import structlog

from shared.broker.link import BrokerAwayError, Delivery, Link, open_link
from shared.broker.outage import Outage
from shared.broker.relay import OutboxRelay
from shared.contracts.cloudevents import Garbage, decode
from shared.contracts.envelope import Envelope
from shared.messaging.aftermath import FromBroker
from shared.messaging.intake import take_in
from shared.messaging.pause import pause_of
from shared.persistence.engine import reading
from shared.persistence.running import Service

Batch = list[Envelope | Garbage]
_PREFETCHED_BATCHES = 2
_LISTEN_SECONDS = 1.0
_BEAT_SECONDS = 2.0
_LOOK_SECONDS = 1.0
"""How often a reader looks whether it is paused; within two of them it has stopped or goes on."""

_log = structlog.get_logger(__name__)


class BatchReader:
    """The deliveries of one reader, batch by batch, over outages of any kind.

    *deliver* gets up to *size* events (a few more when one message holds many)
    and must be idempotent. Its return acknowledges them. If it raises they are
    kept and given to it again; if we die or lose the broker, the broker gives
    them to somebody again. While *paused* says so, ``run`` leaves the queue alone.
    """

    def __init__(
        self,
        url: str,
        name: str,
        publishers: Sequence[str],
        deliver: Callable[[Batch], object],
        *,
        size: int = 200,
        paused: Callable[[], bool] = lambda: False,
    ) -> None:
        self._url = url
        self._name = name
        self._publishers = tuple(publishers)
        self._deliver = deliver
        self._size = size
        self._paused = paused
        self._looked_at = -_LOOK_SECONDS
        self._resting = False
        self._link: Link | None = None
        self._batch: Batch = []
        self._last: Delivery | None = None

    @classmethod
    def of(cls, service: Service) -> "BatchReader":
        """Return the reader of *service*, which takes its events in at once."""

        def deliver(batch: Batch) -> object:
            after = FromBroker(service.settings.retries)
            return take_in(batch, service.uow(), service.reader, at=service.clock(), after=after)

        return cls.delivering(service, deliver)

    @classmethod
    def delivering(cls, service: Service, deliver: Callable[[Batch], object]) -> "BatchReader":
        """Return the reader of *service*, which hands its batches to *deliver*."""
        reader, settings = service.reader, service.settings

        def paused() -> bool:
            with reading(service.engine) as connection:
                return pause_of(connection, reader.name) is not None

        return cls(
            settings.broker_url,
            reader.name,
            reader.publishers,
            deliver,
            size=settings.batch_size,
            paused=paused,
        )

    @property
    def connected(self) -> bool:
        """Whether it has a link to the broker now."""
        return self._link is not None

    def open(self) -> None:
        """Connect and declare the queue, if that is not done yet; ``step`` does it too."""
        if self._link is None:
            self._link = self._connect()

    def step(self, wait: float = 0.0, *, carefully: bool = False) -> int:
        """Take what is there, waiting up to *wait* seconds for the first; return how many events that were.

        *carefully* lets one event go ahead, so that a batch is not done for nothing.
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
            if carefully and len(self._batch) > 1:
                self._deliver(self._batch[:1])
            self._deliver(self._batch)
        return self._settle(self._last)

    def run(
        self,
        stopping: Event,
        beat: Callable[[], None] = lambda: None,
        tell_outage: Callable[[bool], object] = lambda _on: None,
    ) -> None:
        """Step until *stopping* is set, calling *beat* every time round.

        Every failure is waited for and tried again; see ``Outage``, of which *tell_outage* hears.
        """
        outage = Outage(self._name, tell_outage)
        while not stopping.is_set():
            beat()
            try:
                if self._is_resting():
                    stopping.wait(_LOOK_SECONDS / 2)
                    continue
                self.step(_LISTEN_SECONDS, carefully=outage.on)
                outage.succeeded()
            except Exception as error:  # noqa: BLE001  (the edge of a process that must go on)
                self._pause(outage.failed(error), stopping)
        self.close()

    def _is_resting(self) -> bool:
        """Look whether an officer has paused this reader, and leave its queue or come back to it.

        Asking the database is also the first, cheapest probe in an outage.
        """
        if monotonic() - self._looked_at < _LOOK_SECONDS:
            return self._resting
        paused = self._paused()
        if paused and not self._resting:
            self._leave_queue()
        if paused and not self._resting:
            _log.info("reader_paused", reader=self._name)
        if self._resting and not paused:
            _log.info("reader_resumed", reader=self._name)
        self._resting, self._looked_at = paused, monotonic()
        return paused

    def _leave_queue(self) -> None:
        """Give back what is not acknowledged; without the queue nothing could be published for us."""
        self.close()
        link = open_link(self._url)
        try:
            link.declare_queue(self._name, self._publishers)
        finally:
            link.close()

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


def read_until_quiet(
    relays: Sequence[OutboxRelay], readers: Sequence[BatchReader], due: Sequence[Callable[[], int]] = ()
) -> int:
    """Let everything that waits arrive, consequences included, in one thread; return how many events.

    *due* are called in their turn and take in what was delayed and is due. For the embedded county: a
    real broker would need waiting for.
    """
    for reader in readers:
        reader.open()
    handled = 0
    while True:
        published = sum(relay.drain() for relay in relays)
        taken = sum(take_due() for take_due in due)
        for reader in readers:
            while count := reader.step():
                taken += count
        handled += taken
        if not published and not taken:
            return handled
