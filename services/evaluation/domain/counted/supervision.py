"""What is counted of inspections, supervision orders and accountability."""

from collections.abc import Sequence
from datetime import datetime

from services.evaluation.domain.counted.due import Course, closed_in_time, field_is
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Question, Share
from services.evaluation.domain.fact import Fact
from shared.kernel.clock import day_of

ISSUED, ANSWERED = "evaluation.order_issued", "evaluation.order_answered"
SENT_BACK, CLOSED = "evaluation.order_sent_back", "evaluation.order_closed"
WITHDRAWN = "evaluation.order_withdrawn"
TRIGGERED, REFERRED = "evaluation.accountability_triggered", "evaluation.accountability_referred"
DECIDED = "evaluation.accountability_decided"

inspections_filed = closed_in_time(
    "inspections_filed",
    Course(
        "evaluation.inspection_planned",
        "evaluation.inspection_filed",
        "inspection_id",
        which=field_is("kind", "planned"),
        unit=lambda _fact: EVERY_UNIT,
    ),
)
"""A planned inspection is met when it is filed by its day; a cancelled one stays planned and not done."""


def _answered_in_time(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each order that is closed, or whose deadline has passed without a reply.

    Met when the reply that was accepted came by the deadline then in force, to the
    second. A reply in time that nobody has reviewed yet counts neither way: that the
    review takes long is not the unit's fault. One that came late has missed it already.
    """
    issued = next((fact for fact in facts if fact.name == ISSUED), None)
    if issued is None or issued.occurred_on < question.since or any(f.name == WITHDRAWN for f in facts):
        return None
    replies = {fact.data["reply"]: fact for fact in facts if fact.name == ANSWERED}
    closed = next((fact for fact in facts if fact.name == CLOSED), None)
    unit = str(issued.data["unit"])
    if closed is not None:
        number = closed.data["reply"]
        reply = replies.get(number)
        return Share(unit, int(reply is not None and _in_time(reply, _due(issued, facts, number))), 1)
    owed = 1 + max((fact.data["reply"] for fact in facts if fact.name == SENT_BACK), default=0)
    due, reply = _due(issued, facts, owed), replies.get(owed)
    if reply is None:
        return Share(unit, 0, 1) if question.as_of >= day_of(due) else None
    return None if _in_time(reply, due) else Share(unit, 0, 1)


def _due(issued: Fact, facts: Sequence[Fact], number: int) -> datetime:
    """Return the deadline of reply *number*: as last set by a sending back, else the order's own."""
    set_again = [fact for fact in facts if fact.name == SENT_BACK and fact.data["reply"] < number]
    last = max(set_again, key=lambda fact: fact.data["reply"], default=issued)
    return _instant(last.data["due_at"])


def _in_time(reply: Fact, due: datetime) -> bool:
    return _instant(reply.data["answered_at"]) <= due


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


orders_answered_in_time = Counting(
    "orders_answered_in_time",
    (ISSUED, ANSWERED, SENT_BACK, CLOSED, WITHDRAWN),
    lambda fact: str(fact.data["order_id"]),
    _answered_in_time,
    anchors=frozenset({ISSUED}),
)


def _passed_on(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each trigger of the year people did not reject; met when it was passed to 县纪委监委."""
    triggered = next((fact for fact in facts if fact.name == TRIGGERED), None)
    rejected = any(fact.name == DECIDED and fact.data["decision"] == "rejected" for fact in facts)
    if triggered is None or triggered.occurred_on < question.since or rejected:
        return None
    return Share(EVERY_UNIT, int(any(fact.name == REFERRED for fact in facts)), 1)


triggers_passed_on = Counting(
    "triggers_passed_on",
    (TRIGGERED, DECIDED, REFERRED),
    lambda fact: str(fact.data["trigger_id"]),
    _passed_on,
    anchors=frozenset({TRIGGERED}),
)

COUNTINGS = (inspections_filed, orders_answered_in_time, triggers_passed_on)
