"""A reopening: a case to be looked at again, why, by when, how it was settled (domain 5.3, 5.4)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from services.monitoring.domain.screening_errors import ReopeningOutcomeError, ReopeningSettledError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id

Outcome = Literal["rolled_back", "corrected", "stands"]
ELIMINATION_DOUBTS = frozenset({"too_early", "no_labour", "unstable"})
"""Reasons that doubt an elimination; the others doubt class, measure or record."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A reopening was settled."""

    reopening: "Reopening"


def reopening_id_of(case_id: str, reason: str, origin: str) -> str:
    """Return the one reopening that the same doubt about a case from the same origin is."""
    return derived_id("reopening", case_id, reason, origin)


@dataclass(kw_only=True)
class Reopening(Aggregate):
    """*reason* is a code of ``reopening_reason``; *origin* names a sample, a return visit or the registry."""

    id: str
    household_id: str
    area_code: str
    case_id: str
    reason: str
    origin: str
    raised_on: date
    due_on: date
    limit_confirmed: bool
    settled_on: date | None = None
    outcome: str = ""
    settled_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def raised(cls, *, case_id: str, reason: str, origin: str, **given: object) -> Self:
        """Return the reopening; asking for the same again names the same one."""
        id_ = reopening_id_of(case_id, reason, origin)
        return cls(id=id_, case_id=case_id, reason=reason, origin=origin, **given)  # type: ignore[arg-type]

    @property
    def doubts_elimination(self) -> bool:
        return self.reason in ELIMINATION_DOUBTS

    def settle(self, outcome: Outcome, *, on: date, by: str, note: str) -> None:
        """Settle it: rolled back (only an elimination), put right, or it stands as it is."""
        if self.settled_on is not None:
            raise ReopeningSettledError
        if outcome == "rolled_back" and not self.doubts_elimination:
            raise ReopeningOutcomeError
        self.settled_on, self.outcome, self.settled_by, self.note = on, outcome, by, note
        self.raise_fact(Settled(self))
