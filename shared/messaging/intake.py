"""How a batch of events is taken in: once each, in one transaction, the bad ones apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from shared.contracts.cloudevents import Garbage
from shared.contracts.envelope import Envelope
from shared.kernel.errors import Refusal, StaleVersionError
from shared.messaging.inbox import Inbox


class Intaking(Protocol):
    """The part of a unit of work that taking in needs; it can be entered again and again."""

    inbox: Inbox

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
    told: int = 0
    """How many events this put into the outbox; whoever knows the unit of work says so."""


_DEFECTS_TRIED = 3


def take_in(
    batch: Sequence[Envelope | Garbage],
    uow: UowT,
    reader: Reader[UowT],
    *,
    at: datetime,
) -> Taken:
    """Take *batch* in: what is new in one transaction with its effects.

    If something in it is at fault the batch is halved until that one event is
    alone; it is set aside for an officer and the others are handled. An outage
    (database away, somebody saved first) is not a fault: it is raised, nothing
    is kept, and the broker delivers the batch again.
    """
    taken = Taken()
    for garbage in (g for g in batch if isinstance(g, Garbage)):
        _set_garbage_aside(garbage, uow, at)
        taken.set_aside.append(garbage.id)
    events = [e for e in batch if isinstance(e, Envelope) and reader.takes(e.type)]
    if events:
        _take(events, uow, reader, at, taken)
    return taken


def _take(events: Sequence[Envelope], uow: UowT, reader: Reader[UowT], at: datetime, taken: Taken) -> None:
    try:
        _handle(events, uow, reader, at, taken)
    except Exception as error:
        if _is_outage(error):
            raise
        if len(events) > 1:
            middle = len(events) // 2
            _take(events[:middle], uow, reader, at, taken)
            _take(events[middle:], uow, reader, at, taken)
        elif not _handled_on_another_try(events, uow, reader, at, taken, error):
            _set_event_aside(events[0], error, uow, at)
            taken.set_aside.append(events[0].id)


def _handle(events: Sequence[Envelope], uow: UowT, reader: Reader[UowT], at: datetime, taken: Taken) -> None:
    with uow:
        new = uow.inbox.admit(events, at=at)
        if new:
            reader.handle(new, uow)
        uow.commit()
    taken.admitted += len(new)
    taken.repeated += len(events) - len(new)


def _handled_on_another_try(
    events: Sequence[Envelope], uow: UowT, reader: Reader[UowT], at: datetime, taken: Taken, error: Exception
) -> bool:
    """Two workers may have met on one row: a broken constraint is tried again before it counts as a fault."""
    if not isinstance(error, IntegrityError):
        return False
    for _ in range(_DEFECTS_TRIED):
        try:
            _handle(events, uow, reader, at, taken)
        except IntegrityError:
            continue
        return True
    return False


def _is_outage(error: Exception) -> bool:
    if isinstance(error, (DataError, IntegrityError, ProgrammingError)):
        return False
    return isinstance(error, (DBAPIError, PoolTimeoutError, StaleVersionError, OSError, MemoryError))


def _set_event_aside(event: Envelope, error: Exception, uow: UowT, at: datetime) -> None:
    kind, code, reason = _diagnosis(error)
    with uow:
        uow.inbox.set_aside(
            event.id,
            type_=event.type,
            subject=event.subject,
            body=event.to_json(),
            kind=kind,
            code=code,
            reason=reason,
            at=at,
        )
        uow.commit()


def _diagnosis(error: Exception) -> tuple[str, str, str]:
    if isinstance(error, Refusal):
        return "refused", error.code, error.text("zh")
    if isinstance(error, ValidationError):
        fields = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())
        return "invalid", "invalid_event_body", fields
    # Only the class: the text of an unexpected error may quote the data.
    return "defect", "defect", type(error).__name__


def _set_garbage_aside(garbage: Garbage, uow: UowT, at: datetime) -> None:
    with uow:
        uow.inbox.set_aside(
            garbage.id,
            type_="",
            subject="",
            body=garbage.text,
            kind="garbage",
            code="not_an_event",
            reason=garbage.reason,
            at=at,
        )
        uow.commit()
