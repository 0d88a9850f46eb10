"""Teaching at home of a child who cannot go to school: one to one, at least twice a month (plan item 6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from shared.kernel.period import Month

STATES = {"running": ("送教中", "being taught at home"), "ended": ("已结束", "ended")}
WAYS = {
    "visit": Way(("running",), None, "登记送教", "record a lesson"),
    "end": Way(("running",), "ended", "结束送教", "end teaching at home"),
}


@dataclass(frozen=True, slots=True)
class Began:
    """Teaching at home began."""

    pupil: "HomePupil"


@dataclass(frozen=True, slots=True)
class Visited:
    """A teacher came."""

    pupil: "HomePupil"
    visit: "HomeVisit"


@dataclass(frozen=True, slots=True)
class Ended:
    """Teaching at home ended."""

    pupil: "HomePupil"


@dataclass(frozen=True, slots=True)
class HomeVisit:
    """One lesson at home. *note* stays in this service."""

    id: str
    pupil_id: str
    visited_on: date
    teacher: str = field(repr=False)
    lessons: int
    note: str = field(default="", repr=False)


@dataclass(kw_only=True)
class HomePupil(Guarantee):
    """A child taught at home. *teacher* is who comes (one to one), by number or name, inside this service."""

    person_id: str
    teacher: str = field(repr=False)
    visits_a_month: int
    began_on: date
    state: str = "running"
    ended_on: date | None = None
    reason: str = ""

    @classmethod
    def begin(cls, **begun: object) -> Self:
        """Return a child taught at home from now on (the fields above)."""
        pupil = cls(**begun)  # type: ignore[arg-type]  # the fields above, from one caller
        pupil.raise_fact(Began(pupil))
        return pupil

    def visit(self, visit: HomeVisit) -> None:
        """Record a lesson; the repository keeps the visit itself."""
        self.state = moved(WAYS, STATES, "visit", self.state)
        not_before(visit.visited_on, self.began_on)
        self.raise_fact(Visited(self, visit))

    def end(self, reason: str, *, on: date) -> None:
        """End it with a code of ``home_teaching_end``."""
        state = moved(WAYS, STATES, "end", self.state)
        self.ended_on = not_before(on, self.began_on)
        self.state, self.reason = state, reason
        self.raise_fact(Ended(self))


def whole_month(began_on: date, ended_on: date | None, month: Month) -> bool:
    """Whether the child was to be taught all of *month*: only then are two lessons asked for."""
    return began_on <= month.first_day and (ended_on is None or ended_on >= month.last_day)


def behind(wanted: int, made: Mapping[str, int], pupil_id: str) -> int:
    """Return how many lessons of the month are missing."""
    return max(0, wanted - made.get(pupil_id, 0))
