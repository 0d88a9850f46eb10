"""Family G: public-service posts."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import PersonRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView
from shared.kernel.period import age_on

_UNABLE = ("003", "004")
_EMPLOYMENT = "100A40"


def g1(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return bool(member.posts) != bool(member.post_months)


def g2(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return bool(member.posts) and age_on(member.born_on, given.day) < given.figures.working_age


def g3(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return bool(member.posts) and age_on(member.born_on, given.day) >= given.figures.post_age_below


def g4(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return len(member.posts) >= given.figures.post_kinds_below


def g5(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return bool(member.posts) and member.labour_skill in _UNABLE


def g6(member: MemberView, household: HouseholdView, _given: Given) -> bool:
    return member.labour_skill in _UNABLE and (member.id, _EMPLOYMENT) in household.measured_persons


PERSON: Mapping[str, PersonRule] = {
    "G-1": g1,
    "G-2": g2,
    "G-3": g3,
    "G-4": g4,
    "G-5": g5,
    "G-6": g6,
}
