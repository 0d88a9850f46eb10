"""The entrypoint that takes events in: a nameko extension over ``BatchReader``."""

from shared.broker.bootstrapped import service_of, watch_of
from shared.broker.called import CallingEntrypoint
from shared.broker.consume import Batch, BatchReader
from shared.broker.link import BrokerAwayError
from shared.broker.relay_outbox import RelayOutbox
from shared.messaging.intake import Taken

_BEAT_SECONDS = 2.0


class ConsumeBatch(CallingEntrypoint):
    """Call the method with what is in the queue of the worker's service, batch by batch.

    The batch is acknowledged when the method has returned, and given to it again
    when it raised; so it must be idempotent, which is what the inbox is for. A
    lost or frozen broker is left and found again here, without the container.
    """

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._reader: BatchReader | None = None

    def start(self) -> None:
        reader = self._reader = BatchReader.delivering(service_of(self.container), self._deliver)
        watch = watch_of(self.container)
        assert watch is not None  # noqa: S101  (service_of has found it)
        watch.connected = lambda: reader.connected
        super().start()
        self.container.spawn_managed_thread(self._beat)

    def run(self) -> None:
        assert self._reader is not None  # noqa: S101  (start made it)
        watch = watch_of(self.container)
        assert watch is not None  # noqa: S101  (start has found its service)
        self._reader.run(self.stopping, self.expected(), watch.metrics.outage)

    def _deliver(self, batch: Batch) -> object:
        watch = watch_of(self.container)
        assert watch is not None  # noqa: S101  (start has found its service)
        result = watch.taking(lambda: self.call(batch), batch)
        if not isinstance(result, Taken) or result.told:
            self._wake_relay()
        return result

    def _wake_relay(self) -> None:
        for entrypoint in self.container.entrypoints:
            if isinstance(entrypoint, RelayOutbox):
                entrypoint.wake()

    def _beat(self) -> None:
        assert self._reader is not None  # noqa: S101  (start made it)
        while not self.stopping.wait(_BEAT_SECONDS):
            try:
                self._reader.beat()
            except BrokerAwayError:
                continue  # the reader itself will notice, when it next listens


consume_batch = ConsumeBatch.decorator
