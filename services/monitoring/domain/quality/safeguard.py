"""Family I: the safeguards, against whether the household is monitored or its risk eliminated."""

from collections.abc import Mapping

from services.monitoring.domain.quality.education import out_of_school
from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.insurance import insured
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView


def i1(household: HouseholdView, _given: Given) -> bool:
    return household.unsafe_house is True


def i2(household: HouseholdView, _given: Given) -> bool:
    return household.safe_water is False


def i3(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.serious_illness_insured is not True


def i4(household: HouseholdView, given: Given) -> bool:
    net = household.income.net_per_head if household.income else None
    return net is not None and net < given.line_fen


def i5(household: HouseholdView, _given: Given) -> bool:
    return household.after is not None and household.after.house is True


def i6(household: HouseholdView, _given: Given) -> bool:
    return household.after is not None and household.after.water is True


def i7_school(household: HouseholdView, given: Given) -> bool:
    left = household.after is not None and household.after.dropout is True
    return left or any(out_of_school(member, given) for member in household.members)


def i7_insured(household: HouseholdView, _given: Given) -> bool:
    left = household.after is not None and household.after.uninsured is True
    return left or any(not insured(member) for member in household.members)


PERSON: Mapping[str, PersonRule] = {"I-3": i3}
HOUSEHOLD: Mapping[str, HouseholdRule] = {
    "I-1": i1,
    "I-2": i2,
    "I-4": i4,
    "I-5": i5,
    "I-6": i6,
    "I-7a": i7_school,
    "I-7b": i1,
    "I-7c": i2,
    "I-7d": i7_insured,
}
