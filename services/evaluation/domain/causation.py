"""What followed from what: the events of a chain as a tree, folded so that people can read it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

CLOSED = ""
"""The kind of an event that whoever looks may not open: that it is there is all that is told of it."""

MOST_SHOWN = 60
"""Branches of a tree that is not folded; a folded one keeps to it too where the kinds of events allow."""
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """One event of a chain. *kind* is what is folded together; *cause* the id of what led to it, or empty."""

    id: str
    kind: str
    told_at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class Branch:
    """An event, or several of one kind under one branch, and what followed.

    *waited* has the shortest and the longest time in seconds between cause and event; None at a root.
    Of a closed branch only *count* is told. *deeper* ones stand for all of their kind further down.
    """

    kind: str
    events: tuple[str, ...]
    count: int
    first: datetime | None
    last: datetime | None
    waited: tuple[float, float] | None
    marked: bool
    deeper: bool
    below: tuple["Branch", ...]


class Chain:
    """The events of one or more chains, each given once, in whatever order.

    An event whose cause is not among them begins a chain; so does, should
    events ever cause each other in a circle, the earliest of the circle.
    """

    def __init__(self, events: Iterable[ChainEvent]) -> None:
        ordered = sorted(events, key=lambda event: (event.told_at, event.id))
        self.events: Mapping[str, ChainEvent] = {event.id: event for event in ordered}
        self._below: dict[str, list[str]] = defaultdict(list)
        self.roots: list[str] = []
        for event in ordered:
            known = event.cause in self.events and event.cause != event.id
            (self._below[event.cause] if known else self.roots).append(event.id)
        self._break_circles()

    def below(self, event_id: str) -> Sequence[str]:
        """Return what followed directly from the event, first told first."""
        return self._below.get(event_id, ())

    def everything_below(self, event_ids: Iterable[str]) -> list[str]:
        """Return all that followed, directly or not."""
        found: list[str] = []
        waiting = [one for event_id in event_ids for one in self.below(event_id)]
        while waiting:
            found.append(waiting.pop())
            waiting.extend(self.below(found[-1]))
        return found

    def waited(self, event_id: str) -> float | None:
        """Return the seconds between an event and what led to it; None where that is not known."""
        event = self.events[event_id]
        cause = self.events.get(event.cause)
        return None if cause is None else (event.told_at - cause.told_at).total_seconds()

    def depth(self) -> int:
        """Return how many events lie on the longest way down."""
        level, deep = self.roots, 0
        while level:
            level, deep = [one for event_id in level for one in self.below(event_id)], deep + 1
        return deep

    def _break_circles(self) -> None:
        reached = {*self.roots, *self.everything_below(self.roots)}
        for event_id, event in self.events.items():
            if event_id not in reached:
                self._below[event.cause].remove(event_id)
                self.roots.append(event_id)
                reached |= {event_id, *self.everything_below([event_id])}


def folded(chain: Chain, marked: Collection[str] = (), *, most: int = MOST_SHOWN) -> tuple[Branch, ...]:
    """Return the tree as it is shown: event by event while that can be read, else folded by kind with counts.

    What lies deeper than can be read is counted by kind at the deepest branch. *marked* was asked for.
    """
    if len(chain.events) <= most and chain.depth() <= DEEPEST:
        return _Folding(chain, frozenset(marked), DEEPEST, by_kind=False).branches(chain.roots, 1)
    tree: tuple[Branch, ...] = ()
    for deepest in range(DEEPEST, 0, -1):
        tree = _Folding(chain, frozenset(marked), deepest, by_kind=True).branches(chain.roots, 1)
        if sum(1 for _ in walked(tree)) <= most:
            break
    return tree


def walked(tree: Iterable[Branch], level: int = 0) -> Iterable[tuple[int, Branch]]:
    """Yield every branch with its level, as a person reads: each before what followed from it."""
    for branch in tree:
        yield level, branch
        yield from walked(branch.below, level + 1)


@dataclass(frozen=True, slots=True)
class _Folding:
    chain: Chain
    marked: frozenset[str]
    deepest: int
    by_kind: bool

    def branches(self, event_ids: Iterable[str], level: int) -> tuple[Branch, ...]:
        return tuple(self._branch(some, level) for some in self._alike(event_ids))

    def _alike(self, event_ids: Iterable[str]) -> list[list[str]]:
        alike: dict[str, list[str]] = defaultdict(list)
        for event_id in event_ids:
            alike[self.chain.events[event_id].kind if self.by_kind else event_id].append(event_id)
        return list(alike.values())

    def _branch(self, event_ids: Sequence[str], level: int) -> Branch:
        if level < self.deepest:
            next_level = (one for event_id in event_ids for one in self.chain.below(event_id))
            return self._made(event_ids, self.branches(next_level, level + 1))
        rest = sorted(self.chain.everything_below(event_ids), key=lambda one: self.chain.events[one].told_at)
        return self._made(event_ids, tuple(self._made(some, (), deeper=True) for some in self._alike(rest)))

    def _made(self, event_ids: Sequence[str], below: tuple[Branch, ...], *, deeper: bool = False) -> Branch:
        kind = self.chain.events[event_ids[0]].kind
        if kind == CLOSED:
            return Branch(
                CLOSED, (), len(event_ids), None, None, None, marked=False, deeper=deeper, below=below
            )
        times = [self.chain.events[one].told_at for one in event_ids]
        waited = [seconds for one in event_ids if (seconds := self.chain.waited(one)) is not None]
        return Branch(
            kind,
            tuple(event_ids),
            len(event_ids),
            min(times),
            max(times),
            (min(waited), max(waited)) if waited else None,
            marked=not self.marked.isdisjoint(event_ids),
            deeper=deeper,
            below=below,
        )
