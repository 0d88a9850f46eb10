"""A worker that notes, every few seconds, which events have reached every reader."""

from collections.abc import Sequence
from typing import ClassVar

from deploy.embedded.settle import settle
from shared.broker.called import repeat
from shared.persistence.running import Service


class SettlingWorker:
    """See :mod:`deploy.embedded.settle`."""

    name = "settling"
    services: ClassVar[Sequence[Service]] = ()

    @repeat(every=5)
    def settle(self) -> int:
        return settle(self.services)


def settle_for(services: Sequence[Service]) -> None:
    """Say whose events are to be settled; once, before the workers start."""
    SettlingWorker.services = tuple(services)
