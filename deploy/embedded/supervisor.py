"""Keeps the county's two processes running: one serves pages, one does the background work."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

from deploy.embedded.ownership import owned_environment

STOP_WITHIN = 15.0
"""Seconds a process has to finish what it is doing; then it is killed, which loses nothing."""

_RESTART_AFTER = 1.0


@dataclass(slots=True)
class Child:
    """One process; started again when it ends by itself."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    ended_at: float = field(default=-_RESTART_AFTER)

    def keep_running(self) -> None:
        """Start the process if it is not running and has rested long enough."""
        if self.process is not None and self.process.poll() is not None:
            sys.stderr.write(f"{self.name} ended with code {self.process.returncode}; starting it again\n")
            self.process, self.ended_at = None, time.monotonic()
        if self.process is None and time.monotonic() - self.ended_at >= _RESTART_AFTER:
            # A process group of its own: Ctrl-C reaches us alone, and we stop the children in order.
            self.process = subprocess.Popen(self.command, start_new_session=True, env=owned_environment())

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until(self, deadline: float) -> None:
        """Wait for the end until *deadline* (monotonic seconds), then kill."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Runs *children* until SIGINT or SIGTERM."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._stopping = False

    def run(self) -> None:
        """Start everything, restart what ends, and return when all is stopped."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        try:
            while not self._stopping:
                for child in self._children:
                    child.keep_running()
                time.sleep(0.2)
        finally:
            self._stop_all()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _stop_all(self) -> None:
        deadline = time.monotonic() + STOP_WITHIN
        for child in self._children:
            child.ask_to_stop()
        for child in self._children:
            child.wait_until(deadline)
