"""Which officer a step of a problem is for: the supervision office, the responsible unit, a re-checker."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from services.evaluation.domain.ledger.errors import NotYoursError
from services.evaluation.domain.ledger.state import STEP_WORDS, Level, Stage, Step

if TYPE_CHECKING:
    from services.evaluation.domain.ledger.problem import Problem

_OFFICE_STEPS = frozenset(
    {Step.CONFIRM, Step.REJECT, Step.FIX_ON_THE_SPOT, Step.HAND_OVER, Step.REOPEN, Step.LOOK_BACK}
)
_OFFICE = frozenset({"county", "evaluator"})
_CHECKS = frozenset({Step.APPROVE, Step.SEND_BACK})


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts on which day. *unit*: the town's code, the department's name; *area* the officer's own.

    The system itself acts with the role ``system`` and may do everything.
    """

    on: date
    by: str = ""
    role: str = "system"
    unit: str = ""
    area: str = ""


def require_may(problem: "Problem", step: Step, acting: Acting) -> None:
    """Raise ``NotYoursError`` unless *step* is for who acts."""
    if not may(problem, step, acting):
        zh, en = STEP_WORDS[step]
        who_zh, who_en = _whose(step, problem)
        raise NotYoursError(step_zh=zh, step_en=en, who_zh=who_zh, who_en=who_en)


def may(problem: "Problem", step: Step, acting: Acting) -> bool:
    """Say whether *step* is for who acts, whatever the state of the problem."""
    if acting.role == "system":
        return True
    if step in _OFFICE_STEPS:
        return acting.role in _OFFICE
    if step in _CHECKS:
        stage = problem.due_stage
        return stage is not None and _checks(problem, stage, acting)
    if step is Step.PROGRESS and _is_its_village(problem, acting):
        return True
    return _answers(problem, acting)


def _answers(problem: "Problem", acting: Acting) -> bool:
    return acting.role in {"town", "department"} and acting.unit == problem.unit


def _is_its_village(problem: "Problem", acting: Acting) -> bool:
    inside = bool(acting.area) and problem.area_code.startswith(acting.area)
    return acting.role == "village" and problem.level is Level.VILLAGE and inside


def _checks(problem: "Problem", stage: Stage, acting: Acting) -> bool:
    if stage is Stage.SELF:
        return _answers(problem, acting) or _is_its_village(problem, acting)
    if stage is Stage.TOWN:
        return acting.role == "town" and acting.unit == problem.unit
    if stage is Stage.DEPARTMENT:
        return acting.role == "department" and acting.unit == problem.responsible.lead_unit
    return acting.role in _OFFICE


def _whose(step: Step, problem: "Problem") -> tuple[str, str]:
    if step in _OFFICE_STEPS or (step in _CHECKS and problem.due_stage is Stage.COUNTY):
        return "督查考核机构", "the supervision office"
    if step in _CHECKS and problem.due_stage is Stage.DEPARTMENT:
        return "牵头部门", "the lead department"
    return "责任单位", "the responsible unit"
