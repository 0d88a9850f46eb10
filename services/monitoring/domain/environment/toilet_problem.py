"""A problem of a rebuilt toilet: rectified, checked by village, town and county, closed (domain 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.environment.policy import EnvironmentPolicy
from services.monitoring.domain.process import Process, StepRule
from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from shared.kernel.money import Fen

Way = Literal["at_once", "by_deadline"]


class ToiletProblemNotFoundError(NotFoundError):
    code = "toilet_problem_not_found"
    zh = "没有找到这个问题厕所"
    en = "There is no such problem"


class ToiletProblemOpenError(ConflictError):
    """Raised when a toilet with an open problem is reported again: its problem is reopened or amended."""

    code = "toilet_problem_open"
    zh = "这座户厕已有未销号的问题"
    en = "This toilet has a problem that is not closed"


class RectificationPlanError(InvalidInputError):
    """Raised when a problem is to be rectified by a deadline without plan and technical route (T3, T4)."""

    code = "rectification_plan"
    zh = "限期整改须写明整改方案和技术路线"
    en = "Rectifying by a deadline needs a plan and a technical route"


class ExplanationMissingError(InvalidInputError):
    """Raised when a household's unwillingness, a rebuilding, a return or a reopening is not explained."""

    code = "explanation_missing"
    zh = "请说明原因"
    en = "Please explain why"


class ProblemState(StrEnum):
    REGISTERED = "registered"
    RECTIFYING = "rectifying"
    REBUILD_NEEDED = "rebuild_needed"
    UNWILLING = "unwilling"
    VILLAGE_CHECKED = "village_checked"
    TOWN_CHECKED = "town_checked"
    CLOSED = "closed"


class ProblemStep(StrEnum):
    ORDER = "order"
    NEED_REBUILD = "need_rebuild"
    NOTE_UNWILLING = "note_unwilling"
    VILLAGE_CHECK = "village_check"
    TOWN_CHECK = "town_check"
    COUNTY_CHECK = "county_check"
    RETURN = "return"
    REOPEN = "reopen"


_S, _T = ProblemState, ProblemStep
_STATES: dict[str, tuple[str, str]] = {
    _S.REGISTERED: ("已摸排登记", "surveyed and registered"),
    _S.RECTIFYING: ("整改中", "being rectified"),
    _S.REBUILD_NEEDED: ("需重建", "must be rebuilt"),
    _S.UNWILLING: ("农户不愿整改", "the household is unwilling"),
    _S.VILLAGE_CHECKED: ("村已自验，待镇核查", "checked by the village"),
    _S.TOWN_CHECKED: ("镇已核查，待县抽验", "checked by the town"),
    _S.CLOSED: ("已销号", "closed"),
}
_VILLAGE = ("village", "town")
_STEPS: dict[str, StepRule] = {
    _T.ORDER: StepRule(
        "确定整改方式",
        "Order the rectification",
        _VILLAGE,
        {_S.REGISTERED: _S.RECTIFYING, _S.REBUILD_NEEDED: _S.RECTIFYING, _S.UNWILLING: _S.RECTIFYING},
    ),
    _T.VILLAGE_CHECK: StepRule(
        "村级自验", "Check by the village", ("village",), {_S.RECTIFYING: _S.VILLAGE_CHECKED}
    ),
    _T.TOWN_CHECK: StepRule(
        "镇级核查", "Check by the town", ("town",), {_S.VILLAGE_CHECKED: _S.TOWN_CHECKED}
    ),
    _T.COUNTY_CHECK: StepRule(
        "县级抽验销号",
        "Sampled by the county, closed",
        ("department", "county"),
        {_S.TOWN_CHECKED: _S.CLOSED},
    ),
    _T.NEED_REBUILD: StepRule(
        "需重建",
        "It must be rebuilt",
        _VILLAGE,
        {_S.REGISTERED: _S.REBUILD_NEEDED, _S.RECTIFYING: _S.REBUILD_NEEDED},
    ),
    _T.NOTE_UNWILLING: StepRule(
        "农户不愿整改",
        "The household is unwilling",
        _VILLAGE,
        {_S.REGISTERED: _S.UNWILLING, _S.RECTIFYING: _S.UNWILLING, _S.REBUILD_NEEDED: _S.UNWILLING},
    ),
    _T.RETURN: StepRule(
        "退回整改",
        "Return for rectification",
        ("town", "department", "county"),
        {_S.VILLAGE_CHECKED: _S.RECTIFYING, _S.TOWN_CHECKED: _S.RECTIFYING},
    ),
    _T.REOPEN: StepRule(
        "督查发现未整改到位，重新整改",
        "Found not rectified: reopen",
        ("department", "county"),
        {_S.CLOSED: _S.RECTIFYING},
    ),
}


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """A rebuilt toilet has a problem; *due_on* is the first limit."""

    problem: "ToiletProblem"


@dataclass(frozen=True, slots=True)
class ProblemClosed:
    """The problem was rectified and accepted."""

    problem: "ToiletProblem"


@dataclass(frozen=True, slots=True)
class ProblemReopened:
    """An inspection found that a closed problem is not rectified."""

    problem: "ToiletProblem"
    sequence: int


@dataclass(kw_only=True)
class ToiletProblem(Process):
    """One problem of one toilet. *kind* is a code of ``toilet_problem``; *tags* of ``toilet_problem_tag``.

    *cost* in fen. *reopened* counts how often an inspection has reopened it.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({_S.CLOSED})

    toilet_id: str
    household_id: str
    kind: str
    tags: tuple[str, ...] = ()
    found_on: date
    way: str = ""
    plan: str = ""
    route: str = ""
    cost: Fen = 0
    closed_on: date | None = None
    reopened: int = 0

    @classmethod
    def find(cls, acting: Acting, policy: EnvironmentPolicy, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a new problem; until somebody orders otherwise it is one to rectify at once."""
        due_on, confirmed = policy.begun_by(acting.on)
        problem = cls(
            **told,
            state=_S.REGISTERED,
            found_on=acting.on,
            last_step_on=acting.on,
            due_on=due_on,
            limit_confirmed=confirmed,
        )
        problem._begin(acting)
        problem.raise_fact(ProblemFound(problem))
        return problem

    def order(
        self,
        way: Way,
        acting: Acting,
        policy: EnvironmentPolicy,
        *,
        plan: str = "",
        route: str = "",
        cost: Fen = 0,
        due_on: date | None = None,
    ) -> None:
        """Say how it is rectified; by a deadline needs a plan and a route, and *due_on* may set the day."""
        if way == "by_deadline" and not (plan and route):
            raise RectificationPlanError
        self._take(_T.ORDER, acting)
        self.way, self.plan, self.route, self.cost = way, plan, route, cost
        limit, confirmed = policy.rectified_by(way, acting.on)
        chosen = due_on is not None and way == "by_deadline"
        self._due(due_on if chosen else limit, confirmed=confirmed)

    def set_aside(self, step: ProblemStep, acting: Acting) -> None:
        """Note that it must be rebuilt, or that the household is unwilling: with the reason."""
        self._explained(acting)
        self._take(step, acting)

    def check(self, step: ProblemStep, acting: Acting) -> None:
        """Take the village's, the town's or the county's check; the county's closes it."""
        self._take(step, acting)
        if step is _T.COUNTY_CHECK:
            self.closed_on = acting.on
            self._due(None)
            self.raise_fact(ProblemClosed(self))

    def send_back(self, acting: Acting, policy: EnvironmentPolicy) -> None:
        """Return it for rectification: a check did not find it right."""
        self._explained(acting)
        self._take(_T.RETURN, acting)
        due_on, confirmed = policy.rectified_by("at_once", acting.on)
        self._due(due_on, confirmed=confirmed)

    def reopen(self, acting: Acting, policy: EnvironmentPolicy) -> None:
        """Open a closed problem again: an inspection found that it is not rectified."""
        self._explained(acting)
        self._take(_T.REOPEN, acting)
        self.closed_on = None
        self.reopened += 1
        due_on, confirmed = policy.rectified_by("at_once", acting.on)
        self._due(due_on, confirmed=confirmed)
        self.raise_fact(ProblemReopened(self, self.reopened))

    def _explained(self, acting: Acting) -> None:
        if not acting.note.strip():
            raise ExplanationMissingError
