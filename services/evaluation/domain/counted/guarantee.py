"""What is counted of guarantees to people: pupils, the insured, patients, who needs assistance."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.evaluation.domain.counted.due import Course, closed_in_time, field_is, met
from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, newest
from shared.kernel.period import Month

HOUSEHOLD = "monitoring.household_recorded"
AID_DUE, AID_PAID = "monitoring.student_aid_due", "monitoring.student_aid_paid"
AID_WITHDRAWN = "monitoring.student_aid_withdrawn"
TEACHING, TAUGHT, TEACHING_ENDED = (
    "monitoring.home_teaching_began",
    "monitoring.home_teaching_visited",
    "monitoring.home_teaching_ended",
)
ASSISTANCE_DUE, DECIDED = "monitoring.assistance_due", "monitoring.assistance_decided"
PAID, ENDED = "monitoring.allowance_paid", "monitoring.assistance_ended"

_MONITORED = frozenset({"100A03001", "100A03002", "100A03003"})
_DISABILITY = frozenset({"disability_living", "disability_care"})


def _aid(kind: str) -> Course:
    return Course(AID_DUE, AID_PAID, "entitlement_id", which=field_is("kind", kind), dropped=AID_WITHDRAWN)


student_aid_paid = closed_in_time("student_aid_paid", _aid("aid"))
yulu_paid = closed_in_time("yulu_paid", _aid("yulu"))


def _whole_months(first: date, last: date, question: Question) -> list[Month]:
    """Return the calendar months that lie wholly between *first* and *last* in the year asked about."""
    start = max(first, question.since)
    month = Month.of(start) if start.day == 1 else Month.of(start).plus(1)
    months: list[Month] = []
    while month.last_day <= min(last, question.as_of):
        months.append(month)
        month = month.plus(1)
    return months


def _taught(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each whole month of teaching at home; met when the teacher came as often as it takes."""
    began = next((fact for fact in facts if fact.name == TEACHING), None)
    if began is None:
        return None
    last = next((fact.occurred_on for fact in facts if fact.name == TEACHING_ENDED), question.as_of)
    months = _whole_months(began.occurred_on, last, question)
    if not months:
        return None
    visits = [Month.of(fact.occurred_on) for fact in facts if fact.name == TAUGHT]
    wanted = int(began.data["visits_a_month"])
    return Share(began.town, sum(visits.count(month) >= wanted for month in months), len(months))


home_teaching_kept = Counting(
    "home_teaching_kept",
    (TEACHING, TAUGHT, TEACHING_ENDED),
    lambda fact: str(fact.data["pupil_id"]),
    _taught,
    anchors=frozenset({TEACHING}),
)


def _insured(facts: Sequence[Fact], _question: Question) -> Share | None:
    """One for each person of a household that is monitored or was lifted out; met when insured."""
    record = newest(facts) if facts else None
    if record is None:
        return None
    if not record.data.get("lifted_out") and record.data.get("household_type") not in _MONITORED:
        return None
    present = [one for one in record.data.get("members", ()) if not one.get("left")]
    if not present:
        return None
    return Share(record.town, sum(bool(one.get("insured", True)) for one in present), len(present))


people_insured = Counting("people_insured", (HOUSEHOLD,), lambda fact: fact.household_id, _insured)
stays_settled_at_once = met(
    "stays_settled_at_once",
    "monitoring.inpatient_settled",
    field_is("at_once", True),
    which=field_is("in_county", True),
)

low_income_granted = closed_in_time(
    "low_income_granted",
    Course(
        ASSISTANCE_DUE,
        DECIDED,
        "entitlement_id",
        which=field_is("kind", "low_income"),
        drops=field_is("granted", False),  # decided not to be eligible: nobody was missed
    ),
)


def _relief_right(decided: Fact) -> bool:
    return bool(decided.data["granted"]) or not decided.data["eligible"]


relief_decided = closed_in_time(
    "relief_decided",
    Course("monitoring.relief_applied", "monitoring.relief_decided", "relief_id"),
    well=_relief_right,
)


def _months_paid(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each whole month since the grant whose payment is due; met when it was paid."""
    granted = next((fact for fact in facts if fact.name == DECIDED and fact.data["granted"]), None)
    if granted is None or granted.data["kind"] not in _DISABILITY:
        return None
    last = next((fact.occurred_on for fact in facts if fact.name == ENDED), question.as_of)
    grace = timedelta(days=question.figure("allowance_days"))
    paid = {str(fact.data["month"]) for fact in facts if fact.name == PAID}
    months = [
        str(month)
        for month in _whole_months(granted.occurred_on, last, question)
        if question.over(month.last_day + grace) or str(month) in paid
    ]
    if not months:
        return None
    return Share(granted.town, sum(month in paid for month in months), len(months))


disability_months_paid = Counting(
    "disability_months_paid",
    (DECIDED, PAID, ENDED),
    lambda fact: str(fact.data["entitlement_id"]),
    _months_paid,
    anchors=frozenset({DECIDED}),
)

COUNTINGS = (
    student_aid_paid,
    yulu_paid,
    home_teaching_kept,
    people_insured,
    stays_settled_at_once,
    low_income_granted,
    relief_decided,
    disability_months_paid,
)
