"""Family A: who somebody is. Numbers, documents, telephones."""

import re
from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule, WorkRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView, WorkView

_DISABLED, _DISABILITY_CARD = "004", "02"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PHONE = re.compile(r"\d{11}")
_KINDS_OF_DISABILITY = "1234567"
_ID_LENGTH, _CARD_LENGTHS = 18, (20, 22)
_MONTH_DIGITS, _DECEMBER = 2, 12


def a2(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return bool(member.id_number) and len(member.id_number) not in (_ID_LENGTH, *_CARD_LENGTHS)


def a3(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return len(member.id_number) == _ID_LENGTH and not given.id_number_valid(member.id_number)


def a4(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    number = member.id_number
    if len(number) not in _CARD_LENGTHS:
        return False
    return number[_ID_LENGTH] not in _KINDS_OF_DISABILITY or not given.id_number_valid(number[:_ID_LENGTH])


def a5(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return not member.id_number or member.id_number.startswith("999999")


def a6(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    year, month = member.id_number[6:10], member.id_number[10:12]
    if not (year + month).isdigit() or len(month) < _MONTH_DIGITS:
        return False  # What is no number at all is found by.
    possible = given.figures.oldest_birth_year <= int(year) <= given.day.year
    return not possible or not 1 <= int(month) <= _DECEMBER


def a7(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return _DISABLED in member.health and member.document != _DISABILITY_CARD


def a8_household(household: HouseholdView, _given: Given) -> bool:
    return not _PHONE.fullmatch(household.phone)


def a8_monitored(household: HouseholdView, _given: Given) -> bool:
    return not _MOBILE.fullmatch(household.phone)


def a8_worker(work: WorkView, member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return work.working is True and not _MOBILE.fullmatch(member.phone)


def a9(household: HouseholdView, _given: Given) -> bool:
    """One telephone for two people of the household who work in different counties."""
    phones = {member.id: member.phone for member in household.members}
    seen: dict[str, str] = {}
    for work in household.works:
        phone, county = phones.get(work.person_id, ""), (work.place or "")[:6]
        if phone and county and seen.setdefault(phone, county) != county:
            return True
    return False


PERSON: Mapping[str, PersonRule] = {"A-2": a2, "A-3": a3, "A-4": a4, "A-5": a5, "A-6": a6, "A-7": a7}
HOUSEHOLD: Mapping[str, HouseholdRule] = {"A-8a": a8_household, "A-8b": a8_monitored, "A-9": a9}
WORK: Mapping[str, WorkRule] = {"A-8c": a8_worker}
