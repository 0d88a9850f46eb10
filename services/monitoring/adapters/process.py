"""Where what goes step by step is kept, with every step it took; one repository for each kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables_housing import place_steps
from services.monitoring.domain.process import Process, Stepped
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFoundError, StaleVersionError
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import add_version, save_version

A = TypeVar("A", bound=Aggregate)
P = TypeVar("P", bound=Process)


class Records(Generic[A]):
    """Aggregates of one kind in one table. *missing* is raised when there is none of an id.

    *extra* gives further columns of a row, such as the key that only one open thing may have.
    """

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        table: Table,
        kind: type[A],
        missing: type[NotFoundError] = NotFoundError,
        extra: Callable[[A], dict[str, Any]] | None = None,
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._table = table
        self._make: Callable[..., A] = kind
        self._missing = missing
        self._extra = extra
        self._names = tuple(one.name for one in fields(kind) if one.name not in ("version", "facts"))

    def add(self, one: A) -> None:
        """Keep a new one; when somebody adds another of the same key just now, try again."""
        try:
            add_version(self._connection, self._table, self._row(one))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._kept([one])
        one.version = 1

    def add_all(self, several: Sequence[A]) -> int:
        """Keep those of *several* whose id is not there yet, in one statement; return how many were new.

        What breaks another key than the id is refused with the whole batch.
        """
        rows = [{**self._row(one), "version": 1} for one in several]
        new = insert_new(self._connection, self._table, rows)
        kept = [one for one in several if one.id in new]  # type: ignore[attr-defined]  # every row has one
        self._kept(kept)
        for one in kept:
            one.version = 1
        return len(kept)

    def save(self, one: A) -> None:
        """Keep the changed one unless somebody else saved it since it was read."""
        save_version(self._connection, self._table, self._row(one), read=one.version)
        self._kept([one])
        one.version += 1

    def get(self, id_: str) -> A:
        """Return the one of this id; raises the *missing* error."""
        found = self.where("id", [id_])
        if not found:
            raise self._missing
        return found[0]

    def where(self, column: str, values: Iterable[str]) -> list[A]:
        """Return those whose *column* is one of *values*, by id."""
        table = self._table
        query = select(table).where(table.c[column].in_(list(values))).order_by(table.c.id)
        return [self.of(row) for row in self._connection.execute(query).mappings()]

    def of(self, row: Any) -> A:  # noqa: ANN401  (a row of the table as a mapping)
        """Return the one a row keeps."""
        given = {name: row[name] for name in (*self._names, "version")}
        return self._make(**{k: tuple(v) if isinstance(v, list) else v for k, v in given.items()})

    def _row(self, one: A) -> dict[str, Any]:
        row = {name: _plain(getattr(one, name)) for name in self._names}
        return row | (self._extra(one) if self._extra else {})

    def _kept(self, several: Sequence[A]) -> None:
        for one in several:
            self._collect(one)


class Processes(Records[P]):
    """Processes of one kind; their steps are the office's history."""

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        clock: Clock,
        table: Table,
        kind: type[P],
        missing: type[NotFoundError],
        extra: Callable[[P], dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(connection, collect, table, kind, missing, extra)
        self._clock = clock

    def _kept(self, several: Sequence[P]) -> None:
        steps = [fact for one in several for fact in one.facts if isinstance(fact, Stepped)]
        if steps:
            at = self._clock()
            self._connection.execute(place_steps.insert(), [_step_row(step, at) for step in steps])
        super()._kept(several)


def _plain(value: object) -> object:
    """Return *value* as a column takes it: a state as its text, a tuple as a list."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _step_row(fact: Stepped, at: datetime) -> dict[str, Any]:
    return {
        "process_id": fact.process_id,
        "sequence": fact.sequence,
        "step": str(fact.step),
        "state": str(fact.state),
        "occurred_on": fact.acting.on,
        "by": fact.acting.by,
        "note": fact.acting.note,
        "at": at,
    }
