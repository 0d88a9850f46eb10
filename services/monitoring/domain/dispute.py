"""A dispute in a village, from finding it to settling it (plan item 28)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from services.monitoring.domain.matter import Matter
from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class GovernancePolicy:
    """How long a dispute may stay open, and how often a grid worker goes round."""

    dispute_days: DatedFigure[int]
    grid_visit_days: DatedFigure[int]


@dataclass(kw_only=True)
class Dispute(Matter):
    """Of a *kind* of the list ``dispute_kind``; who quarrels about what stays in the note."""

    ways: ClassVar[tuple[str, ...]] = ("settled", "handed_on", "withdrawn")

    kind: str

    @classmethod
    def found(cls, policy: GovernancePolicy, *, on: date, **told: str) -> Self:
        """Return the dispute, with the day by which it is to be settled."""
        limit = policy.dispute_days.entry_on(on)
        dispute = cls(
            opened_on=on,
            due_on=add_days(on, limit.value),
            limit_confirmed=limit.confirmed,
            **told,  # type: ignore[arg-type]  # the text fields above, from one caller
        )
        dispute.open()
        return dispute
