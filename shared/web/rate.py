"""How much one caller may ask for: token buckets in this process's memory."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Lock

from shared.kernel.errors import Problem

_MOST_KEYS = 20_000
_NETWORK = 64
"""Bits of an IPv6 address that one customer of a network has; the others are theirs to choose."""


class TooManyRequestsError(Problem):
    """Raised when a caller's bucket is empty; *seconds* until there is something in it again."""

    code = "too_many_requests"
    zh = "请求过于频繁，请于 {seconds} 秒后再试"
    en = "Too many requests; try again in {seconds} seconds"


class Buckets:
    """One bucket a key: holds *per_minute* tokens and is filled evenly within a minute. 0: no limit.

    *clock* counts seconds from anywhere. Each process counts for itself: with
    several processes behind one address the limit is that many times as high.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._kept: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, key: str) -> None:
        """Take a token from the bucket of *key*; raises TooManyRequestsError."""
        if not self._most:
            return
        now = self._clock()
        with self._lock:
            tokens = self._tokens(key, now)
            if tokens >= 1:
                self._kept[key] = (tokens - 1, now)
                self._forget(now)
                return
        raise TooManyRequestsError(seconds=max(1, round((1 - tokens) * 60 / self._most + 0.5)))

    def _tokens(self, key: str, now: float) -> float:
        tokens, at = self._kept.get(key, (self._most, now))
        return min(self._most, tokens + (now - at) * self._most / 60)

    def _forget(self, now: float) -> None:
        """Memory is bounded: full buckets are as good as none, then those longest untouched go."""
        if len(self._kept) <= _MOST_KEYS:
            return
        self._kept = {key: one for key, one in self._kept.items() if now - one[1] < 60}  # noqa: PLR2004
        if len(self._kept) > _MOST_KEYS // 2:
            newest = sorted(self._kept.items(), key=lambda one: one[1][1])[-_MOST_KEYS // 2 :]
            self._kept = dict(newest)


def _unlimited() -> Buckets:
    return Buckets(0)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one site's process; without settings there are none.

    *addresses* counts every request by network address, *accounts* those of
    somebody signed in, *heavy* their downloads and dear pages, *sign_in* the attempts
    to sign in by where they come from. By login they are not counted here, where
    anybody could use up another's: that is the lock-out's, which tells sources apart.
    """

    addresses: Buckets = field(default_factory=_unlimited)
    accounts: Buckets = field(default_factory=_unlimited)
    heavy: Buckets = field(default_factory=_unlimited)
    sign_in: Buckets = field(default_factory=_unlimited)


def network_of(client: tuple[str, int] | None) -> str:
    """Return whose address it is: an IPv4 address, or the network of an IPv6 one."""
    host = client[0] if client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 4:  # noqa: PLR2004
        return host
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped) if mapped else str(int(address) >> (128 - _NETWORK))
