"""A province's year end: counties send their packs towards a deadline, some processes verify them, in turn.

Nothing is measured here: what a pack costs comes in, how long packs wait goes out. Same seed, same end.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

MEDIAN_HOUSEHOLDS, SPREAD = 50_000, 0.6
SMALLEST, LARGEST = 5_000, 200_000
"""Assumed, as no list of counties by households was at hand: log-normal, so the mean is near 60,000."""
LATENESS = 3
"""Assumed: each sends at the latest of so many moments drawn: half of them in the last fifth."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One county's pack: when it arrives, in seconds from the start of the window, and what is in it."""

    county: str
    households: int
    events: int
    at: float


@dataclass(frozen=True, slots=True)
class Verified:
    """One pack's way: when its turn came and when it was done."""

    sent: Sent
    begun: float
    done: float

    @property
    def waited(self) -> float:
        return self.begun - self.sent.at

    @property
    def took(self) -> float:
        return self.done - self.sent.at


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What came of it, in seconds; *after_deadline* is when the last was done, negative if before."""

    processes: int
    window: float
    p50: float
    p90: float
    p99: float
    longest_queue: int
    after_deadline: float
    busy: float
    """Share of the window that a process works."""


def counties(number: int, seed: str, events_a_household: float, window: float) -> tuple[Sent, ...]:
    """Return the packs of *number* counties in the order they come; their sizes and hours are drawn."""
    drawn = Random(f"province {seed}")
    sent = []
    for at in range(number):
        households = round(MEDIAN_HOUSEHOLDS * math.exp(SPREAD * drawn.gauss(0, 1)))
        households = min(max(households, SMALLEST), LARGEST)
        moment = window * max(drawn.random() for _ in range(LATENESS))
        sent.append(Sent(f"{at:04}", households, round(households * events_a_household), moment))
    return tuple(sorted(sent, key=lambda one: (one.at, one.county)))


def verified(sent: Sequence[Sent], processes: int, seconds_an_event: float) -> tuple[Verified, ...]:
    """Let *processes* verify *sent* first come, first served; each has a processor to itself."""
    free = [0.0] * processes
    done = []
    for one in sent:
        begun = max(one.at, heapq.heappop(free))
        end = begun + one.events * seconds_an_event
        heapq.heappush(free, end)
        done.append(Verified(one, begun, end))
    return tuple(done)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of *values* that so many are not above."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def year_end(sent: Sequence[Sent], processes: int, seconds_an_event: float, window: float) -> YearEnd:
    """Return how long packs take from their arrival until they are verified."""
    packs = verified(sent, processes, seconds_an_event)
    took = [one.took for one in packs]
    p50, p90, p99 = (percentile(took, share) for share in (0.5, 0.9, 0.99))
    return YearEnd(
        processes=processes,
        window=window,
        p50=p50,
        p90=p90,
        p99=p99,
        longest_queue=_longest_queue(packs),
        after_deadline=max(one.done for one in packs) - window,
        busy=sum(one.done - one.begun for one in packs) / (processes * window),
    )


def _longest_queue(packs: Sequence[Verified]) -> int:
    """Return how many waited at most; one whose turn comes at once has not waited."""
    changes = [(one.sent.at, 1) for one in packs if one.waited > 0]
    changes += [(one.begun, -1) for one in packs if one.waited > 0]
    waiting = longest = 0
    for _, change in sorted(changes):
        waiting += change
        longest = max(longest, waiting)
    return longest
