"""What becomes of an event besides its effects, by the way it came: the broker, a delay, an officer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from shared.contracts.envelope import Envelope
from shared.kernel.retry_policy import NO_RETRIES, RetryPolicy
from shared.messaging.delayed import delay
from shared.messaging.fault import Fault
from shared.messaging.inbox import Inbox


class Transaction(Protocol):
    """What is open while an event's fate is written."""

    inbox: Inbox
    connection: Connection


class Aftermath(Protocol):
    """Written in the transactions of taking in, so that an event is never in two states."""

    def claim(self, events: Sequence[Envelope], uow: Transaction) -> Sequence[Envelope]:
        """Return those of *events* that are still to be taken in; lock what says so."""
        ...

    def taken(self, events: Sequence[Envelope], uow: Transaction, *, at: datetime) -> None:
        """Note that *events* were taken in, now or before, in the transaction of their effects."""
        ...

    def failed(self, event: Envelope, fault: Fault, uow: Transaction, *, reader: str, at: datetime) -> bool:
        """Keep *event*, which is at fault; return whether it will be tried again by itself."""
        ...

    def immediate(self, fault: Fault) -> int:
        """Return how often to try again at once."""
        ...


class FromBroker:
    """An event that was delivered: what fails is delayed as *retries* say, else set aside."""

    def __init__(self, retries: RetryPolicy = NO_RETRIES) -> None:
        self._retries = retries

    def claim(self, events: Sequence[Envelope], uow: Transaction) -> Sequence[Envelope]:  # noqa: ARG002
        return events

    def taken(self, events: Sequence[Envelope], uow: Transaction, *, at: datetime) -> None:
        """Nothing else is known of it."""

    def failed(self, event: Envelope, fault: Fault, uow: Transaction, *, reader: str, at: datetime) -> bool:
        pause = self._retries.delay(fault.kind, fault.code, tried=1, event_id=event.id)
        if pause is None or uow.inbox.is_set_aside(event.id):
            keep_aside(uow, event, fault, reader=reader, at=at)
            return False
        delay(uow.connection, event, fault, reader=reader, at=at, until=at + pause)
        return True

    def immediate(self, fault: Fault) -> int:
        return self._retries.tries(fault.kind, fault.code).immediate


def keep_aside(
    uow: Transaction,
    event: Envelope,
    fault: Fault,
    *,
    reader: str,
    at: datetime,
    first_at: datetime | None = None,
    times: int = 1,
) -> None:
    """Set *event* aside for an officer, in this transaction."""
    uow.inbox.set_aside(
        event.id,
        type_=event.type,
        subject=event.subject,
        body=event.to_json(),
        kind=fault.kind,
        code=fault.code,
        reason=fault.reason,
        at=at,
        reader=reader,
        first_at=first_at,
        times=times,
    )
