"""A worker that notes, every few seconds, which events have reached every reader."""

from collections.abc import Sequence

from deploy.embedded.settle import Settling
from shared.broker.called import repeat
from shared.persistence.running import Service


def settling_worker(services: Sequence[Service]) -> type:
    """Return the worker class that settles the outboxes of *services*."""
    settling = Settling(services)

    class SettlingWorker:
        name = "settling"

        @repeat(every=5)
        def settle(self) -> int:
            return settling.settle()

    return SettlingWorker
