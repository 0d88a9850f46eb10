"""The timeline of a household: what every department's events say of it."""

from collections.abc import Sequence

from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope


def note_in_timeline(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Keep the events of other departments; our own stand there since they were published."""
    uow.timeline.add(events, at=uow.clock())
