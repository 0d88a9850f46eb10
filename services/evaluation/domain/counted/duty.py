"""What is counted of duties laid down (摘责任, item 31): confirmed problems of that category and cause."""

from collections.abc import Sequence

from services.evaluation.domain.counted.ledger import CONFIRMED
from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact


def _laid_down(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each problem of the year that says so as it was confirmed last."""
    confirmed = facts[-1] if facts else None
    if confirmed is None or facts[0].occurred_on < question.since:
        return None
    codes = question.figure("duty_problem_codes")
    mine = confirmed.data["category"] in codes["categories"] and confirmed.data["cause"] in codes["causes"]
    return Share(str(confirmed.data["unit"]), 1, 0) if mine else None


duties_laid_down = Counting(
    "duties_laid_down", (CONFIRMED,), lambda fact: str(fact.data["problem_id"]), _laid_down
)
COUNTINGS = (duties_laid_down,)
