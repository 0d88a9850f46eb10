"""Whole batches in one statement."""

import pytest
from sqlalchemy.exc import DBAPIError

from shared.messaging.bulk import insert_new, upsert


def row(key, level=1, version=1):
    """Return a row of the example table."""
    return {"id": key, "level": level, "version": version}


def test_insert_new_tells_what_was_new(example, levels):
    """Only keys not there before are inserted and returned; a repeat in the batch counts once."""
    with example.uow() as uow:
        assert {"a", "b"} == insert_new(uow.connection, levels, [row("a"), row("b"), row("a")])
        assert {"c"} == insert_new(uow.connection, levels, [row("b", level=9), row("c")])
        uow.commit()
    assert [("a", 1, 1), ("b", 1, 1), ("c", 1, 1)] == sorted(example.rows(levels))


def test_the_newer_version_wins(example, levels):
    """An older snapshot that arrives later changes nothing, inside a batch or after it."""
    with example.uow() as uow:
        upsert(uow.connection, levels, [row("a", 2, 2), row("a", 3, 3), row("a", 1, 1)], newer="version")
        upsert(uow.connection, levels, [row("a", 2, 2)], newer="version")
        uow.commit()
    assert [("a", 3, 3)] == example.rows(levels)


def test_without_versions_the_last_wins(example, levels):
    """Without a version the last row of a key replaces what was there."""
    with example.uow() as uow:
        upsert(uow.connection, levels, [row("a", 1), row("a", 2)])
        upsert(uow.connection, levels, [row("a", 3)])
        uow.commit()
    assert [("a", 3, 1)] == example.rows(levels)


@pytest.mark.connected
def test_a_long_value_is_not_cut(database, levels):
    """PostgreSQL refuses a value longer than its column instead of cutting it without a word."""
    from shared.persistence.engine import open_engine

    engine = open_engine(database)
    levels.metadata.create_all(engine)
    with engine.connect() as connection, pytest.raises(DBAPIError):
        upsert(connection, levels, [row("longer than eight")])
    engine.dispose()
