"""What a re-drive would do, found out by doing it in a transaction that is rolled back."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from sqlalchemy import Connection, MetaData, func, select

from shared.kernel.errors import InvalidInputError
from shared.messaging.bulk import among
from shared.messaging.intake import Intaking, Reader
from shared.messaging.redrive import redrive, waiting_events
from shared.messaging.row_count import TableChange, counting_rows
from shared.messaging.tables import message_tables

_TABLES = message_tables(MetaData())
MOST = 1_000
"""What they write stays locked while they are rehearsed."""

Fate = Literal["taken", "repeated", "at_fault", "not_waiting"]


class TooManyToRehearseError(InvalidInputError):
    """Raised when a dry run would hold the tables of the county for too long."""

    code = "too_many_to_rehearse"
    zh = "试运行一次最多 {most} 条，现有 {count} 条，请缩小范围"
    en = "A dry run takes {most} events at the most, not {count}; narrow the search"


class Rehearsing(Protocol):
    """What a rehearsal tells; see ``SqlUnitOfWork.rehearsed``."""

    @property
    def connection(self) -> Connection: ...
    @property
    def told_ids(self) -> list[str]: ...


class Rehearsable(Intaking, Protocol):
    """The part of a unit of work that a dry run needs."""

    def rehearsed(self) -> AbstractContextManager[Rehearsing]: ...


UowT = TypeVar("UowT", bound=Rehearsable)


@dataclass(frozen=True, slots=True)
class WouldBe:
    """What would become of one event; *kind*, *code* and *reason* say why it is still at fault."""

    event_id: str
    fate: Fate
    kind: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WouldTell:
    """An event that would be told."""

    event_id: str
    type: str
    subject: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a re-drive of these events would do at this moment.

    *changes* counts the rows written of every table, those of the messages themselves among them.
    An id among *told* that is given by chance will be another in earnest.
    """

    events: tuple[WouldBe, ...]
    changes: tuple[TableChange, ...]
    told: tuple[WouldTell, ...]


def dry_run(
    new_uow: Callable[[], UowT], reader: Reader[UowT], event_ids: Sequence[str], *, at: datetime
) -> DryRun:
    """Return what ``redrive`` of *event_ids* would do now; nothing of it is kept, nothing is told.

    It runs the same code to its end and writes real rows, so they are locked meanwhile as they would be.
    """
    chosen = list(dict.fromkeys(event_ids))
    if len(chosen) > MOST:
        raise TooManyToRehearseError(most=MOST, count=len(chosen))
    uow = new_uow()
    with uow.rehearsed() as rehearsal:
        connection = rehearsal.connection
        waiting = {event.id for event in waiting_events(connection, chosen)}
        known = _taken_in(connection, chosen)
        last = connection.execute(select(func.max(_TABLES.outbox.c.position))).scalar() or 0
        with counting_rows(connection) as rows:
            failed = set(redrive(uow, reader, chosen, at=at).set_aside)
        faults = _faults(connection, sorted(failed))
        told = _told(connection, rehearsal.told_ids, after=last)

    def of(event_id: str) -> WouldBe:
        if event_id in failed:
            return faults[event_id]
        if event_id not in waiting:
            return WouldBe(event_id, "not_waiting")
        return WouldBe(event_id, "repeated" if event_id in known else "taken")

    return DryRun(tuple(of(event_id) for event_id in chosen), rows.changes(), told)


def _taken_in(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    inbox = _TABLES.inbox.c.event_id
    return set(connection.execute(select(inbox).where(among(connection, inbox, list(event_ids)))).scalars())


def _faults(connection: Connection, event_ids: Sequence[str]) -> dict[str, WouldBe]:
    rows = _TABLES.set_aside.c
    query = select(rows.event_id, rows.kind, rows.code, rows.reason)
    found = connection.execute(query.where(among(connection, rows.event_id, list(event_ids))))
    return {row.event_id: WouldBe(row.event_id, "at_fault", row.kind, row.code, row.reason) for row in found}


def _told(connection: Connection, event_ids: Sequence[str], *, after: int) -> tuple[WouldTell, ...]:
    """Return those of *event_ids* that were not in the outbox before."""
    rows = _TABLES.outbox.c
    query = select(rows.id, rows.type, rows.subject).where(
        rows.position > after, among(connection, rows.id, list(event_ids))
    )
    return tuple(WouldTell(*row) for row in connection.execute(query.order_by(rows.position)))
