"""A month's progress (月调度): owed at month end by a lead department or by a town (plan item 25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.evaluation.domain.dispatch.action import Action, DispatchPolicy
from services.evaluation.domain.dispatch.errors import DispatchStepError, TasksDoneError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id
from shared.kernel.money import Fen
from shared.kernel.period import Month


class ProgressState(StrEnum):
    DUE = "due"
    FILED = "filed"
    RETURNED = "returned"


class ProgressStep(StrEnum):
    FILE = "file"
    RETURN = "return"


_S, _T = ProgressState, ProgressStep
STEPS: Mapping[ProgressStep, tuple[frozenset[ProgressState], ProgressState]] = {
    _T.FILE: (frozenset({_S.DUE, _S.RETURNED}), _S.FILED),
    _T.RETURN: (frozenset({_S.FILED}), _S.RETURNED),
}
STATE_WORDS: Mapping[ProgressState, tuple[str, str]] = {
    _S.DUE: ("待报送", "due"),
    _S.FILED: ("已报送", "filed"),
    _S.RETURNED: ("已退回", "returned"),
}
_STEP_WORDS = {_T.FILE: ("报送", "filed"), _T.RETURN: ("退回", "returned")}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the way: *text* names no person, *unit* is to solve it by *due_on*."""

    text: str
    unit: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told of one month; *money_fen* is what was spent on the action in it."""

    tasks_due: int
    tasks_done: int
    money_fen: Fen = 0
    problems: Sequence[Problem] = ()
    next_month: str = ""
    help_asked: str = ""


@dataclass(frozen=True, slots=True)
class ProgressOwed:
    report: "ProgressReport"
    on: date


@dataclass(frozen=True, slots=True)
class Filed:
    report: "ProgressReport"
    progress: Progress
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class SentBack:
    report: "ProgressReport"
    number: int
    on: date


@dataclass(kw_only=True)
class ProgressReport(Aggregate):
    """What *unit* owes for one month: of an *action* (scope ``action``) or of its own work (``town``).

    *filed_on* is the day of the first filing: by that day it was in time or late.
    """

    id: str
    scope: str
    action: str
    unit: str
    month: str
    due_on: date
    limit_confirmed: bool
    state: ProgressState = ProgressState.DUE
    filings: int = 0
    filed_on: date | None = None
    filed_by: str = ""
    tasks_due: int = 0
    tasks_done: int = 0
    money_fen: Fen = 0
    problems: list[dict[str, str]] = field(default_factory=list, repr=False)
    next_month: str = field(default="", repr=False)
    help_asked: str = field(default="", repr=False)
    return_reason: str = field(default="", repr=False)

    @property
    def late(self) -> bool:
        return self.filed_on is not None and self.filed_on > self.due_on

    @classmethod
    def owed_by_lead(
        cls, action: Action, month: Month, policy: DispatchPolicy, *, on: date
    ) -> "ProgressReport":
        """Return what an action's lead department owes for *month*; the same for ever, whoever asks."""
        return cls._owed("action", action.code, action.lead, month, policy, on)

    @classmethod
    def owed_by_town(cls, town: str, month: Month, policy: DispatchPolicy, *, on: date) -> "ProgressReport":
        """Return what a town owes for *month*; the same for ever, whoever asks."""
        return cls._owed("town", "", town, month, policy, on)

    @classmethod
    def _owed(
        cls, scope: str, action: str, unit: str, month: Month, policy: DispatchPolicy, on: date
    ) -> "ProgressReport":
        report = cls(
            id=derived_id("progress", scope, action, unit if scope == "town" else "", str(month)),
            scope=scope,
            action=action,
            unit=unit,
            month=str(month),
            due_on=policy.filing_due(month),
            limit_confirmed=policy.filing_days.entry_on(month.last_day).confirmed,
        )
        report.raise_fact(ProgressOwed(report, on))
        return report

    def file(self, progress: Progress, *, on: date, by: str = "") -> None:
        """File the month's progress; refuses more tasks done than due."""
        if not 0 <= progress.tasks_done <= progress.tasks_due:
            raise TasksDoneError(done=progress.tasks_done, due=progress.tasks_due)
        self._take(ProgressStep.FILE)
        self.filings += 1
        self.filed_on = self.filed_on or on
        self.filed_by, self.return_reason = by, ""
        self.tasks_due, self.tasks_done = progress.tasks_due, progress.tasks_done
        self.money_fen = progress.money_fen
        self.problems = [
            {"text": one.text, "unit": one.unit, "due_on": one.due_on.isoformat()}
            for one in progress.problems
        ]
        self.next_month, self.help_asked = progress.next_month, progress.help_asked
        self.raise_fact(Filed(self, progress, self.filings, on))

    def send_back(self, reason: str, *, on: date) -> None:
        """Return it to be filed again; the day of the first filing stays."""
        self._take(ProgressStep.RETURN)
        self.return_reason = reason
        self.raise_fact(SentBack(self, self.filings, on))

    def _take(self, step: ProgressStep) -> None:
        states, after = STEPS[step]
        if self.state not in states:
            state, named = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise DispatchStepError(state_zh=state[0], state_en=state[1], step_zh=named[0], step_en=named[1])
        self.state = after
