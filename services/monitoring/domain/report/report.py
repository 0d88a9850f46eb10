"""A report of one town: due, submitted, perhaps returned and submitted again, locked (plan item 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.report.errors import ReportStepError
from services.monitoring.domain.report.period import Period, ReportKind
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure


class ReportState(StrEnum):
    DUE = "due"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LOCKED = "locked"


class ReportStep(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    LOCK = "lock"


_S, _T = ReportState, ReportStep
STEPS: Mapping[ReportStep, tuple[frozenset[ReportState], ReportState]] = {
    _T.SUBMIT: (frozenset({_S.DUE, _S.RETURNED}), _S.SUBMITTED),
    _T.RETURN: (frozenset({_S.SUBMITTED}), _S.RETURNED),
    _T.LOCK: (frozenset({_S.SUBMITTED}), _S.LOCKED),
}
STATE_WORDS: Mapping[ReportState, tuple[str, str]] = {
    _S.DUE: ("待报送", "due"),
    _S.SUBMITTED: ("已报送，待审核", "submitted"),
    _S.RETURNED: ("已退回", "returned"),
    _S.LOCKED: ("已审核锁定", "locked"),
}
_STEP_WORDS = {
    _T.SUBMIT: ("报送", "submitted"),
    _T.RETURN: ("退回", "returned"),
    _T.LOCK: ("锁定", "locked"),
}


@dataclass(frozen=True, slots=True)
class ReportPolicy:
    """How many days after its period a report is due. No paper of the county was found."""

    weekly_days: DatedFigure[int]
    monthly_days: DatedFigure[int]
    quarterly_days: DatedFigure[int]

    def days(self, kind: ReportKind) -> DatedFigure[int]:
        return {
            "weekly": self.weekly_days,
            "monthly": self.monthly_days,
            "quarterly": self.quarterly_days,
        }[kind]


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing a figure counts; *household_id* is empty for what belongs to a village."""

    id: str
    household_id: str = ""


Figures = Mapping[str, Sequence[Subject]]
"""What each figure counts, by the figure's code."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in once; *number* counts from 1. The figures stay as they were."""

    report_id: str
    number: int
    submitted_on: date
    submitted_by: str
    figures: Figures
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReportOwed:
    report: "Report"


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    report: "Report"
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class ReportReturned:
    report: "Report"
    number: int
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class ReportLocked:
    report: "Report"
    number: int
    on: date


@dataclass(kw_only=True)
class Report(Aggregate):
    """What one *unit* (a town's nine-digit code) owes for one period; *submissions* counts hand-ins."""

    id: str
    kind: ReportKind
    period: str
    first: date
    last: date
    unit: str
    due_on: date
    limit_confirmed: bool
    state: ReportState = ReportState.DUE
    submissions: int = 0
    submitted_on: date | None = None
    """The day it was handed in first: by that day it was in time or late."""
    locked_on: date | None = None
    return_reason: str = ""
    return_note: str = field(default="", repr=False)

    @property
    def late(self) -> bool:
        return self.submitted_on is not None and self.submitted_on > self.due_on

    @classmethod
    def owed(cls, unit: str, period: Period, policy: ReportPolicy) -> Self:
        """Return the report a unit owes for a period; the same for ever, whoever asks."""
        limit = policy.days(period.kind).entry_on(period.last)
        report = cls(
            id=derived_id("report", unit, period.kind, period.key),
            kind=period.kind,
            period=period.key,
            first=period.first,
            last=period.last,
            unit=unit,
            due_on=add_days(period.last, limit.value),
            limit_confirmed=limit.confirmed,
        )
        report.raise_fact(ReportOwed(report))
        return report

    def submit(self, figures: Figures, *, on: date, by: str, note: str = "") -> Submission:
        """Hand it in with its *figures*; refuses before its period is over."""
        if on <= self.last:
            raise InvalidDayError(day=on.isoformat())
        self._take(ReportStep.SUBMIT)
        self.submissions += 1
        if self.submitted_on is None:
            self.submitted_on = on
        self.return_reason = self.return_note = ""
        self.raise_fact(ReportSubmitted(self, self.submissions, on))
        return Submission(self.id, self.submissions, on, by, figures, note)

    def send_back(self, reason: str, *, on: date, note: str = "") -> None:
        """Return it with a *reason*, a code of ``return_reason``."""
        self._take(ReportStep.RETURN)
        self.return_reason, self.return_note = reason, note
        self.raise_fact(ReportReturned(self, self.submissions, reason, on))

    def lock(self, *, on: date) -> None:
        """Accept it: it changes no more."""
        self._take(ReportStep.LOCK)
        self.locked_on = on
        self.raise_fact(ReportLocked(self, self.submissions, on))

    def _take(self, step: ReportStep) -> None:
        states, after = STEPS[step]
        if self.state not in states:
            state, named = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise ReportStepError(state_zh=state[0], state_en=state[1], step_zh=named[0], step_en=named[1])
        self.state = after
