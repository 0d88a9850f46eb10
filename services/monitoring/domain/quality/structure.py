"""Family B: how a household is made up."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView

_HEAD, _SPOUSE = "001", "002"


def _of(household: HouseholdView, relation: str) -> list[MemberView]:
    return [member for member in household.members if member.relation == relation]


def b1(household: HouseholdView, _given: Given) -> bool:
    return bool(household.members) and not _of(household, _HEAD)


def b2(household: HouseholdView, _given: Given) -> bool:
    return len(_of(household, _HEAD)) > 1


def b3(household: HouseholdView, _given: Given) -> bool:
    return len(_of(household, _SPOUSE)) > 1


def b4(household: HouseholdView, _given: Given) -> bool:
    heads = {member.sex for member in _of(household, _HEAD)}
    return any(member.sex in heads for member in _of(household, _SPOUSE))


def b5(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    only = given.relation_sex.get(member.relation or "")
    return only is not None and only != member.sex


def b6(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return member.relation not in given.relation_sex


def b7(household: HouseholdView, given: Given) -> bool:
    return len(household.members) > given.figures.most_persons


def b8(household: HouseholdView, _given: Given) -> bool:
    return household.persons_recorded not in (None, len(household.members))


PERSON: Mapping[str, PersonRule] = {"B-5": b5, "B-6": b6}
HOUSEHOLD: Mapping[str, HouseholdRule] = {"B-1": b1, "B-2": b2, "B-3": b3, "B-4": b4, "B-7": b7, "B-8": b8}
