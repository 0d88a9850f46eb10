"""A data error: something recorded that is wrong, missing or doubtful, until it is answered or gone."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.quality.errors import (
    DataErrorAnsweredError,
    OnlyAskedCanBeRejectedError,
    RuleStillBrokenError,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Language

Origin = Literal["rule", "comparison", "check_back", "person"]


class ErrorState(StrEnum):
    """*gone*: the record no longer breaks the rule, and nobody had to answer."""

    OPEN = "open"
    CORRECTED = "corrected"
    EXPLAINED = "explained"
    REJECTED = "rejected"
    GONE = "gone"

    def label(self, language: Language = "zh") -> str:
        return STATE_LABELS[self][0 if language == "zh" else 1]


STATE_LABELS = {
    ErrorState.OPEN: ("待处理", "open"),
    ErrorState.CORRECTED: ("已更正", "corrected"),
    ErrorState.EXPLAINED: ("已说明", "explained"),
    ErrorState.REJECTED: ("不予更正", "not upheld"),
    ErrorState.GONE: ("已自行消除", "gone"),
}


@dataclass(frozen=True, slots=True)
class ErrorFound:
    """Somebody must put something right or explain it."""

    error: "DataError"


@dataclass(frozen=True, slots=True)
class ErrorFixed:
    """The error was answered, or is gone."""

    error: "DataError"


@dataclass(kw_only=True)
class DataError(Aggregate):
    """One error of one record; a request to correct something (信息更正) is an error a person found.

    *responsible* is the account that entered the record, *unit* the official
    name of a unit other than the town. *note* says what is wrong when no rule
    says it; *answer* what was done about it. Both are free text and stay here.
    """

    id: str
    origin: Origin
    rule: str = ""
    severity: int
    household_id: str = ""
    person_id: str = ""
    area_code: str
    unit: str = ""
    responsible: str = ""
    note: str = field(default="", repr=False)
    found_by: str = ""
    found_on: date
    due_on: date
    limit_confirmed: bool = False
    state: ErrorState = ErrorState.OPEN
    answered_on: date | None = None
    answered_by: str = ""
    answer: str = field(default="", repr=False)
    over: bool = False
    """An explained error whose rule is no longer broken: should it be again, it is found anew."""

    @property
    def is_open(self) -> bool:
        return self.state is ErrorState.OPEN

    @property
    def in_time(self) -> bool:
        """Whether it was answered by the day it was due."""
        return self.answered_on is not None and self.answered_on <= self.due_on

    def found(self) -> None:
        """Tell the county of it, once, when it is opened."""
        self.raise_fact(ErrorFound(self))

    def correct(self, *, still_broken: bool, on: date, by: str = "", answer: str = "") -> None:
        """Note that the record was put right; refuses while it still breaks the rule."""
        if still_broken:
            raise RuleStillBrokenError(rule=self.rule)
        self._answer(ErrorState.CORRECTED, on, by, answer)

    def explain(self, reason: str, *, on: date, by: str = "") -> None:
        """Note why the record is right although it looks wrong; it stays explained while nothing changes."""
        self._answer(ErrorState.EXPLAINED, on, by, reason)

    def reject(self, reason: str, *, on: date, by: str = "") -> None:
        """Note that what somebody asked for is not upheld; refuses for what a rule found."""
        if self.origin == "rule":
            raise OnlyAskedCanBeRejectedError
        self._answer(ErrorState.REJECTED, on, by, reason)

    def vanish(self, *, on: date, corrected: bool, by: str = "") -> None:
        """Note that the rule is no longer broken: *corrected* by a change of the record, or gone."""
        self._answer(ErrorState.CORRECTED if corrected else ErrorState.GONE, on, by, "")

    def end(self) -> None:
        """Let an explained error go: the rule is no longer broken, so nothing is left to explain."""
        self.over = True

    def _answer(self, state: ErrorState, on: date, by: str, answer: str) -> None:
        if not self.is_open:
            raise DataErrorAnsweredError
        if on < self.found_on:
            raise InvalidDayError(day=on.isoformat())
        self.state, self.answered_on, self.answered_by, self.answer = state, on, by, answer
        self.raise_fact(ErrorFixed(self))
