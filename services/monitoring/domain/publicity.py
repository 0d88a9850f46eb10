"""A vote of the village meeting and a public notice with its objections: used by case and elimination."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.monitoring.domain.case_errors import (
    NoticeTooShortError,
    ObjectionNotFoundError,
    ObjectionOpenError,
    VoteNotValidError,
)
from shared.kernel.errors import Refusal
from shared.kernel.period import add_days

HALF = Decimal("0.5")
"""More than this share of the votes cast, where no policy says otherwise."""


@dataclass(frozen=True, slots=True)
class Vote:
    """The village meeting's vote; passed when more than *share* of all votes cast agree.

    *present* is how many attended, 0 where nobody counted; nobody votes who was not there.
    """

    agree: int
    disagree: int
    abstain: int
    on: date
    present: int = 0
    share: Decimal = HALF

    def __post_init__(self) -> None:
        """Refuse what cannot have been counted."""
        counts = (self.agree, self.disagree, self.abstain)
        if min(*counts, self.present) < 0 or sum(counts) == 0 or 0 < self.present < sum(counts):
            raise VoteNotValidError

    @property
    def passed(self) -> bool:
        return self.agree > self.share * (self.agree + self.disagree + self.abstain)


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody in the village objects. What was said stays in the case's history, never in an event."""

    number: int
    raised_on: date
    resolved_on: date | None = None
    upheld: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in the village. It hangs *days* full days: put up on the 1st for 5, it may end on the 6th."""

    started_on: date
    days: int
    objections: tuple[Objection, ...] = ()
    ended_on: date | None = None
    text_zh: str = ""
    text_en: str = ""

    @property
    def earliest_end(self) -> date:
        return add_days(self.started_on, self.days)

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(objection for objection in self.objections if objection.resolved_on is None)

    @property
    def full(self) -> bool:
        """Whether it hung for its full days."""
        return self.ended_on is not None and self.ended_on >= self.earliest_end

    def object(self, on: date) -> "Notice":
        """Return the notice with one more objection; its number is one more than the last."""
        objection = Objection(len(self.objections) + 1, on)
        return replace(self, objections=(*self.objections, objection))

    def resolve(self, number: int, *, upheld: bool, on: date) -> "Notice":
        """Return the notice with objection *number* resolved; refuses one that is not open."""
        if number not in {objection.number for objection in self.open_objections}:
            raise ObjectionNotFoundError
        resolved = tuple(
            replace(objection, resolved_on=on, upheld=upheld) if objection.number == number else objection
            for objection in self.objections
        )
        return replace(self, objections=resolved)

    def end_refusal(self, on: date) -> Refusal | None:
        """Return why the notice may not end *on* this day, or None."""
        if on < self.earliest_end:
            return NoticeTooShortError(days=self.days, earliest=self.earliest_end.isoformat())
        if self.open_objections:
            return ObjectionOpenError(count=len(self.open_objections))
        return None

    def end(self, on: date) -> "Notice":
        """Return the notice ended, or refuse."""
        if refusal := self.end_refusal(on):
            raise refusal
        return replace(self, ended_on=on)
