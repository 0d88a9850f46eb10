"""What is counted of clues and samples: risks looked at in time, households missed."""

from collections.abc import Sequence

from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, day

REPORTED = "monitoring.clue_reported"
VERIFIED = "monitoring.clue_verified"
SAMPLED = "monitoring.sample_checked"


def _verified_in_time(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each clue that is verified or overdue; met when verified by the day its first report set."""
    reports = [fact for fact in facts if fact.name == REPORTED]
    if not reports or reports[0].occurred_on < question.since:
        return None
    due = day(reports[0].data["verify_due_on"])
    verified = [fact.occurred_on for fact in facts if fact.name == VERIFIED]
    if not verified and question.as_of <= due:
        return None
    return Share(reports[0].town, int(bool(verified) and verified[0] <= due), 1)


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
