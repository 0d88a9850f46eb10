"""The facts scores rest on, kept in memory: every event is parsed once, and only what is new is read."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from services.evaluation.domain.fact import Fact
from services.evaluation.service_layer.ports import Facts

_OVERLAP = timedelta(minutes=5)
"""An event stamped earlier may be committed later, by another worker: so far back is looked again."""


class KnownFacts:
    """Facts of *names* in the order this process learned of them; not safe for several threads at once."""

    def __init__(self, facts: Facts, names: Iterable[str]) -> None:
        self._facts = facts
        self._names = frozenset(names)
        self._seen: set[str] = set()
        self._learned: list[tuple[datetime, Fact]] = []
        self._latest: datetime | None = None

    def catch_up(self) -> int:
        """Take in what the journal has got since, and return how many facts are known.

        The journal only grows, so its size tells for certain whether anything is
        missing; where it was added says only where to look first.
        """
        size = self._facts.size()
        if size > len(self._seen) and self._latest is not None:
            self._take(self._latest - _OVERLAP)
        if size > len(self._seen):
            self._take(None)
        return len(self._learned)

    def learned(self, start: int) -> Sequence[tuple[datetime, Fact]]:
        """Return the facts from number *start* on, each with the instant it was recorded."""
        return self._learned[start:]

    def _take(self, since: datetime | None) -> None:
        seen, learned, latest = self._seen, self._learned, self._latest
        for event_id, at, fact in self._facts.recorded(self._names, since=since, known=seen):
            seen.add(event_id)
            if latest is None or at > latest:
                latest = at
            if fact is not None:
                learned.append((at, fact))
        self._latest = latest
