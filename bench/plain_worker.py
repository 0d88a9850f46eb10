"""The same work as nameko's documentation teaches it: ``python -m bench.plain_worker second|last``.

One event, one call, one transaction, one event dispatched with a confirm. No
outbox: what is dispatched after the commit is lost in a crash between the two.
"""

import shared.broker.patched  # noqa: F401, I001  (first of all; the command line of nameko does it too)

import os
import sys
from typing import Any

from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from sqlalchemy import Engine, text

from bench.latency import Latencies
from shared.broker.worker import run_worker
from shared.persistence.engine import open_engine

KNOWN = text("INSERT INTO inbox (event_id, type, at) VALUES (:id, :type, now()) ON CONFLICT DO NOTHING")
KEEP = text(
    "INSERT INTO households (household_id, version, income) VALUES (:household_id, :version, :income) "
    "ON CONFLICT (household_id) DO UPDATE SET version = excluded.version, income = excluded.income "
    "WHERE excluded.version > households.version"
)


class Database(DependencyProvider):
    """The engine of the worker's database."""

    def setup(self) -> None:
        self.engine = open_engine(os.environ["BENCH_DATABASE_URL"], pool_size=10)

    def get_dependency(self, worker_ctx: Any) -> Engine:  # noqa: ANN401, ARG002
        return self.engine


class Second:
    """Takes a count over and tells that it did."""

    name = "second"
    database = Database()
    dispatch = EventDispatcher()
    latencies = Latencies("second")

    @event_handler("first", "counted")
    def counted(self, event: dict[str, Any]) -> None:
        with self.database.begin() as connection:
            if connection.execute(KNOWN, {"id": event["id"], "type": event["type"]}).rowcount:
                connection.execute(KEEP, event["data"])
        self.latencies.note([event["data"]])
        self.dispatch("followed", event)


class Last:
    """Hears that a count was taken over."""

    name = "last"
    database = Database()
    latencies = Latencies("last")

    @event_handler("second", "followed")
    def followed(self, event: dict[str, Any]) -> None:
        with self.database.begin() as connection:
            connection.execute(KNOWN, {"id": event["id"], "type": event["type"]})
        self.latencies.note([event["data"]])


if __name__ == "__main__":
    worker = Second if sys.argv[1] == "second" else Last
    run_worker(worker, config={"AMQP_URI": os.environ["BENCH_BROKER_URL"]})
    worker.latencies.write()
