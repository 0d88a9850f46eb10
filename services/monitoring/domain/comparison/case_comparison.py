"""What one department is asked about one household in the procedure, and what it found (domain 3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.monitoring.domain.comparison.errors import (
    CaseComparisonClosedError,
    FindingNoteMissingError,
    ForeignCheckError,
)
from services.monitoring.domain.comparison.push import Answered, Sent
from shared.kernel.aggregate import Aggregate

_LEAST_NOTE = 4


class ComparisonAnswer(StrEnum):
    """A finding never rejects a household: the household is asked to explain it."""

    NONE = "none"
    FOUND = "found"


class RequestState(StrEnum):
    """*withdrawn*: the county recorded the comparison, or the case went back, without this answer."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What was found for one check, of which member (empty: of the household), in the department's words."""

    answer: ComparisonAnswer
    person_id: str = ""
    note: str = field(default="", repr=False)


@dataclass(kw_only=True)
class CaseComparison(Aggregate):
    """*checks* are keys of ``policy/comparison.yaml`` this department owns; *round* is the case's."""

    id: str
    case_id: str
    household_id: str
    area_code: str
    department: str
    round: int
    checks: tuple[str, ...]
    persons: int
    asked_on: date
    due_on: date
    limit_confirmed: bool
    answers: Mapping[str, CheckAnswer] = field(default_factory=dict, repr=False)
    state: RequestState = RequestState.ASKED
    closed_on: date | None = None
    closed_by: str = ""

    @property
    def hits(self) -> tuple[str, ...]:
        """The checks with a finding."""
        return tuple(
            check
            for check in self.checks
            if self.answers.get(check, _NOTHING).answer is ComparisonAnswer.FOUND
        )

    def ask(self) -> None:
        """Note that the department was asked."""
        self.raise_fact(
            Sent(
                self.id,
                self.department,
                "check",
                self.persons,
                self.due_on,
                self.limit_confirmed,
                self.asked_on,
                self.household_id,
                self.area_code,
            )
        )

    def answer(self, found: Mapping[str, CheckAnswer], *, on: date, by: str = "") -> None:
        """Record what was *found*, by check; a check that is not named has no finding."""
        self._require_asked()
        for check, one in found.items():
            if check not in self.checks:
                raise ForeignCheckError(check=check[:32])
            if one.answer is ComparisonAnswer.FOUND and len(one.note.strip()) < _LEAST_NOTE:
                raise FindingNoteMissingError
        self.answers = {check: found.get(check, _NOTHING) for check in self.checks}
        self.state, self.closed_on, self.closed_by = RequestState.ANSWERED, on, by
        self.raise_fact(Answered(self.id, self.department, on, self.household_id, self.area_code))

    def withdraw(self, *, on: date) -> None:
        """Close it without an answer."""
        self._require_asked()
        self.state, self.closed_on = RequestState.WITHDRAWN, on

    def _require_asked(self) -> None:
        if self.state is not RequestState.ASKED:
            raise CaseComparisonClosedError


_NOTHING = CheckAnswer(ComparisonAnswer.NONE)
