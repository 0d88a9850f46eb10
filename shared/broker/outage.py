"""What a reader does when something it needs is away: it probes, more and more seldom."""

from collections.abc import Callable

import structlog

from shared.broker.backoff import BackOff
from shared.broker.link import reason_of

AFTER_FAILURES = 3
"""So many in a row are an outage; fewer may be a lock, or a neighbour who saved first."""
_FIRST_PROBE, _LONGEST = 0.5, 8.0

_log = structlog.get_logger(__name__)


class Outage:
    """Counts one reader's failures in a row. *tell* hears whether an outage is on when that changes."""

    def __init__(self, reader: str, tell: Callable[[bool], object] = lambda _on: None) -> None:
        self._reader = reader
        self._tell = tell
        self._failures = 0
        self._pauses = BackOff()
        self._probes = BackOff(_FIRST_PROBE, _LONGEST)

    @property
    def on(self) -> bool:
        """Whether so many failed in a row that the next attempt is to be a small one."""
        return self._failures >= AFTER_FAILURES

    def failed(self, error: BaseException) -> float:
        """Note a failure; return how long to wait before the next attempt."""
        self._failures += 1
        if not self.on:
            pause = self._pauses.next()
            _log.warning(
                "batch_not_taken", reader=self._reader, error=reason_of(error), pause=round(pause, 2)
            )
            return pause
        if self._failures == AFTER_FAILURES:
            _log.error("outage_began", reader=self._reader, error=reason_of(error))
            self._tell(True)
        return self._probes.next()

    def succeeded(self) -> None:
        """Note that something went through: whatever was away is back."""
        if self.on:
            _log.warning("outage_ended", reader=self._reader, failures=self._failures)
            self._tell(False)
        self._failures = 0
        self._pauses.reset()
        self._probes.reset()
