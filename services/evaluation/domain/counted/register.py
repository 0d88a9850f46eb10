"""What is counted of the register: complete, right, compared with the departments, reported on."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.evaluation.domain.counted.due import Course, closed_at_all, closed_in_time, field_is, happened
from services.evaluation.domain.counted.job import is_labourer
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact, newest
from shared.kernel.period import Days, Month

HOUSEHOLD = "monitoring.household_recorded"
RUN, GATE = "monitoring.quality_run_completed", "monitoring.record_gate_passed"
CLEANED, LIST = "monitoring.cleaning_round_closed", "monitoring.department_list_received"
SURVEYED = "monitoring.relocated_labour_surveyed"

_GATES = frozenset({"entered", "reviewed", "approved", "inspected", "alert_checked"})
COMPARED_WITH = ("县民政局", "县住建局", "县教体局", "县医保局", "县人社局", "县农业农村局", "县残联")
"""The seven departments that plan item 4 names."""


def _unit(fact: Fact) -> str:
    return str(fact.data["unit"])


def _on_time(kind: str) -> Counting:
    course = Course(
        "monitoring.report_due",
        "monitoring.report_submitted",
        "report_id",
        which=field_is("kind", kind),
        unit=_unit,
    )
    return closed_in_time(f"{kind}_reports_on_time", course)


weekly, monthly, quarterly = (_on_time(kind) for kind in ("weekly", "monthly", "quarterly"))
reports_returned = happened("reports_returned", "monitoring.report_returned", unit=_unit)


def _errors(*origins: str) -> Course:
    return Course(
        "monitoring.data_error_found",
        "monitoring.data_error_fixed",
        "error_id",
        which=field_is("origin", *origins),
    )


errors_fixed_in_time = closed_in_time("errors_fixed_in_time", _errors("rule", "comparison", "person"))
rule_errors_fixed = closed_at_all("rule_errors_fixed", _errors("rule"))
check_results_corrected = closed_at_all("check_results_corrected", _errors("check_back"))


def _open_errors(facts: Sequence[Fact], question: Question) -> Share | None:
    """Errors open at the town's last run, of records times rules."""
    runs = [fact for fact in facts if fact.occurred_on >= question.since]
    if not runs or not runs[-1].data["records"]:
        return None
    last = runs[-1]
    return Share(last.town, last.data["open_errors"], last.data["records"] * last.data["rules"])


rules_broken = Counting("rules_broken", (RUN,), lambda fact: fact.town, _open_errors)


def _all_gates(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each changed record that passed all five gates, or should have by now."""
    first = facts[0] if facts else None
    if first is None or first.occurred_on < question.since:
        return None
    through = {fact.data["gate"] for fact in facts} >= _GATES
    late = question.over(first.occurred_on + timedelta(days=question.figure("gates_days")))
    return Share(first.town, int(through), 1) if through or late else None


records_through_gates = Counting(
    "records_through_gates", (GATE,), lambda fact: str(fact.data["cycle_id"]), _all_gates
)


def _months_over(first: date, question: Question, days: int = 0) -> list[str]:
    """Return the months from that of *first* on that were over *days* before the day asked about."""
    month, months = Month.of(max(first, question.since)), []
    while question.over(month.last_day + timedelta(days=days)):
        months.append(str(month))
        month = month.plus(1)
    return months


def _cleaned(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each month that is over since the rules first ran; met when a round of it was closed."""
    if not facts:
        return None
    months = _months_over(facts[0].occurred_on, question)
    done = {fact.data["month"] for fact in facts if fact.name == CLEANED}
    return Share(EVERY_UNIT, sum(month in done for month in months), len(months)) if months else None


def _runs_alike(fact: Fact, _question: Question) -> str:
    """Runs of one month are alike: they only say since when there is something to clean."""
    return fact.occurred_on.strftime("%Y%m") if fact.name == RUN else fact.event_id


months_cleaned = Counting("months_cleaned", (CLEANED, RUN), lambda _: "county", _cleaned, alike=_runs_alike)


def _delivered(department: str) -> Judge:
    """One for each month whose list is due since the first list of anybody; met when there is one."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        if not facts:
            return None
        first = min(date(int(m[:4]), int(m[4:]), 1) for m in (fact.data["month"] for fact in facts))
        months = _months_over(first, question, question.figure("list_days"))
        got = {fact.data["month"] for fact in facts if fact.data["department"] == department}
        return Share(department, sum(month in got for month in months), len(months)) if months else None

    return judge


def _only_of(department: str) -> Counting:
    def alike(fact: Fact, _question: Question) -> str:
        """Other departments' lists of a month only say that lists are due."""
        return f"{fact.data['department'] == department} {fact.data['month']}"

    return Counting(
        f"lists_of_{department}", (LIST,), lambda _: department, _delivered(department), alike=alike
    )


lists_delivered = tuple(_only_of(department) for department in COMPARED_WITH)


def _difference(name: str, *, of_department: bool) -> Counting:
    course = Course(
        "monitoring.comparison_difference_found",
        "monitoring.comparison_difference_closed",
        "difference_id",
        unit=(lambda fact: str(fact.data["department"])) if of_department else (lambda fact: fact.town),
    )
    return closed_at_all(name, course)


differences_closed = _difference("differences_closed", of_department=False)
differences_of_departments_closed = _difference("differences_of_departments_closed", of_department=True)


def _recorded(facts: Sequence[Fact], _question: Question) -> Share | None:
    """One for each rural household; met when everything asked of it is on record."""
    if not facts:
        return None
    record = newest(facts)
    return Share(record.town, int(bool(record.data.get("complete"))), 1)


households_complete = Counting("households_complete", (HOUSEHOLD,), lambda fact: fact.household_id, _recorded)


def _halves(question: Question) -> list[tuple[str, Days]]:
    year = question.since.year
    first, second = Month(year, 1), Month(year, 7)
    spans = (
        (f"{year}1", Days(first.first_day, Month(year, 6).last_day)),
        (f"{year}2", Days(second.first_day, Month(year, 12).last_day)),
    )
    return [(name, span) for name, span in spans if span.last <= question.as_of]


def _surveyed(facts: Sequence[Fact], question: Question) -> Share | None:
    """The labourers of a relocated household, once for each half-year that is over; met when asked."""
    records = [fact for fact in facts if fact.name == HOUSEHOLD]
    if not records or not newest(records).data.get("relocated"):
        return None
    record = newest(records)
    labourers = sum(is_labourer(member, question.as_of) for member in record.data.get("members", ()))
    halves = _halves(question)
    if not labourers or not halves:
        return None
    asked = {fact.data["half"]: fact.data["surveyed"] for fact in facts if fact.name == SURVEYED}
    done = sum(min(asked.get(half, 0), labourers) for half, _span in halves)
    return Share(record.town, done, labourers * len(halves))


relocated_labour_surveyed = Counting(
    "relocated_labour_surveyed",
    (HOUSEHOLD, SURVEYED),
    lambda fact: fact.household_id,
    _surveyed,
    anchors=frozenset({HOUSEHOLD}),
)

COUNTINGS = (
    weekly,
    monthly,
    quarterly,
    reports_returned,
    errors_fixed_in_time,
    rule_errors_fixed,
    check_results_corrected,
    rules_broken,
    records_through_gates,
    months_cleaned,
    *lists_delivered,
    differences_closed,
    differences_of_departments_closed,
    households_complete,
    relocated_labour_surveyed,
)
