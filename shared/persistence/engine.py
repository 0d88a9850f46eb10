"""Engines: how a database is opened, so that a commit is a commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from shared.observability.asked import PoolUse

WRITING = {"writing": True}


def open_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Return an engine on *url* (``sqlite:///path`` or ``postgresql+psycopg://…``).

    SQLite runs in WAL with ``synchronous=FULL``: an accepted change survives
    power loss. ``?synchronous=off`` in the address is for a database that is
    thrown away unless it is finished. A writing transaction takes the write
    lock at its start, so that it never fails half-way for having read first.
    An error never shows what was written: it may be about people.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url)
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=5,
        pool_pre_ping=True,
        pool_timeout=30,
        connect_args={
            "connect_timeout": 10,
            "options": "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000",
        },
    )


def _open_sqlite(url: str) -> Engine:
    address = make_url(url)
    synchronous = "OFF" if address.query.get("synchronous") == "off" else "FULL"
    address = address.difference_update_query(["synchronous"])
    engine = create_engine(
        address,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"timeout": 30, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "busy_timeout=30000",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def pool_use(engine: Engine) -> PoolUse | None:
    """Return how many connections are in use, and may be; None where *engine* keeps none."""
    pool = engine.pool
    if not isinstance(pool, QueuePool):
        return None
    return PoolUse(in_use=pool.checkedout(), most=pool.size() + pool._max_overflow)  # noqa: SLF001  (told nowhere)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection for queries; nothing done on it is kept."""
    with engine.connect() as connection:
        yield connection
