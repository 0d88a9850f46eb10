"""How far a reader is behind: the age of the oldest event it is at, or was at last."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from shared.kernel.clock import Clock

QUIET_SECONDS = 60.0
"""After so long without a batch the reader has taken all there was: it listens without a pause."""


class Lag:
    """Calling it returns the lag in seconds; None before the first batch.

    While a batch is under way, or fails again and again: the age of its oldest event,
    which grows. When it was taken: the age that event had then, for a minute; then 0. By
    the service's clock, because events are dated by their publisher's. What waits at
    the broker of which nothing was delivered it cannot know: that is the broker's metric.
    """

    def __init__(self, clock: Clock, *, now: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._now = now
        self._oldest: datetime | None = None
        self._at_end: tuple[float, float] | None = None

    def begin(self, committed: Iterable[datetime]) -> None:
        """Note that events committed then are being taken in."""
        self._oldest = min(committed, default=None)

    def end(self) -> None:
        """Note that they were."""
        self._at_end = (self._age(), self._now())
        self._oldest = None

    def __call__(self) -> float | None:
        if self._oldest is not None:
            return self._age()
        if self._at_end is None:
            return None
        age, ended = self._at_end
        return age if self._now() - ended < QUIET_SECONDS else 0.0

    def _age(self) -> float:
        if self._oldest is None:
            return 0.0
        return max(0.0, (self._clock() - self._oldest).total_seconds())
