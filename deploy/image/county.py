"""The whole county of compose.yaml as processes of this machine: one process keeps all the others."""

import asyncio
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from deploy.image.build import config_of
from deploy.image.compose import Compose, ServiceModel, read
from deploy.image.keeper import Keeper
from deploy.image.network import Names, Network, publish
from deploy.image.recipes import Recipes, places
from deploy.image.refusals import AlreadyUpError, NotUpError

_HOPELESS = 4
"""Who ended so often while the county came up will not come up by itself."""
STATUS, LOCK = "status.json", "lock"
COMPOSE = Path(__file__).parents[1] / "compose.yaml"


class CountyProcesses:
    """What runs with one *state* directory."""

    def __init__(self, root: Path, state: Path, environment: Mapping[str, str]) -> None:
        self.state = state
        self.compose: Compose = read(COMPOSE, environment)
        self.recipes = Recipes(self.compose, COMPOSE.parent, root, state, config_of(root))
        self.services = [one for one in self.compose.services.values() if not one.profiles]
        self.skipped = {
            one.name: package
            for one in self.services
            if (package := self.recipes.package_missing(one)) is not None
        }
        self.network = Network.of(self.compose.subnet, list(self.compose.services.values()))
        self._keepers: dict[str, Keeper] = {}

    async def run(self) -> None:
        """Keep everything until SIGTERM, then stop in the order opposite to the start."""
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        self.network.set_up()
        await self._serve_names()
        self.recipes.prepare(self._runnable())
        (self.state / "logs").mkdir(exist_ok=True)
        self._keepers = {one.name: self._keeper(one) for one in self._runnable()}
        keeping = [asyncio.ensure_future(one.run(self._keepers)) for one in self._keepers.values()]
        published = [
            await publish(port, self.network.addresses[one.name])
            for one in self._runnable()
            for port in one.ports
        ]
        self._note()
        await stopping.wait()
        for server in published:
            server.close()
        await self._stop()
        for task in keeping:
            task.cancel()
        self.network.take_down()
        (self.state / STATUS).unlink(missing_ok=True)

    def _runnable(self) -> list[ServiceModel]:
        return [one for one in self.services if one.name not in self.skipped]

    def _keeper(self, service: ServiceModel) -> Keeper:
        return Keeper(service, self.recipes, self.state / "logs" / f"{service.name}.log", self._note)

    async def _serve_names(self) -> None:
        for path, text in places(self.state, self.network.gateway).items():
            path.write_text(text)
            path.chmod(0o644)
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(
            lambda: Names(self.network.addresses), local_addr=(self.network.gateway, 53)
        )

    async def _stop(self) -> None:
        """First those nobody waits for, then those they waited for."""
        left = dict(self._keepers)
        while left:
            needed = {name for one in left.values() for name in one.service.depends_on}
            ending = [name for name in left if name not in needed] or list(left)
            await asyncio.gather(*(left.pop(name).stop() for name in ending))

    def _note(self) -> None:
        """Write what ``status`` shows; a reader never sees half of it."""
        told: dict[str, Any] = {
            name: {"state": one.state, "pid": one.pid, "restarts": one.restarts}
            for name, one in self._keepers.items()
        }
        for name, package in self.skipped.items():
            told[name] = {"state": f"skipped: {_why(package)}", "pid": None, "restarts": 0}
        part = self.state / f".{STATUS}"
        part.write_text(json.dumps({"keeper": os.getpid(), "services": told}))
        part.replace(self.state / STATUS)


def _why(package: str) -> str:
    return f"deploy/bin/apt.sh {package}" if package else "Debian has no package of it"


def hold(state: Path) -> IO[str]:
    """Return the lock of *state*, held while it is open; raises AlreadyUpError."""
    state.mkdir(parents=True, exist_ok=True)
    state.chmod(0o711)  # the servers' users reach their volumes, nobody sees what there is
    lock = (state / LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise AlreadyUpError(state=state) from None
    return lock


def start(root: Path, state: Path) -> int:
    """Become a process apart that keeps the county; return its number."""
    hold(state).close()
    command = [sys.executable, "-m", "deploy.image", "keep", "--root", str(root), "--state", str(state)]
    log = os.open(state / "keeper.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, log, 1),
                      (os.POSIX_SPAWN_DUP2, log, 2)],
        setsid=True,
    )  # fmt: skip


def keep(root: Path, state: Path) -> None:
    """Be that process."""
    with hold(state):
        asyncio.run(CountyProcesses(root, state, os.environ).run())


def status_of(state: Path) -> dict[str, Any]:
    """Return what runs on *state*; raises NotUpError."""
    with suppress(FileNotFoundError, ProcessLookupError):
        told: dict[str, Any] = json.loads((state / STATUS).read_text(encoding="utf-8"))
        os.kill(told["keeper"], 0)
        return told
    raise NotUpError(state=state)


def wait_until_up(state: Path, keeper: int, seconds: float) -> bool:
    """Wait until everything is healthy or done; False when something failed or it took longer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(keeper, os.WNOHANG)[0]:
            return False
        with suppress(NotUpError):
            services = status_of(state)["services"].values()
            if any(one["restarts"] >= _HOPELESS for one in services):
                return False
            states = [one["state"] for one in services]
            if all(one.startswith(("healthy", "done", "skipped")) for one in states):
                return True
            if any(one.startswith(("failed", "not started")) for one in states):
                return False
        time.sleep(0.5)
    return False


def take_down(state: Path, seconds: float = 150) -> bool:
    """Stop everything on *state*; False when that took too long. Raises NotUpError."""
    keeper = int(status_of(state)["keeper"])
    os.kill(keeper, signal.SIGTERM)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(AlreadyUpError):
            hold(state).close()
            return True
        time.sleep(0.3)
    return False
