"""What is counted of measures: asked of a department, delivered to a household."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from services.evaluation.domain.counting import Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact, day, newest

REQUESTED = "monitoring.measure_requested"
RECORDED = "monitoring.measure_recorded"

_NOT_OWED = frozenset({"withdrawn", "declined"})
"""A declined measure is planned anew and asked of somebody; it is then counted there."""


def as_it_stands(facts: Sequence[Fact]) -> list[Fact]:
    """Return the newest record of each measure among *facts*."""
    by_measure: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.name == RECORDED:
            by_measure[fact.data["measure_id"]].append(fact)
    return [newest(records) for records in by_measure.values()]


def _delivered(facts: Sequence[Fact], question: Question) -> bool | None:
    """Say of one measure whether it was delivered; None while it is not owed or not yet due."""
    requested = next((fact for fact in facts if fact.name == REQUESTED), None)
    if requested is None or requested.occurred_on < question.since:
        return None
    stands = as_it_stands(facts)
    status = stands[0].data["status"] if stands else "requested"
    if status == "delivered":
        return True
    overdue = question.over(day((stands or [requested])[0].data["due_on"]))
    return False if overdue and status not in _NOT_OWED else None


def _by_measure(facts: Sequence[Fact], question: Question) -> Share | None:
    done = _delivered(facts, question)
    return None if done is None else Share(facts[0].data["department"], int(done), 1)


measures_delivered = Counting(
    "measures_delivered", (REQUESTED, RECORDED), lambda fact: str(fact.data["measure_id"]), _by_measure
)


def _reaching_household(unit: Callable[[Fact], str]) -> Judge:
    """One for each household to which something is owed; met when all of it was delivered."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        by_measure: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            by_measure[fact.data["measure_id"]].append(fact)
        done = [_delivered(mine, question) for mine in by_measure.values()]
        owed = [met for met in done if met is not None]
        return Share(unit(facts[0]), int(all(owed)), 1) if owed else None

    return judge


policies_reaching_households = Counting(
    "policies_reaching_households",
    (REQUESTED, RECORDED),
    lambda fact: fact.household_id,
    _reaching_household(lambda fact: fact.town),
)
policies_of_departments_reaching_households = Counting(
    "policies_of_departments_reaching_households",
    (REQUESTED, RECORDED),
    lambda fact: f"{fact.household_id}/{fact.data['department']}",
    _reaching_household(lambda fact: str(fact.data["department"])),
)

COUNTINGS = (measures_delivered, policies_reaching_households, policies_of_departments_reaching_households)
