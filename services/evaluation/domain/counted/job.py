"""What is counted of work: people with a job, the register, posts, households without any."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from services.evaluation.domain.counting import Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact, newest
from shared.kernel.period import Month, age_on

HOUSEHOLD = "monitoring.household_recorded"
STARTED = "employment.job_started"
ENDED = "employment.job_ended"
PLACED = "employment.post_placed"
POST_ENDED = "employment.post_ended"
ATTENDED = "employment.post_attendance_recorded"

_ABLE = ("001", "002", "005")
"""Ordinary, skilled and weak labour of the code list for labour skill."""


def _person(fact: Fact) -> str:
    return str(fact.data["person_id"])


def _open_spells(facts: Sequence[Fact]) -> list[Fact]:
    ended = {fact.data["spell_id"] for fact in facts if fact.name == ENDED}
    return [fact for fact in facts if fact.name == STARTED and fact.data["spell_id"] not in ended]


def _open_posts(facts: Sequence[Fact]) -> list[Fact]:
    ended = {fact.data["placement_id"] for fact in facts if fact.name == POST_ENDED}
    return [fact for fact in facts if fact.name == PLACED and fact.data["placement_id"] not in ended]


def _in_work(*, lifted_out: bool) -> Judge:
    """One for each person with a running job spell, however many; of households lifted out, if asked."""

    def judge(facts: Sequence[Fact], _question: Question) -> Share | None:
        spells = [fact for fact in _open_spells(facts) if fact.data["lifted_out"] or not lifted_out]
        return Share(spells[0].town, 1, 0) if spells else None

    return judge


people_in_work = Counting("people_in_work", (STARTED, ENDED), _person, _in_work(lifted_out=False))
lifted_out_people_in_work = Counting(
    "lifted_out_people_in_work", (STARTED, ENDED), _person, _in_work(lifted_out=True)
)


def is_labourer(member: Mapping[str, Any], day: date) -> bool:
    """Say whether a member counts as labour: able, 16 to 59, out of school, still in the household."""
    able = not member.get("left") and str(member["labour_skill"]).endswith(_ABLE)
    in_school = member.get("school_status") not in {None, ""}
    return able and not in_school and 16 <= age_on(date.fromisoformat(member["born_on"]), day) < 60  # noqa: PLR2004


def _labourers(record: Fact, day: date) -> int:
    return sum(is_labourer(member, day) for member in record.data.get("members", ()))


def _labour_target(facts: Sequence[Fact], question: Question) -> Share | None:
    """The household's part of the county's target, by its labourers among those of the whole county."""
    record = newest(facts) if facts else None
    number = _labourers(record, question.since) if record else 0
    if record is None or not number:
        return None
    each = Fraction(question.figure("transfer_target")) / question.figure("county_labourers")
    return Share(record.town, 0, number * each)


def _lifted_out_target(facts: Sequence[Fact], question: Question) -> Share | None:
    """The household's part of the county's target, by its people among all people lifted out."""
    record = newest(facts) if facts else None
    if record is None or not record.data.get("lifted_out"):
        return None
    people = sum(not member.get("left") for member in record.data.get("members", ()))
    each = Fraction(question.figure("lifted_out_transfer_target")) / question.figure(
        "county_lifted_out_people"
    )
    return Share(record.town, 0, people * each) if people else None


def _household(fact: Fact) -> str:
    return fact.household_id


transfer_target = Counting("transfer_target", (HOUSEHOLD,), _household, _labour_target)
lifted_out_transfer_target = Counting(
    "lifted_out_transfer_target", (HOUSEHOLD,), _household, _lifted_out_target
)


def _registered_in_full(facts: Sequence[Fact], question: Question) -> Share | None:
    started = facts[0] if facts else None
    if started is None or started.occurred_on < question.since:
        return None
    return Share(started.town, int(started.data["complete"]), 1)


jobs_registered_in_full = Counting(
    "jobs_registered_in_full", (STARTED,), lambda fact: str(fact.data["spell_id"]), _registered_in_full
)


def _due_months(placed: Fact, ended: date, question: Question) -> list[Month]:
    """Return the whole months on the post whose check is due: so many days after the month."""
    grace = timedelta(days=question.figure("attendance_days"))
    first = max(placed.occurred_on, question.since)
    month = Month.of(first) if first.day == 1 else Month.of(first).plus(1)
    months: list[Month] = []
    while month.last_day <= ended and question.over(month.last_day + grace):
        months.append(month)
        month = month.plus(1)
    return months


def _attended(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each month on the post that was checked or should have been; met when the check was passed."""
    placed = next((fact for fact in facts if fact.name == PLACED), None)
    if placed is None:
        return None
    checks = {fact.data["month"]: fact for fact in facts if fact.name == ATTENDED}
    ended = next((fact.occurred_on for fact in facts if fact.name == POST_ENDED), question.as_of)
    due = {str(month) for month in _due_months(placed, ended, question)}
    checked = {month for month in checks if month >= str(Month.of(question.since))}
    passed = sum(bool(checks[month].data["passed"]) for month in checked)
    months = len(due | checked)
    return Share(placed.town, passed, months) if months else None


post_months_attended = Counting(
    "post_months_attended",
    (PLACED, POST_ENDED, ATTENDED),
    lambda fact: str(fact.data["placement_id"]),
    _attended,
)


def _without_work_since(facts: Sequence[Fact]) -> date:
    ends = [fact.occurred_on for fact in facts if fact.name in {ENDED, POST_ENDED}]
    return ends[-1] if ends else next(fact.occurred_on for fact in facts if fact.name == HOUSEHOLD)


def _nobody_in_work(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each relocated household with labour and nobody in work, longer than the time allowed."""
    records = [fact for fact in facts if fact.name == HOUSEHOLD]
    if not records:
        return None
    record = newest(records)
    if not record.data.get("relocated") or not _labourers(record, question.as_of):
        return None
    if _open_spells(facts) or _open_posts(facts):
        return None
    overdue = question.over(_without_work_since(facts) + timedelta(days=question.figure("zero_work_days")))
    return Share(record.town, 1, 0) if overdue else None


relocated_households_without_work = Counting(
    "relocated_households_without_work",
    (HOUSEHOLD, STARTED, ENDED, PLACED, POST_ENDED),
    _household,
    _nobody_in_work,
    anchors=frozenset({HOUSEHOLD}),
)

COUNTINGS = (
    people_in_work,
    lifted_out_people_in_work,
    transfer_target,
    lifted_out_transfer_target,
    jobs_registered_in_full,
    post_months_attended,
    relocated_households_without_work,
)
