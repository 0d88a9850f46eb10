"""Seal everything anew with the first key, so that an older one can be given up."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Engine, Table, Text, bindparam, or_, select, type_coerce, update

from services.monitoring.adapters.person_text import BY_PERSON
from services.monitoring.adapters.personal import SealedJson, SealedText, vault_on
from services.monitoring.adapters.tables import metadata
from shared.persistence.engine import WRITING

_AT_ONCE = 500


def reseal(engine: Engine) -> int:
    """Seal anew what another key than the first one sealed; return how many rows were.

    In small transactions, so that people can go on working meanwhile.
    """
    return sum(
        _reseal(engine, table, sealed) for table in metadata.sorted_tables if (sealed := _sealed(table))
    )


def _sealed(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, SealedText | SealedJson)]


def _reseal(engine: Engine, table: Table, sealed: Sequence[Column[Any]]) -> int:
    done = 0
    while rows := _batch(engine, table, sealed):
        done += rows
    return done


def _batch(engine: Engine, table: Table, sealed: Sequence[Column[Any]]) -> int:
    keys = list(table.primary_key)
    ours = f"{vault_on(engine.dialect).key_id}.%"
    texts = [type_coerce(column, Text) for column in sealed]
    # What a person's key sealed stays: the key itself is one of the things sealed anew.
    others = (text.not_like(ours) & text.not_like(f"{BY_PERSON}%") for text in texts)
    old = or_(*((text != "") & other for text, other in zip(texts, others, strict=True)))
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        query = select(*keys, *sealed).where(old).order_by(*keys).limit(_AT_ONCE).with_for_update()
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if rows:
            same = [key == bindparam(f"key_{key.name}") for key in keys]
            change = (
                update(table).where(*same).values({one.name: bindparam(f"new_{one.name}") for one in sealed})
            )
            connection.execute(
                change,
                [
                    {f"key_{key.name}": row[key.name] for key in keys}
                    | {f"new_{one.name}": row[one.name] for one in sealed}
                    for row in rows
                ],
            )
        return len(rows)
