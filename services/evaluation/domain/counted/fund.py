"""What is counted of bridging and cooperation money: issued in time, for industry, against 2021, paid."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.evaluation.domain.counted.due import UnitOf, town_of
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Question, Share
from services.evaluation.domain.fact import Fact, day

ARRANGED, ISSUED, PAID = "finance.fund_arranged", "finance.fund_issued", "finance.fund_paid"
WITHDRAWN = "finance.fund_withdrawn"
COOPERATION = "cooperation"
_WEEK = timedelta(days=7)


def whole_county(_fact: Fact) -> str:
    """Count for all alike: what belongs to no town counts for the county too."""
    return EVERY_UNIT


def _fund(fact: Fact) -> str:
    return str(fact.data["fund_id"])


def _line(facts: Sequence[Fact], question: Question, *, cooperation: bool = False) -> Fact | None:
    """Return what arranged the line, None when it is of another year or kind, or was taken back."""
    first = next((fact for fact in facts if fact.name == ARRANGED), None)
    if first is None or any(fact.name == WITHDRAWN for fact in facts):
        return None
    of_kind = (first.data["source"] == COOPERATION) == cooperation
    return first if of_kind and first.data["year"] == question.since.year else None


def _sum(facts: Sequence[Fact], name: str) -> int:
    return sum(fact.data["amount_fen"] for fact in facts if fact.name == name)


def _matching(facts: Sequence[Fact], question: Question) -> Share | None:
    """The county's own money once it is wholly issued or due; what was issued late loses a part each week."""
    line = _line(facts, question)
    if line is None or line.data["source"] != "county":
        return None
    amount, due = line.data["amount_fen"], day(line.data["due_on"])
    if _sum(facts, ISSUED) < amount and not question.over(due):
        return None
    weeks = question.figure("match_late_weeks")
    issued = (fact for fact in facts if fact.name == ISSUED)
    counted = sum(_worth(fact, due, weeks) for fact in issued)
    return Share(EVERY_UNIT, counted, amount)


def _worth(issued: Fact, due: date, weeks: int) -> int:
    """Return the fen that count: all when in time, and one *weeks*-th less for each begun week late."""
    late = issued.occurred_on - due
    if late <= timedelta():
        return int(issued.data["amount_fen"])
    begun = -(-late // _WEEK)
    return int(issued.data["amount_fen"]) * max(weeks - begun, 0) // weeks


county_matching_issued = Counting(
    "county_matching_issued",
    (ARRANGED, ISSUED, WITHDRAWN),
    _fund,
    _matching,
    anchors=frozenset({ARRANGED}),
)


def _in_industry(unit: UnitOf) -> Callable[[Sequence[Fact], Question], Share | None]:
    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        line = _line(facts, question)
        if line is None:
            return None
        amount = line.data["amount_fen"]
        return Share(unit(line), amount if line.data["industry"] else 0, amount)

    return judge


def _total(facts: Sequence[Fact], question: Question) -> Share | None:
    line = _line(facts, question)
    return None if line is None else Share(EVERY_UNIT, line.data["amount_fen"], 0)


bridging_arranged = Counting("bridging_arranged", (ARRANGED, WITHDRAWN), _fund, _total)


def _base(_facts: Sequence[Fact], question: Question) -> Share | None:
    return Share(EVERY_UNIT, 0, question.figure("bridging_2021_fen"))


bridging_2021 = Counting("bridging_2021", (), _fund, _base, standing="2021")


def _to_be_paid(question: Question, key: str) -> int:
    """Return how many percent must be paid by the last checkpoint that is over; nothing before the first."""
    checkpoints: Sequence[Mapping[str, Any]] = question.figure(key)
    return max((one["percent"] for one in checkpoints if question.as_of >= one["on"]), default=0)


def _paid(unit: UnitOf, key: str, *, cooperation: bool) -> Callable[[Sequence[Fact], Question], Share | None]:
    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        line = _line(facts, question, cooperation=cooperation)
        percent = _to_be_paid(question, key)
        issued = _sum(facts, ISSUED)
        if line is None or not percent or not issued:
            return None
        return Share(unit(line), _sum(facts, PAID), issued * percent // 100)

    return judge


def _both(name: str, facts: tuple[str, ...], make: Callable[[UnitOf], Any]) -> tuple[Counting, Counting]:
    """Return a counting by town, and the same for the whole county with what lies in no town."""
    anchors = frozenset({ARRANGED})
    return (
        Counting(name, facts, _fund, make(town_of), anchors=anchors),
        Counting(f"{name}_of_county", facts, _fund, make(whole_county), anchors=anchors),
    )


money_in_industry = _both("money_in_industry", (ARRANGED, WITHDRAWN), _in_industry)
_MOVES = (ARRANGED, ISSUED, PAID, WITHDRAWN)
money_paid = _both("money_paid", _MOVES, lambda unit: _paid(unit, "payment_checkpoints", cooperation=False))
cooperation_money_paid = _both(
    "cooperation_money_paid", _MOVES, lambda unit: _paid(unit, "cooperation_checkpoints", cooperation=True)
)

COUNTINGS = (
    county_matching_issued,
    *money_in_industry,
    bridging_arranged,
    bridging_2021,
    *money_paid,
    *cooperation_money_paid,
)
