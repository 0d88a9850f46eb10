"""Commands on households: register and correct, one or a thousand in one transaction.

register_household(RegisterHousehold(household_no=…, area_code=…, persons=…, on=…, further={field: value}),
                   uow, checks) -> id
correct_household(CorrectHousehold(household_id=…, changes={field: value}, on=…), uow)
register_households([RegisterHousehold, …], uow, checks) -> [id, …]
correct_households([CorrectHousehold, …], uow, checks)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.monitoring.domain.errors import DuplicateHouseholdNoError, MonitoredClassError
from services.monitoring.domain.household import MONITORED, ORDINARY, Household
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.batch import Batch
from services.monitoring.service_layer.given import expect_version, not_after_today, number_in
from services.monitoring.service_layer.member import (
    MOST_PERSON_NO,
    PERSON_NO,
    Person,
    correct_one,
    member_of,
    person_number,
    refuse_double,
    refuse_known,
)
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.recorded_fields import check_household_fields, village_in
from shared.kernel.errors import Refusal

__all__ = [
    "CorrectHousehold",
    "RegisterHousehold",
    "correct_household",
    "correct_households",
    "register_household",
    "register_households",
    "village_in",
]
_NUMBER = ("户编号", "household number")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterHousehold:
    """Put a household on record, with everybody who belongs to it. *area_code* is its village.

    *further* is what else is known of it and how it lives, by the field names of
    ``Household`` and ``LivingConditions``; what nobody has said is left out.
    """

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
    further: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def given(self) -> dict[str, Any]:
        """What is recorded of the household itself, by field name."""
        return {
            **self.further,
            "area_code": self.area_code,
            "household_type": self.household_type,
            "lifted_out": self.lifted_out,
            "lifted_out_year": self.lifted_out_year,
            "relocated": self.relocated,
            "address": self.address,
            "phone": self.phone,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectHousehold:
    """Put right what was recorded of a household or how it lives; *changes* is by field name.

    *members* are corrections of members, by person and field name: both together
    are one version of the household.
    """

    household_id: str
    changes: Mapping[str, Any] = field(default_factory=dict, repr=False)
    on: date
    members: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    version: int | None = None


def register_household(command: RegisterHousehold, uow: UnitOfWork, checks: MemberChecks) -> str:
    """Register a household and return its id."""
    with uow:
        if uow.households.has_number(command.household_no):
            raise DuplicateHouseholdNoError(household_no=command.household_no)
        household = _registered(command, uow, checks)
        refuse_known(uow, [member.identity for member in household.members])
        uow.households.add(household)
        uow.commit()
    return household.id


def register_households(
    commands: Sequence[RegisterHousehold], uow: UnitOfWork, checks: MemberChecks
) -> list[str]:
    """Register up to a thousand households in one transaction and return their ids, in order.

    All or none: raises BatchRefusedError, whose ``refusals`` say by position what
    is wrong. Duplicates are found in the database and inside the batch.
    """
    batch = Batch(len(commands))
    made: dict[int, Household] = {}
    with uow:
        batch.refuse_known_numbers([command.household_no for command in commands], uow)
        for position, command in enumerate(commands):
            try:
                made[position] = _registered(command, uow, checks)
            except Refusal as refusal:
                batch.refuse(position, refusal)
        batch.refuse_known_people(made, uow)
        batch.end()
        uow.households.add_many(list(made.values()))
        uow.commit()
    return [household.id for household in made.values()]


def correct_household(command: CorrectHousehold, uow: UnitOfWork, checks: MemberChecks | None = None) -> None:
    """Put right what was recorded of a household; what is under way for it moves to a corrected village.

    *checks* are needed when members are corrected with it.
    """
    check_household_fields(command.changes)
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        before = household.area_code
        _correct(household, command, uow, checks)
        uow.households.save(household)
        if household.area_code != before:
            uow.households.take_along(household)
        uow.commit()


def correct_households(commands: Sequence[CorrectHousehold], uow: UnitOfWork, checks: MemberChecks) -> None:
    """Correct up to a thousand households in one transaction, each named once; all or none.

    Raises BatchRefusedError, whose ``refusals`` say by position what is wrong.
    """
    batch = Batch(len(commands))
    changed: dict[int, Household] = {}
    with uow:
        found = uow.households.get_many([command.household_id for command in commands])
        before = {household.id: household.area_code for household in found.values()}
        for position, command in enumerate(commands):
            try:
                check_household_fields(command.changes)
                household = batch.one_of(found, command.household_id)
                expect_version(household, command.version)
                _correct(household, command, uow, checks)
                changed[position] = household
            except Refusal as refusal:
                batch.refuse(position, refusal)
        batch.refuse_known_people(changed, uow)
        batch.end()
        uow.households.save_many(list(changed.values()))
        for household in changed.values():
            if household.area_code != before[household.id]:
                uow.households.take_along(household)
        uow.commit()


def _registered(command: RegisterHousehold, uow: UnitOfWork, checks: MemberChecks) -> Household:
    given = command.given
    check_household_fields(given)
    if command.household_type in MONITORED:
        raise MonitoredClassError
    number_in(command.household_no, _NUMBER, checks.id_number_valid)
    on = not_after_today(command.on, uow.clock)
    members = []
    for position, person in enumerate(command.persons, 1):
        number = person_number(person, command.household_no, position)
        number_in(number, PERSON_NO, checks.id_number_valid, most=MOST_PERSON_NO)
        members.append(member_of(uow, person, on=on, person_no=number))
    refuse_double([member.identity for member in members], command.household_no)
    return Household.register(
        checks=checks,
        id=uow.ids(),
        household_no=command.household_no,
        registered_on=on,
        members=tuple(members),
        given=given,
    )


def _correct(
    household: Household, command: CorrectHousehold, uow: UnitOfWork, checks: MemberChecks | None
) -> None:
    before = household.household_type
    on = not_after_today(command.on, uow.clock)
    if command.changes:
        household.correct(command.changes, on=on)
    if household.household_type != before and {before, household.household_type} & MONITORED:
        raise MonitoredClassError
    for person_id, changes in command.members.items():
        if checks is None:
            msg = "members are corrected with their checks"
            raise TypeError(msg)
        correct_one(household, person_id, changes, on=on, checks=checks)
