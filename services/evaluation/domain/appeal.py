"""An appeal of a unit against one point of a preliminary result, up to its ruling."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.evaluation.domain.assessment import Assessment, Stage
from services.evaluation.domain.assessment_errors import (
    AppealReasonMissingError,
    AppealStepError,
    AppealTooLateError,
    NotOpenToAppealError,
)
from services.evaluation.domain.correction import Correction
from shared.kernel.aggregate import Aggregate


class AppealState(StrEnum):
    """Where an appeal stands."""

    FILED = "filed"
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({AppealState.FILED, AppealState.UNDER_REVIEW})
"""While an appeal is open its point is frozen and the result cannot be final."""

STATE_WORDS = {
    AppealState.FILED: ("已提出，待受理", "filed"),
    AppealState.UNDER_REVIEW: ("复核中", "under review"),
    AppealState.UPHELD: ("成立", "upheld"),
    AppealState.REJECTED: ("不成立", "rejected"),
    AppealState.WITHDRAWN: ("已撤回", "withdrawn"),
}
STEPS = {
    "accept": (frozenset({AppealState.FILED}), ("受理", "accepted")),
    "uphold": (frozenset({AppealState.UNDER_REVIEW}), ("裁定成立", "upheld")),
    "reject": (OPEN, ("驳回", "rejected")),
    "withdraw": (OPEN, ("撤回", "withdrawn")),
}


@dataclass(frozen=True, slots=True)
class Point:
    """What is appealed against: the unit's line in one version of an assessment."""

    assessment_id: str
    number: int
    unit: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Filed:
    appeal_id: str
    point: Point
    on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    appeal_id: str
    point: Point
    on: date


@dataclass(frozen=True, slots=True)
class Decided:
    """*correction* is None where the appeal was rejected."""

    appeal_id: str
    point: Point
    on: date
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    appeal_id: str
    point: Point
    on: date


@dataclass(kw_only=True)
class Appeal(Aggregate):
    """*reason*, *evidence* and *ruling* are words for people: they stay in this office and in no event."""

    id: str
    point: Point
    filed_on: date
    late: bool
    reason: str = field(repr=False)
    evidence: str = field(default="", repr=False)
    state: AppealState = AppealState.FILED
    accepted_on: date | None = None
    decided_on: date | None = None
    ruling: str = field(default="", repr=False)
    correction_id: str = ""

    @classmethod
    def file(
        cls,
        appeal_id: str,
        assessment: Assessment,
        unit: str,
        indicator: str,
        *,
        on: date,
        reason: str,
        evidence: str,
    ) -> "Appeal":
        """File an appeal against the newest preliminary version.

        After the last day it is refused only where the period is confirmed by a
        paper; otherwise it is taken and marked as late, for the reviewer to weigh.
        """
        if assessment.stage is not Stage.PRELIMINARY or assessment.appeals_until is None:
            raise NotOpenToAppealError
        late = on > assessment.appeals_until
        if late and assessment.period_confirmed:
            raise AppealTooLateError(until=assessment.appeals_until.isoformat())
        point = Point(assessment.id, assessment.number, unit, indicator)
        appeal = cls(
            id=appeal_id, point=point, filed_on=on, late=late, reason=_said(reason), evidence=evidence.strip()
        )
        appeal.raise_fact(Filed(appeal_id, point, on, late))
        return appeal

    @property
    def open(self) -> bool:
        """Whether the point is frozen."""
        return self.state in OPEN

    def accept(self, on: date) -> None:
        """Take it up for review."""
        self._to("accept", AppealState.UNDER_REVIEW)
        self.accepted_on = on
        self.raise_fact(Accepted(self.id, self.point, on))

    def uphold(self, correction: Correction, on: date, ruling: str) -> None:
        """Rule that the unit is right; *correction* says what is counted otherwise from now on."""
        said = _said(ruling)
        self._to("uphold", AppealState.UPHELD)
        self.decided_on, self.ruling, self.correction_id = on, said, correction.id
        self.raise_fact(Decided(self.id, self.point, on, correction))

    def reject(self, on: date, ruling: str) -> None:
        """Rule that the point stands; possible without a review where there is nothing to review."""
        said = _said(ruling)
        self._to("reject", AppealState.REJECTED)
        self.decided_on, self.ruling = on, said
        self.raise_fact(Decided(self.id, self.point, on, None))

    def withdraw(self, on: date) -> None:
        """Let go of it, by the unit itself."""
        self._to("withdraw", AppealState.WITHDRAWN)
        self.decided_on = on
        self.raise_fact(Withdrawn(self.id, self.point, on))

    def _to(self, step: str, state: AppealState) -> None:
        states, (zh, en) = STEPS[step]
        if self.state not in states:
            state_zh, state_en = STATE_WORDS[self.state]
            raise AppealStepError(
                state=self.state, step=step, state_zh=state_zh, state_en=state_en, step_zh=zh, step_en=en
            )
        self.state = state


def _said(text: str) -> str:
    """Return *text*; an appeal and a ruling both need their reason."""
    if not text.strip():
        raise AppealReasonMissingError
    return text.strip()
