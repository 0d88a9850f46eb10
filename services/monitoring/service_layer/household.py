"""Commands on households."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    DuplicateIdNumberError,
    MonitoredClassError,
)
from services.monitoring.domain.household import MONITORED, ORDINARY, Household
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.given import (
    code_in,
    expect_version,
    not_after_today,
    number_in,
    text_in,
)
from services.monitoring.service_layer.member import (
    MOST_PERSON_NO,
    PERSON_NO,
    Person,
    known_fields,
    member_of,
    person_number,
    refuse_known,
)
from services.monitoring.service_layer.ports import UnitOfWork
from shared.areas import UnknownAreaError, areas

_HOUSEHOLD_FIELDS = frozenset(
    {"area_code", "lifted_out", "lifted_out_year", "household_type", "relocated", "address", "phone"}
)
_ADDRESS, _MOST_ADDRESS = ("家庭住址", "address"), 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterHousehold:
    """Put a household on record, with everybody who belongs to it. *area_code* is its village."""

    household_no: str
    area_code: str
    persons: tuple[Person, ...]
    on: date
    household_type: str = ORDINARY
    lifted_out: bool = False
    lifted_out_year: int | None = None
    relocated: bool = False
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectHousehold:
    """Put right what was recorded of a household; *changes* is by field name."""

    household_id: str
    changes: Mapping[str, Any] = field(repr=False)
    on: date
    version: int | None = None


def register_household(command: RegisterHousehold, uow: UnitOfWork, checks: MemberChecks) -> str:
    """Register a household and return its id."""
    village_in(command.area_code)
    code_in("household_type", command.household_type)
    if command.household_type in MONITORED:
        raise MonitoredClassError
    valid = checks.id_number_valid
    number_in(command.household_no, ("户编号", "household number"), valid)
    text_in(command.address, _ADDRESS, most=_MOST_ADDRESS)
    with uow:
        on = not_after_today(command.on, uow.clock)
        if uow.households.has_number(command.household_no):
            raise DuplicateHouseholdNoError(household_no=command.household_no)
        numbers = [
            number_in(
                person_number(person, command.household_no, number), PERSON_NO, valid, most=MOST_PERSON_NO
            )
            for number, person in enumerate(command.persons, 1)
        ]
        members = tuple(
            member_of(uow, person, on=on, person_no=number)
            for number, person in zip(numbers, command.persons, strict=True)
        )
        _refuse_double([member.id_number for member in members], command.household_no)
        refuse_known(uow, [member.id_number for member in members])
        household = Household.register(
            checks=checks,
            id=uow.ids(),
            household_no=command.household_no,
            area_code=command.area_code,
            household_type=command.household_type,
            lifted_out=command.lifted_out,
            lifted_out_year=command.lifted_out_year,
            relocated=command.relocated,
            address=command.address,
            phone=command.phone,
            registered_on=on,
            members=members,
        )
        uow.households.add(household)
        uow.commit()
    return household.id


def correct_household(command: CorrectHousehold, uow: UnitOfWork) -> None:
    """Put right what was recorded of a household; what is under way for it moves to a corrected village."""
    known_fields(command.changes, _HOUSEHOLD_FIELDS)
    text_in(command.changes.get("address", ""), _ADDRESS, most=_MOST_ADDRESS)
    if "area_code" in command.changes:
        village_in(command.changes["area_code"])
    if "household_type" in command.changes:
        code_in("household_type", command.changes["household_type"])
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        before = household.area_code, household.household_type
        household.correct(command.changes, on=not_after_today(command.on, uow.clock))
        if household.household_type != before[1] and {before[1], household.household_type} & MONITORED:
            raise MonitoredClassError
        uow.households.save(household)
        if household.area_code != before[0]:
            uow.households.take_along(household)
        uow.commit()


def village_in(area_code: str) -> str:
    """Return *area_code* if it is a village of this county; raises UnknownAreaError."""
    if areas().get(area_code).level != "village":
        raise UnknownAreaError(area_code=area_code[:20])
    return area_code


def _refuse_double(id_numbers: list[str], household_no: str) -> None:
    given = [number for number in id_numbers if number]
    if len(given) != len(set(given)):
        raise DuplicateIdNumberError(household_no=household_no)
