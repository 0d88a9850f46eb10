"""A village's major decision and its six steps, 四议两公开 (plan item 28)."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.matter_errors import (
    DecisionFiledError,
    DecisionOrderError,
    DecisionStepDoneError,
)
from shared.kernel.aggregate import Aggregate

STEPS = ("party_branch", "two_committees", "party_members", "villagers", "resolution", "result")
"""In their order: four deliberations, then the resolution and its result made public. What each is called
is general knowledge, not read in a paper of the county (codes: ``decision_step``)."""


@dataclass(frozen=True, slots=True)
class DecisionFiled:
    """The papers of a decision were filed."""

    decision: "VillageDecision"


@dataclass(kw_only=True)
class VillageDecision(Aggregate):
    """One matter the village decided. *steps* has the day of each step that was kept."""

    id: str
    area_code: str
    kind: str
    title: str = field(repr=False)
    begun_on: date
    steps: dict[str, date]
    filed_on: date | None = None
    recorded_by: str = ""
    filed_by: str = ""

    @property
    def complete(self) -> bool:
        return all(step in self.steps for step in STEPS)

    @property
    def next_step(self) -> str | None:
        """The first step that is not on record, or None when the decision is complete or filed."""
        if self.filed_on is not None:
            return None
        return next((step for step in STEPS if step not in self.steps), None)

    def keep(self, step: str, *, on: date) -> None:
        """Put a step on record; one may be missing before it, but its day must fit those there are."""
        if self.filed_on is not None:
            raise DecisionFiledError
        if step in self.steps:
            raise DecisionStepDoneError
        place = STEPS.index(step)
        before = [day for one, day in self.steps.items() if STEPS.index(one) < place]
        after = [day for one, day in self.steps.items() if STEPS.index(one) > place]
        if on < self.begun_on or any(day > on for day in before) or any(day < on for day in after):
            raise DecisionOrderError(day=on.isoformat())
        self.steps = {**self.steps, step: on}

    def file(self, *, on: date, by: str = "") -> None:
        """File the decision as it is, complete or not; what is missing then stays missing."""
        if self.filed_on is not None:
            raise DecisionFiledError
        if on < max(self.steps.values(), default=self.begun_on):
            raise InvalidDayError(day=on.isoformat())
        self.filed_on, self.filed_by = on, by
        self.raise_fact(DecisionFiled(self))
