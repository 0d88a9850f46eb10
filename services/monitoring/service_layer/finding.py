"""Commands on what the county itself finds: sample checks and relapses."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.finding import Relapse, SampleCheck
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSampleCheck:
    """A household of a sample was looked at again; *finding* is of ``sample_finding``, empty when right."""

    household_id: str
    on: date
    finding: str = ""
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRelapse:
    """The county found a household in poverty; *cause* is a risk code."""

    household_id: str
    cause: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


def record_sample_check(command: RecordSampleCheck, uow: UnitOfWork) -> str:
    """Record the check of one household and return its id."""
    if command.finding:
        code_in("sample_finding", command.finding)
    with uow:
        household = uow.households.get(command.household_id)
        check = SampleCheck.record(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            finding=command.finding,
            checked_on=not_after_today(command.on, uow.clock),
            checked_by=command.by,
            note=command.note.strip(),
        )
        uow.sample_checks.add(check)
        uow.commit()
    return check.id


def record_relapse(command: RecordRelapse, uow: UnitOfWork) -> str:
    """Record that a household relapsed and return the finding's id."""
    code_in("risk", command.cause)
    with uow:
        household = uow.households.get(command.household_id)
        relapse = Relapse.record(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            cause=command.cause,
            found_on=not_after_today(command.on, uow.clock),
            found_by=command.by,
            note=command.note.strip(),
        )
        uow.relapses.add(relapse)
        uow.commit()
    return relapse.id
