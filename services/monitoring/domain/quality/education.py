"""Family D: schooling."""

from collections.abc import Mapping
from datetime import date

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule, WorkRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView, WorkView
from shared.kernel.period import Month, age_on

_HEALTHY = ("001",)
_BELOW_SCHOOL = ("001", "002")
_PRIMARY = "003"
_JUNIOR = ("004", "005", "006")
_SENIOR = ("007", "008", "009", "010", "011", "012")
_VOCATIONAL = ("010", "011", "012", "013", "014", "015")
_COLLEGE_FROM, _MASTER = "013", "026"
_SENIOR_LAST = "012"
_NO_REASON = (None, "", "01")
_ILL_OR_DISABLED = ("02", "03")
_NO_LABOUR = "004"
_LOW_EDUCATION = ("001", "002")
_VOCATIONAL_AID = ("100A47", "001")


def _outside(member: MemberView, day: date, least: int, most: int) -> bool:
    return not least <= age_on(member.born_on, day) <= most


def d1(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return (member.education is None) == (member.school_status is None)


def d2(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.education is None and member.school_status is None and not member.absence_reason


def d3(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if member.school_status not in _BELOW_SCHOOL or member.health != _HEALTHY:
        return False
    return age_on(member.born_on, given.day) >= given.figures.school_age


def d4(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    limits = given.figures
    return member.school_status == _PRIMARY and _outside(
        member, given.day, limits.primary_from, limits.primary_to
    )


def d5(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    limits = given.figures
    return member.school_status in _JUNIOR and _outside(
        member, given.day, limits.junior_from, limits.junior_to
    )


def d6(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    limits = given.figures
    return member.school_status in _SENIOR and _outside(
        member, given.day, limits.senior_from, limits.senior_to
    )


def d7(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    status = member.school_status or ""
    return status >= _COLLEGE_FROM and age_on(member.born_on, given.day) < given.figures.college_from


def d8(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return member.school_status == _MASTER and age_on(member.born_on, given.day) < given.figures.master_from


def d9(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    limits = given.figures
    return member.education in _LOW_EDUCATION and not _outside(
        member, given.day, limits.low_education_from, limits.low_education_to
    )


def of_compulsory_age(member: MemberView, given: Given) -> bool:
    """Say whether the person was of the age of compulsory schooling when the school year began."""
    age = age_on(member.born_on, given.last_first_of(given.figures.school_year_month))
    return given.figures.compulsory_from <= age < given.figures.compulsory_below


def out_of_school(member: MemberView, given: Given) -> bool:
    """Say whether a child of that age is in no school, for whatever reason."""
    return member.school_status in (None, "001") and of_compulsory_age(member, given)


def d10(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return member.absence_reason in _NO_REASON and out_of_school(member, given)


def d11(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.absence_reason in _ILL_OR_DISABLED and member.health == _HEALTHY


def d12(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.school_status is not None and member.labour_skill not in (None, _NO_LABOUR)


def d13(work: WorkView, member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    in_school = member.school_status is not None and member.school_status <= _SENIOR_LAST
    return in_school and (work.working is True or work.planned is True)


def d14(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.vocational_aid is True and member.school_status not in _VOCATIONAL


def d15(household: HouseholdView, given: Given) -> bool:
    cutoff = Month.of(given.last_first_of(given.figures.vocational_cutoff_month))
    if household.identified is None or household.identified >= cutoff:
        return False
    pupil = any(member.school_status in _VOCATIONAL for member in household.members)
    return pupil and _VOCATIONAL_AID not in household.measures


PERSON: Mapping[str, PersonRule] = {
    "D-1": d1,
    "D-2": d2,
    "D-3": d3,
    "D-4": d4,
    "D-5": d5,
    "D-6": d6,
    "D-7": d7,
    "D-8": d8,
    "D-9": d9,
    "D-10": d10,
    "D-11": d11,
    "D-12": d12,
    "D-14": d14,
}
HOUSEHOLD: Mapping[str, HouseholdRule] = {"D-15": d15}
WORK: Mapping[str, WorkRule] = {"D-13": d13}
