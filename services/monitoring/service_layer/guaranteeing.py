"""What the commands on guarantees share: bounds of a batch, the registry's flags, answers to measures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from services.monitoring.domain.guarantee_errors import TooManyRowsError
from services.monitoring.domain.measure import Answer, MeasureStatus
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.errors import Refusal

T = TypeVar("T")
AT_ONCE = 2_000
"""How many rows one transaction takes."""
MOST_ROWS = 300_000
"""How many rows one command takes: more than the county has people."""


def parts(rows: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield *rows* in parts, one for each transaction; refuses more than anybody can mean."""
    if len(rows) > MOST_ROWS:
        raise TooManyRowsError(most=MOST_ROWS)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def correct_registry(
    changes: Mapping[str, Mapping[str, Mapping[str, Any]]],
    uow: UnitOfWork,
    checks: MemberChecks,
    *,
    on: date,
) -> list[str]:
    """Put right in the registry what a list says otherwise, and return the households where it could not.

    *changes* is by household, then person, then field. The registry owns its
    members: what it refuses stays as it is, for the household to be put right by hand.
    """
    refused = []
    for household_id, of_persons in changes.items():
        household = uow.households.get(household_id)
        present = {member.id: member for member in household.present}
        try:
            for person_id, fields in of_persons.items():
                member = present.get(person_id)
                if member and any(getattr(member, name) != value for name, value in fields.items()):
                    household.correct_member(person_id, fields, on=on, checks=checks)
        except Refusal:
            refused.append(household_id)
            continue
        if household.facts:
            uow.households.save(household)
    return refused


def answer_measures(
    households: Collection[str],
    choices: Collection[str],
    uow: UnitOfWork,
    *,
    on: date,
    status: MeasureStatus = MeasureStatus.DELIVERED,
    reason: str = "",
    persons: Collection[str] = (),
) -> int:
    """Answer what is asked for these *households* and waits, of the *choices* (``100A46-001``).

    Delivering aid, cover or assistance is the delivery of the measure: nobody
    types it twice. What was asked for only after *on* is not answered by it, nor
    what was asked for a person who is not among *persons*. Returns how many.
    """
    answered = 0
    for case_id, measure_ids in uow.plans.asked_for(sorted(set(households)), sorted(choices)).items():
        plan = uow.plans.get(case_id)
        for measure_id in measure_ids:
            measure = plan.get(measure_id)
            other = measure.person_id is not None and measure.person_id not in persons
            early = measure.requested_on is None or on < measure.requested_on
            again = status is measure.status
            if not (other or early or again):
                answer = Answer(uow.ids(), status, on, reason)
                plan.answer(measure_id, answer, unit=measure.department)
                answered += 1
        if plan.facts:
            uow.plans.save(plan)
    return answered
