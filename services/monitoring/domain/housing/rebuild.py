"""The list of houses to be rebuilt: each until it is lived in (plan item 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.housing.policy import Cause, HousingPolicy
from services.monitoring.domain.process import Process, StepRule
from shared.kernel.errors import ConflictError, NotFoundError


class RebuildNotFoundError(NotFoundError):
    code = "rebuild_not_found"
    zh = "没有找到这户重建台账"
    en = "There is no such house on the list"


class RebuildListedError(ConflictError):
    """Raised when a household's house is put on the list twice."""

    code = "rebuild_listed"
    zh = "该户已在重建台账中"
    en = "The house of this household is on the list already"


class RebuildStage(StrEnum):
    LISTED = "listed"
    STARTED = "started"
    BUILT = "built"
    ACCEPTED = "accepted"
    OCCUPIED = "occupied"


class RebuildStep(StrEnum):
    START = "start"
    BUILD = "build"
    ACCEPT = "accept"
    OCCUPY = "occupy"


_S, _T = RebuildStage, RebuildStep
_STATES: dict[str, tuple[str, str]] = {
    _S.LISTED: ("已列入，待开工", "listed, not begun"),
    _S.STARTED: ("已开工", "begun"),
    _S.BUILT: ("已建成，待验收", "built, to be accepted"),
    _S.ACCEPTED: ("已验收，待入住", "accepted, to be moved into"),
    _S.OCCUPIED: ("已入住", "lived in"),
}
_STEPS: dict[str, StepRule] = {
    _T.START: StepRule("开工", "Building began", ("village", "town"), {_S.LISTED: _S.STARTED}),
    _T.BUILD: StepRule("建成", "Built", ("village", "town"), {_S.STARTED: _S.BUILT}),
    _T.ACCEPT: StepRule("竣工验收", "Accepted", ("department",), {_S.BUILT: _S.ACCEPTED}),
    _T.OCCUPY: StepRule("入住", "Moved in", ("village", "town"), {_S.ACCEPTED: _S.OCCUPIED}),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A house is to be rebuilt."""

    rebuild: "Rebuild"


@dataclass(frozen=True, slots=True)
class RebuildAdvanced:
    """A rebuilding came to *stage* on *on*."""

    rebuild: "Rebuild"
    stage: RebuildStage
    on: date


@dataclass(kw_only=True)
class Rebuild(Process):
    """One house on the list. *due_on* stays to the end: by when it must be lived in."""

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({_S.OCCUPIED})

    household_id: str
    cause: Cause
    listed_on: date
    alert_id: str | None = None
    occupied_on: date | None = None

    @classmethod
    def list_(cls, acting: Acting, policy: HousingPolicy, *, cause: Cause, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a house newly on the list, with its limit; 2021's disaster has the plan's day."""
        due_on, confirmed = policy.rebuilt_by(cause, acting.on)
        rebuild = cls(
            **told,
            cause=cause,
            state=_S.LISTED,
            listed_on=acting.on,
            last_step_on=acting.on,
            due_on=due_on,
            limit_confirmed=confirmed,
        )
        rebuild._begin(acting)
        rebuild.raise_fact(Listed(rebuild))
        return rebuild

    def advance(self, step: RebuildStep, acting: Acting) -> None:
        """Take the next step; none can be left out."""
        self._take(step, acting)
        stage = RebuildStage(self.state)
        if stage is _S.OCCUPIED:
            self.occupied_on = acting.on
        self.raise_fact(RebuildAdvanced(self, stage, acting.on))
