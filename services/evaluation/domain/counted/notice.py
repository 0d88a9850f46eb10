"""What is counted of notices and published assessments."""

from collections.abc import Sequence

from services.evaluation.domain.counting import EVERY_UNIT, Counting, Question, Share
from services.evaluation.domain.fact import Fact, day

ISSUED = "evaluation.notice_issued"
PUBLISHED = "evaluation.assessment_published"


def _weight(facts: Sequence[Fact], question: Question) -> Share | None:
    issued = facts[0] if facts else None
    if issued is None or issued.occurred_on < question.since:
        return None
    return Share(issued.data["unit"], question.figure("notice_weights")[issued.data["level"]], 0)


notices_by_level = Counting("notices_by_level", (ISSUED,), lambda fact: str(fact.data["notice_id"]), _weight)


def _of_county(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each document of the county, however many units it names."""
    found = any(fact.data["level"] == "county" and fact.occurred_on >= question.since for fact in facts)
    return Share(EVERY_UNIT, 1, 0) if found else None


def _document(fact: Fact) -> str:
    """Notices of one document share its number; one without a number stands alone."""
    return str(fact.data.get("document_no") or fact.data["notice_id"])


notices_of_county = Counting("notices_of_county", (ISSUED,), _document, _of_county)


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

COUNTINGS = (notices_by_level, notices_of_county, assessment_by_year_end)
