"""What is counted of clues and samples: risks looked at in time, households missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, day

REPORTED = "monitoring.clue_reported"
VERIFIED = "monitoring.clue_verified"
SAMPLED = "monitoring.sample_checked"


@dataclass(slots=True)
class _Round:
    """A clue from the report that opened it to the verification that closed it."""

    opened_on: date
    due: date
    verified_on: date | None = None


def _rounds(facts: Sequence[Fact]) -> list[_Round]:
    """Return the rounds of a clue: the first report after a verification opens the next one.

    A verification answers every report of its day, for an event does not say which came first.
    """
    rounds: list[_Round] = []
    for fact in sorted(facts, key=lambda fact: (fact.occurred_on, fact.name == VERIFIED)):
        is_open = bool(rounds) and rounds[-1].verified_on is None
        if fact.name == REPORTED and not is_open:
            rounds.append(_Round(fact.occurred_on, day(fact.data["verify_due_on"])))
        elif fact.name == VERIFIED and is_open:
            rounds[-1].verified_on = fact.occurred_on
    return rounds


def _verified_in_time(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each round that is verified or overdue; met when verified by the day its first report set."""
    counted = [
        each
        for each in _rounds(facts)
        if each.opened_on >= question.since and (each.verified_on is not None or question.over(each.due))
    ]
    if not counted:
        return None
    met = sum(each.verified_on is not None and each.verified_on <= each.due for each in counted)
    town = next(fact.town for fact in facts if fact.name == REPORTED)
    return Share(town, met, len(counted))


clues_verified_in_time = Counting(
    "clues_verified_in_time", (REPORTED, VERIFIED), lambda fact: str(fact.data["clue_id"]), _verified_in_time
)


def _missed(facts: Sequence[Fact], question: Question) -> Share | None:
    (fact,) = facts
    if fact.occurred_on < question.since:
        return None
    return Share(fact.town, int(fact.data.get("finding") == "missed"), 1)


households_missed = Counting("households_missed", (SAMPLED,), lambda fact: fact.event_id, _missed)

COUNTINGS = (clues_verified_in_time, households_missed)
