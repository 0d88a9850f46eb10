"""What is counted of projects: reviewed, started and accepted in time, shared with farmers, announced."""

from collections.abc import Sequence
from dataclasses import replace

from services.evaluation.domain.counted.due import (
    Course,
    UnitOf,
    closed_at_all,
    closed_in_time,
    field_is,
    town_of,
)
from services.evaluation.domain.counted.fund import whole_county
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact

ENTERED, ARRANGED = "finance.project_entered", "finance.project_arranged"
STARTED, COMPLETED = "finance.project_started", "finance.project_completed"
ACCEPTED, DROPPED = "finance.project_accepted", "finance.project_dropped"
BENEFIT = "finance.project_benefit_agreed"
OWED, CHECKED = "finance.announcement_due", "finance.announcement_checked"
REVIEWS = frozenset({"compliance", "science", "feasibility"})
_KEY = "project_id"


def _project(fact: Fact) -> str:
    return str(fact.data[_KEY])


def _entered(facts: Sequence[Fact]) -> Fact | None:
    """Return the entry of a project that is still in the library."""
    if any(fact.name == DROPPED for fact in facts):
        return None
    return next((fact for fact in facts if fact.name == ENTERED), None)


def _with_papers(unit: UnitOf) -> Judge:
    """One for each project in the library; met when all three reviews have their papers."""

    def judge(facts: Sequence[Fact], _question: Question) -> Share | None:
        entry = _entered(facts)
        return None if entry is None else Share(unit(entry), int(set(entry.data["papers"]) >= REVIEWS), 1)

    return judge


def _papers(name: str, unit: UnitOf) -> Counting:
    return Counting(name, (ENTERED, DROPPED), _project, _with_papers(unit), anchors=frozenset({ENTERED}))


library_papers = (
    _papers("library_papers", town_of),
    _papers("library_papers_of_county", whole_county),
)


def _reviewed(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each project entered this year, whatever became of it; met when all three were signed."""
    entry = next((fact for fact in facts if fact.name == ENTERED), None)
    if entry is None or entry.occurred_on < question.since:
        return None
    return Share(EVERY_UNIT, int(set(entry.data["reviews"]) >= REVIEWS), 1)


reviews_signed = Counting("reviews_signed", (ENTERED,), _project, _reviewed)


def _in_library(facts: Sequence[Fact], _question: Question) -> Share | None:
    return None if _entered(facts) is None else Share(EVERY_UNIT, 1, 0)


def _in_reserve(facts: Sequence[Fact], _question: Question) -> Share | None:
    if _entered(facts) is None or any(fact.name == ARRANGED for fact in facts):
        return None
    return Share(EVERY_UNIT, 1, 0)


projects_in_library = Counting("projects_in_library", (ENTERED, DROPPED), _project, _in_library)
projects_in_reserve = Counting("projects_in_reserve", (ENTERED, ARRANGED, DROPPED), _project, _in_reserve)

_START = Course(ARRANGED, STARTED, _KEY, which=field_is("funding", "bridging"), dropped=DROPPED)
_COOPERATION = replace(_START, which=field_is("funding", "cooperation"))
_BENEFIT = Course(ARRANGED, BENEFIT, _KEY, which=field_is("industry", True), dropped=DROPPED)
_ACCEPT = Course(COMPLETED, ACCEPTED, _KEY)
_ANNOUNCE = Course(
    OWED,
    CHECKED,
    "announcement_id",
    closes=field_is("passed", True),
    unit=lambda fact: str(fact.data["unit"]),
)


def _in_time(name: str, course: Course) -> tuple[Counting, Counting]:
    """Return the counting by town, and for the whole county with what lies in no town."""
    county = replace(course, unit=whole_county)
    return closed_in_time(name, course), closed_in_time(f"{name}_of_county", county)


def _at_all(name: str, course: Course) -> tuple[Counting, Counting]:
    county = replace(course, unit=whole_county)
    return closed_at_all(name, course), closed_at_all(f"{name}_of_county", county)


COUNTINGS = (
    *library_papers,
    reviews_signed,
    projects_in_library,
    projects_in_reserve,
    *_in_time("projects_started_in_time", _START),
    *_at_all("cooperation_projects_started", _COOPERATION),
    *_at_all("industry_projects_shared", _BENEFIT),
    *_in_time("projects_accepted_in_time", _ACCEPT),
    closed_in_time("announcements_in_order", _ANNOUNCE),
)
