"""A screening round: the days in which every rural household is to be reached."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from services.monitoring.domain.screening_errors import (
    RoundClosedError,
    RoundDaysError,
    RoundNotOverError,
    VisitOutsideRoundError,
)
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class Opened:
    """A round was opened."""

    round: "ScreeningRound"
    on: date


@dataclass(frozen=True, slots=True)
class Closed:
    """A round ended."""

    round: "ScreeningRound"
    households: int
    reached: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many *households* an area has and how many of them a round *reached*."""

    households: int
    reached: int

    @property
    def left(self) -> int:
        return self.households - self.reached


@dataclass(kw_only=True)
class ScreeningRound(Aggregate):
    """*last_on* is included. *paper* names the county's document; without one the round is unconfirmed.

    *focus* are the codes of ``focus_reason`` whose households are visited first.
    """

    id: str
    name: str
    first_on: date
    last_on: date
    focus: tuple[str, ...]
    paper: str = ""
    opened_by: str = ""
    closed_on: date | None = None
    households: int | None = None
    reached: int | None = None

    @classmethod
    def open(cls, *, on: date, **given: object) -> Self:
        """Return a new round; refuses one that ends before it begins. Overlaps are the repository's."""
        one = cls(**given)  # type: ignore[arg-type]  # the fields above, from one caller
        if one.last_on < one.first_on:
            raise RoundDaysError
        one.raise_fact(Opened(one, on))
        return one

    @property
    def plan_confirmed(self) -> bool:
        return bool(self.paper)

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def require_visit(self, day: date) -> None:
        """Refuse a visit entered for this round that it cannot count."""
        if self.closed_on is not None:
            raise RoundClosedError
        if not self.covers(day):
            raise VisitOutsideRoundError(first=self.first_on.isoformat(), last=self.last_on.isoformat())

    def close(self, found: Coverage, *, on: date) -> None:
        """End the round with what it came to; before its last day is over only when nobody is left."""
        if self.closed_on is not None:
            raise RoundClosedError
        if on <= self.last_on and found.left:
            raise RoundNotOverError(last=self.last_on.isoformat(), left=found.left)
        self.closed_on, self.households, self.reached = on, found.households, found.reached
        self.raise_fact(Closed(self, found.households, found.reached))
