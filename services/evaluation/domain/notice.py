"""A notice of criticism, and what is counted of notices and published assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.counting import EVERY_UNIT, Counting, Question, Share
from services.evaluation.domain.errors import EmptyReasonError, UnknownNoticeLevelError
from services.evaluation.domain.fact import Fact, day
from shared.kernel.aggregate import Aggregate

LEVELS = ("county", "city", "province")
ISSUED = "evaluation.notice_issued"
PUBLISHED = "evaluation.assessment_published"


@dataclass(frozen=True, slots=True)
class Issued:
    """A notice was issued against *unit*."""

    notice_id: str
    unit: str
    level: str
    issued_on: date


@dataclass(kw_only=True)
class Notice(Aggregate):
    """A notice of criticism (通报) that names one unit. Its reason stays in this office, not in the event."""

    id: str
    unit: str
    level: str
    issued_on: date
    reason: str

    @classmethod
    def issue(cls, *, notice_id: str, unit: str, level: str, issued_on: date, reason: str) -> "Notice":
        """Return a new notice; refuses an unknown level and an empty reason."""
        if level not in LEVELS:
            raise UnknownNoticeLevelError(level=level)
        if not reason.strip():
            raise EmptyReasonError
        notice = cls(id=notice_id, unit=unit, level=level, issued_on=issued_on, reason=reason.strip())
        notice.raise_fact(Issued(notice_id, unit, level, issued_on))
        return notice


def _weight(facts: Sequence[Fact], question: Question) -> Share | None:
    issued = facts[0] if facts else None
    if issued is None or issued.occurred_on < question.since:
        return None
    return Share(issued.data["unit"], question.figure("notice_weights")[issued.data["level"]], 0)


notices_by_level = Counting("notices_by_level", (ISSUED,), lambda fact: str(fact.data["notice_id"]), _weight)


def _assessed_by_year_end(facts: Sequence[Fact], question: Question) -> Share | None:
    """Met when the year-end assessment was published by the day the plan gives.

    Only one of the year's last days is a year-end assessment, however early it was published.
    An assessment can't count in itself: it shows from the day after its publication.
    """
    until = question.figure("assessment_due_on")
    published = [fact for fact in facts if fact.occurred_on < question.as_of]
    first = question.figure("assessment_as_of_from")
    if any(first <= day(fact.data["as_of"]) <= until and fact.occurred_on <= until for fact in published):
        return Share(EVERY_UNIT, 1, 1)
    return Share(EVERY_UNIT, 0, 1) if question.as_of > until else None


assessment_by_year_end = Counting(
    "assessment_by_year_end", (PUBLISHED,), lambda _: "county", _assessed_by_year_end, standing="county"
)

COUNTINGS = (notices_by_level, assessment_by_year_end)
