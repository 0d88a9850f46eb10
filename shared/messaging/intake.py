"""How a batch of events is taken in: once each, in one transaction, the bad ones apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from shared.contracts.cloudevents import Garbage
from shared.contracts.envelope import Envelope
from shared.messaging.aftermath import Aftermath, FromBroker
from shared.messaging.fault import GARBAGE, Fault, fault_of, is_outage
from shared.messaging.inbox import Inbox


class Intaking(Protocol):
    """The part of a unit of work that taking in needs; it can be entered again and again."""

    inbox: Inbox
    connection: Connection

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def commit(self) -> None: ...


UowT = TypeVar("UowT", bound=Intaking)
Handler = Callable[[Sequence[Envelope], UowT], None]


@dataclass(frozen=True, slots=True)
class Reader(Generic[UowT]):
    """One reader of the county's events.

    *handlers* names the types it takes, each with the function that gets all
    new events of that type in one call. *everything* (the journal) gets every
    event whatever its type, before them.
    """

    name: str
    publishers: tuple[str, ...]
    handlers: Mapping[str, Handler[UowT]]
    everything: Handler[UowT] | None = None

    def takes(self, type_: str) -> bool:
        """Whether an event of *type_* concerns this reader."""
        if self.everything is not None:
            return type_.split(".", 1)[0] in self.publishers
        return type_ in self.handlers

    def handle(self, events: Sequence[Envelope], uow: UowT) -> None:
        """Give each handler its events."""
        if self.everything is not None:
            self.everything(events, uow)
        for type_, handler in self.handlers.items():
            if mine := [event for event in events if event.type == type_]:
                handler(mine, uow)


@dataclass(slots=True)
class Taken:
    """What became of a batch."""

    admitted: int = 0
    repeated: int = 0
    set_aside: list[str] = field(default_factory=list)
    delayed: list[str] = field(default_factory=list)
    """At fault, and tried again later by themselves."""
    committed: list[datetime] = field(default_factory=list)
    """When the publisher of each admitted event committed it."""
    told: int = 0
    """How many events this put into the outbox; whoever knows the unit of work says so."""


_BROKEN_CONSTRAINTS_TRIED = 3
"""Two workers may have met on one row: that is tried again at once, whatever the policy says."""


def take_in(
    batch: Sequence[Envelope | Garbage],
    uow: UowT,
    reader: Reader[UowT],
    *,
    at: datetime,
    after: Aftermath | None = None,
) -> Taken:
    """Take *batch* in: what is new in one transaction with its effects.

    If something in it is at fault the batch is halved until that one event is
    alone; *after* keeps it (by default set aside for an officer) and the others
    are handled. An outage (database away, somebody saved first) is not a fault:
    it is raised, nothing is kept, and the broker delivers the batch again.
    """
    intake = _Intake(uow, reader, at, after or FromBroker())
    for garbage in (g for g in batch if isinstance(g, Garbage)):
        intake.set_garbage_aside(garbage)
    events = [e for e in batch if isinstance(e, Envelope) and reader.takes(e.type)]
    if events:
        intake.take(events)
    return intake.taken


class _Intake(Generic[UowT]):
    """One call of ``take_in``."""

    def __init__(self, uow: UowT, reader: Reader[UowT], at: datetime, after: Aftermath) -> None:
        self._uow = uow
        self._reader = reader
        self._at = at
        self._after = after
        self.taken = Taken()

    def take(self, events: Sequence[Envelope]) -> None:
        try:
            self._handle(events)
        except Exception as error:
            if is_outage(error):
                raise
            if len(events) > 1:
                middle = len(events) // 2
                self.take(events[:middle])
                self.take(events[middle:])
            else:
                self._take_alone(events[0], error)

    def _handle(self, events: Sequence[Envelope]) -> None:
        with self._uow as uow:
            mine = self._after.claim(events, uow)
            new = uow.inbox.admit(mine, at=self._at)
            if new:
                self._reader.handle(new, uow)
            self._after.taken(mine, uow, at=self._at)
            uow.commit()
        self.taken.admitted += len(new)
        self.taken.committed += [event.time for event in new]
        self.taken.repeated += len(events) - len(new)

    def _take_alone(self, event: Envelope, error: Exception) -> None:
        failure = self._failure_after_tries(event, error)
        if failure is None:
            return
        with self._uow as uow:
            later = self._after.failed(event, failure, uow, reader=self._reader.name, at=self._at)
            uow.commit()
        (self.taken.delayed if later else self.taken.set_aside).append(event.id)

    def _failure_after_tries(self, event: Envelope, error: Exception) -> Fault | None:
        """Try *event* again at once, as often as its fault allows; None when that succeeded."""
        tried = 0
        while tried < self._tries(error):
            tried += 1
            try:
                self._handle([event])
            except Exception as again:
                if is_outage(again):
                    raise
                error = again
            else:
                return None
        return fault_of(error)

    def _tries(self, error: Exception) -> int:
        least = _BROKEN_CONSTRAINTS_TRIED if isinstance(error, IntegrityError) else 0
        return max(least, self._after.immediate(fault_of(error)))

    def set_garbage_aside(self, garbage: Garbage) -> None:
        with self._uow as uow:
            uow.inbox.set_aside(
                garbage.id,
                type_="",
                subject="",
                body=garbage.text,
                kind=GARBAGE,
                code="not_an_event",
                reason=garbage.reason,
                at=self._at,
                reader=self._reader.name,
            )
            uow.commit()
        self.taken.set_aside.append(garbage.id)
