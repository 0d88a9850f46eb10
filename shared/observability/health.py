"""Whether a process is of use (ready) and whether it still moves (live), for whoever asks."""

import time
from collections.abc import Callable, Mapping

Check = Callable[[], object]
"""Does what must work; a failure is raised, or False is returned."""


class Readiness:
    """Everything that must work for the process to be of use; calling it tries all of it.

    An answer is kept for *keep_seconds*, so that many who ask do not become a load.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        *,
        keep_seconds: float = 1.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._checks = dict(checks)
        self._keep_seconds = keep_seconds
        self._now = now
        self._answer: dict[str, bool] = {}
        self._asked_at: float | None = None

    def __call__(self) -> Mapping[str, bool]:
        """Return each part's name and whether it works."""
        now = self._now()
        if self._asked_at is None or now - self._asked_at >= self._keep_seconds:
            self._answer = {name: _works(check) for name, check in self._checks.items()}
            self._asked_at = now
        return dict(self._answer)


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


def _works(check: Check) -> bool:
    try:
        return check() is not False
    except Exception:  # noqa: BLE001  (whatever fails, the answer is that it does not work)
        return False
