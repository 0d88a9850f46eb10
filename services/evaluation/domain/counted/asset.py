"""What is counted of assets and their upkeep: handed over, audited, inspected, kept, keepers paid."""

from collections.abc import Sequence

from services.evaluation.domain.counted.due import Course, closed_in_time, field_is, met
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Question, Share
from services.evaluation.domain.fact import Fact, day
from shared.kernel.period import Month

FORMED, HANDED_OVER = "finance.asset_formed", "finance.asset_handed_over"
AUDITED, DISPOSED, FILED = (
    "finance.asset_audited",
    "finance.asset_disposed",
    "finance.asset_inspection_filed",
)
LISTED, REMOVED = "finance.facility_listed", "finance.facility_removed"
KEEPERS = "finance.facility_keepers_named"
_LEVELS = frozenset({"county", "town", "village"})


def _asset(fact: Fact) -> str:
    return str(fact.data["asset_id"])


def _formed(facts: Sequence[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.name == FORMED), None)


def _handed_over(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each asset of last year's projects that is handed over or due; met when over in time."""
    formed = _formed(facts)
    if formed is None or formed.data["project_year"] != question.since.year - 1:
        return None
    over = next((fact for fact in facts if fact.name == HANDED_OVER), None)
    due = day(formed.data["due_on"])
    if over is None:
        return Share(formed.town, 0, 1) if question.over(due) else None
    return Share(formed.town, int(over.occurred_on <= due), 1)


assets_handed_over = Counting(
    "assets_handed_over", (FORMED, HANDED_OVER), _asset, _handed_over, anchors=frozenset({FORMED})
)


def _audited(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each operating asset of earlier projects that is still there; met when audited this year."""
    formed = _formed(facts)
    if formed is None or formed.data["kind"] != "operating" or any(fact.name == DISPOSED for fact in facts):
        return None
    if formed.data["project_year"] >= question.since.year:
        return None
    done = any(fact.name == AUDITED and fact.occurred_on >= question.since for fact in facts)
    return Share(formed.town, int(done), 1)


operating_assets_audited = Counting(
    "operating_assets_audited", (FORMED, AUDITED, DISPOSED), _asset, _audited, anchors=frozenset({FORMED})
)


def _quarters_over(question: Question) -> list[str]:
    year = question.since.year
    ends = ((f"{year}Q{number}", Month(year, 3 * number).last_day) for number in range(1, 5))
    return [name for name, last in ends if question.over(last)]


def _inspected(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each quarter that is over, once any asset is on record; met when an inspection was filed."""
    if not facts:
        return None
    filed = {fact.data["quarter"] for fact in facts if fact.name == FILED}
    over = _quarters_over(question)
    this_year = {quarter for quarter in filed if quarter.startswith(str(question.since.year))}
    counted = this_year.union(over)
    return Share(EVERY_UNIT, len(this_year), len(counted)) if counted else None


def _same_quarter(fact: Fact, _question: Question) -> str:
    return str(fact.data["quarter"]) if fact.name == FILED else "an asset"


quarters_inspected = Counting(
    "quarters_inspected", (FORMED, FILED), lambda _: "county", _inspected, alike=_same_quarter
)
_PROBLEM = Course("finance.asset_problem_found", "finance.asset_problem_closed", "problem_id")
_PAY = Course("finance.keeper_pay_due", "finance.keeper_paid", "pay_id")
asset_problems_closed = closed_in_time("asset_problems_closed", _PROBLEM)
keepers_paid_in_time = closed_in_time("keepers_paid_in_time", _PAY)
_GOOD, _PASSED = field_is("good", True), field_is("passed", True)
public_assets_kept = met("public_assets_kept", "finance.asset_sampled", _GOOD)
facilities_kept = met("facilities_kept", "finance.facility_sampled", _PASSED)


def _three_keepers(facts: Sequence[Fact], _question: Question) -> Share | None:
    """One for each facility on the list; met when county, town and village each have a keeper named."""
    listed = next((fact for fact in facts if fact.name == LISTED), None)
    if listed is None or any(fact.name == REMOVED for fact in facts):
        return None
    levels = {level for fact in facts if fact.name == KEEPERS for level in fact.data["levels"]}
    return Share(listed.town, int(levels >= _LEVELS), 1)


facilities_with_keepers = Counting(
    "facilities_with_keepers",
    (LISTED, REMOVED, KEEPERS),
    lambda fact: str(fact.data["facility_id"]),
    _three_keepers,
    anchors=frozenset({LISTED}),
)

COUNTINGS = (
    assets_handed_over,
    operating_assets_audited,
    quarters_inspected,
    asset_problems_closed,
    public_assets_kept,
    facilities_with_keepers,
    keepers_paid_in_time,
    facilities_kept,
)
