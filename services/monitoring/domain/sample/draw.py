"""Drawing a stratified sample by hash, so that whoever has list and seed draws the same (docs/sample.md)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import ceil


class Stratum(StrEnum):
    """What a household is when the list is frozen: one of three."""

    MONITORED = "monitored"
    ELIMINATED = "eliminated"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the frozen list. *town* is the nine-digit code."""

    household_id: str
    town: str
    stratum: str

    @property
    def line(self) -> str:
        return f"{self.town},{self.stratum},{self.household_id}"


@dataclass(frozen=True, slots=True)
class Quota:
    """How much of a stratum is drawn in each town: *share* of 1, rounded up, and *least* at the least."""

    share: Decimal
    least: int = 0

    def of(self, count: int) -> int:
        """Return how many of *count* are drawn."""
        return min(count, max(self.least, ceil(self.share * count)))


def frozen(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return the list in the one order its digest is of: by its lines, as bytes."""
    return tuple(sorted(listed, key=lambda one: one.line.encode()))


def digest_of(listed: Sequence[Listed]) -> str:
    """Return the SHA-256 of the frozen list: its lines, each ended by a newline, in UTF-8."""
    body = "".join(f"{one.line}\n" for one in listed)
    return hashlib.sha256(body.encode()).hexdigest()


def rank(seed: str, household_id: str) -> str:
    """Return what a household is sorted by: the SHA-256 of seed, a vertical bar, and its id."""
    return hashlib.sha256(f"{seed}|{household_id}".encode()).hexdigest()


def draw(listed: Iterable[Listed], seed: str, quotas: Mapping[str, Quota]) -> tuple[Listed, ...]:
    """Return the sample: of each town and stratum those with the lowest rank, as many as its quota says."""
    groups: dict[tuple[str, str], list[tuple[str, Listed]]] = {}
    for one in listed:
        groups.setdefault((one.town, one.stratum), []).append((rank(seed, one.household_id), one))
    drawn: list[Listed] = []
    for (_town, stratum), ranked in sorted(groups.items()):
        quota = quotas.get(stratum)
        if quota is None:
            continue
        ranked.sort(key=lambda pair: pair[0])
        drawn += [one for _rank, one in ranked[: quota.of(len(ranked))]]
    return tuple(drawn)
