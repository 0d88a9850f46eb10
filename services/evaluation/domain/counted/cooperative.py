"""What is counted of associations, solar stations, firms' projects, and of lending held against the city."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from services.evaluation.domain.counted.due import Course, closed_at_all, closed_in_time, field_is
from services.evaluation.domain.counted.fund import whole_county
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Question, Share
from services.evaluation.domain.fact import Fact, day, newest

APPLIED = "finance.association_loan_applied"
GRANTED, REFUSED = "finance.association_loan_granted", "finance.association_loan_refused"
HOUSEHOLD, DISBURSED = "monitoring.household_recorded", "finance.loan_disbursed"
_WITHDRAWN = "withdrawn"


def _association_lent(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each valid application answered or overdue; met when granted in time. Taken back: nothing."""
    applied = next((fact for fact in facts if fact.name == APPLIED), None)
    if applied is None or not applied.data["valid"] or applied.occurred_on < question.since:
        return None
    refusals = [fact for fact in facts if fact.name == REFUSED]
    if any(fact.data["reason"] == _WITHDRAWN for fact in refusals):
        return None
    granted, due = next((fact for fact in facts if fact.name == GRANTED), None), day(applied.data["due_on"])
    if granted is not None:
        return Share(applied.town, int(granted.occurred_on <= due), 1)
    return Share(applied.town, 0, 1) if refusals or question.over(due) else None


association_loans_granted = Counting(
    "association_loans_granted",
    (APPLIED, GRANTED, REFUSED),
    lambda fact: str(fact.data["association_loan_id"]),
    _association_lent,
    anchors=frozenset({APPLIED}),
)


def _by_rule_and_announced(fact: Fact) -> bool:
    return bool(fact.data["by_rule"] and fact.data["announced"])


station_income_distributed = closed_in_time(
    "station_income_distributed",
    Course("finance.station_income_recorded", "finance.station_income_distributed", "income_id"),
    well=_by_rule_and_announced,
)
_DECIDED = "finance.firm_project_decided"
firm_projects_decided = closed_in_time(
    "firm_projects_decided",
    Course("finance.firm_project_applied", _DECIDED, "firm_project_id", unit=whole_county),
)
_LANDED = Course(
    _DECIDED,
    "finance.firm_project_landed",
    "firm_project_id",
    which=field_is("recognised", True),
)
firm_projects_landed = closed_at_all("firm_projects_landed", _LANDED)
firm_projects_landed_of_county = closed_at_all(
    "firm_projects_landed_of_county", replace(_LANDED, unit=whole_county)
)


def _lent_against_the_third(facts: Sequence[Fact], question: Question) -> Share | None:
    """One household that may borrow, held against the share lent to in the city's third county."""
    records = [fact for fact in facts if fact.name == HOUSEHOLD]
    if not records:
        return None
    if newest(records).data.get("household_type") not in question.figure("lending_household_types"):
        return None
    lent = any(fact.name == DISBURSED for fact in facts)
    third = Fraction(question.figure("city_third_lending_percent")) / 100
    return Share(EVERY_UNIT, int(lent), third)


households_lent_against_the_third = Counting(
    "households_lent_against_the_third",
    (HOUSEHOLD, DISBURSED),
    lambda fact: fact.household_id,
    _lent_against_the_third,
    anchors=frozenset({HOUSEHOLD}),
)

COUNTINGS = (
    association_loans_granted,
    station_income_distributed,
    firm_projects_decided,
    firm_projects_landed,
    firm_projects_landed_of_county,
    households_lent_against_the_third,
)
