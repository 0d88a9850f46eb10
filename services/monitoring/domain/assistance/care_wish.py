"""A destitute person with a mental disorder who asks to be cared for in a home (集中供养, 应养尽养)."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before

STATES = {
    "wished": ("待安置", "waiting for a place"),
    "placed": ("已集中供养", "cared for"),
    "ended": ("已结束", "ended"),
}
WAYS = {
    "place": Way(("wished",), "placed", "送入供养机构", "place in a home"),
    "end": Way(("wished", "placed"), "ended", "结束", "end"),
}


@dataclass(kw_only=True)
class CareWish(Guarantee):
    """One person's wish. *home* is the institution's name."""

    person_id: str
    wished_on: date
    due_on: date
    home: str = ""
    state: str = "wished"
    placed_on: date | None = None
    ended_on: date | None = None
    note: str = field(default="", repr=False)

    def place(self, home: str, *, on: date) -> None:
        """Note the home the person lives in from *on*."""
        state = moved(WAYS, STATES, "place", self.state)
        self.placed_on = not_before(on, self.wished_on)
        self.state, self.home = state, home

    def end(self, *, on: date, note: str) -> None:
        """The person no longer wishes it, or left the home."""
        state = moved(WAYS, STATES, "end", self.state)
        self.ended_on = not_before(on, self.placed_on or self.wished_on)
        self.state, self.note = state, note
