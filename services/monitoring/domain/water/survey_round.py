"""A round of door-to-door checks of drinking water (敲门入户大排查): at least two a year, every household."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.water.criteria import Judged
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, NotFoundError


class WaterRoundNotFoundError(NotFoundError):
    code = "water_round_not_found"
    zh = "没有找到这一轮排查"
    en = "There is no such round"


class WaterRoundOverlapsError(ConflictError):
    """Raised when a round begins before the one before it has ended."""

    code = "water_round_overlaps"
    zh = "与第{number}轮排查的时间重叠"
    en = "It overlaps round {number}"


class OutsideRoundError(ConflictError):
    """Raised when a check is made on a day that is not the round's."""

    code = "outside_round"
    zh = "排查时间为{first}至{last}，入户日期不在其内"
    en = "The round runs from {first} to {last}; this day is outside it"


class TownRoundClosedError(ConflictError):
    """Raised when a town that has closed the round checks or closes again."""

    code = "town_round_closed"
    zh = "本镇已办结这一轮排查"
    en = "The town has closed this round"


class RoundIncompleteError(ConflictError):
    """Raised when a town closes a round early with households unchecked (plan: full coverage)."""

    code = "round_incomplete"
    zh = "还有{missing}户未入户；未全覆盖的，过了截止日期（{last}）才能办结"
    en = "{missing} households are not checked; with gaps a round is closed only after its last day ({last})"


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A round began."""

    round: "WaterRound"


@dataclass(frozen=True, slots=True)
class TownClosed:
    """A town closed a round."""

    closing: "TownClosing"


@dataclass(frozen=True, slots=True)
class HouseholdChecked:
    """The water of a household was checked."""

    check: "WaterCheck"


@dataclass(kw_only=True)
class WaterRound(Aggregate):
    """One round of the county: *number* counts from 1 in its year, by *first_on*."""

    id: str
    year: int
    number: int
    first_on: date
    last_on: date

    @classmethod
    def open(cls, *, after: "WaterRound | None", **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return the next round; refuses one that ends before it begins or overlaps the one before."""
        opened = cls(**told)
        if opened.last_on < opened.first_on:
            raise InvalidDayError(day=opened.last_on.isoformat())
        if after is not None and opened.first_on <= after.last_on:
            raise WaterRoundOverlapsError(number=after.number)
        opened.raise_fact(RoundOpened(opened))
        return opened

    def expect_inside(self, day: date) -> None:
        """Refuse a day that is not the round's."""
        if not self.first_on <= day <= self.last_on:
            raise OutsideRoundError(first=self.first_on.isoformat(), last=self.last_on.isoformat())

    def closing(self, town: str, *, households: int, checked: int, on: date) -> "TownClosing":
        """Return how a town closes the round: until its last day only with full coverage."""
        if on < self.first_on:
            raise OutsideRoundError(first=self.first_on.isoformat(), last=self.last_on.isoformat())
        if checked < households and on <= self.last_on:
            raise RoundIncompleteError(missing=households - checked, last=self.last_on.isoformat())
        return TownClosing(self.id, self.number, town, households, checked, on)


@dataclass(frozen=True, slots=True)
class TownClosing:
    """A town's end of a round, with its coverage."""

    round_id: str
    number: int
    town: str
    households: int
    checked: int
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterCheck:
    """One household's water on one day of a round; the check of the latest day counts.

    A day may have a second one, which corrects the first: the first stays on record.
    """

    id: str
    round_id: str
    household_id: str
    area_code: str
    checked_on: date
    supply: str
    judged: Judged
    measured: dict[str, Any]
    checked_by: str = ""
    note: str = ""

    def says_the_same(self, other: "WaterCheck") -> bool:
        """Whether both found the same, whoever checked and whatever was noted."""
        return (self.judged, self.supply, self.measured) == (other.judged, other.supply, other.measured)
