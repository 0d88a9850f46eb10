"""What the commands need of the outside, as Protocols; ``adapters/unit_of_work.py`` keeps them."""

from contextlib import AbstractContextManager
from typing import Protocol, Self

from shared.contracts.envelope import Envelope, EventData
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.messaging.inbox import Inbox


class UnitOfWork(Protocol):
    """One transaction over the monitoring database."""

    clock: Clock
    ids: Ids
    inbox: Inbox

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def commit(self) -> None: ...
    def publish(self, event: EventData, *, cause: Envelope | None = None) -> Envelope: ...
    def caused_by(self, cause: Envelope) -> AbstractContextManager[None]: ...
