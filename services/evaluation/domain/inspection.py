"""An inspection (督查) of one unit: planned or unannounced, a check-list, findings, filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from services.evaluation.domain.supervision_errors import (
    DayOutOfOrderError,
    FindingWithoutTextError,
    InspectionIncompleteError,
    InspectionStepError,
    NothingToInspectError,
    UnknownSubjectError,
    WithoutWordsError,
)
from shared.kernel.aggregate import Aggregate

InspectionKind = Literal["planned", "unannounced"]
Result = Literal["", "good", "problem", "not_applicable"]
"""Of one subject of the check-list; empty while nobody has looked."""


class InspectionState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    FILED = "filed"
    CANCELLED = "cancelled"


class InspectionStep(StrEnum):
    START = "start"
    RECORD = "record"
    FILE = "file"
    CANCEL = "cancel"


_S, _T = InspectionState, InspectionStep
STEPS: Mapping[InspectionStep, tuple[frozenset[InspectionState], InspectionState]] = {
    _T.START: (frozenset({_S.PLANNED}), _S.UNDER_WAY),
    _T.RECORD: (frozenset({_S.UNDER_WAY}), _S.UNDER_WAY),
    _T.FILE: (frozenset({_S.UNDER_WAY}), _S.FILED),
    _T.CANCEL: (frozenset({_S.PLANNED}), _S.CANCELLED),
}
STATE_WORDS: Mapping[InspectionState, tuple[str, str]] = {
    _S.PLANNED: ("已列入计划", "planned"),
    _S.UNDER_WAY: ("正在督查", "under way"),
    _S.FILED: ("已归档", "filed"),
    _S.CANCELLED: ("已取消", "cancelled"),
}
_STEP_WORDS: Mapping[InspectionStep, tuple[str, str]] = {
    _T.START: ("开始督查", "begun"),
    _T.RECORD: ("填写检查结果", "filled in"),
    _T.FILE: ("归档", "filed"),
    _T.CANCEL: ("取消", "cancelled"),
}


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One subject of the check-list and what was found of it; *problem_id* once it stands in the ledger.

    *category* and *cause* are the ledger's codes.
    """

    code: str
    zh: str
    en: str
    result: Result = ""
    text: str = field(default="", repr=False)
    category: str = ""
    cause: str = ""
    problem_id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is entered of one subject; a problem needs *text*. Without *category* the subject keeps its."""

    code: str
    result: Result
    text: str = field(default="", repr=False)
    category: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class InspectionPlanned:
    inspection: "Inspection"


@dataclass(frozen=True, slots=True)
class InspectionStarted:
    inspection: "Inspection"
    on: date


@dataclass(frozen=True, slots=True)
class InspectionFiled:
    inspection: "Inspection"
    on: date


@dataclass(frozen=True, slots=True)
class InspectionCancelled:
    inspection: "Inspection"
    on: date


@dataclass(kw_only=True)
class Inspection(Aggregate):
    """A visit of a team to one *unit*, to be filed by *due_on* (the last day, included).

    *team* is what the team is called; who goes stays in this office. An unannounced
    one is not in anybody's plan, so it is shown but not counted in I37-1.
    """

    id: str
    kind: InspectionKind
    unit: str
    planned_on: date
    due_on: date
    team: str
    items: tuple[CheckItem, ...] = field(repr=False)
    members: str = field(default="", repr=False)
    state: InspectionState = InspectionState.PLANNED
    started_on: date | None = None
    filed_on: date | None = None
    summary: str = field(default="", repr=False)

    @property
    def open_items(self) -> int:
        return sum(not item.result for item in self.items)

    @property
    def problems(self) -> tuple[CheckItem, ...]:
        return tuple(item for item in self.items if item.result == "problem")

    @classmethod
    def plan(
        cls,
        *,
        inspection_id: str,
        kind: InspectionKind,
        unit: str,
        on: date,
        due_on: date,
        team: str,
        members: str,
        items: Sequence[CheckItem],
    ) -> Self:
        """Return an inspection put down on *on*; refuses an empty check-list and a day to file before it."""
        if not items:
            raise NothingToInspectError
        if due_on < on:
            raise DayOutOfOrderError(day=due_on.isoformat())
        inspection = cls(
            id=inspection_id,
            kind=kind,
            unit=unit,
            planned_on=on,
            due_on=due_on,
            team=team.strip(),
            members=members.strip(),
            items=tuple(items),
        )
        inspection.raise_fact(InspectionPlanned(inspection))
        return inspection

    def permits(self, step: InspectionStep) -> bool:
        return self.state in STEPS[step][0]

    def start(self, on: date) -> None:
        """The team is there."""
        self._take(InspectionStep.START, on, after=self.planned_on)
        self.started_on = on
        self.raise_fact(InspectionStarted(self, on))

    def record(self, finding: Finding, *, on: date) -> None:
        """Take down what was found of one subject; it may be changed until it is filed."""
        if finding.result == "problem" and not finding.text.strip():
            raise FindingWithoutTextError
        place = next((at for at, item in enumerate(self.items) if item.code == finding.code), None)
        if place is None:
            raise UnknownSubjectError(subject=finding.code[:40])
        self._take(InspectionStep.RECORD, on, after=self.started_on or self.planned_on)
        item = replace(
            self.items[place],
            result=finding.result,
            text=finding.text.strip(),
            category=finding.category or self.items[place].category,
            cause=finding.cause,
        )
        self.items = (*self.items[:place], item, *self.items[place + 1 :])

    def entered(self, code: str, problem_id: str) -> None:
        """Remember under which number of the ledger the problem of a subject stands."""
        self.items = tuple(
            replace(item, problem_id=problem_id) if item.code == code else item for item in self.items
        )

    def file(self, *, on: date, summary: str = "") -> None:
        """End it; refuses while a subject has no result."""
        if self.state is InspectionState.UNDER_WAY and self.open_items:
            raise InspectionIncompleteError(missing=self.open_items)
        self._take(InspectionStep.FILE, on, after=self.started_on or self.planned_on)
        self.filed_on, self.summary = on, summary.strip()
        self.raise_fact(InspectionFiled(self, on))

    def cancel(self, *, on: date, reason: str) -> None:
        """Give up a planned inspection; it stays planned and not done for I37-1."""
        if not reason.strip():
            raise WithoutWordsError
        self._take(InspectionStep.CANCEL, on, after=self.planned_on)
        self.summary = reason.strip()
        self.raise_fact(InspectionCancelled(self, on))

    def _take(self, step: InspectionStep, on: date, *, after: date) -> None:
        before, then = STEPS[step]
        if self.state not in before:
            state, words = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise InspectionStepError(
                state_zh=state[0], state_en=state[1], step_zh=words[0], step_en=words[1]
            )
        if on < after:
            raise DayOutOfOrderError(day=on.isoformat())
        self.state = then
