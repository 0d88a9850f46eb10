"""A sample inspection: a list is frozen, a seed found in public, households drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Self

from services.monitoring.domain.sample.draw import Listed, Quota, digest_of, draw, frozen
from services.monitoring.domain.screening_errors import (
    SampleDrawnError,
    SampleEmptyError,
    SampleInspectedError,
    SampleNotDrawnError,
    SampleOpenError,
    SampleSeedError,
)
from shared.kernel.aggregate import Aggregate

LEAST_SEED, MOST_SEED = 4, 64
_SEED = re.compile(rf"[0-9A-Za-z]{{{LEAST_SEED},{MOST_SEED}}}")
MISSED = frozenset({"missed", "outside_system"})
"""Findings that make a clue; the others reopen a case."""
ELIMINATED_WRONGLY = frozenset({"too_early", "no_labour"})


@dataclass(frozen=True, slots=True)
class SamplePolicy:
    """The quota of each stratum in force when the list is frozen; *confirmed*: whether all are."""

    quotas: Mapping[str, Quota]
    confirmed: bool
    source: str


@dataclass(kw_only=True)
class SampleInspection(Aggregate):
    """*shares* keeps the quotas as text (``share``, ``least``), so that a draw of then can be repeated."""

    id: str
    title: str
    frozen_on: date
    shares: Mapping[str, tuple[str, int]]
    policy_confirmed: bool
    population: int
    list_digest: str
    frozen_by: str = ""
    seed: str = ""
    drawn_on: date | None = None
    drawn_by: str = ""
    size: int = 0
    closed_on: date | None = None

    @classmethod
    def freeze(
        cls,
        listed: Sequence[Listed],
        policy: SamplePolicy,
        *,
        id: str,  # noqa: A002  (the field's own name)
        title: str,
        on: date,
        by: str,
    ) -> Self:
        """Freeze the list that will be drawn from; *listed* must be as :func:`draw.frozen` orders it."""
        if not listed:
            raise SampleEmptyError
        return cls(
            id=id,
            title=title,
            frozen_on=on,
            frozen_by=by,
            shares={key: (str(quota.share), quota.least) for key, quota in policy.quotas.items()},
            policy_confirmed=policy.confirmed,
            population=len(listed),
            list_digest=digest_of(frozen(listed)),
        )

    @property
    def quotas(self) -> dict[str, Quota]:
        return {key: Quota(Decimal(share), least) for key, (share, least) in self.shares.items()}

    def draw(self, listed: Sequence[Listed], seed: str, *, on: date, by: str) -> tuple[Listed, ...]:
        """Draw, once; the seed must have been found after the list was frozen, before witnesses."""
        if self.drawn_on is not None:
            raise SampleDrawnError
        if not _SEED.fullmatch(seed):
            raise SampleSeedError(least=LEAST_SEED, most=MOST_SEED)
        drawn = draw(listed, seed, self.quotas)
        self.seed, self.drawn_on, self.drawn_by, self.size = seed, on, by, len(drawn)
        return drawn

    def require_drawn(self) -> None:
        if self.drawn_on is None:
            raise SampleNotDrawnError

    def close(self, left: int, *, on: date) -> None:
        """End the inspection; refuses while *left* households wait."""
        self.require_drawn()
        if left:
            raise SampleOpenError(left=left)
        self.closed_on = on


@dataclass(kw_only=True)
class SampledHousehold(Aggregate):
    """One household of a sample. *answers* says per question whether all was right there."""

    id: str
    inspection_id: str
    household_id: str
    area_code: str
    stratum: str
    position: int
    inspected_on: date | None = None
    inspected_by: str = ""
    answers: Mapping[str, bool] | None = None
    finding: str = ""
    note: str = field(default="", repr=False)

    def inspect(self, answers: Mapping[str, bool], finding: str, *, on: date, by: str, note: str) -> None:
        """Record what was found there, once; *finding* is a code of ``sample_finding`` or empty."""
        if self.inspected_on is not None:
            raise SampleInspectedError
        self.inspected_on, self.inspected_by = on, by
        self.answers, self.finding, self.note = dict(answers), finding, note
