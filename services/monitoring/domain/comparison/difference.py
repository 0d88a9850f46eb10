"""A department's list and the register disagree about a person: who answers, and how it ends (9.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from services.monitoring.domain.comparison.errors import DifferenceStepError, ExplanationMissingError
from services.monitoring.domain.comparison.matching import Registered
from services.monitoring.domain.comparison.row import (
    DisabilityRow,
    EmploymentRow,
    HousingRow,
    InsuredRow,
    RosterChangeRow,
    Row,
    SchoolRollRow,
)
from shared.kernel.aggregate import Aggregate

_LEAST_NOTE = 4
_DISABLED = "004"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the list says and what the register says, as short texts; *about* is a code of ``difference``."""

    about: str
    listed: str
    registered: str


Compare = Callable[[Any, Registered], Disagreement | None]


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _flag(about: str, listed: bool, registered: bool) -> Disagreement | None:  # noqa: FBT001  (the two sides)
    return Disagreement(about, _yes(listed), _yes(registered)) if listed != registered else None


def _assisted(about: str, field_: str) -> Compare:
    return lambda row, one: _flag(about, row.status != "stop", bool(getattr(one, field_)))


def _insured(row: InsuredRow, one: Registered) -> Disagreement | None:
    return _flag("insured", row.insured, one.insured)


def _enrolled(row: SchoolRollRow, one: Registered) -> Disagreement | None:
    return _flag("school_roll", row.enrolled, one.school_status is not None)


def _certified(row: DisabilityRow, one: Registered) -> Disagreement | None:
    listed = f"{row.kind}-{row.grade}"
    known = f"{one.disability_kind}-{one.disability_grade}" if one.disability_grade else ""
    known = known or ("yes" if _DISABLED in one.health else "no")
    return Disagreement("disability", listed, known) if listed != known else None


def _graded(row: HousingRow, one: Registered) -> Disagreement | None:
    if one.dangerous_house is None or not row.sole:
        return None
    return _flag("house_grade", row.grade in ("C", "D"), one.dangerous_house)


def _works(row: EmploymentRow, one: Registered) -> Disagreement | None:
    return None if one.working is None else _flag("work", row.working, one.working)


def _left(row: RosterChangeRow, one: Registered) -> Disagreement | None:
    gone = row.what in ("death", "move") or row.consequence == "death"
    return Disagreement("membership", "left", "present") if gone and one.present else None


COMPARES: Mapping[str, tuple[str, Compare]] = {
    "low_income_aid": ("low_income", _assisted("low_income", "low_income_aid")),
    "destitute_aid": ("destitute", _assisted("destitute", "destitute_aid")),
    "insured": ("insured", _insured),
    "school_roll": ("school_roll", _enrolled),
    "disability": ("disability", _certified),
    "housing": ("house_grade", _graded),
    "employment": ("work", _works),
    "roster_change": ("membership", _left),
}
"""Per kind of list what is compared, and how."""

ABSENT: Mapping[str, Disagreement] = {
    "low_income_aid": Disagreement("low_income", "no", "yes"),
    "destitute_aid": Disagreement("destitute", "no", "yes"),
    "insured": Disagreement("insured", "no", "yes"),
    "school_roll": Disagreement("school_roll", "no", "yes"),
    "disability": Disagreement("disability", "no", "yes"),
}
"""What it means that a complete list leaves out a person of whom the register says yes."""


def disagreement(kind: str, row: Row, one: Registered) -> Disagreement | None:
    """Return how *row* and the register differ about a person, or None."""
    about = COMPARES.get(kind)
    return about[1](row, one) if about else None


class Side(StrEnum):
    """Who has the next word: the town and village that keep the register, the department, nobody."""

    REGISTER = "register"
    DEPARTMENT = "department"
    CLOSED = "closed"


class DifferenceStep(StrEnum):
    """What can be done to a difference; *gone* is found by the next comparison."""

    ASK_DEPARTMENT = "ask_department"
    ASK_REGISTER = "ask_register"
    CORRECT_REGISTER = "correct_register"
    CORRECT_LIST = "correct_list"
    EXPLAIN = "explain"
    GONE = "gone"


STEPS: Mapping[DifferenceStep, tuple[frozenset[Side], Side, str]] = {
    DifferenceStep.ASK_DEPARTMENT: (frozenset({Side.REGISTER}), Side.DEPARTMENT, ""),
    DifferenceStep.ASK_REGISTER: (frozenset({Side.DEPARTMENT}), Side.REGISTER, ""),
    DifferenceStep.CORRECT_REGISTER: (
        frozenset({Side.REGISTER, Side.DEPARTMENT}),
        Side.CLOSED,
        "register_corrected",
    ),
    DifferenceStep.CORRECT_LIST: (frozenset({Side.DEPARTMENT}), Side.CLOSED, "department_corrected"),
    DifferenceStep.EXPLAIN: (frozenset({Side.REGISTER, Side.DEPARTMENT}), Side.CLOSED, "explained"),
    DifferenceStep.GONE: (frozenset({Side.REGISTER, Side.DEPARTMENT}), Side.CLOSED, "gone"),
}
"""Per step: from which sides, to which, and as what it closes."""
_NEED_NOTE = frozenset({DifferenceStep.ASK_DEPARTMENT, DifferenceStep.ASK_REGISTER, DifferenceStep.EXPLAIN})
_SIDES = {
    Side.REGISTER: ("正由镇村核对", "waits for the town and village"),
    Side.DEPARTMENT: ("正由部门核对", "waits for the department"),
    Side.CLOSED: ("已办结", "is closed"),
}


@dataclass(frozen=True, slots=True)
class DifferenceFound:
    """The comparison found a difference."""

    difference: "ComparisonDifference"


@dataclass(frozen=True, slots=True)
class DifferenceClosed:
    """A difference was closed, *how*: a code of ``difference_closed``."""

    difference: "ComparisonDifference"
    how: str
    on: date


@dataclass(kw_only=True)
class ComparisonDifference(Aggregate):
    """One open difference per person and matter; *due_on* is when somebody must have answered."""

    id: str
    list_id: str
    department: str
    about: str
    household_id: str
    area_code: str
    person_id: str
    listed: str
    registered: str
    found_on: date
    due_on: date
    limit_confirmed: bool
    side: Side = Side.REGISTER
    how: str = ""
    closed_on: date | None = None
    closed_by: str = ""
    note: str = field(default="", repr=False)

    @property
    def open_person(self) -> str | None:
        """What the database keeps unique: one open difference per person and matter."""
        return None if self.side is Side.CLOSED else f"{self.about}:{self.person_id}"

    def take(self, step: DifferenceStep, *, on: date, by: str = "", note: str = "") -> None:
        """Take *step*; refuses one that is not this side's, and one without its reason."""
        sides, leads_to, how = STEPS[step]
        if self.side not in sides:
            zh, en = _SIDES[self.side]
            raise DifferenceStepError(state_zh=zh, state_en=en)
        if step in _NEED_NOTE and len(note.strip()) < _LEAST_NOTE:
            raise ExplanationMissingError
        self.side = leads_to
        self.note = note.strip() or self.note
        if leads_to is Side.CLOSED:
            self.how, self.closed_on, self.closed_by = how, on, by
            self.raise_fact(DifferenceClosed(self, how, on))
