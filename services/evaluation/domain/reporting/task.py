"""A reporting task (上报任务): one indicator that one unit reports for one period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from services.evaluation.domain.reporting.errors import (
    EmptyReturnReasonError,
    MissingUnitsError,
    NoEvidenceError,
    StrangeUnitError,
    TooManyFilesError,
    UnknownReportFileError,
    WrongFigureError,
    WrongStepError,
)
from services.evaluation.domain.reporting.figure import ReportedFigure, Shape, difference
from shared.kernel.aggregate import Aggregate

How = Literal["files", "on_the_spot"]
Result = Literal["upheld", "corrected", "withdrawn"]
Colour = Literal["blue", "yellow", "red"]
_SOON = 3
"""Days before the due day from which a task is yellow."""


class TaskState(StrEnum):
    """Where a task stands. That it is overdue is a mark beside it, not a state."""

    DUE = "due"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    UPHELD = "upheld"
    FOUND_WRONG = "found_wrong"


STATE_WORDS = {
    TaskState.DUE: ("待上报", "to be reported"),
    TaskState.SUBMITTED: ("待审核", "to be reviewed"),
    TaskState.RETURNED: ("已退回", "returned"),
    TaskState.ACCEPTED: ("已采用", "accepted"),
    TaskState.UPHELD: ("抽查属实", "checked and upheld"),
    TaskState.FOUND_WRONG: ("抽查有误", "checked and found wrong"),
}
_OPEN = frozenset({TaskState.DUE, TaskState.RETURNED})
STEPS = {
    "attach": (_OPEN, ("增减材料", "given or relieved of files")),
    "submit": (_OPEN, ("上报", "handed in")),
    "return": (frozenset({TaskState.SUBMITTED}), ("退回", "returned")),
    "accept": (frozenset({TaskState.SUBMITTED}), ("采用", "accepted")),
    "draw": (frozenset({TaskState.ACCEPTED}), ("列入抽查", "drawn for a check")),
    "check": (frozenset({TaskState.ACCEPTED}), ("登记抽查结果", "checked")),
}
"""Which states permit a step, and what the step is called."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file handed in as evidence, named by the SHA-256 of its content."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A report is owed."""

    task: "ReportingTask"


@dataclass(frozen=True, slots=True)
class Reported:
    """A report was handed in."""

    task: "ReportingTask"
    on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """A report was sent back."""

    task: "ReportingTask"
    on: date


@dataclass(frozen=True, slots=True)
class Accepted:
    """The value of one unit in a report was accepted: from now on it counts."""

    task: "ReportingTask"
    unit: str
    figure: ReportedFigure
    on: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """The due day has passed and nothing was handed in."""

    task: "ReportingTask"
    on: date


@dataclass(frozen=True, slots=True)
class Checked:
    """The value of one unit was held against its files or against what is there."""

    task: "ReportingTask"
    unit: str
    result: Result
    found: ReportedFigure | None
    off_by: Fraction
    how: How
    on: date


@dataclass(frozen=True, slots=True)
class ReviewOpened:
    """A value was so far off that every accepted report of its reporter is checked."""

    task: "ReportingTask"
    off_by: Fraction
    limit_percent: int
    limit_confirmed: bool
    tasks: tuple[str, ...]
    on: date


@dataclass(kw_only=True)
class ReportingTask(Aggregate):
    """One indicator of one *period*, reported by *reporter* about the units in *about*.

    *values* and *files* are those of the newest submission, number *submissions*
    (while the task is open: what the unit has put together so far). *found* holds
    what a check put in the place of a value, None where it was withdrawn.
    *drawn_by* names the sample, or the review, that has it checked.
    """

    id: str
    indicator: str
    reporter: str
    about: tuple[str, ...]
    period: str
    due_on: date
    opened_on: date
    shape: Shape
    evidence: bool = False
    state: TaskState = TaskState.DUE
    submissions: int = 0
    submitted_on: date | None = None
    decided_on: date | None = None
    overdue_on: date | None = None
    return_reason: str = ""
    values: Mapping[str, ReportedFigure]
    files: tuple[Attachment, ...] = ()
    drawn_by: str = ""
    checked_on: date | None = None
    found: Mapping[str, ReportedFigure | None]

    @property
    def reported(self) -> bool:
        """Whether it is the unit's turn no more."""
        return self.state not in _OPEN

    def colour(self, today: date) -> Colour:
        """Return blue in time, yellow within three days and on the day, red past it."""
        if today > self.due_on:
            return "red"
        return "yellow" if (self.due_on - today).days <= _SOON else "blue"

    def attach(self, file: Attachment, *, most: int) -> None:
        """Add a file; one that is there already stays as it is. Refuses more than *most*."""
        self._ensure("attach")
        if any(one.sha256 == file.sha256 for one in self.files):
            return
        if len(self.files) >= most:
            raise TooManyFilesError(most=most)
        self.files = (*self.files, file)

    def detach(self, sha256: str) -> None:
        """Take a file away again that was not handed in yet."""
        self._ensure("attach")
        if all(one.sha256 != sha256 for one in self.files):
            raise UnknownReportFileError(sha256=sha256[:64])
        self.files = tuple(one for one in self.files if one.sha256 != sha256)

    def submit(self, values: Mapping[str, ReportedFigure], on: date) -> int:
        """Hand in a value for every unit the task is about; return the number of the submission."""
        self._ensure("submit")
        self._ensure_units(values)
        if missing := [unit for unit in self.about if unit not in values]:
            raise MissingUnitsError(units="、".join(missing))
        for figure in values.values():
            self._ensure_shape(figure)
        if self.evidence and not self.files:
            raise NoEvidenceError
        self.values = {unit: values[unit] for unit in self.about}
        self.submissions += 1
        self.submitted_on, self.state, self.return_reason = on, TaskState.SUBMITTED, ""
        self.raise_fact(Reported(self, on, on > self.due_on))
        return self.submissions

    def send_back(self, reason: str, on: date) -> None:
        """Return it with a reason: it is the unit's turn again."""
        self._ensure("return")
        if not reason.strip():
            raise EmptyReturnReasonError
        self.state, self.return_reason, self.decided_on = TaskState.RETURNED, reason.strip(), on
        self.raise_fact(Returned(self, on))

    def accept(self, on: date) -> None:
        """Accept every value: from now on they count."""
        self._ensure("accept")
        self.state, self.decided_on = TaskState.ACCEPTED, on
        for unit, figure in self.values.items():
            self.raise_fact(Accepted(self, unit, figure, on))

    def mark_overdue(self, today: date) -> bool:
        """Mark it once when the due day has passed without a report; say whether that is new."""
        if self.reported or self.overdue_on is not None or today <= self.due_on:
            return False
        self.overdue_on = today
        self.raise_fact(Overdue(self, today))
        return True

    def draw(self, by: str) -> None:
        """Have it checked; *by* names the sample or review. Drawn twice, it stays with the first."""
        self._ensure("draw")
        self.drawn_by = self.drawn_by or by

    def check(self, found: Mapping[str, ReportedFigure | None], how: How, on: date) -> Fraction:
        """Record what a check found instead of the values, nothing where all was right.

        Returns the greatest difference. Refused unless it was drawn: nobody picks.
        """
        self._ensure("check")
        if not self.drawn_by:
            self._refuse("check")
        self._ensure_units(found)
        for figure in found.values():
            if figure is not None:
                self._ensure_shape(figure)
        wrong = {unit: figure for unit, figure in found.items() if figure != self.values[unit]}
        self.found, self.checked_on = wrong, on
        self.state = TaskState.FOUND_WRONG if wrong else TaskState.UPHELD
        off_by = {unit: difference(self.values[unit], figure) for unit, figure in wrong.items()}
        for unit in self.about:
            figure = wrong.get(unit)
            result: Result = "upheld" if unit not in wrong else "withdrawn" if figure is None else "corrected"
            self.raise_fact(Checked(self, unit, result, figure, off_by.get(unit, Fraction(0)), how, on))
        return max(off_by.values(), default=Fraction(0))

    def _ensure(self, step: str) -> None:
        if self.state not in STEPS[step][0]:
            self._refuse(step)

    def _refuse(self, step: str) -> None:
        (state_zh, state_en), (step_zh, step_en) = STATE_WORDS[self.state], STEPS[step][1]
        raise WrongStepError(
            state_zh=state_zh, state_en=state_en, step_zh=step_zh, step_en=step_en, step=step
        )

    def _ensure_units(self, values: Mapping[str, object]) -> None:
        if strange := [unit for unit in values if unit not in self.about]:
            raise StrangeUnitError(units="、".join(strange)[:200])

    def _ensure_shape(self, figure: ReportedFigure) -> None:
        if figure.shape != self.shape:
            raise WrongFigureError(
                what_zh="数值的形式与指标不符", what_en="This indicator is reported otherwise"
            )
