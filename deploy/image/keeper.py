"""The life of one service: started after those it needs, asked for its health, started again."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from deploy.image.compose import Health, ServiceModel
from deploy.image.network import end_all, namespace_of
from deploy.image.recipes import Recipes

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY_SECONDS = 10.0
"""Who ran so long is started again at once; who ends sooner waits longer each time."""


class Keeper:
    """Keeps *service* as compose.yaml wants it. ``state`` is what an operator sees in ``status``."""

    def __init__(
        self, service: ServiceModel, recipes: Recipes, log: Path, changed: Callable[[], None]
    ) -> None:
        self.service = service
        self.state = "waiting"
        self.restarts = 0
        self.pid: int | None = None
        self._recipes, self._log, self._changed = recipes, log, changed
        self._stopping = asyncio.Event()
        self._ready = asyncio.Event()
        self._ended = asyncio.Event()

    async def run(self, others: Mapping[str, "Keeper"]) -> None:
        """Live until ``stop``."""
        if not await self._others_are_ready(others):
            return
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            status = await self._once()
            if self._stopping.is_set() or not self.service.restarts:
                self._say(self._last_word(status))
                break
            steady = time.monotonic() - started > _STEADY_SECONDS
            pause = _FIRST_PAUSE if steady else min(2 * pause, _LONGEST_PAUSE)
            self.restarts += 1
            self._say(f"restarting (ended with {status})")
            await self._wait(self._stopping, pause)
        self._ended.set()

    async def stop(self) -> None:
        """End the process as compose.yaml says, then whatever it left behind."""
        self._stopping.set()
        if self.pid is not None:
            self._signal(signal.Signals[self.service.stop_signal])
            await self._wait(self._ended, self.service.grace)
        if self.pid is not None:
            self._signal(signal.SIGKILL)
            await self._wait(self._ended, 5)
        end_all(namespace_of(self.service.name))

    async def satisfied(self, condition: str) -> bool:
        """Wait until *condition* of ``depends_on`` holds; False when it never will."""
        if condition == "service_completed_successfully":
            await self._ended.wait()
            return self.state == "done"
        await self._ready.wait()
        return True

    async def _others_are_ready(self, others: Mapping[str, "Keeper"]) -> bool:
        for name, condition in self.service.depends_on.items():
            if name not in others:
                continue
            waiting = asyncio.ensure_future(others[name].satisfied(condition))
            stopping = asyncio.ensure_future(self._stopping.wait())
            await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not waiting.done() or not waiting.result():
                waiting.cancel()
                self._say(f"not started: {name} failed" if not self._stopping.is_set() else "stopped")
                self._ended.set()
                return False
        return True

    async def _once(self) -> int:
        with self._log.open("ab") as log:
            # Some programs open /dev/stdout anew, which asks whose file it is.
            os.fchown(log.fileno(), self._recipes.user_of(self.service), -1)
            process = await asyncio.create_subprocess_exec(
                *self._recipes.command(self.service),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.pid = process.pid
        self._say("starting" if self.service.health else "running")
        asking = asyncio.ensure_future(self._ask_for_health(process.pid))
        status = await process.wait()
        asking.cancel()
        self.pid = None
        return status

    async def _ask_for_health(self, pid: int) -> None:
        health = self.service.health
        if health is None:
            self._ready.set()
            return
        failures, until = 0, time.monotonic() + health.start_period
        while True:
            fine = await self._healthy(pid, health)
            failures = 0 if fine else failures + 1
            if fine:
                self._say("healthy")
                self._ready.set()
            elif failures >= health.retries and (self.state == "healthy" or time.monotonic() > until):
                self._say("unhealthy")
            # While it starts it is asked more often, so that those who wait for it lose no time.
            await asyncio.sleep(health.interval if self.state == "healthy" else min(health.interval, 2))

    async def _healthy(self, pid: int, health: Health) -> bool:
        asked = await asyncio.create_subprocess_exec(
            *self._recipes.beside(self.service, pid, health.test),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            return await asyncio.wait_for(asked.wait(), health.timeout) == 0
        except TimeoutError:
            # It may have ended at this very moment; an error here would end all further asking.
            with suppress(ProcessLookupError):
                asked.kill()
            await asked.wait()
            return False

    def _last_word(self, status: int) -> str:
        if self._stopping.is_set():
            return "stopped"
        return "done" if status == 0 else f"failed ({status})"

    def _signal(self, number: signal.Signals) -> None:
        # To the process itself, as an engine does: what it started is its own to end.
        with suppress(ProcessLookupError):
            os.kill(self.pid or 0, number) if self.pid else None

    def _say(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self._changed()

    @staticmethod
    async def _wait(event: asyncio.Event, at_most: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), at_most)
