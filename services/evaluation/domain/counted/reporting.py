"""What is counted of what units report: accepted values, corrected where a check found them wrong."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from services.evaluation.domain.counting import EVERY_UNIT, Counting, Number, Question, Share
from services.evaluation.domain.fact import Fact, day
from services.evaluation.domain.reporting.figure import LEVELS
from services.evaluation.domain.reporting.handed_in import HandedIn
from services.evaluation.domain.reporting.plan import COUNTY, due_day, periods_of, rule_key, target_key
from services.evaluation.domain.scoreboard import Unit

ACCEPTED, CHECKED = "evaluation.value_accepted", "evaluation.value_checked"
REPORTED = (
    "I02-6", "I06-4", "I07-3", "I07-4", "I10-2", "I10-5", "I11-1", "I11-4", "I11-5", "I11-6", "I14-1",
    "I15-3", "I19-3", "I22-1", "I23-1", "I26-1", "I26-2", "I26-4", "I26-5", "I28-4", "I29-2", "I29-3",
    "I29-4", "I30-2", "I30-3", "I31-1", "I32-1", "I32-2", "I32-3", "I34-1", "I34-3", "I36-6", "I38-1",
    "I38-3",
)  # fmt: skip
"""The indicators whose mode in the plan is ``reported``."""
MEANWHILE = ("I11-2", "I12-5", "I12-6")
"""Automatic ones that no service has events for; ``reported_meanwhile`` says when they are reported."""

Value = Mapping[str, Any]
Part = tuple[Number, Number]


def _standing_values(facts: Sequence[Fact]) -> dict[str, Value]:
    """Return the value that stands of each period: as accepted or as a check found it, none withdrawn."""
    checks = {fact.data["value_id"]: fact.data for fact in facts if fact.name == CHECKED}
    values: dict[str, Value] = {}
    for fact in facts:
        if fact.name != ACCEPTED:
            continue
        check = checks.get(fact.data["value_id"])
        if check is None or check["result"] == "upheld":
            values[fact.data["period"]] = fact.data["value"]
        elif check["result"] == "corrected":
            values[fact.data["period"]] = check["value"]
    return values


def _due_periods(cadence: Any, question: Question) -> list[str]:  # noqa: ANN401  (a word of the policy file)
    """Return the periods whose reports were due before the day asked about."""
    days, year_end = question.figure("report_due_days"), question.figure("report_year_end_due")
    return [
        period.key
        for period in periods_of(cadence, question.since.year)
        if question.over(due_day(period, cadence, days, year_end))
    ]


def owes_report(unit: Unit, indicator: str, handed: HandedIn, question: Question) -> bool:
    """Say whether *unit* itself should have handed in a report of *indicator* by now and has not.

    What a department owes about a town is the department's gap, and what waits for the office is nobody's.
    """
    rule = question.figure(rule_key(indicator))
    if rule["reporter"] not in {unit.id, f"{unit.group}s", "units"}:
        return False
    due = _due_periods(rule["cadence"], question)
    return bool(due) and not handed.in_hand(indicator, unit.id, due, every=rule["combine"] == "sum")


def _that_count(values: Mapping[str, Value], rule: Mapping[str, Any], question: Question) -> list[Value]:
    """Return the values that count; none while one that is due is missing, which must not look like zero."""
    due = _due_periods(rule["cadence"], question)
    if rule["combine"] == "sum":
        complete = all(period in values for period in due)
        return [values[period] for period in sorted(values)] if complete else []
    newest = max(values, default="")
    return [values[newest]] if newest and newest >= max(due, default="") else []


def _deadline_part(indicator: str) -> Callable[[Value, Question], Part]:
    def part(value: Value, question: Question) -> Part:
        """Return the days late; of what is not done nothing can be said before its day."""
        deadline: date = question.figure(f"report_deadline_{indicator}")
        done = value.get("done_on")
        if not done and not question.over(deadline):
            return 0, 0
        return max(((day(done) if done else question.as_of) - deadline).days, 0), 1

    return part


def _plain_part(value: Value, question: Question) -> Part:
    if value["shape"] == "levels":
        weights = question.figure("report_level_weights")
        levels = zip(LEVELS, value["levels"], strict=True)
        return sum((Fraction(weights[name]) * number for name, number in levels), Fraction(0)), 1
    if value["shape"] == "count":
        return Fraction(value["numerator"]), 1
    return Fraction(value["numerator"]), Fraction(value["denominator"])


def _against_target(indicator: str, unit: str, whole: Part, question: Question) -> Part:
    """Put the unit's target in the place of the denominator; of a percentage that part of the denominator."""
    if target_key(indicator) not in question.figures:
        return whole
    target = question.figure(target_key(indicator))
    if question.figures[target_key(indicator)].unit == "percent":
        return whole[0], whole[1] * Fraction(target) / 100
    return whole[0], Fraction(target.get(unit, 0) if isinstance(target, Mapping) else target)


def _reported(indicator: str) -> Counting:
    """Count what is reported for *indicator*: one subject for each unit a value is about."""
    late = _deadline_part(indicator)

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        values = _that_count(_standing_values(facts), question.figure(rule_key(indicator)), question)
        if not values:
            return None
        unit = str(facts[0].data["unit"])
        above: Number = 0
        below: Number = 0
        for value in values:
            part = late(value, question) if value["shape"] == "done_on" else _plain_part(value, question)
            above, below = above + part[0], below + part[1]
        once = (above, below)
        if all(value["shape"] in ("count", "levels") for value in values):
            once = (above, 1)
        share = _against_target(indicator, unit, once, question)
        return Share(EVERY_UNIT if unit == COUNTY else unit, *share)

    def subject(fact: Fact) -> str:
        return f"{indicator} {fact.data['unit']}" if fact.data["indicator"] == indicator else ""

    return Counting(
        f"reported_{indicator}",
        (ACCEPTED, CHECKED),
        subject,
        judge,
        anchors=frozenset({ACCEPTED}),
        about=indicator,
    )


COUNTINGS = tuple(_reported(indicator) for indicator in (*REPORTED, *MEANWHILE))
