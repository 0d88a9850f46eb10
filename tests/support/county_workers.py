"""The worker processes of a county, started as production starts them, killed and watched by tests."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.support.county_on import NAMES, PERSONAL_KEYS, TestCounty

ROOT = Path(__file__).parents[2]
SHOUXIAN = Path(sys.executable).with_name("shouxian")


def wait_until(holds: Callable[[], bool], seconds: float, what: str, *, pause: float = 0.1) -> None:
    """Return when *holds*; fail when it does not within *seconds*."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"{what} did not come about within {seconds} s"
        time.sleep(pause)


class CountyWorkers:
    """Any number of ``shouxian worker NAME`` processes on the databases and the broker of *county*."""

    def __init__(self, county: TestCounty, log: Path) -> None:
        self._county = county
        self._log = log
        self.running: list[tuple[str, subprocess.Popen[bytes]]] = []
        self._started = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for _name, process in self.running:
            process.kill()
            process.wait()

    def start(self, *names: str) -> None:
        """Start a worker of each of *names*."""
        for name in names:
            self._started += 1
            with self._log.open("ab") as log:
                process = subprocess.Popen(
                    [SHOUXIAN, "worker", name], env=self._environment(name), cwd=ROOT, stdout=log, stderr=log
                )
            self.running.append((name, process))

    def start_two_of_each(self, *, but: str = "") -> None:
        """Start two workers of each service, *but* of one; wait until all are at their databases."""
        self.start(*(name for name in (*NAMES, *NAMES) if name != but))
        wait_until(lambda: self._at_work() >= len(self.running), 60, "the start of all workers")

    def kill_one(self, chance: random.Random) -> str:
        """Kill a worker with SIGKILL, start its successor, and return whose it was."""
        name, process = self.running.pop(chance.randrange(len(self.running)))
        process.kill()
        process.wait()
        self.start(name)
        return name

    def restart(self, name: str) -> None:
        """End the workers of *name* as an operator would, and start as many."""
        mine = [pair for pair in self.running if pair[0] == name]
        self.running = [pair for pair in self.running if pair[0] != name]
        for _, process in mine:
            process.terminate()
            # One that is not up yet ends by the signal itself.
            assert process.wait(20) in (0, -signal.SIGTERM)
            self.start(name)

    def stop(self) -> list[int]:
        """End every worker as an operator would; return their exit codes."""
        for _, process in self.running:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(25) for _, process in self.running]
        self.running.clear()
        return codes

    def everything_arrived(self, seconds: float = 60) -> None:
        """Wait until no outbox holds anything and every reader knows every event it takes."""
        wait_until(
            lambda: self._county.waiting() == 0 and self._county.missing() == 0,
            seconds,
            "the arrival of everything",
        )

    def _at_work(self) -> int:
        """Return how many workers have a connection to their database."""
        with self._county.monitoring.engine.connect() as connection:
            query = "SELECT count(DISTINCT application_name) FROM pg_stat_activity"
            count: int = connection.exec_driver_sql(
                f"{query} WHERE application_name LIKE 'worker%%'"
            ).scalar_one()
            return count

    def _environment(self, name: str) -> dict[str, str]:
        prefix = name.upper()
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),  # this tree, wherever the program is installed from
            f"{prefix}_DATABASE_URL": self._county.addresses[name],
            f"{prefix}_BROKER_URL": self._county.broker_url,
            f"{prefix}_PERSONAL_DATA_KEYS": json.dumps(PERSONAL_KEYS["personal_data_keys"]),
            f"{prefix}_CLOCK_FILE": str(self._county.clock_file),
            f"{prefix}_BATCH_SIZE": "20",  # small batches: more moments at which to be killed
            "PGAPPNAME": f"worker{self._started}",
        }
