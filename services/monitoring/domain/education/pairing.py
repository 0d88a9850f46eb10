"""A child of the five classes of special children and the teacher paired with it (plan item 6)."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before

STATES = {
    "listed": ("待结对", "to be paired"),
    "paired": ("已结对", "paired"),
    "ended": ("已结束", "ended"),
}
WAYS = {
    "pair": Way(("listed", "paired"), "paired", "结对教师", "pair with a teacher"),
    "end": Way(("listed", "paired"), "ended", "移出名单", "take off the list"),
}
CLASSES = ("poor", "low_income", "destitute", "orphan", "disabled")
"""Codes of ``special_child``; the composition of the five classes is not confirmed (7.1)."""


@dataclass(kw_only=True)
class PairedChild(Guarantee):
    """A child on the list. *teacher* is known inside this service only."""

    person_id: str
    child_class: str
    listed_on: date
    due_on: date
    teacher: str = field(default="", repr=False)
    state: str = "listed"
    paired_on: date | None = None
    ended_on: date | None = None

    def pair(self, teacher: str, *, on: date) -> None:
        """Pair with *teacher*, or with another one than before."""
        state = moved(WAYS, STATES, "pair", self.state)
        self.paired_on = not_before(on, self.paired_on or self.listed_on)
        self.state, self.teacher = state, teacher

    def end(self, *, on: date) -> None:
        """Take the child off the list: it left school, or belongs to no class any more."""
        state = moved(WAYS, STATES, "end", self.state)
        self.ended_on = not_before(on, self.paired_on or self.listed_on)
        self.state = state
