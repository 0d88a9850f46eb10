"""One transaction: what is saved, and the events that tell of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import Transaction

from shared.contracts.envelope import Envelope, EventData
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.messaging.inbox import Inbox
from shared.messaging.outbox import Outbox
from shared.messaging.tables import MessageTables
from shared.persistence.engine import WRITING

Publish = Callable[[object], Iterable[EventData]]


class InTransaction(Protocol):
    """Something that must be committed with a command, such as the key of the request that sent it."""

    def claim(self, connection: Connection) -> None: ...


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The transaction that will be undone, and the ids of the events that would have been told."""

    connection: Connection
    told_ids: list[str]


class SqlUnitOfWork:
    """``with uow: …; uow.commit()``. Without the commit nothing is kept.

    It can be entered again after it ended, never inside itself. A service adds
    its repositories in ``open_repositories``.
    """

    connection: Connection
    inbox: Inbox
    outbox: Outbox

    def __init__(
        self,
        engine: Engine,
        messages: MessageTables,
        *,
        publish: Publish,
        clock: Clock,
        ids: Ids,
        with_it: InTransaction | None = None,
    ) -> None:
        self._engine = engine
        self._messages = messages
        self._publish = publish
        self._with_it = with_it
        self._cause: Envelope | None = None
        self.clock = clock
        self.ids = ids
        self.by = ""
        """The login on whose behalf it is done; empty for what the system does itself."""
        self.told = 0
        """How many events it has put into the outbox in all its transactions."""

        self._rehearsal: Rehearsal | None = None

    def open_repositories(self) -> None:
        """Build the service's repositories on ``self.connection``."""

    def __enter__(self) -> Self:
        self._pending: list[Envelope] = []
        self._open()
        try:
            self.inbox = Inbox(self.connection, self._messages)
            self.outbox = Outbox(self.connection, self._messages.outbox)
            self.open_repositories()
        except BaseException:
            self._close()
            raise
        return self

    def _open(self) -> None:
        self._transaction: Transaction
        if self._rehearsal is not None:
            self.connection = self._rehearsal.connection
            self._transaction = self.connection.begin_nested()
            return
        self.connection = self._engine.connect().execution_options(**WRITING)
        try:
            self._transaction = self.connection.begin()
        except BaseException:
            self.connection.close()
            raise

    def _close(self) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
        finally:
            if self._rehearsal is None:
                self.connection.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._close()

    @contextmanager
    def rehearsed(self) -> Iterator["Rehearsal"]:
        """Let the transactions inside be steps of one that is undone at the end.

        Each sees what those before it have committed; nobody else ever does. Locks are held until the
        end. What is not in the database (ids given out) is not undone.
        """
        with self._engine.connect().execution_options(**WRITING) as connection:
            whole = connection.begin()
            self._rehearsal = Rehearsal(connection, [])
            try:
                yield self._rehearsal
            finally:
                self._rehearsal = None
                whole.rollback()

    def collect(self, aggregate: Aggregate) -> None:
        """Publish the facts *aggregate* has raised; repositories call this when they save."""
        for fact in aggregate.facts:
            for event in self._publish(fact):
                self.publish(event)
        aggregate.facts.clear()

    def publish(self, event: EventData, *, cause: Envelope | None = None) -> Envelope:
        """Put *event* into the outbox of this transaction and return its envelope."""
        envelope = Envelope.seal(event, ids=self.ids, at=self.clock(), cause=cause or self._cause)
        self._pending.append(envelope)
        return envelope

    @contextmanager
    def caused_by(self, cause: Envelope) -> Iterator[None]:
        """Let everything published inside be a consequence of *cause*."""
        before, self._cause = self._cause, cause
        try:
            yield
        finally:
            self._cause = before

    @property
    def telling(self) -> Sequence[Envelope]:
        """What this transaction puts into the outbox, until it is committed."""
        return tuple(self._pending)

    def commit(self) -> None:
        """Keep everything: rows and events, together or not at all."""
        self.outbox.add(self._pending)
        if self._with_it is not None:
            # Last: the audit trail's head stays locked until the commit.
            self._with_it.claim(self.connection)
        self.told += len(self._pending)
        self._pending = []
        if self._rehearsal is not None:
            self._rehearsal.told_ids.extend(self.outbox.added_ids)
        self._transaction.commit()
