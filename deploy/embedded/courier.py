"""Carries events between the services of one process, in one thread, until nothing waits.

The relays and readers are those of the workers; only the turns are taken here, so
that the same commands end in the same bytes.
"""

from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Self

from shared.broker.consume import Batch, BatchReader, read_until_quiet
from shared.broker.relay import OutboxRelay
from shared.broker.retry_due import retry_all_due
from shared.contracts.envelope import Envelope
from shared.contracts.registry import PUBLISHERS
from shared.persistence.running import Service

Listener = Callable[[Envelope], None]


class Courier:
    """Delivers what waits whenever it is told to; *listeners* hear every event once it is delivered."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._relays = [OutboxRelay.of(service) for service in services]
        self._readers = [BatchReader.of(service) for service in services]
        self._due = [partial(retry_all_due, service) for service in services]
        self._listeners: list[Listener] = []
        url = services[0].settings.broker_url
        self._readers.append(BatchReader(url, "listeners", PUBLISHERS, self._tell))

    def listen(self, listener: Listener) -> None:
        """Let *listener* hear every event from now on, in the order of delivery."""
        self._listeners.append(listener)

    def deliver(self) -> int:
        """Let everything that waits arrive, with its consequences; return how many deliveries that took."""
        return read_until_quiet(self._relays, self._readers, self._due)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        for relay in self._relays:
            relay.close()
        for reader in self._readers:
            reader.close()

    def _tell(self, batch: Batch) -> None:
        for event in batch:
            if isinstance(event, Envelope):
                for listener in self._listeners:
                    listener(event)
