"""Where matters with a limit are kept: one repository class, one table for each kind."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Generic, TypeVar

from sqlalchemy import Connection, Table, select, update
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.domain.matter import Matter
from services.monitoring.domain.matter_errors import MatterNotFoundError, MatterOpenError
from shared.kernel.errors import StaleVersionError
from shared.messaging.bulk import among, insert_new
from shared.persistence.versioned import add_version, save_version

M = TypeVar("M", bound=Matter)


class Matters(Generic[M]):
    """The matters of one kind, on one transaction."""

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        table: Table,
        kind: Callable[..., M],
        names: Sequence[str],
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._table = table
        self._kind = kind
        self._names = names

    def add(self, matter: M) -> None:
        """Keep a new matter; raises MatterOpenError when the household has one of its kind open."""
        try:
            add_version(self._connection, self._table, self._row(matter))
        except IntegrityError as error:
            raise MatterOpenError from error
        self._collect(matter)
        matter.version = 1

    def add_new(self, matters: Sequence[M]) -> int:
        """Keep those whose id is not on record, in one statement; return how many that were."""
        new = insert_new(self._connection, self._table, [{**self._row(one), "version": 1} for one in matters])
        for one in matters:
            if one.id in new:
                self._collect(one)
        return len(new)

    def save(self, matter: M) -> None:
        save_version(self._connection, self._table, self._row(matter), read=matter.version)
        self._collect(matter)
        matter.version += 1

    def save_closed(self, matters: Sequence[M]) -> None:
        """Keep many closings of one way and day in one statement; who saved since then wins."""
        if not matters:
            return
        one = matters[0]
        ids = among(self._connection, self._table.c.id, [matter.id for matter in matters])
        closed = {"closed_on": one.closed_on, "way": one.way, "closed_by": one.closed_by}
        change = update(self._table).where(ids, self._table.c.closed_on.is_(None))
        result = self._connection.execute(change.values(**closed, version=self._table.c.version + 1))
        if result.rowcount != len(matters):
            raise StaleVersionError
        for matter in matters:
            self._collect(matter)

    def get(self, matter_id: str) -> M:
        """Return the matter; raises MatterNotFoundError."""
        query = select(self._table).where(self._table.c.id == matter_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise MatterNotFoundError
        return self._kind(**row)

    def several(self, matter_ids: Sequence[str]) -> list[M]:
        """Return those of the matters that are on record, by their ids."""
        if not matter_ids:
            return []
        query = select(self._table).where(among(self._connection, self._table.c.id, matter_ids))
        rows = self._connection.execute(query.order_by(self._table.c.id)).mappings()
        return [self._kind(**row) for row in rows]

    def _row(self, matter: M) -> dict[str, object]:
        return {name: getattr(matter, name) for name in self._names}


def matters_of(connection: Connection, collect: Collect, table: Table, kind: type[M]) -> Matters[M]:
    """Return the repository of one kind; the columns of its table are the fields of its class."""
    names = tuple(one.name for one in fields(kind) if one.name not in ("version", "facts"))
    return Matters(connection, collect, table, kind, names)
