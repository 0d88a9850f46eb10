"""Worker processes of the chain by the dozen: one process has imported everything and forks on demand.

A worker of its own takes a second of computing before its first line; the matrix
starts some five hundred. See ``nursery_process`` for what is forked.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

_ROOT = Path(__file__).parents[2]


class Nursery:
    """Starts worker processes; they end with it, however it ends."""

    def __init__(self, log: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery_process", str(log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            text=True,
            start_new_session=True,  # Ctrl-C is for the tests; the end of its input is for it
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def start(self, names: Sequence[str], environment: Mapping[str, str]) -> "Forked":
        """Fork one process with the chain's workers *names*."""
        return Forked(int(self.ask("start", list(names), dict(environment))), self)

    def ask(self, *order: object) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


class Forked:
    """A process of the nursery, to be treated like one of ``subprocess``."""

    def __init__(self, pid: int, nursery: Nursery) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery

    def poll(self) -> int | None:
        if self.returncode is None:
            answer = self._nursery.ask("poll", self.pid)
            self.returncode = int(answer) if answer else None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float = 60) -> int:
        """Return its exit code; negative is the signal it died of."""
        give_up = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() > give_up:
                raise subprocess.TimeoutExpired("a forked worker", seconds)
            time.sleep(0.02)
        return code
