"""Whole batches in one statement, on PostgreSQL and on SQLite.

PostgreSQL gets arrays (``unnest``): one statement, one round trip, one plan for
any size of batch. SQLite runs in this process, where a prepared statement a row
costs less than building a large one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    String,
    Table,
    bindparam,
    cast,
    func,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

Rows = Sequence[Mapping[str, Any]]


def insert_new(connection: Connection, table: Table, rows: Rows) -> set[Any]:
    """Insert the *rows* whose primary key is not there yet and return those keys.

    The key must be one column. Two transactions with the same key at once: the
    second waits for the first and then leaves the row out.
    """
    if not rows:
        return set()
    key = _key(table)
    unique = {row[key.name]: row for row in rows}
    ordered = [unique[value] for value in sorted(unique)]
    if connection.dialect.name == "postgresql":
        rest = f" ON CONFLICT DO NOTHING RETURNING {key.name}"
        return set(_send_arrays(connection, table, ordered, rest).scalars())
    known = _known(connection, table, key.name, list(unique))
    new = [dict(row) for row in ordered if row[key.name] not in known]
    if new:
        connection.execute(table.insert(), new)
    return {row[key.name] for row in new}


def insert_missing(connection: Connection, table: Table, rows: Rows, *, unique: str) -> None:
    """Insert the *rows*, in their order, whose value of the *unique* column is not there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _send_arrays(connection, table, rows, f" ON CONFLICT ({unique}) DO NOTHING")
        return
    insert = sqlite_insert(table).on_conflict_do_nothing(index_elements=[unique])
    connection.execute(insert, [dict(row) for row in rows])


def among(connection: Connection, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that *column* is one of *values*; on PostgreSQL one parameter for any number."""
    if connection.dialect.name == "postgresql":
        array: postgresql.ARRAY[Any] = postgresql.ARRAY(column.type)
        return column == func.any(cast(bindparam(None, values, type_=array, unique=True), array))
    return column.in_(values)


def upsert(connection: Connection, table: Table, rows: Rows, *, newer: str | None = None) -> None:
    """Insert *rows* or replace those with the same primary key.

    With *newer*, a stored row stays when its column of that name is not lower:
    the highest version wins whatever the order of arrival. Of several rows with
    one key, the highest (or, without *newer*, the last) is taken.
    """
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    chosen: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in rows:
        key = tuple(row[name] for name in keys)
        if newer is None or key not in chosen or row[newer] > chosen[key][newer]:
            chosen[key] = row
    # One order for everybody: two batches that touch the same rows can't deadlock.
    ordered = [chosen[key] for key in sorted(chosen)]
    if connection.dialect.name == "postgresql":
        _send_arrays(connection, table, ordered, _on_conflict(table, keys, ordered, newer))
        return
    insert = sqlite_insert(table)
    changes = {name: insert.excluded[name] for name in ordered[0] if name not in keys}
    where = insert.excluded[newer] > table.c[newer] if newer else None
    connection.execute(
        insert.on_conflict_do_update(index_elements=keys, set_=changes, where=where),
        [dict(row) for row in ordered],
    )


def _key(table: Table) -> Column[Any]:
    (key,) = table.primary_key
    return key


def _known(connection: Connection, table: Table, key: str, values: Sequence[Any]) -> set[Any]:
    # json_each takes any number of keys as one parameter, so the statement is prepared once.
    query = f"SELECT {key} FROM {table.name} WHERE {key} IN (SELECT value FROM json_each(:keys))"  # noqa: S608
    return set(connection.execute(text(query), {"keys": json.dumps(values)}).scalars())


def _send_arrays(connection: Connection, table: Table, rows: Rows, rest: str) -> CursorResult[Any]:
    names = tuple(rows[0])
    statement = _insert_from_arrays(table, names) + rest
    arrays = {name: _values(table.c[name], rows, connection.dialect) for name in names}
    return connection.exec_driver_sql(statement, arrays)


@lru_cache(maxsize=256)
def _insert_from_arrays(table: Table, names: tuple[str, ...]) -> str:
    # %b: in the binary form a string needs no escaping, which is most of the cost of sending JSON text.
    arrays = ", ".join(f"CAST(%({name})b AS {_array_of(table.c[name])})" for name in names)
    columns = ", ".join(names)
    return f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays}) AS batch({columns})"  # noqa: S608


def _array_of(column: Column[Any]) -> str:
    # A cast to varchar(n) would cut a long value without a word; as text, the table refuses it.
    if isinstance(column.type, String):
        return "TEXT[]"
    return f"{column.type.compile(postgresql.dialect())}[]"  # type: ignore[no-untyped-call]


def _on_conflict(table: Table, keys: Sequence[str], rows: Rows, newer: str | None) -> str:
    changes = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name not in keys)
    where = f" WHERE excluded.{newer} > {table.name}.{newer}" if newer else ""
    target = ", ".join(keys)
    return (
        f" ON CONFLICT ({target}) DO UPDATE SET {changes}{where}"
        if changes
        else f" ON CONFLICT ({target}) DO NOTHING"
    )


def _values(column: Column[Any], rows: Rows, dialect: Dialect) -> list[Any]:
    name = column.name
    convert = _processor(column, dialect)
    if convert is None:
        return [row[name] for row in rows]
    return [None if row[name] is None else convert(row[name]) for row in rows]


@lru_cache(maxsize=1024)
def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    # The dialect of the engine: a column type may keep something of its own there, such as a key.
    return column.type.bind_processor(dialect)
