"""Trying again what was delayed and is due now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import orjson

from shared.contracts.envelope import Envelope
from shared.kernel.retry_policy import RetryPolicy
from shared.messaging.aftermath import Transaction, keep_aside
from shared.messaging.delayed import Delayed, claim_due, forget_delayed, lock_delayed, put_off
from shared.messaging.fault import Fault
from shared.messaging.intake import Intaking, Reader, Taken, take_in

UowT = TypeVar("UowT", bound=Intaking)
HOLD = timedelta(minutes=1)
"""How long what one worker has claimed is left alone by the others; longer than any batch takes."""


def take_due(
    uow: UowT, reader: Reader[UowT], retries: RetryPolicy, *, at: datetime, limit: int = 200
) -> Taken:
    """Take in what is due *at*, at most *limit* events; whoever fails too often is set aside.

    Several workers may do it at once: each takes others. It raises in an outage;
    then what was claimed is due again after ``HOLD`` and no try is counted.
    """
    with uow:
        due = claim_due(uow.connection, at, limit=limit, hold=HOLD)
        uow.commit()
    if not due:
        return Taken()
    batch = [Envelope.from_attributes(orjson.loads(row.body)) for row in due]
    again = _Again({row.event_id: row for row in due}, retries)
    return take_in(batch, uow, reader, at=at, after=again)


class _Again:
    """An event that failed before: taken in it is forgotten here, failed it is counted, at last set aside."""

    def __init__(self, seen: Mapping[str, Delayed], retries: RetryPolicy) -> None:
        self._seen = seen
        self._retries = retries

    def claim(self, events: Sequence[Envelope], uow: Transaction) -> Sequence[Envelope]:
        still = lock_delayed(uow.connection, [event.id for event in events])
        return [event for event in events if event.id in still]

    def taken(self, events: Sequence[Envelope], uow: Transaction, *, at: datetime) -> None:  # noqa: ARG002
        forget_delayed(uow.connection, [event.id for event in events])

    def failed(self, event: Envelope, fault: Fault, uow: Transaction, *, reader: str, at: datetime) -> bool:
        seen = self._seen[event.id]
        tried = seen.tries + 1
        pause = self._retries.delay(fault.kind, fault.code, tried=tried, event_id=event.id)
        if pause is not None:
            put_off(uow.connection, seen, fault, until=at + pause)
            return True
        if forget_delayed(uow.connection, [event.id]):
            keep_aside(uow, event, fault, reader=reader, at=at, first_at=seen.first_at, times=tried)
        return False

    def immediate(self, fault: Fault) -> int:
        return self._retries.tries(fault.kind, fault.code).immediate
