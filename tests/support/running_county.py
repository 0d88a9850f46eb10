"""A county that lives, for a test of what it does: events arrive, days pass, on either kind of machinery."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from deploy.embedded.courier import Courier
from shared.contracts.finance.v1 import LoanOverdue
from shared.kernel.clock import SetClock, at_hour
from tests.support.county_on import TestCounty, metadata_of, open_on, sqlite_in
from tests.support.county_workers import CountyWorkers, wait_until
from tests.support.household_story import Step, Story


class RunningCounty(Protocol):
    """The county of a test, and what carries its events."""

    county: TestCounty
    sweeps_by_itself: bool

    def live_on(self, day: date) -> None:
        """Let it be the morning of *day*."""

    def wait_for_sweeps(self) -> None:
        """Let everything that falls due by now be done, and its events arrive."""

    def settle(self) -> None:
        """Return when everything told has arrived everywhere."""


class InThisThread:
    """SQLite, the broker in memory, everything in one thread: the embedded county as it is made."""

    sweeps_by_itself = False

    def __init__(self, directory: Path, day: date) -> None:
        self._clock = SetClock(at_hour(day, 9))
        # Nothing here outlives the test: nobody waits for the disk.
        addresses = {name: f"{one}?synchronous=off" for name, one in sqlite_in(directory).items()}
        self.county = open_on(addresses, f"memory://{directory}", directory / "clock.json", clock=self._clock)
        self.courier = Courier(self.county.services)

    def live_on(self, day: date) -> None:
        self._clock.set(at_hour(day, 9))

    def wait_for_sweeps(self) -> None:
        for service in self.county.services:
            service.sweep()
        self.settle()

    def settle(self) -> None:
        self.courier.deliver()


class InProcesses:
    """PostgreSQL, RabbitMQ, and the worker processes that production runs."""

    sweeps_by_itself = True

    def __init__(self, county: TestCounty, workers: CountyWorkers) -> None:
        self.county = county
        self._workers = workers

    def live_on(self, day: date) -> None:
        self.county.live_on(day)

    def wait_for_sweeps(self) -> None:
        # A worker looks when it starts, and every half minute.
        self._workers.restart("finance")
        wait_until(self._found_overdue, 40, "an overdue loan found by the worker")
        self.settle()

    def settle(self) -> None:
        self._workers.everything_arrived(30)

    def _found_overdue(self) -> bool:
        outbox = metadata_of("finance").tables["outbox"]
        with self.county.finance.engine.connect() as connection:
            found = connection.execute(select(outbox.c.id).where(outbox.c.type == LoanOverdue.type))
            return found.first() is not None


@contextmanager
def in_this_thread(directory: Path, day: date) -> Iterator[InThisThread]:
    """Give a county in *directory*, on *day*."""
    running = InThisThread(directory, day)
    with running.courier:
        yield running
    running.county.close()


def live_through(running: RunningCounty, stories: list[Story], *, names: set[str] | None = None) -> None:
    """Give every command of *stories* on its day (only those called *names*, if given).

    Between two days everything arrives.
    """
    steps = [
        (story.day_of(step), number, step) for number, story in enumerate(stories) for step in story.steps
    ]
    chosen = [one for one in steps if names is None or one[2].name in names]
    for day in sorted({day for day, _, _ in chosen}):
        running.live_on(day)
        running.settle()
        for number, step in _on(day, chosen):
            stories[number].take(step, running.county)
        running.settle()


def _on(day: date, steps: list[tuple[date, int, Step]]) -> list[tuple[int, Step]]:
    return [(number, step) for on, number, step in steps if on == day]
