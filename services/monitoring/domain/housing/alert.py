"""A housing safety alert: from the first word that a house may be dangerous until people live safely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.housing.policy import HousingPolicy
from services.monitoring.domain.process import Process, StepRule
from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError

Grade = Literal["A", "B", "C", "D"]
Way = Literal["repaired", "rebuilt", "resettled", "other_house"]


class HouseAlertNotFoundError(NotFoundError):
    code = "house_alert_not_found"
    zh = "没有找到这条住房安全线索"
    en = "There is no such housing alert"


class HouseAlertOpenError(ConflictError):
    """Raised when damage to a house is closed by hand while its alert is under way: one fact, one owner."""

    code = "house_alert_open"
    zh = "该户住房安全线索正在办理，房屋安全后由县住建局办结，户情变化随之办结"
    en = "The housing alert of this household is under way; making the house safe resolves the change"


class WayNotEnoughError(InvalidInputError):
    """Raised when a D house is said to be safe by repair: it is rebuilt or left (H1)."""

    code = "way_not_enough"
    zh = "D级危房不能以维修加固办结，请选择重建、安置或另有住房"
    en = "A house of grade D is not made safe by repair; choose rebuilt, resettled or another house"


class AlertState(StrEnum):
    RAISED = "raised"
    WATCHED = "watched"
    TO_REPAIR = "to_repair"
    ENDANGERED = "endangered"
    EVACUATED = "evacuated"
    SAFE = "safe"
    SUPERSEDED = "superseded"


class AlertStep(StrEnum):
    GRADE_A = "grade_a"
    GRADE_B = "grade_b"
    GRADE_C = "grade_c"
    GRADE_D = "grade_d"
    EVACUATE = "evacuate"
    MAKE_SAFE = "make_safe"
    LOOK = "look"
    SUPERSEDE = "supersede"


_S, _T = AlertState, AlertStep
_OFFICE = ("department",)
_STATES: dict[str, tuple[str, str]] = {
    _S.RAISED: ("待鉴定", "to be appraised"),
    _S.WATCHED: ("B级，定期查看", "grade B: looked at regularly"),
    _S.TO_REPAIR: ("C级，待维修加固", "grade C: to be repaired"),
    _S.ENDANGERED: ("D级，人员待撤离", "grade D: people to be moved out"),
    _S.EVACUATED: ("D级，人员已撤离，待重建或安置", "grade D: people are out; to be rebuilt or resettled"),
    _S.SAFE: ("住房安全", "safe"),
    _S.SUPERSEDED: ("已转新线索", "followed by a new alert"),
}
_STEPS: dict[str, StepRule] = {
    _T.GRADE_A: StepRule("鉴定为A级", "Appraised: A", _OFFICE, {_S.RAISED: _S.SAFE}),
    _T.GRADE_B: StepRule("鉴定为B级", "Appraised: B", _OFFICE, {_S.RAISED: _S.WATCHED}),
    _T.GRADE_C: StepRule("鉴定为C级", "Appraised: C", _OFFICE, {_S.RAISED: _S.TO_REPAIR}),
    _T.GRADE_D: StepRule(
        "鉴定为D级", "Appraised: D", _OFFICE, {_S.RAISED: _S.ENDANGERED, _S.TO_REPAIR: _S.ENDANGERED}
    ),
    _T.EVACUATE: StepRule("人员撤离", "People moved out", ("village", "town"), {_S.ENDANGERED: _S.EVACUATED}),
    _T.MAKE_SAFE: StepRule(
        "住房已安全", "The house is safe", _OFFICE, {_S.TO_REPAIR: _S.SAFE, _S.EVACUATED: _S.SAFE}
    ),
    _T.LOOK: StepRule(
        "定期查看无险情", "Looked at: no danger", ("village", "town", "department"), {_S.WATCHED: _S.WATCHED}
    ),
    _T.SUPERSEDE: StepRule(
        "出现新险情", "New danger", ("village", "town", "department"), {_S.WATCHED: _S.SUPERSEDED}
    ),
}
_GRADING: Mapping[str, AlertStep] = {"A": _T.GRADE_A, "B": _T.GRADE_B, "C": _T.GRADE_C, "D": _T.GRADE_D}
_NOT_ENOUGH = {"D": frozenset({"repaired"})}


@dataclass(frozen=True, slots=True)
class AlertRaised:
    """A house may be unsafe."""

    alert: "HouseAlert"


@dataclass(frozen=True, slots=True)
class Appraised:
    """The house was graded."""

    alert: "HouseAlert"


@dataclass(frozen=True, slots=True)
class MadeSafe:
    """The people live in a safe house again."""

    alert: "HouseAlert"


@dataclass(kw_only=True)
class HouseAlert(Process):
    """One alert of one household; a household has at most one that is open.

    *repair_due_on* is by when a C or D house must be safe, None for A and B. An
    alert of a house of grade A closes itself.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({_S.SAFE, _S.SUPERSEDED})

    household_id: str
    source: str
    raised_on: date
    grade: str = ""
    appraised_on: date | None = None
    repair_due_on: date | None = None
    way: str = ""
    safe_on: date | None = None

    @classmethod
    def raise_(cls, acting: Acting, policy: HousingPolicy, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a new alert, with the day by which the house must be appraised."""
        due_on, confirmed = policy.appraise_by(acting.on)
        alert = cls(
            **told,
            state=_S.RAISED,
            raised_on=acting.on,
            last_step_on=acting.on,
            due_on=due_on,
            limit_confirmed=confirmed,
        )
        alert._begin(acting)
        alert.raise_fact(AlertRaised(alert))
        return alert

    def appraise(self, grade: Grade, acting: Acting, policy: HousingPolicy) -> None:
        """Grade the house; a C house that has become worse may be graded D."""
        self._take(_GRADING[grade], acting)
        self.grade, self.appraised_on, self.repair_due_on = grade, acting.on, None
        if grade in ("C", "D"):
            self.repair_due_on, confirmed = policy.safe_by(grade, acting.on)
            self._due(self.repair_due_on, confirmed=confirmed)
        self.raise_fact(Appraised(self))
        if grade == "D":
            due_on, confirmed = policy.evacuate_by(acting.on)
            self._due(due_on, confirmed=confirmed and self.limit_confirmed)
        if grade == "B":
            due_on, confirmed = policy.look_by(acting.on)
            self._due(due_on, confirmed=confirmed)
        if grade == "A":
            self._due(None)

    def evacuate(self, acting: Acting) -> None:
        """Note that nobody sleeps in the house any more; it is still to be rebuilt, or left for good."""
        self._take(_T.EVACUATE, acting)
        self._due(self.repair_due_on)

    def make_safe(self, way: Way, acting: Acting) -> None:
        """Close the alert with how people came to live safely; refuses repair where it is not enough."""
        if self.permits(_T.MAKE_SAFE) and way in _NOT_ENOUGH.get(self.grade, ()):
            raise WayNotEnoughError
        self._take(_T.MAKE_SAFE, acting)
        self.way, self.safe_on = way, acting.on
        self._due(None)
        self.raise_fact(MadeSafe(self))

    def look(self, acting: Acting, policy: HousingPolicy) -> None:
        """Note that a watched house was looked at and shows no danger."""
        self._take(_T.LOOK, acting)
        due_on, confirmed = policy.look_by(acting.on)
        self._due(due_on, confirmed=confirmed)

    def supersede(self, acting: Acting) -> None:
        """End watching: new danger was seen, a new alert follows."""
        self._take(_T.SUPERSEDE, acting)
        self._due(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseLook:
    """Somebody looked at a house (日常动态监测); finding nothing is recorded too."""

    id: str
    household_id: str
    area_code: str
    made_on: date
    danger: bool
    alert_id: str | None
    made_by: str = ""
    note: str = ""
