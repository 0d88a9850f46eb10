"""A household without safe water: from the day it is found until it is solved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.process import Process, StepRule
from services.monitoring.domain.water.policy import WaterPolicy
from shared.kernel.errors import ConflictError, NotFoundError

Criterion = Literal["quantity", "quality", "convenience", "assurance", "interruption"]
CRITERION_OF_CHANGE: Mapping[str, Criterion] = {
    "cut_short": "interruption",
    "cut_long": "interruption",
    "quality": "quality",
    "distance": "convenience",
}
"""What a recorded change (户情变化 饮水) is a problem of."""


class WaterProblemNotFoundError(NotFoundError):
    code = "water_problem_not_found"
    zh = "没有找到这个饮水问题"
    en = "There is no such water problem"


class WaterProblemOpenError(ConflictError):
    """Raised when a water change is closed by hand while its problem is open: one fact, one owner."""

    code = "water_problem_open"
    zh = "该户饮水问题正在办理，解决后由镇或县水利局办结，户情变化随之办结"
    en = "The water problem of this household is under way; solving it resolves the change"


class ProblemState(StrEnum):
    FOUND = "found"
    ARRANGED = "arranged"
    CLOSED = "closed"


class ProblemStep(StrEnum):
    ARRANGE = "arrange"
    CLOSE = "close"


_S, _T = ProblemState, ProblemStep
_STATES: dict[str, tuple[str, str]] = {
    _S.FOUND: ("待安排", "to be arranged"),
    _S.ARRANGED: ("已安排，解决中", "being solved"),
    _S.CLOSED: ("已解决", "solved"),
}
_STEPS: dict[str, StepRule] = {
    _T.ARRANGE: StepRule(
        "安排解决措施", "Arrange how it is solved", ("department", "town"), {_S.FOUND: _S.ARRANGED}
    ),
    _T.CLOSE: StepRule(
        "饮水已安全",
        "The water is safe",
        ("department", "town"),
        {_S.FOUND: _S.CLOSED, _S.ARRANGED: _S.CLOSED},
    ),
}


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """A household has no safe water."""

    problem: "WaterProblem"


@dataclass(frozen=True, slots=True)
class ProblemClosed:
    """The household has safe water again."""

    problem: "WaterProblem"


@dataclass(kw_only=True)
class WaterProblem(Process):
    """One criterion of one household; at most one is open of each. *cause* is ``change:…`` or ``check:…``."""

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({_S.CLOSED})

    household_id: str
    criterion: Criterion
    found_on: date
    cause: str = ""
    closed_on: date | None = None

    @classmethod
    def find(cls, acting: Acting, policy: WaterPolicy, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a new problem with its limit."""
        due_on, confirmed = policy.solved_by(acting.on)
        problem = cls(
            **told,
            state=_S.FOUND,
            found_on=acting.on,
            last_step_on=acting.on,
            due_on=due_on,
            limit_confirmed=confirmed,
        )
        problem._begin(acting)
        problem.raise_fact(ProblemFound(problem))
        return problem

    def arrange(self, acting: Acting) -> None:
        """Note what is being done; the limit runs on."""
        self._take(_T.ARRANGE, acting)

    def close(self, acting: Acting) -> None:
        """Note that the water is safe."""
        self._take(_T.CLOSE, acting)
        self.closed_on = acting.on
        self._due(None)
        self.raise_fact(ProblemClosed(self))
