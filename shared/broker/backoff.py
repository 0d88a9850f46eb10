"""How long to wait after the n-th failure in a row."""

import random


class BackOff:
    """Doubling pauses with chance in them, so that many workers do not come back at once."""

    def __init__(self, first: float = 0.1, longest: float = 5.0) -> None:
        self._first = first
        self._longest = longest
        self._failures = 0

    def reset(self) -> None:
        """Forget the failures: something succeeded."""
        self._failures = 0

    def next(self) -> float:
        """Return the seconds to wait now: between half and all of the present limit."""
        limit = min(self._longest, self._first * 2 ** min(self._failures, 16))
        self._failures += 1
        return limit * random.uniform(0.5, 1)  # noqa: S311  (spread, not secret)
