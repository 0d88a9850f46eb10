"""People who change household: moved, split off, taken over by the county; and a head who changes.

move_member(MoveMember(household_id=…, person_id=…, to_household_id=…, relation=…, on=…), uow, checks)
                                                                                       -> the new person id
split_household(SplitHousehold(household_id=…, household_no=…, persons={person_id: relation}, on=…),
                uow, checks) -> the new household's id
take_over(TakeOver(household_id=…, id_number=…, relation=…, reason="…", on=…), uow, checks)
                                                                                       -> the new person id
change_head(ChangeHead(household_id=…, relations={person_id: relation}, on=…), uow, checks)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    NobodyStaysError,
    PersonNotOnRecordError,
    SameHouseholdError,
)
from services.monitoring.domain.household import LIFTED_OUT, MONITORED, ORDINARY, Household
from services.monitoring.domain.member import Member, MemberChecks
from services.monitoring.domain.particulars import IDENTITY_CARD, identity_of
from services.monitoring.service_layer.given import (
    code_in,
    expect_version,
    not_after_today,
    number_in,
    reason_given,
)
from services.monitoring.service_layer.ports import UnitOfWork

MOVED = "91"
"""Came from, or went to, another household of the county: this system's own reason beside those of 8.4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMember:
    """Let a member belong to another household; *relation* is to its head.

    When the head goes, *relations* says, by person, what each who stays is to the
    new head. *came* and *left* are reasons of domain 8.4.
    """

    household_id: str
    person_id: str
    to_household_id: str
    relation: str
    on: date
    relations: Mapping[str, str] = field(default_factory=dict)
    came: str = MOVED
    left: str = MOVED
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitHousehold:
    """Let some members be a household of their own (分户), in the same village.

    *persons* says what each who goes is in the new household, one of them
    ``001``; *relations* what each who stays is, when the head goes.
    """

    household_id: str
    household_no: str
    persons: Mapping[str, str]
    on: date
    relations: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Take a person, known by a document number, over from the household in which the person is on record.

    The county alone may: *reason* and who said so stand in both histories.
    """

    household_id: str
    id_number: str = field(repr=False)
    relation: str
    reason: str
    on: date
    document: str = IDENTITY_CARD
    relations: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHead:
    """Make somebody else the head: *relations* says, by person, what each is to the new head."""

    household_id: str
    relations: Mapping[str, str]
    on: date
    version: int | None = None


def move_member(command: MoveMember, uow: UnitOfWork, checks: MemberChecks) -> str:
    """Move a person into another household; returns the id the person has there."""
    code_in("member_added", command.came)
    code_in("member_removed", command.left)
    _check_relations({**command.relations, command.person_id: command.relation})
    with uow:
        old = uow.households.get(command.household_id)
        expect_version(old, command.version)
        moved = _moved(
            uow,
            old,
            old.member(command.person_id),
            command.to_household_id,
            (command.relation, command.came, command.left),
            relations=command.relations,
            on=not_after_today(command.on, uow.clock),
            checks=checks,
        )
        uow.commit()
    return moved.id


def take_over(command: TakeOver, uow: UnitOfWork, checks: MemberChecks) -> str:
    """Take a person over; returns the id the person has in the new household."""
    reason = reason_given(command.reason)
    code_in("document", command.document)
    _check_relations({**command.relations, "": command.relation})
    with uow:
        expect_version(uow.households.get(command.household_id), command.version)
        found = uow.households.find_person(identity_of(command.document, command.id_number))
        if found is None:
            raise PersonNotOnRecordError
        old = uow.households.get(found[0])
        moved = _moved(
            uow,
            old,
            old.member(found[1]),
            command.household_id,
            (command.relation, MOVED, MOVED),
            relations=command.relations,
            on=not_after_today(command.on, uow.clock),
            checks=checks,
        )
        uow.takeovers.add(
            id=uow.ids(),
            from_household_id=old.id,
            from_person_id=found[1],
            to_household_id=command.household_id,
            to_person_id=moved.id,
            reason=reason,
            by=uow.by,
            at=uow.clock(),
        )
        uow.commit()
    return moved.id


def split_household(command: SplitHousehold, uow: UnitOfWork, checks: MemberChecks) -> str:
    """Split a household and return the id of the new one.

    The new one is in the same village and was lifted out of poverty as the old
    one was; it is not monitored, since that is decided for each household (1.1).
    """
    _check_relations({**command.relations, **command.persons})
    number_in(command.household_no, ("户编号", "household number"), checks.id_number_valid)
    with uow:
        old = uow.households.get(command.household_id)
        expect_version(old, command.version)
        if uow.households.has_number(command.household_no):
            raise DuplicateHouseholdNoError(household_no=command.household_no)
        on = not_after_today(command.on, uow.clock)
        going = [old.member(person_id) for person_id in command.persons]
        if len(going) == len(old.present):
            raise NobodyStaysError
        old.remove_members(
            [member.id for member in going], reason=MOVED, on=on, relations=command.relations, checks=checks
        )
        uow.households.save(old)
        members = tuple(_arriving(uow, one, command.persons[one.id], MOVED, on) for one in going)
        new = _split_off(old, command, members, uow.ids(), on, checks)
        uow.households.add(new)
        uow.commit()
    return new.id


def change_head(command: ChangeHead, uow: UnitOfWork, checks: MemberChecks) -> None:
    """Make somebody else the head of a household."""
    _check_relations(command.relations)
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        on = not_after_today(command.on, uow.clock)
        household.change_head(command.relations, on=on, checks=checks)
        uow.households.save(household)
        uow.commit()


def _moved(
    uow: UnitOfWork,
    old: Household,
    member: Member,
    to_household_id: str,
    becoming: tuple[str, str, str],
    *,
    relations: Mapping[str, str],
    on: date,
    checks: MemberChecks,
) -> Member:
    relation, came, left = becoming
    if old.id == to_household_id:
        raise SameHouseholdError
    new = uow.households.get(to_household_id)
    old.remove_members([member.id], reason=left, on=on, relations=relations, checks=checks)
    uow.households.save(old)
    arriving = _arriving(uow, member, relation, came, on)
    new.add_member(arriving, checks)
    uow.households.save(new)
    return arriving


def _arriving(uow: UnitOfWork, member: Member, relation: str, came: str, on: date) -> Member:
    return replace(member, id=uow.ids(), relation=relation, joined_on=on, joined_reason=came)


def _split_off(
    old: Household,
    command: SplitHousehold,
    members: tuple[Member, ...],
    household_id: str,
    on: date,
    checks: MemberChecks,
) -> Household:
    household_type = old.household_type
    if household_type in MONITORED:
        household_type = LIFTED_OUT if old.lifted_out else ORDINARY
    return Household.register(
        checks=checks,
        id=household_id,
        household_no=command.household_no,
        area_code=old.area_code,
        household_type=household_type,
        lifted_out=old.lifted_out,
        lifted_out_year=old.lifted_out_year,
        relocated=old.relocated,
        natural_village=old.natural_village,
        village_group=old.village_group,
        registered_on=on,
        members=members,
    )


def _check_relations(relations: Mapping[str, str]) -> None:
    for relation in relations.values():
        code_in("relation", relation)
