"""What is counted of changes that must be put right: a child out of school, an unsafe house."""

from collections.abc import Sequence
from datetime import timedelta

from services.evaluation.domain.counting import Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact

CHANGED = "monitoring.household_changed"
RESOLVED = "monitoring.household_change_resolved"


def _open(kind: str, limit: str | None) -> Judge:
    """One for each change of *kind* that is not resolved, *limit* days after it happened."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        changed = next((fact for fact in facts if fact.name == CHANGED), None)
        if changed is None or changed.data["kind"] != kind or any(fact.name == RESOLVED for fact in facts):
            return None
        days = timedelta(days=question.figure(limit)) if limit else timedelta()
        return Share(changed.town, 1, 0) if question.as_of >= changed.occurred_on + days else None

    return judge


def _change(fact: Fact) -> str:
    return str(fact.data["change_id"])


children_out_of_school = Counting(
    "children_out_of_school", (CHANGED, RESOLVED), _change, _open("dropout", None)
)
houses_unsafe = Counting(
    "houses_unsafe", (CHANGED, RESOLVED), _change, _open("house_damage", "house_repair_days")
)

COUNTINGS = (children_out_of_school, houses_unsafe)
