"""The same work as nameko's documentation teaches it: ``python -m bench.plain_worker second|last``.

One event, one call, one transaction, one event dispatched with a confirm. No
outbox: what is dispatched after the commit is lost in a crash between the two.
The database is a SQLAlchemy session for each call, as in nameko's examples; with
BENCH_LEAN it is prepared statements on pooled connections, the least one can do.
"""

import shared.broker.patched  # noqa: F401, I001  (first of all; the command line of nameko does it too)

import os
import sys
from collections.abc import Mapping
from typing import Any

from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from sqlalchemy import create_engine, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, sessionmaker

from bench.latency import Latencies
from shared.broker.worker import run_worker
from shared.persistence.engine import open_engine
from tests.support.chain import HOUSEHOLDS, MESSAGES

LEAN = bool(os.environ.get("BENCH_LEAN"))
KNOWN = text("INSERT INTO inbox (event_id, type, at) VALUES (:id, :type, now()) ON CONFLICT DO NOTHING")
KEEP = text(
    "INSERT INTO households (household_id, version, income) VALUES (:household_id, :version, :income) "
    "ON CONFLICT (household_id) DO UPDATE SET version = excluded.version, income = excluded.income "
    "WHERE excluded.version > households.version"
)

Event = Mapping[str, Any]


class Database(DependencyProvider):
    """A session for each call, ended with it."""

    def setup(self) -> None:
        url = os.environ["BENCH_DATABASE_URL"]
        self._lean = open_engine(url, pool_size=10)
        self._sessions = sessionmaker(create_engine(url, pool_size=10))
        self._open: dict[Any, Session] = {}

    def get_dependency(self, worker_ctx: Any) -> Any:  # noqa: ANN401
        if LEAN:
            return self._lean
        self._open[worker_ctx] = self._sessions()
        return self._open[worker_ctx]

    def worker_teardown(self, worker_ctx: Any) -> None:  # noqa: ANN401
        if not LEAN:
            self._open.pop(worker_ctx).close()


def take_with_session(session: Session, event: Event, *, keep: bool) -> None:
    """Take *event* in as the examples do, with the database's own upsert."""
    inbox = MESSAGES.inbox
    known = insert(inbox).values(event_id=event["id"], type=event["type"], at=func.now())
    new = session.execute(known.on_conflict_do_nothing().returning(inbox.c.event_id)).first()
    if new and keep:
        names = ("household_id", "version", "income")
        row = insert(HOUSEHOLDS).values({name: event["data"][name] for name in names})
        newer = row.on_conflict_do_update(
            index_elements=["household_id"],
            set_={"version": row.excluded.version, "income": row.excluded.income},
            where=row.excluded.version > HOUSEHOLDS.c.version,
        )
        session.execute(newer)
    session.commit()


def take_lean(engine: Any, event: Event, *, keep: bool) -> None:  # noqa: ANN401
    """Take *event* in with as little around the statements as possible."""
    with engine.begin() as connection:
        if connection.execute(KNOWN, {"id": event["id"], "type": event["type"]}).rowcount and keep:
            connection.execute(KEEP, event["data"])


take = take_lean if LEAN else take_with_session


class Second:
    """Takes a count over and tells that it did."""

    name = "second"
    database: Any = Database()
    dispatch: Any = EventDispatcher()
    latencies = Latencies("second")

    @event_handler("first", "counted")
    def counted(self, event: Event) -> None:
        take(self.database, event, keep=True)
        self.latencies.note([event["data"]])
        self.dispatch("followed", event)


class Last:
    """Hears that a count was taken over."""

    name = "last"
    database: Any = Database()
    latencies = Latencies("last")

    @event_handler("second", "followed")
    def followed(self, event: Event) -> None:
        take(self.database, event, keep=False)
        self.latencies.note([event["data"]])


if __name__ == "__main__":
    worker = Second if sys.argv[1] == "second" else Last
    run_worker(worker, config={"AMQP_URI": os.environ["BENCH_BROKER_URL"]})
    worker.latencies.write()
