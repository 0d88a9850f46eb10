"""A job the employment service reports as lost is a warning of RS-01, on the clue it becomes anyway."""

from collections.abc import Sequence
from datetime import date

from services.monitoring.domain.clue import CluePolicy, clue_id_of
from services.monitoring.domain.comparison.catalogue import rule_of
from services.monitoring.domain.comparison.matching import Registered
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.raising import Delivery, warning_from
from services.monitoring.domain.comparison.warning import DepartmentWarning
from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.kernel.period import Month

RULE = "RS-01"


def warn_of_lost_jobs(
    events: Sequence[Envelope], uow: UnitOfWork, policy: ComparisonPolicy, clues: CluePolicy
) -> None:
    """Raise RS-01 for persons of lifted-out or monitored households; ``note_lost_jobs`` reports the clue.

    The list of the employment department that names the same person in the same month adds nothing.
    """
    read = [(event, employment.JobEnded.model_validate(event.data)) for event in events]
    lost = [(event, body) for event, body in read if body.reason == "lost" and body.without_work]
    if not lost:
        return
    persons = uow.register_lookup.by_id({body.person_id for _, body in lost})
    for event, body in lost:
        person = persons.get(body.person_id)
        if person is not None and _looked_after(person):
            with uow.caused_by(event):
                uow.department_warnings.take([_warning(person, body.occurred_on, policy, clues)])


def _looked_after(person: Registered) -> bool:
    return person.lifted_out or person.monitored


def _warning(person: Registered, on: date, policy: ComparisonPolicy, clues: CluePolicy) -> DepartmentWarning:
    month = Month.of(on)
    entry = policy.rules[RULE].entry_on(month.last_day)
    delivery = Delivery("", str(entry.value["department"]), "employment", month, on)
    risk = clues.lost_job_risk.on(on)
    raised = warning_from(rule_of(RULE), (str(month),), person, delivery, entry, risk=risk)
    if raised.ended_on is None:
        raised.clue_id = clue_id_of(person.household_id, risk, on)
    return raised
