"""A matter that must be settled by a day: what disputes, findings and facility tasks have in common."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.matter_errors import MatterClosedError, WayNotPossibleError
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class MatterOpened:
    """A matter was found; what it is about is told by its class."""

    matter: "Matter"


@dataclass(frozen=True, slots=True)
class MatterClosed:
    """A matter was settled, in the way and on the day it says."""

    matter: "Matter"


@dataclass(kw_only=True)
class Matter(Aggregate):
    """Opened once, closed once. *limit_confirmed* False: the days until *due_on* are inferred.

    *ways* are the ways in which its kind of matter can end.
    """

    ways: ClassVar[tuple[str, ...]] = ()

    id: str
    area_code: str
    opened_on: date
    due_on: date
    limit_confirmed: bool
    opened_by: str = ""
    note: str = field(default="", repr=False)
    closed_on: date | None = None
    way: str = ""
    closed_by: str = ""
    closing_note: str = field(default="", repr=False)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def open(self) -> None:
        """Tell that it was found."""
        self.raise_fact(MatterOpened(self))

    def close(self, way: str, *, on: date, by: str = "", note: str = "") -> None:
        """Settle it; refuses a second time, a way that is not its kind's, a day before it was found."""
        if not self.is_open:
            raise MatterClosedError
        if way not in self.ways:
            raise WayNotPossibleError(way=way[:16])
        if on < self.opened_on:
            raise InvalidDayError(day=on.isoformat())
        self.closed_on, self.way, self.closed_by, self.closing_note = on, way, by, note
        self.raise_fact(MatterClosed(self))
