"""The chain on trial: workers speak through wires that can be cut, and what is told is always the same."""

import hashlib
import itertools
import os
import random
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self, cast

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from shared.broker.queues import queue_depths
from shared.kernel.clock import system_clock
from shared.messaging.pause import pause_reader, resume_reader
from tests.support.chain import MESSAGES, counted, sealed
from tests.support.chain_county import ChainCounty, wait_until
from tests.support.nursery import Forked, Nursery

PATIENCE = float(os.environ.get("CHAOS_PATIENCE", "1"))
"""Multiplies every limit: a machine that does other work at the same time needs more than 1."""
STOP_SECONDS = 20 * PATIENCE
SETTLE_SECONDS = 60 * PATIENCE
READER = "second"

COMMANDS = 75
"""Of 1, 2, 20 or 57 events, by a seed of its own: 1,500 events in round numbers."""
COMMANDS_AFTERWARDS = 15
PAUSE_SECONDS = 0.06


@dataclass(frozen=True)
class Counts:
    """What came of the events told. *digest* is over everything kept, sorted: chance has no part in it."""

    told: int
    effects: int
    heard: int
    set_aside: int
    delayed: int
    waiting: int
    undelivered: int
    digest: str


class TrialCounty(ChainCounty):
    """One process with the first and the last service, and as many workers of the second as are on trial."""

    def __init__(
        self,
        broker_url: str,
        databases: Mapping[str, str],
        wired_databases: Mapping[str, str],
        nursery: Nursery,
        workers: int,
    ) -> None:
        super().__init__(broker_url, databases, batch_size=100)
        self._wired = wired_databases
        self._nursery = nursery
        self._workers = workers
        self.readers: list[Forked] = []
        self.others: list[Forked] = []

    def start_others(self) -> None:
        """Start who tells and who hears last; they are never on trial."""
        self.others.append(self._fork("first", "last"))

    def start_reader(self) -> None:
        """Start one more worker of the reader on trial."""
        self.readers.append(self._fork(READER))

    def start_readers(self) -> None:
        """Start as many as there should be."""
        while len(self.readers) < self._workers:
            self.start_reader()

    def stop_reader(self, reader: Forked) -> None:
        """SIGTERM; it must end within its time, politely or, when what it needs is away, by its own timer."""
        reader.send_signal(15)
        assert reader.wait(STOP_SECONDS) in {0, 1}
        self.readers.remove(reader)

    def stop_readers(self) -> None:
        """SIGTERM to all at once."""
        for reader in self.readers:
            reader.send_signal(15)
        codes = {reader.wait(STOP_SECONDS) for reader in self.readers}
        assert codes <= {0, 1}
        self.readers.clear()

    def kill_reader(self, chance: random.Random) -> None:
        """``kill -9`` to any of them, and a successor."""
        reader = chance.choice(self.readers)
        reader.kill()
        reader.wait()
        self.readers.remove(reader)
        self.start_reader()

    def kill_readers(self) -> None:
        """``kill -9`` to all of them; whatever they were at is in the middle."""
        for reader in self.readers:
            reader.kill()
        for reader in self.readers:
            reader.wait()
        self.readers.clear()

    def pause(self, *, on: bool) -> None:
        """Pause the reader as an officer would, or resume it; the database may be away at first."""

        def done() -> bool:
            try:
                with self.second.engine.begin() as connection:
                    if on:
                        pause_reader(connection, READER, by="trial", reason="trial", at=system_clock())
                    else:
                        resume_reader(connection, READER)
            except DBAPIError:
                return False
            return True

        wait_until(done, SETTLE_SECONDS, "the pause" if on else "its end")

    def tell_numbers(self, numbers: Iterable[int]) -> None:
        """Let the command that tells *numbers* be accepted, once, however often it must be tried."""
        envelopes = [sealed(counted(n, household=f"h{n % 97}", version=n), f"e{n}") for n in numbers]
        give_up = time.monotonic() + SETTLE_SECONDS
        while True:
            try:
                with self.first.uow() as uow:
                    uow.outbox.add(envelopes)  # one that is there already stays
                    uow.commit()
            except DBAPIError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.2)
            else:
                self.accepted += [envelope.id for envelope in envelopes]
                return

    def consumers(self) -> int:
        """Return how many workers listen to the queue of the reader on trial."""
        depth = queue_depths(self.broker_url, [READER])[READER]
        return -1 if depth is None else depth.consumers

    def wait_for_what_was_told(self) -> None:
        """Return when everything accepted until now has arrived at the end."""
        told = set(self.first.outbox_ids())

        def missing() -> tuple[int, int]:
            return len(told) - len(told & set(self.second.effects())), len(told) - len(
                set(self.last.effects())
            )

        wait_until(lambda: max(missing()) <= 0, SETTLE_SECONDS, f"the arrival of {len(told)} meanwhile")

    def counts(self) -> Counts:
        """Return what came of everything."""
        effects, heard = self.second.effects(), self.last.effects()
        told = self.first.outbox_ids()
        followed = self.second.outbox_ids()
        assert sorted(self.accepted) == told, "an accepted change was lost"
        assert len(followed) == len(set(effects))
        kept = [*effects, "|", *heard, "|", *(f"{h} {n}" for h, n in sorted(self.second.incomes().items()))]
        depths = queue_depths(self.broker_url, ("second", "last"))
        return Counts(
            told=len(told),
            effects=len(effects),
            heard=len(heard),
            set_aside=sum(len(service.set_aside()) for service in self.services.values()),
            delayed=sum(_rows(service.engine) for service in self.services.values()),
            waiting=self.first.waiting() + self.second.waiting(),
            undelivered=sum(depth.undelivered for depth in depths.values() if depth),
            digest=hashlib.sha256("\n".join(kept).encode()).hexdigest(),
        )

    def wait_for_everything(self) -> None:
        """Return when all that was told has arrived everywhere; fail when that takes too long."""

        def state() -> tuple[int, ...]:
            waiting = self.first.waiting(), self.second.waiting()
            return (*waiting, len(set(self.second.effects())), len(set(self.last.effects())))

        everything = (0, 0, len(self.accepted), len(self.accepted))
        try:
            wait_until(lambda: state() == everything, SETTLE_SECONDS)
        except AssertionError as error:
            raise AssertionError(f"waiting, waiting, effects, heard: {state()}, not {everything}") from error

    def stop_all(self) -> list[int]:
        """End every process as an operator would; return their exit codes."""
        everybody = [*self.readers, *self.others]
        for process in everybody:
            process.send_signal(15)
        codes = [process.wait(STOP_SECONDS) for process in everybody]
        self.readers.clear()
        self.others.clear()
        return codes

    def close(self) -> None:
        for process in (*self.readers, *self.others):
            process.kill()
            process.wait()
        super().close()

    def _fork(self, *names: str) -> Forked:
        environment = {
            "CHAIN_BROKER_URL": self.broker_url,
            "CHAIN_BATCH_SIZE": str(self._batch_size),
            "CHAIN_AUDIENCE": "second last",
            **{f"CHAIN_{name.upper()}_DATABASE_URL": url for name, url in self._wired.items()},
        }
        return self._nursery.start(names, environment)


class SteadyLoad:
    """The same commands in the same order every time; the last of them come when the disturbance is over."""

    def __init__(self, county: TrialCounty) -> None:
        self._county = county
        self._calm = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._calm.set()
        self._thread.join(2 * SETTLE_SECONDS)
        assert not self._thread.is_alive(), "the load did not end"
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            numbers, chance = itertools.count(1), random.Random(1)
            for command in range(COMMANDS):
                if command == COMMANDS - COMMANDS_AFTERWARDS:
                    self._calm.wait()
                self._county.tell_numbers(itertools.islice(numbers, chance.choice((1, 2, 20, 57))))
                time.sleep(PAUSE_SECONDS)
        except BaseException as error:  # noqa: BLE001  (told by the thread of the test)
            self._failure = error


def _rows(engine: object) -> int:
    with engine.connect() as connection:  # type: ignore[attr-defined]
        return cast(
            "int", connection.execute(select(func.count()).select_from(MESSAGES.delayed_event)).scalar_one()
        )
