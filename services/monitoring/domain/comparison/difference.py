"""A department's list and the register disagree about a person: who answers, and how it ends (9.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from services.monitoring.domain.comparison.errors import DifferenceStepError, ExplanationMissingError
from services.monitoring.domain.comparison.matching import Registered
from services.monitoring.domain.comparison.row import (
    HousingRow,
    RosterChangeRow,
    Row,
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


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _certificate(one: Registered) -> str:
    if one.disability_grade:
        return f"{one.disability_kind}-{one.disability_grade}"
    return _yes(_DISABLED in one.health)


def _graded(row: HousingRow) -> str | None:
    return _yes(row.grade in ("C", "D")) if row.sole else None


def _left(row: RosterChangeRow) -> str | None:
    gone = row.what in ("death", "move") or row.consequence == "death"
    return "left" if gone else None


LISTED: Mapping[str, tuple[str, Callable[[Any], str | None]]] = {
    "low_income_aid": ("low_income", lambda row: _yes(row.status != "stop")),
    "destitute_aid": ("destitute", lambda row: _yes(row.status != "stop")),
    "insured": ("insured", lambda row: _yes(row.insured)),
    "school_roll": ("school_roll", lambda row: _yes(row.enrolled)),
    "disability": ("disability", lambda row: f"{row.kind}-{row.grade}"),
    "public_post": ("public_post", lambda row: _yes(row.on_post)),
    "housing": ("house_grade", _graded),
    "employment": ("work", lambda row: _yes(row.working)),
    "roster_change": ("membership", _left),
}
"""Per kind of list what it is compared about, and what a row says of it; None: nothing."""

REGISTERED: Mapping[str, Callable[[Registered], str | None]] = {
    "low_income": lambda one: _yes(one.low_income_aid),
    "destitute": lambda one: _yes(one.destitute_aid),
    "insured": lambda one: None if one.insured is None else _yes(one.insured),
    "school_roll": lambda one: _yes(one.school_status is not None),
    "disability": _certificate,
    "house_grade": lambda one: None if one.dangerous_house is None else _yes(one.dangerous_house),
    "public_post": lambda one: _yes(one.on_post),
    "work": lambda one: None if one.working is None else _yes(one.working),
    "membership": lambda one: "present" if one.present else "left",
}
"""What the register says about each matter; None: it does not say."""

WHOLE_LISTS = frozenset(
    {"low_income_aid", "destitute_aid", "insured", "school_roll", "disability", "public_post"}
)
"""Lists of which a complete one says ``no`` of everybody it leaves out."""


def disagreement(kind: str, row: Row, one: Registered) -> Disagreement | None:
    """Return how *row* and the register differ about a person, or None."""
    if kind not in LISTED:
        return None
    about, says = LISTED[kind]
    listed, registered = says(row), REGISTERED[about](one)
    if listed is None or registered is None or listed == registered:
        return None
    return Disagreement(about, listed, registered)


def left_out(kind: str, one: Registered) -> Disagreement | None:
    """Return the difference it makes that a complete list leaves *one* out, or None."""
    about, _ = LISTED[kind]
    registered = REGISTERED[about](one) or "no"
    return None if registered == "no" else Disagreement(about, "no", registered)


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

    def agrees_with(self, one: Registered) -> bool:
        """Say whether the register now says what the list said."""
        return REGISTERED[self.about](one) == self.listed

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
