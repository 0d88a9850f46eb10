"""What is counted of visits: which households were reached, round by round and month by month."""

from collections.abc import Sequence
from datetime import date

from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, newest
from shared.kernel.period import Days, Month

RECORDED = "monitoring.household_recorded"
VISITED = "monitoring.visit_recorded"
IDENTIFIED = "monitoring.case_identified"
ELIMINATED = "monitoring.risk_eliminated"
ROLLED_BACK = "monitoring.elimination_rolled_back"

_REACHED = frozenset({"01", "02"})
"""Somebody at home, or reached by telephone."""

_CALLERS = frozenset({"helper", "resident_team"})


def _is_reached(visit: Fact) -> bool:
    return visit.data.get("result", "01") in _REACHED


def _reached(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.name == VISITED and _is_reached(fact)]


def _covered(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each screening round that is over; met when the household was reached in it."""
    records = [fact for fact in facts if fact.name == RECORDED]
    if not records:
        return None
    since = records[0].occurred_on
    rounds = [span for span in question.spans("screening_rounds") if since <= span.last <= question.as_of]
    if not rounds:
        return None
    days = [fact.occurred_on for fact in _reached(facts)]
    met = sum(any(day in span for day in days) for span in rounds)
    return Share(newest(records).town, met, len(rounds))


def _by_round(fact: Fact, question: Question) -> str:
    """Visits of one round that reached the household are alike."""
    if fact.name != VISITED:
        return fact.event_id
    if not _is_reached(fact):
        return ""
    rounds = question.spans("screening_rounds")
    return next((str(number) for number, span in enumerate(rounds) if fact.occurred_on in span), "")


households_covered = Counting(
    "households_covered",
    (RECORDED, VISITED),
    lambda fact: fact.household_id,
    _covered,
    anchors=frozenset({RECORDED}),
    alike=_by_round,
)


def _monitored_spans(facts: Sequence[Fact], question: Question) -> list[Days]:
    """Return the spans in which the household was a monitored one, from identification to elimination.

    Of one day what ends a span comes first: an elimination can be taken back, or another
    case identified, on its own day, and nothing eliminated on the day it began.
    """
    spans: list[Days] = []
    started: date | None = None
    for fact in sorted(facts, key=lambda fact: (fact.occurred_on, fact.name != ELIMINATED)):
        if fact.name in {IDENTIFIED, ROLLED_BACK} and started is None:
            started = fact.occurred_on
        elif fact.name == ELIMINATED and started is not None:
            spans.append(Days(started, fact.occurred_on))
            started = None
    if started is not None:
        spans.append(Days(started, question.as_of))
    return spans


def _whole_months(spans: Sequence[Days], question: Question) -> list[Month]:
    """Return the calendar months that lie wholly in *spans* and in the time asked about."""
    months: list[Month] = []
    for span in spans:
        month = Month.of(max(span.first, question.since))
        if month.first_day < max(span.first, question.since):
            month = month.plus(1)
        while month.last_day <= min(span.last, question.as_of):
            months.append(month)
            month = month.plus(1)
    return months


def _called_on(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each whole month as a monitored household; met when a helper or the resident team came."""
    cases = [fact for fact in facts if fact.name != VISITED]
    months = _whole_months(_monitored_spans(cases, question), question)
    if not months:
        return None
    visited = {Month.of(fact.occurred_on) for fact in _reached(facts) if fact.data["kind"] in _CALLERS}
    return Share(cases[0].town, sum(month in visited for month in months), len(months))


def _by_month(fact: Fact, _question: Question) -> str:
    """Visits of one month by helper or resident team that reached the household are alike."""
    if fact.name != VISITED:
        return fact.event_id
    counts = _is_reached(fact) and fact.data["kind"] in _CALLERS
    return fact.occurred_on.strftime("%Y%m") if counts else ""


monitored_households_called_on = Counting(
    "monitored_households_called_on",
    (IDENTIFIED, ELIMINATED, ROLLED_BACK, VISITED),
    lambda fact: fact.household_id,
    _called_on,
    anchors=frozenset({IDENTIFIED, ROLLED_BACK}),
    alike=_by_month,
)

COUNTINGS = (households_covered, monitored_households_called_on)
