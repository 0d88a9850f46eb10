"""Backfills: filling what a migration added, in small transactions, while people go on working."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

from shared.persistence.unit_of_work import SqlUnitOfWork

Backfill = Callable[[Any, int], int]
"""``(uow, limit) -> rows done``: brings at most *limit* rows up to date and commits; 0 when nothing is left.

It finds by itself what is still to be done, so that it can be broken off and begun
again at any time, and run twice at once."""


@runtime_checkable
class Backfilled(Protocol):
    """A service that has something to fill; see ``Service`` for the rest."""

    def uow(self) -> SqlUnitOfWork: ...

    def backfills(self) -> Mapping[str, Backfill]:
        """Return what can be filled, by name, in the order in which it should be."""
        ...


def fill(service: Backfilled, backfill: Backfill, *, limit: int = 500) -> Iterator[int]:
    """Run *backfill* until nothing is left; yield the rows done so far after each transaction."""
    done = 0
    while rows := backfill(service.uow(), limit):
        done += rows
        yield done
