"""Family E: who can work."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import PersonRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView
from shared.kernel.period import age_on

_HEALTHY = ("001",)
_ORDINARY, _SKILLED, _LOST, _NONE, _WEAK = "001", "002", "003", "004", "005"
_SEVERE_LIMB = ("41", "42")


def _grown(member: MemberView, given: Given) -> bool:
    limits = given.figures
    return limits.working_age <= age_on(member.born_on, given.day) < limits.retired_age


def _fit(member: MemberView, given: Given) -> bool:
    return member.health == _HEALTHY and member.school_status is None and _grown(member, given)


def e1(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if member.labour_skill in (None, _NONE):
        return False
    return age_on(member.born_on, given.day) < given.figures.working_age


def e2(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if member.labour_skill not in (_ORDINARY, _SKILLED):
        return False
    return age_on(member.born_on, given.day) >= given.figures.retired_age


def e3(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return member.labour_skill == _LOST and _fit(member, given)


def e4(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return member.labour_skill == _NONE and _fit(member, given)


def e5(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return member.labour_skill == _WEAK and _fit(member, given)


def e6(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if member.labour_skill not in (_ORDINARY, _SKILLED) or member.school_status is not None:
        return False
    return bool(member.health) and member.health != _HEALTHY and _grown(member, given)


def e7(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.labour_skill == _ORDINARY and member.id_number[18:20] in _SEVERE_LIMB


PERSON: Mapping[str, PersonRule] = {
    "E-1": e1,
    "E-2": e2,
    "E-3": e3,
    "E-4": e4,
    "E-5": e5,
    "E-6": e6,
    "E-7": e7,
}
