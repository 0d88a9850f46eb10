"""The chain with its workers as processes, under load, watched from outside."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

from sqlalchemy.exc import DBAPIError

from tests.support.chain import ChainService, counted, open_chain_service

NAMES = ("first", "second", "last")
ROOT = Path(__file__).parents[2]


def wait_until(holds: Callable[[], bool], seconds: float, what: str = "it") -> None:
    """Return when *holds*; fail when it does not within *seconds*."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"{what} did not come about within {seconds} s"
        time.sleep(0.05)


class ChainCounty:
    """Three databases, one broker, any number of worker processes."""

    def __init__(self, broker_url: str, databases: Mapping[str, str], *, batch_size: int = 200) -> None:
        self.broker_url = broker_url
        self._databases = databases
        self._batch_size = batch_size
        self.services = {
            name: open_chain_service(name, url, broker_url, batch_size=batch_size)
            for name, url in databases.items()
        }
        for service in self.services.values():
            service.upgrade_database()
        self.processes: dict[int, tuple[str, ...]] = {}
        self._running: list[subprocess.Popen[bytes]] = []
        self.accepted: list[str] = []
        self._numbers = iter(range(1, 10_000_000))

    first = property(lambda self: self._service("first"))
    second = property(lambda self: self._service("second"))
    last = property(lambda self: self._service("last"))

    def _service(self, name: str) -> ChainService:
        return self.services[name]

    def start(
        self,
        *names: str,
        audience: str = "second last",
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> subprocess.Popen[bytes]:
        """Start one process with the workers *names*."""
        whole = {
            "PATH": os.environ["PATH"],
            "CHAIN_BROKER_URL": self.broker_url,
            "CHAIN_BATCH_SIZE": str(self._batch_size),
            "CHAIN_AUDIENCE": audience,
            "PGAPPNAME": f"worker{len(self.processes)}",
            **{f"CHAIN_{name.upper()}_DATABASE_URL": url for name, url in self._databases.items()},
            **environment,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.chain_worker", *names],
            env=whole,
            cwd=ROOT,
            stdout=subprocess.DEVNULL if not os.environ.get("CHAIN_LOG") else None,
        )
        self.processes[process.pid] = names
        self._running.append(process)
        return process

    def tell(self, events: int) -> None:
        """Commit one command with *events* events, and remember what was accepted."""
        numbers = [next(self._numbers) for _ in range(events)]
        told = self.first.tell([counted(n, household=f"h{n % 97}", version=n) for n in numbers])
        self.accepted += [envelope.id for envelope in told]

    def backends(self, name: str) -> int:
        """Return how many processes other than this one have worked on the database of *name*."""
        query = (
            "SELECT count(DISTINCT application_name) FROM pg_stat_activity WHERE datname = current_database()"
        )
        with self.services[name].engine.connect() as connection:
            count: int = connection.exec_driver_sql(
                query + " AND application_name LIKE 'worker%%'"
            ).scalar_one()
            return count

    def under_load(self, per_second: int = 400) -> "Load":
        """Return a load to be used with ``with``: commands keep coming while the block runs."""
        return Load(self, per_second)

    def kill_one(self, chance: random.Random) -> None:
        """Kill a process with SIGKILL and start its successor."""
        process = chance.choice(self._running)
        names = self.processes[process.pid]
        process.kill()
        process.wait()
        self._running.remove(process)
        self.start(*names)

    def stop(self) -> list[int]:
        """End every process as an operator would; return their exit codes."""
        for process in self._running:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(20) for process in self._running]
        self._running.clear()
        return codes

    def close(self) -> None:
        """End everything, whatever state it is in."""
        for process in self._running:
            process.kill()
            process.wait()
        for service in self.services.values():
            service.engine.dispose()

    def settle(self, seconds: float = 30) -> None:
        """Wait until everything told has arrived everywhere, and check that it did so exactly once."""
        told = self.first.outbox_ids()
        assert set(self.accepted) <= set(told), "an accepted change was lost"

        def arrived() -> bool:
            return (
                len(set(self.second.effects())) >= len(told)
                and len(set(self.last.effects())) >= len(told)
                and not self.first.waiting()
                and not self.second.waiting()
            )

        try:
            wait_until(arrived, seconds, f"the arrival of {len(told)} events")
        except AssertionError as error:
            counts = (
                len(self.second.effects()),
                len(self.last.effects()),
                self.first.waiting(),
                self.second.waiting(),
            )
            raise AssertionError(f"{error}; effects, heard, waiting, waiting: {counts}") from error
        assert told == self.second.effects(), "an effect is missing or was done twice"
        followed = self.second.outbox_ids()
        assert len(told) == len(followed)
        assert followed == self.last.effects(), "a consequence is missing or was heard twice"
        newest = {f"h{n % 97}": n for n in range(1, next(self._numbers))}
        kept = self.second.incomes()
        assert kept == {household: newest[household] for household in kept} or set(told) - set(self.accepted)


class Load:
    """Commands that keep coming, small and larger ones, until the block ends."""

    def __init__(self, county: ChainCounty, per_second: int) -> None:
        self._county = county
        self._pause = 20 / per_second
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(70)

    def _run(self) -> None:
        chance = random.Random(1)
        while not self._ending.wait(self._pause):
            try:
                self._county.tell(chance.choice((1, 2, 20, 57)))
            except DBAPIError:  # the database is away: whether it was committed is asked of it later
                time.sleep(0.2)
