"""Commands on members of a household, and what every recorded person is checked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from services.monitoring.domain.errors import DuplicateIdNumberError
from services.monitoring.domain.household import Household
from services.monitoring.domain.member import Member, MemberChecks, masked
from services.monitoring.domain.particulars import Particulars
from services.monitoring.service_layer.given import (
    MOST_NUMBER,
    code_in,
    expect_version,
    not_after_today,
    number_in,
    reason_given,
)
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.recorded_fields import (
    UnknownFieldError,
    check_person_fields,
    known_fields,
)

__all__ = [
    "MOST_PERSON_NO",
    "PERSON_NO",
    "AddMember",
    "CorrectMember",
    "Person",
    "RemoveMember",
    "UnknownFieldError",
    "Unmask",
    "Unmasked",
    "add_member",
    "correct_member",
    "correct_one",
    "known_fields",
    "member_of",
    "person_number",
    "refuse_double",
    "refuse_known",
    "remove_member",
    "unmask",
]
PERSON_NO = ("人员编号", "person's number")
MOST_PERSON_NO = MOST_NUMBER + 2
"""The household's number and two more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Particulars):
    """A person as given on a form or in a file. An empty *person_no* is made from the household's."""

    person_no: str = ""


_PERSON_FIELDS = frozenset(one.name for one in fields(Person))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """Somebody has come; *reason* is a code of 8.4 (增加)."""

    household_id: str
    person: Person
    reason: str
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember:
    """Somebody has left; *reason* is a code of 8.4 (减少).

    When the head leaves, *relations* gives, by person, what each is to the new
    head, who is ``001``.
    """

    household_id: str
    person_id: str
    reason: str
    on: date
    relations: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMember:
    """Put right what was recorded of a member; *changes* is by the field names of :class:`Person`."""

    household_id: str
    person_id: str
    changes: Mapping[str, Any] = field(repr=False)
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Unmask:
    """Show a person's numbers to *by* (a login), who says why; it is kept for ever."""

    household_id: str
    person_id: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Unmasked:
    """What was masked."""

    id_number: str = field(repr=False)
    phone: str = field(repr=False)


def add_member(command: AddMember, uow: UnitOfWork, checks: MemberChecks) -> str:
    """Take a person into a household and return the person's id."""
    code_in("member_added", command.reason)
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        refuse_known(uow, [command.person.identity])
        number = person_number(command.person, household.household_no, len(household.members) + 1)
        number_in(number, PERSON_NO, checks.id_number_valid, most=MOST_PERSON_NO)
        on = not_after_today(command.on, uow.clock)
        member = member_of(uow, command.person, on=on, person_no=number, reason=command.reason)
        household.add_member(member, checks)
        uow.households.save(household)
        uow.commit()
    return member.id


def remove_member(command: RemoveMember, uow: UnitOfWork, checks: MemberChecks) -> None:
    """Note that a person has left the household."""
    code_in("member_removed", command.reason)
    for relation in command.relations.values():
        code_in("relation", relation)
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        household.remove_member(
            command.person_id,
            reason=command.reason,
            on=not_after_today(command.on, uow.clock),
            relations=command.relations,
            checks=checks,
        )
        uow.households.save(household)
        uow.commit()


def correct_member(command: CorrectMember, uow: UnitOfWork, checks: MemberChecks) -> None:
    """Put right what was recorded of a member."""
    with uow:
        household = uow.households.get(command.household_id)
        expect_version(household, command.version)
        on = not_after_today(command.on, uow.clock)
        correct_one(household, command.person_id, command.changes, on=on, checks=checks)
        if "id_number" in command.changes:
            changed = household.member(command.person_id)
            refuse_known(uow, [changed.identity], except_person=command.person_id)
        uow.households.save(household)
        uow.commit()


def correct_one(
    household: Household, person_id: str, changes: Mapping[str, Any], *, on: date, checks: MemberChecks
) -> None:
    """Put right what was recorded of a member; who else has the number is for the caller to find out."""
    known_fields(changes, _PERSON_FIELDS)
    check_person_fields(changes)
    if "person_no" in changes:
        number_in(changes["person_no"], PERSON_NO, checks.id_number_valid, most=MOST_PERSON_NO)
    household.correct_member(person_id, changes, on=on, checks=checks)


def unmask(command: Unmask, uow: UnitOfWork) -> Unmasked:
    """Return what is masked, once it is kept who asked for it and why."""
    reason = reason_given(command.reason)
    with uow:
        member = uow.households.get(command.household_id).member(command.person_id)
        uow.unmaskings.add(
            id_=uow.ids(),
            household_id=command.household_id,
            person_id=command.person_id,
            reason=reason,
            by=command.by,
            at=uow.clock(),
        )
        uow.commit()
    return Unmasked(member.id_number, member.phone)


def person_number(person: Person, household_no: str, position: int) -> str:
    """Return the number given, or else the household's with the person's position."""
    return person.person_no or f"{household_no}{position:02d}"


def member_of(uow: UnitOfWork, person: Person, *, on: date, person_no: str, reason: str = "") -> Member:
    """Return *person* as a new member; raises UnknownCodeError for a code outside its list."""
    given = {name: getattr(person, name) for name in _PERSON_FIELDS}
    check_person_fields(given)
    return Member(
        **{**given, "person_no": person_no, "name": person.name.strip()},
        id=uow.ids(),
        joined_on=on,
        joined_reason=reason,
    )


def refuse_double(identities: list[str], household_no: str) -> None:
    """Refuse a person who is given twice in one household."""
    given = [one for one in identities if one]
    if len(given) != len(set(given)):
        raise DuplicateIdNumberError(household_no=masked(household_no))


def refuse_known(uow: UnitOfWork, identities: list[str], *, except_person: str = "") -> None:
    """Refuse people who are present in a household already, known by :attr:`Particulars.identity`."""
    if holder := uow.households.holder_of(identities, except_person=except_person):
        raise DuplicateIdNumberError(household_no=masked(holder))
