"""A training class: planned, held with who attended and what the final test gave, or cancelled (item 33)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.evaluation.domain.field_work.errors import FieldWorkStepError
from shared.kernel.aggregate import Aggregate

METHODS: Mapping[str, tuple[str, str]] = {
    "on_site": ("现场教学", "on site"),
    "exchange": ("外出观摩交流", "visits elsewhere"),
    "online": ("网络视频", "online"),
    "classroom": ("集中授课", "classroom"),
}
LEVELS: Mapping[str, tuple[str, str]] = {
    "county": ("县级", "county"),
    "town": ("镇级", "town"),
    "village": ("村级", "village"),
}


class ClassState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ClassStep(StrEnum):
    HOLD = "hold"
    CANCEL = "cancel"


_S, _T = ClassState, ClassStep
STEPS: Mapping[ClassStep, tuple[frozenset[ClassState], ClassState]] = {
    _T.HOLD: (frozenset({_S.PLANNED}), _S.HELD),
    _T.CANCEL: (frozenset({_S.PLANNED}), _S.CANCELLED),
}
STATE_WORDS: Mapping[ClassState, tuple[str, str]] = {
    _S.PLANNED: ("待举办", "planned"),
    _S.HELD: ("已举办", "held"),
    _S.CANCELLED: ("已取消", "cancelled"),
}
_STEP_WORDS = {_T.HOLD: ("举办", "held"), _T.CANCEL: ("取消", "cancelled")}


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody was there; *passed* is None where there was no final test."""

    cadre_id: str
    unit: str
    kind: str
    area_code: str
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class ClassPlanned:
    one: "TrainingClass"
    on: date


@dataclass(frozen=True, slots=True)
class ClassHeld:
    one: "TrainingClass"
    attended: tuple[Attendance, ...]
    on: date


@dataclass(frozen=True, slots=True)
class ClassCancelled:
    one: "TrainingClass"
    on: date


@dataclass(kw_only=True)
class TrainingClass(Aggregate):
    """A class *unit* organises, to be held by *due_on*; who attended, was tested and passed is counted."""

    id: str
    name: str
    unit: str
    level: str
    method: str
    due_on: date
    state: ClassState = ClassState.PLANNED
    held_on: date | None = None
    attended: int = 0
    tested: int = 0
    passed: int = 0

    @classmethod
    def plan(
        cls, *, class_id: str, name: str, unit: str, level: str, method: str, due_on: date, on: date
    ) -> "TrainingClass":
        """Return a class of the year's plan."""
        one = cls(id=class_id, name=name.strip(), unit=unit, level=level, method=method, due_on=due_on)
        one.raise_fact(ClassPlanned(one, on))
        return one

    def hold(self, attended: Sequence[Attendance], *, on: date, method: str | None = None) -> None:
        """Note that it was held and who came; *method* where it was another than planned."""
        self._take(ClassStep.HOLD)
        people = {one.cadre_id: one for one in attended}
        self.method, self.held_on = method or self.method, on
        self.attended = len(people)
        self.tested = sum(one.passed is not None for one in people.values())
        self.passed = sum(bool(one.passed) for one in people.values())
        self.raise_fact(ClassHeld(self, tuple(people.values()), on))

    def cancel(self, *, on: date) -> None:
        """Take it out of the plan: it is then owed no longer."""
        self._take(ClassStep.CANCEL)
        self.raise_fact(ClassCancelled(self, on))

    def _take(self, step: ClassStep) -> None:
        states, after = STEPS[step]
        if self.state not in states:
            state, named = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise FieldWorkStepError(state_zh=state[0], state_en=state[1], step_zh=named[0], step_en=named[1])
        self.state = after
