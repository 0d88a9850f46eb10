"""Rows with a version: of two people who read the same one, the second save is refused."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, update

from shared.kernel.errors import StaleVersionError


def add_version(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert *row* as version 1."""
    connection.execute(insert(table).values({**row, "version": 1}))


def save_version(connection: Connection, table: Table, row: Mapping[str, Any], *, read: int) -> None:
    """Replace the row with *row*'s ``id`` if it still has the version *read*.

    Raises ``StaleVersionError`` when somebody else saved since, or removed it.
    """
    values = {**row, "version": read + 1}
    change = update(table).where(table.c.id == row["id"], table.c.version == read).values(values)
    if connection.execute(change).rowcount != 1:
        raise StaleVersionError
