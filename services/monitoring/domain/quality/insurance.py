"""Family H: medical insurance."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView
from shared.kernel.period import Month

_PREMIUM_AID = ("100A45", "001")


def insured(member: MemberView) -> bool:
    """Say whether the person is known to be in one of the two basic insurances."""
    return member.resident_insured is True or member.employee_insured is True


def h1(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return not insured(member)


def h2(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.resident_insured is True and member.employee_insured is True


def h3(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    """Who is insured through work is covered, though the check it comes from asks for 居民医保 alone."""
    if member.serious_illness_insured is False:
        return True
    return member.resident_insured is False and member.employee_insured is not True


def h4(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.medical_aid is True and not insured(member)


def h5(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.identified >= _cutoff(given):
        return False
    return _PREMIUM_AID not in household.measures


def h6(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.identified < _cutoff(given):
        return False
    return _PREMIUM_AID in household.measures


def _cutoff(given: Given) -> Month:
    return Month.of(given.last_first_of(given.figures.premium_cutoff_month))


PERSON: Mapping[str, PersonRule] = {"H-1": h1, "H-2": h2, "H-3": h3, "H-4": h4}
HOUSEHOLD: Mapping[str, HouseholdRule] = {"H-5": h5, "H-6": h6}
