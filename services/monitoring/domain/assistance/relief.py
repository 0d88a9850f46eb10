"""An application for temporary relief: asked for, decided by tier (临时救助, 分类分层)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from services.monitoring.domain.guarantee_errors import AmountBoundsError
from shared.kernel.money import Fen

STATES = {
    "applied": ("待审批", "to be decided"),
    "granted": ("已救助", "granted"),
    "refused": ("不予救助", "refused"),
}
WAYS = {
    "grant": Way(("applied",), "granted", "批准救助", "grant"),
    "refuse": Way(("applied",), "refused", "不予救助", "refuse"),
}
TIERS = ("urgent", "town", "county")
"""Codes of ``relief_tier``: an emergency, within what a town decides, decided by the county."""
MOST: Fen = 10**8


@dataclass(frozen=True, slots=True)
class Applied:
    """A household asked."""

    relief: "Relief"


@dataclass(frozen=True, slots=True)
class Decided:
    """It was decided."""

    relief: "Relief"


@dataclass(kw_only=True)
class Relief(Guarantee):
    """One application; amounts in fen. *over_limit*: granted more than the tier's (unconfirmed) limit."""

    tier: str
    cause: str
    applied_on: date
    due_on: date
    limit_confirmed: bool
    asked_fen: Fen = 0
    note: str = field(default="", repr=False)
    state: str = "applied"
    eligible: bool = False
    amount_fen: Fen = 0
    over_limit: bool = False
    decided_on: date | None = None
    reason: str = ""

    @classmethod
    def apply(cls, **applied: object) -> Self:
        """Return a new application (the fields above)."""
        relief = cls(**applied)  # type: ignore[arg-type]  # the fields above, from one caller
        if not 0 <= relief.asked_fen <= MOST:
            raise AmountBoundsError(item_zh="申请金额", item_en="amount asked for")
        relief.raise_fact(Applied(relief))
        return relief

    def grant(self, amount_fen: Fen, *, on: date, limit: Fen | None) -> None:
        """Grant *amount_fen*; more than *limit* is marked, never refused, while no paper sets it."""
        state = moved(WAYS, STATES, "grant", self.state)
        if not 0 < amount_fen <= MOST:
            raise AmountBoundsError(item_zh="救助金额", item_en="amount of relief")
        self.decided_on = not_before(on, self.applied_on)
        self.state, self.eligible, self.amount_fen = state, True, amount_fen
        self.over_limit = limit is not None and amount_fen > limit
        self.raise_fact(Decided(self))

    def refuse(self, reason: str, *, on: date, eligible: bool = False) -> None:
        """Refuse with a code of ``assistance_refusal``; *eligible*: though it would have been owed."""
        state = moved(WAYS, STATES, "refuse", self.state)
        self.decided_on = not_before(on, self.applied_on)
        self.state, self.reason, self.eligible = state, reason, eligible
        self.raise_fact(Decided(self))
