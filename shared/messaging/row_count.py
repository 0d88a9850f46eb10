"""How many rows of which tables a rehearsed transaction writes: counted by the database itself."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event

_OPERATIONS = ("inserted", "updated", "deleted")
_Counts = Counter[tuple[str, str]]
_POSTGRESQL = "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"


@dataclass(frozen=True, slots=True)
class TableChange:
    """How often rows of *table* are written; one that is updated twice counts twice."""

    table: str
    inserted: int
    updated: int
    deleted: int


class RowCount:
    """What was counted so far; ``changes`` is complete when the counting has ended."""

    def __init__(self) -> None:
        self.counts: _Counts = Counter()

    def changes(self) -> tuple[TableChange, ...]:
        """Return every table that was written, by name."""
        tables = sorted({table for (table, _), count in self.counts.items() if count})
        return tuple(
            TableChange(table, *(self.counts[table, operation] for operation in _OPERATIONS))
            for table in tables
        )


@contextmanager
def counting_rows(connection: Connection) -> Iterator[RowCount]:
    """Count what the savepoints released on *connection* write; those rolled back leave no trace.

    The whole transaction is to be rolled back afterwards: on SQLite triggers do the counting. They are
    temporary, belong to this connection and go with the transaction.
    """
    rows = RowCount()
    if connection.dialect.name != "postgresql":
        _watch_by_triggers(connection)
        yield rows
        rows.counts = _triggered(connection)
        return
    watch = _Statistics(rows)
    listeners = (
        ("savepoint", watch.begun),
        ("release_savepoint", watch.released),
        ("rollback_savepoint", watch.undone),
    )
    for name, listener in listeners:
        event.listen(connection, name, listener)
    try:
        yield rows
    finally:
        for name, listener in listeners:
            event.remove(connection, name, listener)


class _Statistics:
    """PostgreSQL counts the rows a transaction writes, those undone included: so only differences count."""

    def __init__(self, rows: RowCount) -> None:
        self._rows = rows
        self._before: list[_Counts] = []

    def begun(self, connection: Connection, _name: str) -> None:
        self._before.append(_statistics(connection))

    def released(self, connection: Connection, _name: str, _context: Any) -> None:  # noqa: ANN401  (untyped)
        before = self._before.pop()
        if not self._before:  # a savepoint inside another is counted with that
            self._rows.counts += _statistics(connection) - before

    def undone(self, _connection: Connection, _name: str, _context: Any) -> None:  # noqa: ANN401  (untyped)
        self._before.pop()


def _statistics(connection: Connection) -> _Counts:
    counts: _Counts = Counter()
    for table, *numbers in connection.exec_driver_sql(_POSTGRESQL):
        counts.update({(table, name): number for name, number in zip(_OPERATIONS, numbers, strict=True)})
    return counts


def _watch_by_triggers(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TEMP TABLE rehearsed_row (of_table TEXT, operation TEXT)")
    query = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for table in list(connection.exec_driver_sql(query).scalars()):
        for verb, operation in zip(("INSERT", "UPDATE", "DELETE"), _OPERATIONS, strict=True):
            begin = (
                f'CREATE TEMP TRIGGER "rehearsed_{table}_{operation}" AFTER {verb} ON main."{table}" BEGIN '
            )
            count = f"INSERT INTO rehearsed_row VALUES ('{table}', '{operation}'); END"  # noqa: S608
            connection.exec_driver_sql(begin + count)


def _triggered(connection: Connection) -> _Counts:
    query = "SELECT of_table, operation, count(*) FROM rehearsed_row GROUP BY of_table, operation"
    return Counter(
        {(table, operation): count for table, operation, count in connection.exec_driver_sql(query)}
    )
