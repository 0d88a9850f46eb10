"""Whether a process is of use (ready) and whether it still moves (live), for whoever asks."""

import time
from collections.abc import Callable, Mapping
from threading import Lock, Thread

Check = Callable[[], object]
"""Does what must work; a failure is raised, or False is returned."""


class Readiness:
    """Everything that must work for the process to be of use; calling it tries all of it.

    An answer is kept for *keep_seconds*, so that many who ask do not become a load.
    What has not answered within *limit_seconds* does not work; it is not asked
    again until it has, so that no threads pile up.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        *,
        keep_seconds: float = 1.0,
        limit_seconds: float = 2.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._checks = dict(checks)
        self._keep_seconds = keep_seconds
        self._limit_seconds = limit_seconds
        self._now = now
        self._answer: dict[str, bool] = {}
        self._asked_at: float | None = None
        self._asking: dict[str, _Asking] = {}
        self._lock = Lock()

    def __call__(self) -> Mapping[str, bool]:
        """Return each part's name and whether it works."""
        with self._lock:
            if self._asked_at is None or self._now() - self._asked_at >= self._keep_seconds:
                self._answer = self._ask()
                self._asked_at = self._now()
            return dict(self._answer)

    def _ask(self) -> dict[str, bool]:
        """Ask all at once, each in a thread of its own: one that hangs delays neither the others nor us."""
        until = time.monotonic() + self._limit_seconds
        for name, check in self._checks.items():
            if name not in self._asking or not self._asking[name].is_alive():
                self._asking[name] = _Asking(check)
                self._asking[name].start()
        for asking in self._asking.values():
            asking.join(max(0.0, until - time.monotonic()))
        return {name: asking.works and not asking.is_alive() for name, asking in self._asking.items()}


class Heartbeats:
    """The loops of a worker: each beats when it comes round; calling it tells which still do.

    A loop is expected from ``expect`` on, so that one that hangs in its first
    round is noticed as well.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._limits: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def expect(self, loop: str, *, within_seconds: float) -> Callable[[], None]:
        """Expect *loop* to beat at least every *within_seconds*; return what it calls to beat."""
        self._limits[loop] = within_seconds
        self._last[loop] = self._now()

        def beat() -> None:
            self._last[loop] = self._now()

        return beat

    def __call__(self) -> Mapping[str, bool]:
        """Return each loop's name and whether it has beaten in time."""
        now = self._now()
        return {loop: now - self._last[loop] <= limit for loop, limit in self._limits.items()}


class _Asking(Thread):
    """One check under way; a daemon, so that one that hangs keeps no process from ending."""

    def __init__(self, check: Check) -> None:
        super().__init__(daemon=True)
        self._check = check
        self.works = False

    def run(self) -> None:
        self.works = _works(self._check)


def _works(check: Check) -> bool:
    try:
        return check() is not False
    except Exception:  # noqa: BLE001  (whatever fails, the answer is that it does not work)
        return False
