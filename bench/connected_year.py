"""A county's year with the four workers as processes, on RabbitMQ and PostgreSQL.

``python -m bench connected_year 600 60000`` plays each size: the simulation gives its commands to
the services on PostgreSQL, four ``shouxian worker`` processes carry and take in the events, and no day
begins before everything told on the last has arrived. It prints seconds, processor time and peak memory of
each process, and checks at the end that nothing waits and nothing was set aside.
"""

import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from sqlalchemy import func, select

from bench.servers import Servers, usage_of
from deploy.embedded.county import County
from deploy.embedded.courier import Courier
from deploy.hosting import NAMES
from deploy.simulation.people import DAY_ONE
from deploy.simulation.year import play
from shared.broker.consume import Batch, BatchReader
from shared.broker.link import BrokerAwayError
from shared.contracts.envelope import Envelope
from shared.contracts.registry import PUBLISHERS
from shared.kernel.clock import BusinessClock, SetClock, at_hour
from shared.kernel.ids import SeededIds
from shared.messaging.inbox import Inbox
from shared.persistence.engine import reading
from shared.persistence.running import Service
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

LAST_DAY = date(2022, 12, 31)
_KNOWN_AT_ONCE = 5000
_PATIENCE_SECONDS = 600
"""Without a single event arriving anywhere."""

Listener = Callable[[Envelope], None]


@dataclass(frozen=True, slots=True)
class Played:
    """One year: seconds from the first registration to the last arrival, and what each process used."""

    households: int
    seconds: float
    events: int
    set_aside: int
    driver: dict[str, float]
    workers: dict[str, dict[str, float]]
    servers: dict[str, float]


class ConnectedCourier:
    """Waits until the workers have carried everything; hears every event over a queue of its own."""

    def __init__(self, services: Sequence[Service], broker_url: str) -> None:
        self._services = services
        self._listeners: list[Listener] = []
        self._pending: dict[str, list[str]] = {service.name: [] for service in services}
        self._reader = BatchReader(broker_url, "listeners", PUBLISHERS, self._tell)
        self._reader.open()
        self.heard = 0

    def listen(self, listener: Listener) -> None:
        """Let *listener* hear every event from now on."""
        self._listeners.append(listener)

    def deliver(self) -> int:
        """Return, once every event told so far has arrived wherever it is taken, how many were heard."""
        before, moved = self.heard, time.monotonic()
        quiet, waiting = 0, self._waiting()
        while quiet < 2:  # what the last arrival caused may be on its way
            taken = self._taken()
            idle = not taken and not self._unpublished() and not self._missing()
            quiet = quiet + 1 if idle else 0
            if taken or self._waiting() != waiting:
                moved, waiting = time.monotonic(), self._waiting()
            if time.monotonic() > moved + _PATIENCE_SECONDS:
                raise TimeoutError("the workers do not carry everything")
        return self.heard - before

    def close(self) -> None:
        self._reader.close()

    def _tell(self, batch: Batch) -> None:
        for event in batch:
            if isinstance(event, Envelope):
                self.heard += 1
                for service in self._services:
                    if service.reader.takes(event.type) and not event.type.startswith(f"{service.name}."):
                        self._pending[service.name].append(event.id)
                for listener in self._listeners:
                    listener(event)

    def _taken(self) -> int:
        try:
            return self._reader.step(0.02)
        except BrokerAwayError:  # registering took long; the next step connects again
            return 1

    def _waiting(self) -> int:
        return sum(len(ids) for ids in self._pending.values())

    def _unpublished(self) -> bool:
        return any(_waits(service) for service in self._services)

    def _missing(self) -> bool:
        for service in self._services:
            waiting = self._pending[service.name]
            while waiting:
                part = waiting[-_KNOWN_AT_ONCE:]
                with reading(service.engine) as connection:
                    known = Inbox(connection, _messages(service)).known(part)
                if missing := [one for one in part if one not in known]:
                    self._pending[service.name][-len(part) :] = missing
                    break
                del waiting[-len(part) :]
        return any(self._pending.values())


def _messages(service: Service) -> Any:  # noqa: ANN401  (a service's own MessageTables)
    return import_module(f"services.{service.name}.adapters.tables").messages


def _waits(service: Service) -> bool:
    outbox = _messages(service).outbox
    query = select(outbox.c.position).where(outbox.c.published_at.is_(None)).limit(1)
    with reading(service.engine) as connection:
        return connection.execute(query).first() is not None


@contextmanager
def connected(directory: Path, clock: SetClock) -> Iterator[tuple[County, str, dict[str, int], Servers]]:
    """Give a county on servers of its own, with a running worker of each service."""
    os.environ["MONITORING_PERSONAL_DATA_KEYS"] = json.dumps([secrets.token_urlsafe(32)])
    with PostgreSQL() as database, RabbitMQ() as broker:
        services: dict[str, Any] = {}
        for name in NAMES:
            os.environ[f"{name.upper()}_DATABASE_URL"] = database.create_database(name)
            os.environ[f"{name.upper()}_BROKER_URL"] = broker.url
            os.environ[f"{name.upper()}_CLOCK_FILE"] = str(directory / "clock.json")
            bootstrap = import_module(f"services.{name}.bootstrap").bootstrap
            services[name] = bootstrap(clock=clock, ids=SeededIds(f"bench/{name}"))
            services[name].upgrade_database()
        program = Path(sys.executable).with_name("shouxian")
        with (directory / "workers.log").open("ab") as log:
            workers = {name: subprocess.Popen([program, "worker", name], stderr=log) for name in NAMES}
        try:
            county = County(data_dir=directory, **services)
            pids = {name: worker.pid for name, worker in workers.items()}
            yield county, broker.url, pids, Servers(broker, database)
        finally:
            for worker in workers.values():
                worker.terminate()
            for worker in workers.values():
                worker.wait(30)


def play_year(households: int) -> Played:
    """Play a year and return what it took."""
    clock = SetClock(at_hour(DAY_ONE, 9))
    with (
        tempfile.TemporaryDirectory() as folder,
        connected(Path(folder), clock) as (county, url, pids, servers),
    ):
        shown = BusinessClock(Path(folder, "clock.json"))
        shown.move_to(at_hour(DAY_ONE, 9))
        courier = ConnectedCourier(county.services, url)
        started, used = time.monotonic(), servers.usage()

        def on_day(day: date) -> None:
            shown.move_to(at_hour(day, 9))
            if day.day == 1:
                sys.stderr.write(f"{day} {time.monotonic() - started:.0f} s {courier.heard} events\n")

        play(
            county,
            cast("Courier", courier),
            clock=clock,
            seed="bench",
            households=households,
            until=LAST_DAY,
            on_day=on_day,
        )
        courier.deliver()
        seconds = time.monotonic() - started
        played = Played(
            households=households,
            seconds=seconds,
            events=courier.heard,
            set_aside=sum(_set_aside(service) for service in county.services),
            driver=_own_usage(),
            workers={name: usage_of(pid) for name, pid in pids.items()},
            servers={name: now["cpu"] - used[name]["cpu"] for name, now in servers.usage().items()},
        )
        courier.close()
        county.close()
    return played


def _set_aside(service: Service) -> int:
    aside = _messages(service).set_aside
    with reading(service.engine) as connection:
        return connection.execute(select(func.count()).select_from(aside)).scalar_one()


def _own_usage() -> dict[str, float]:
    me = resource.getrusage(resource.RUSAGE_SELF)
    return {"peak_mb": me.ru_maxrss / 1024, "cpu": me.ru_utime + me.ru_stime}


def main() -> None:
    """Print a table and keep it beside the others."""
    sizes = sorted(int(argument) for argument in sys.argv[1:]) or [600]
    played = []
    for households in sizes:
        one = play_year(households)
        played.append(one)
        sys.stdout.write(
            f"{one.households} households: {one.seconds:.0f} s, {one.events} events,"
            f" {one.set_aside} set aside\n"
            f"  simulation {one.driver['peak_mb']:.0f} MB, {one.driver['cpu']:.0f} CPU s\n"
        )
        for name, used in one.workers.items():
            sys.stdout.write(f"  worker {name} {used['peak_mb']:.0f} MB, {used['cpu']:.0f} CPU s\n")
        for name, cpu in one.servers.items():
            sys.stdout.write(f"  {name} {cpu:.0f} CPU s\n")
        sys.stdout.flush()
        results = Path(__file__).with_name("results")
        results.mkdir(exist_ok=True)
        (results / "connected_year.json").write_text(
            json.dumps([asdict(one) for one in played], indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
