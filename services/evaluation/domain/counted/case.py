"""What is counted of monitored households: helper, help, insurance, elimination, relapse."""

from collections.abc import Sequence
from datetime import timedelta

from services.evaluation.domain.counted.measure import RECORDED, as_it_stands
from services.evaluation.domain.counting import Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact, day

IDENTIFIED = "monitoring.case_identified"
HELPED = "monitoring.helper_assigned"
ELIMINATED = "monitoring.risk_eliminated"
RELAPSED = "monitoring.household_relapsed"


def _case(fact: Fact) -> str:
    return str(fact.data["case_id"])


def _identified(facts: Sequence[Fact], question: Question) -> Fact | None:
    found = next((fact for fact in facts if fact.name == IDENTIFIED), None)
    return found if found is not None and found.occurred_on >= question.since else None


def _helper_in_time(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each monitored household whose helper is fixed or overdue; met when fixed by its day."""
    identified = _identified(facts, question)
    if identified is None:
        return None
    helped = next((fact for fact in facts if fact.name == HELPED), None)
    if helped is not None:
        return Share(identified.town, int(helped.occurred_on <= day(helped.data["due_on"])), 1)
    due = identified.occurred_on + timedelta(days=question.figure("helper_days"))
    return Share(identified.town, 0, 1) if question.over(due) else None


helpers_assigned_in_time = Counting("helpers_assigned_in_time", (IDENTIFIED, HELPED), _case, _helper_in_time)


def _once_due(identified: Fact, question: Question, *, met: bool) -> Share | None:
    """A household counts once its help has arrived, or once the time for it is over."""
    due = identified.occurred_on + timedelta(days=question.figure("measure_days"))
    return Share(identified.town, int(met), 1) if met or question.over(due) else None


def _every_risk_helped(facts: Sequence[Fact], question: Question) -> Share | None:
    identified = _identified(facts, question)
    if identified is None:
        return None
    delivered = {m.data["risk"] for m in as_it_stands(facts) if m.data["status"] == "delivered"}
    return _once_due(identified, question, met=set(identified.data["risks"]) <= delivered)


cases_helped = Counting("cases_helped", (IDENTIFIED, RECORDED), _case, _every_risk_helped)


def _is_insurance(measure: Fact) -> bool:
    return (measure.data["category"], measure.data["code"]) == ("100A48", "005")


def _insured(facts: Sequence[Fact], question: Question) -> Share | None:
    identified = _identified(facts, question)
    if identified is None:
        return None
    insurances = [m for m in as_it_stands(facts) if _is_insurance(m) and m.data["status"] == "delivered"]
    return _once_due(identified, question, met=bool(insurances))


cases_insured = Counting("cases_insured", (IDENTIFIED, RECORDED), _case, _insured)


def _properly_eliminated(facts: Sequence[Fact], question: Question) -> Share | None:
    (fact,) = facts
    if fact.occurred_on < question.since:
        return None
    proper = fact.data["assessed"] and fact.data["publicised"] and fact.data["signed"]
    return Share(fact.town, int(proper), 1)


eliminations_proper = Counting(
    "eliminations_proper", (ELIMINATED,), lambda fact: fact.event_id, _properly_eliminated
)


def _relapses(*, illness_only: bool) -> Judge:
    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        first = facts[0] if facts else None
        if first is None or first.occurred_on < question.since:
            return None
        if illness_only and first.data["cause"] not in question.figure("illness_causes"):
            return None
        return Share(first.town, 1, 0)

    return judge


def _relapse(fact: Fact) -> str:
    return str(fact.data["relapse_id"])


households_relapsed = Counting("households_relapsed", (RELAPSED,), _relapse, _relapses(illness_only=False))
households_relapsed_by_illness = Counting(
    "households_relapsed_by_illness", (RELAPSED,), _relapse, _relapses(illness_only=True)
)

COUNTINGS = (
    helpers_assigned_in_time,
    cases_helped,
    cases_insured,
    eliminations_proper,
    households_relapsed,
    households_relapsed_by_illness,
)
