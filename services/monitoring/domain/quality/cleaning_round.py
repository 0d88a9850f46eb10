"""A month's round of cleaning the data (集中清洗): opened, worked on, closed with its counts."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.quality.errors import CleaningRoundError
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """The round was completed."""

    round: "CleaningRound"


@dataclass(kw_only=True)
class CleaningRound(Aggregate):
    """One month's round; *found* and *fixed* count the errors open at its beginning or found during it."""

    id: str
    month: str
    """YYYYMM."""
    opened_on: date
    opened_by: str = ""
    closed_on: date | None = None
    closed_by: str = ""
    found: int = 0
    fixed: int = 0
    note: str = field(default="", repr=False)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def close(self, *, found: int, fixed: int, on: date, by: str = "", note: str = "") -> None:
        """Complete the round with what was found and fixed in it; refuses a second time."""
        if not self.is_open:
            raise CleaningRoundError
        if on < self.opened_on:
            raise InvalidDayError(day=on.isoformat())
        self.closed_on, self.closed_by, self.found, self.fixed, self.note = on, by, found, fixed, note
        self.raise_fact(RoundClosed(self))
