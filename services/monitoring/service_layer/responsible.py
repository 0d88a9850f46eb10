"""Who is responsible for helping a household: fixed, replaced, released; the earlier ones stay on record.

assign_responsible(AssignResponsible(household_id=…, helper_no="…", since=…, name=…, unit=…), uow)
release_responsible(ReleaseResponsible(household_id=…, on=…), uow)
"""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.errors import InvalidPhoneError
from services.monitoring.domain.responsible import ResponsibleHelper
from services.monitoring.service_layer.given import (
    code_in,
    expect_version,
    not_after_today,
    number_in,
    text_in,
)
from services.monitoring.service_layer.ports import UnitOfWork

_PHONE_DIGITS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignResponsible:
    """Let a helper answer for a household from *since*; fields of domain 1.5."""

    household_id: str
    helper_no: str
    since: date
    name: str = field(default="", repr=False)
    sex: str | None = None
    political: str | None = None
    unit: str = ""
    phone: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResponsible:
    """Nobody answers for the household after *on*."""

    household_id: str
    on: date
    version: int | None = None


def assign_responsible(command: AssignResponsible, uow: UnitOfWork) -> str:
    """Fix who answers for a household, or who takes over; returns the id of the entry."""
    number_in(command.helper_no, ("帮扶责任人编号", "helper's number"))
    text_in(command.name, ("姓名", "name"), most=60)
    text_in(command.unit, ("帮扶单位", "unit"), most=60)
    if command.sex is not None:
        code_in("sex", command.sex)
    if command.political is not None:
        code_in("political", command.political)
    if command.phone and not (command.phone.isdecimal() and len(command.phone) == _PHONE_DIGITS):
        raise InvalidPhoneError
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        helper = ResponsibleHelper(
            id=uow.ids(),
            helper_no=command.helper_no,
            name=command.name.strip(),
            sex=command.sex,
            political=command.political,
            unit=command.unit.strip(),
            phone=command.phone,
            since=not_after_today(command.since, uow.clock),
        )
        household.assign_helper(helper, on=command.since)
        uow.households.save(household)
        uow.commit()
    return helper.id


def release_responsible(command: ReleaseResponsible, uow: UnitOfWork) -> None:
    """Note that the helper of a household is none any more."""
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        household.release_helper(on=not_after_today(command.on, uow.clock))
        uow.households.save(household)
        uow.commit()
