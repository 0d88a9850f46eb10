"""Aggregates whose fields are the columns of one table: one repository for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, func, select

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFoundError
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import add_version, save_version

A = TypeVar("A", bound=Aggregate)


class Kept(Generic[A]):
    """The aggregates of one *table* on one transaction; *states* makes enumerations of texts."""

    def __init__(
        self,
        connection: Connection,
        collect: Callable[[Aggregate], None],
        kind: type[A],
        table: Table,
        *,
        unknown: type[NotFoundError],
        states: Mapping[str, type[StrEnum]] | None = None,
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._kind = kind
        self._table = table
        self._unknown = unknown
        self._states = states or {}
        self._fields = tuple(one.name for one in fields(kind) if one.name not in ("version", "facts"))

    def add(self, one: A) -> None:
        """Keep a new one and tell of it."""
        add_version(self._connection, self._table, self._row(one))
        self._collect(one)
        one.version = 1

    def add_new(self, owed: Sequence[A]) -> int:
        """Keep those whose id is not kept yet and return how many that were; only they are told of."""
        new = insert_new(self._connection, self._table, [{**self._row(one), "version": 1} for one in owed])
        for one in owed:
            if self._id(one) in new:
                self._collect(one)
        return len(new)

    def save(self, one: A) -> None:
        """Keep what has changed; raises StaleVersionError when somebody else was first."""
        save_version(self._connection, self._table, self._row(one), read=one.version)
        self._collect(one)
        one.version += 1

    def get(self, one_id: str) -> A:
        """Return one by its id; raises the subject's own NotFoundError."""
        query = select(self._table).where(self._table.c.id == one_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise self._unknown
        return self.from_row(row)

    def many(self, ids: Sequence[str]) -> dict[str, A]:
        """Return those of *ids* that are there, by id."""
        found: dict[str, A] = {}
        for start in range(0, len(ids), _PORTION):
            query = select(self._table).where(self._table.c.id.in_(ids[start : start + _PORTION]))
            for row in self._connection.execute(query).mappings():
                found[row["id"]] = self.from_row(row)
        return found

    def page(
        self, *conditions: ColumnElement[bool], order_by: Sequence[Any], limit: int, offset: int = 0
    ) -> tuple[list[A], int]:
        """Return one page of those that meet all *conditions*, and how many meet them."""
        total = self._connection.execute(
            select(func.count()).select_from(self._table).where(*conditions)
        ).scalar_one()
        query = select(self._table).where(*conditions).order_by(*order_by, self._table.c.id)
        rows = self._connection.execute(query.limit(limit).offset(offset)).mappings()
        return [self.from_row(row) for row in rows], total

    def from_row(self, row: Mapping[Any, Any]) -> A:
        """Return what a row keeps."""
        states = {name: state(row[name]) for name, state in self._states.items()}
        return self._kind(**{**row, **states})

    def _row(self, one: A) -> dict[str, Any]:
        row = {name: getattr(one, name) for name in self._fields}
        return row | {name: str(row[name]) for name in self._states}

    @staticmethod
    def _id(one: A) -> str:
        return str(one.id)  # type: ignore[attr-defined]  # every aggregate kept here has an id


_PORTION = 500
