"""One register of guarantees on one table: a row is an aggregate, its columns are the fields' names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, Table, select
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.domain.guarantee import Guarantee
from services.monitoring.domain.guarantee_errors import GuaranteeNotFoundError
from shared.kernel.errors import StaleVersionError
from shared.messaging.bulk import insert_new, upsert
from shared.persistence.versioned import add_version, save_version

G = TypeVar("G", bound=Guarantee)
_NOT_KEPT = frozenset({"facts"})


class Register(Generic[G]):
    """The guarantees of one kind, on one transaction.

    *read* and *write* turn the columns that are no plain values into fields and back.
    """

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        table: Table,
        make: type[G],
        *,
        read: Mapping[str, Callable[[Any], Any]] | None = None,
        write: Mapping[str, Callable[[Any], Any]] | None = None,
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._table = table
        self._make = make
        self._read, self._write = read or {}, write or {}
        self._fields = tuple(one.name for one in fields(make) if one.name not in _NOT_KEPT)
        self._columns = tuple(column.name for column in table.columns if column.name != "version")

    def get(self, id_: str) -> G:
        """Return the entry; raises GuaranteeNotFoundError."""
        found = self.matching(id=id_)
        if not found:
            raise GuaranteeNotFoundError
        return found[0]

    def add(self, one: G) -> None:
        """Keep a new entry; when somebody opens the same just now, try again."""
        try:
            add_version(self._connection, self._table, self._row(one))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._collect(one)
        one.version = 1

    def save(self, one: G) -> None:
        """Keep the changed entry unless somebody else saved it since it was read."""
        save_version(self._connection, self._table, self._row(one), read=one.version)
        self._collect(one)
        one.version += 1

    def add_new(self, many: Sequence[G]) -> list[G]:
        """Keep those of *many* whose id is not on record, and return them; only they are told of."""
        rows = [{**self._row(one), "version": 1} for one in many]
        new = insert_new(self._connection, self._table, rows)
        kept = [one for one in {one.id: one for one in many}.values() if one.id in new]
        for one in kept:
            self._collect(one)
            one.version = 1
        return kept

    def put(self, many: Sequence[G]) -> None:
        """Keep many entries at once, read before with ``lock`` in this transaction, or new."""
        rows = [{**self._row(one), "version": one.version + 1} for one in many]
        upsert(self._connection, self._table, rows, newer="version")
        for one in many:
            self._collect(one)
            one.version += 1

    def matching(self, *, lock: bool = False, limit: int | None = None, **equal: object) -> list[G]:
        """Return the entries whose columns are *equal* (a tuple: one of them), in the order of their ids."""
        query = select(self._table)
        for name, value in equal.items():
            column = self._table.c[name]
            query = query.where(column.in_(value) if isinstance(value, tuple) else column == value)
        return self.read(query.order_by(self._table.c.id).limit(limit), lock=lock)

    def read(self, query: Select[Any], *, lock: bool = False) -> list[G]:
        """Return the entries a query over the register's columns gives; *lock* them until the end."""
        if lock and self._connection.dialect.name == "postgresql":
            query = query.with_for_update(of=self._table)
        return [self._from(row) for row in self._connection.execute(query).mappings()]

    def _from(self, row: Mapping[Any, Any]) -> G:
        given = {name: row[name] for name in self._fields}
        for name, read in self._read.items():
            given[name] = read(given[name])
        return self._make(**given)

    def _row(self, one: G) -> dict[str, Any]:
        row = {name: getattr(one, name) for name in self._columns}
        for name, write in self._write.items():
            row[name] = write(row[name])
        return row
