"""What is counted of problems and their rectification (items 36 and 38)."""

from collections.abc import Callable, Sequence

from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, day
from shared.kernel.period import add_days

REGISTERED = "evaluation.problem_registered"
CONFIRMED = "evaluation.problem_confirmed"
REJECTED = "evaluation.problem_rejected"
HANDED_OVER = "evaluation.problem_handed_over"
LISTED = "evaluation.problem_listed"
RECHECKED = "evaluation.problem_rechecked"
CLOSED = "evaluation.problem_closed"
RECURRED = "evaluation.problem_recurred"


def _of_problem(fact: Fact) -> str:
    return str(fact.data["problem_id"])


def _named(facts: Sequence[Fact], *names: str) -> list[Fact]:
    return [fact for fact in facts if fact.name in names]


def _reopened(facts: Sequence[Fact]) -> Fact | None:
    again = [fact for fact in _named(facts, RECURRED) if fact.data["how"] == "reopened"]
    return again[-1] if again else None


def _closing(facts: Sequence[Fact]) -> Fact | None:
    """Return the closing that stands: each reopening takes one away, be it on the day of that closing."""
    closed = _named(facts, CLOSED)
    reopened = [fact for fact in _named(facts, RECURRED) if fact.data["how"] == "reopened"]
    return closed[-1] if len(closed) > len(reopened) else None


def _entered(facts: Sequence[Fact], question: Question) -> Share | None:
    """I36-1: of what was fed back, what has all four lists within the days allowed, or was fixed at once."""
    fed_back = next((fact for fact in _named(facts, REGISTERED) if fact.data["entry_due"]), None)
    if fed_back is None or fed_back.occurred_on < question.since or _named(facts, REJECTED):
        return None
    unit = (_named(facts, CONFIRMED) or [fed_back])[-1].data["unit"]
    due = add_days(fed_back.occurred_on, question.figure("entry_days"))
    there = next((f for f in facts if f.name == LISTED or (f.name == CLOSED and f.data["on_the_spot"])), None)
    if there is None:
        return Share(unit, 0, 1) if question.over(due) else None
    return Share(unit, int(there.occurred_on <= due), 1)


def _in_time(facts: Sequence[Fact], question: Question) -> Share | None:
    """I36-2: of what is due by its last hand-over, what was closed by then; what has time is left out."""
    handed = _named(facts, HANDED_OVER)
    if not handed or handed[0].occurred_on < question.since:
        return None
    last = max(handed, key=lambda fact: (fact.occurred_on, fact.data["due_on"], fact.event_id))
    due, unit, again = day(last.data["due_on"]), last.data["unit"], _reopened(facts)
    end = _closing(facts)
    if end is not None and end.occurred_on >= last.occurred_on:
        return Share(unit, int(end.occurred_on <= due), 1)
    waits_for_a_new_day = again is not None and again.occurred_on > last.occurred_on
    return Share(unit, 0, 1) if question.over(due) and not waits_for_a_new_day else None


def _done(special: bool) -> Callable[[Sequence[Fact], Question], Share | None]:  # noqa: FBT001  (which of two countings)
    """I36-3, I38-2: of the problems that were confirmed, or fixed at once, those closed and not reopened."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        entries = [
            fact
            for fact in facts
            if fact.name in (CONFIRMED, HANDED_OVER) or (fact.name == CLOSED and fact.data["on_the_spot"])
        ]
        if not entries or entries[0].occurred_on < question.since:
            return None
        said = _named(facts, REGISTERED, CONFIRMED)
        if special and not (said and said[-1].data["special"]):
            return None
        return Share(entries[-1].data["unit"], int(_closing(facts) is not None), 1)

    return judge


def _sent_back(facts: Sequence[Fact], question: Question) -> Share | None:
    """I36-4: of the close-outs that were re-checked to an end, those sent back."""
    of_year = [fact for fact in facts if fact.occurred_on >= question.since]
    back = [fact for fact in _named(of_year, RECHECKED) if not fact.data["passed"]]
    passed = [fact for fact in _named(of_year, CLOSED) if not fact.data["on_the_spot"]]
    if not back and not passed:
        return None
    return Share((back or passed)[-1].data["unit"], len(back), len(back) + len(passed))


def _came_back(facts: Sequence[Fact], question: Question) -> Share | None:
    """I36-5: one for each time the problem came back within the period of the policy."""
    counted = [fact for fact in facts if fact.data["counts"] and fact.occurred_on >= question.since]
    return Share(counted[-1].data["unit"], len(counted), 0) if counted else None


_DONE_BY = (REGISTERED, CONFIRMED, HANDED_OVER, CLOSED, RECURRED)

COUNTINGS = (
    Counting(
        "problems_entered", (REGISTERED, CONFIRMED, REJECTED, LISTED, CLOSED), _of_problem, _entered,
        anchors=frozenset({REGISTERED}),
    ),
    Counting(
        "problems_closed_in_time", (HANDED_OVER, CLOSED, RECURRED), _of_problem, _in_time,
        anchors=frozenset({HANDED_OVER}),
    ),
    Counting("problems_closed", _DONE_BY, _of_problem, _done(special=False)),
    Counting("special_problems_closed", _DONE_BY, _of_problem, _done(special=True)),
    Counting("close_outs_sent_back", (RECHECKED, CLOSED), _of_problem, _sent_back),
    Counting("problems_recurred", (RECURRED,), _of_problem, _came_back),
)  # fmt: skip
