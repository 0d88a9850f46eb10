"""A sampled check of accepted reports (上报抽查): frozen list, public seed, a draw anyone can repeat."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from services.evaluation.domain.reporting.errors import BadSeedError, NothingToSampleError, SampleDrawnError
from shared.kernel.aggregate import Aggregate

LEAST_SEED, MOST_SEED = 4, 64


@dataclass(frozen=True, slots=True, order=True)
class ListedReport:
    """One line of the frozen list: who reported, and the id of the task."""

    reporter: str
    task_id: str

    @property
    def line(self) -> str:
        return f"{self.reporter},{self.task_id}"


def frozen(reports: Iterable[ListedReport]) -> tuple[ListedReport, ...]:
    """Return the list in the one order its digest is of: by its lines, as bytes."""
    return tuple(sorted(reports, key=lambda one: one.line.encode()))


def digest_of(reports: Iterable[ListedReport]) -> str:
    """Return the SHA-256 of the lines, each ended by a newline, in UTF-8."""
    return hashlib.sha256("".join(f"{one.line}\n" for one in reports).encode()).hexdigest()


def draw(reports: Iterable[ListedReport], seed: str, share: Decimal, least: int) -> tuple[ListedReport, ...]:
    """Return the sample: of each reporter those of the lowest SHA-256 of ``seed|task_id``.

    As many as *share* of them, rounded up, *least* at the least, never more than there are.
    """
    groups: dict[str, list[tuple[str, ListedReport]]] = {}
    for one in reports:
        rank = hashlib.sha256(f"{seed}|{one.task_id}".encode()).hexdigest()
        groups.setdefault(one.reporter, []).append((rank, one))
    drawn: list[ListedReport] = []
    for _reporter, ranked in sorted(groups.items()):
        number = min(len(ranked), max(least, ceil(share * len(ranked))))
        drawn += [one for _rank, one in sorted(ranked, key=lambda pair: pair[0])[:number]]
    return tuple(drawn)


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """The sample was drawn."""

    sample: "ReportSample"


@dataclass(kw_only=True)
class ReportSample(Aggregate):
    """One sampled check: its list and digest first, its seed and what it drew afterwards."""

    id: str
    title: str
    frozen_on: date
    share: Decimal
    least: int
    confirmed: bool
    listed: tuple[ListedReport, ...]
    digest: str
    seed: str = ""
    drawn_on: date | None = None
    drawn: tuple[str, ...] = ()

    @classmethod
    def freeze(
        cls,
        reports: Iterable[ListedReport],
        *,
        sample_id: str,
        title: str,
        on: date,
        share: Decimal,
        least: int,
        confirmed: bool,
    ) -> "ReportSample":
        """Return a sample whose list changes no more; refuses an empty one."""
        listed = frozen(reports)
        if not listed:
            raise NothingToSampleError
        return cls(
            id=sample_id,
            title=title,
            frozen_on=on,
            share=share,
            least=least,
            confirmed=confirmed,
            listed=listed,
            digest=digest_of(listed),
        )

    def draw(self, seed: str, on: date) -> tuple[str, ...]:
        """Draw with *seed*, once; return the ids of the tasks to be checked."""
        if self.drawn_on is not None:
            raise SampleDrawnError(drawn_on=self.drawn_on.isoformat())
        plain = seed.isascii() and seed.isalnum()
        if not plain or not LEAST_SEED <= len(seed) <= MOST_SEED:
            raise BadSeedError
        self.seed, self.drawn_on = seed, on
        self.drawn = tuple(one.task_id for one in draw(self.listed, seed, self.share, self.least))
        self.raise_fact(SampleDrawn(self))
        return self.drawn
