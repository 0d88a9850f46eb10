"""Aggregates whose fields are the columns of one table: kept, read and changed, one or many at a time."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RowMapping, Table, select

from services.monitoring.adapters.household import Collect
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFoundError
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import add_version, save_version

A = TypeVar("A", bound=Aggregate)


class Records(Generic[A]):
    """The aggregates of one kind, on one transaction; *missing* is raised for an id nobody has."""

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        table: Table,
        kind: Callable[..., A],
        missing: type[NotFoundError],
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._table = table
        self._kind = kind
        self._missing = missing

    def add(self, one: A) -> None:
        """Keep a new one."""
        add_version(self._connection, self._table, row_of(one))
        self._collect(one)
        one.version = 1

    def add_new(self, many: Sequence[A]) -> int:
        """Keep those whose id is not kept yet, in one statement, and return how many that were."""
        rows = [{**row_of(one), "version": 1} for one in many]
        new = insert_new(self._connection, self._table, rows)
        for one in many:
            if one.id in new:  # type: ignore[attr-defined]  # every aggregate here has one
                self._collect(one)
        return len(new)

    def save(self, one: A) -> None:
        """Keep the change unless somebody else saved since it was read."""
        save_version(self._connection, self._table, row_of(one), read=one.version)
        self._collect(one)
        one.version += 1

    def get(self, id_: str) -> A:
        row = self._connection.execute(select(self._table).where(self._table.c.id == id_)).mappings().first()
        if row is None:
            raise self._missing
        return self.read(row)

    def read(self, row: RowMapping) -> A:
        """Return what a row of the table keeps."""
        return self._kind(**{name: _tuple(value) for name, value in row.items()})


def row_of(one: Aggregate) -> dict[str, Any]:
    """Return the fields of an aggregate as a row, without its version."""
    names = (field.name for field in fields(one) if field.name not in ("version", "facts"))
    return {name: _plain(getattr(one, name)) for name in names}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
