"""Family F: work away from home, as its monthly record has it."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import PersonRule, WorkRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView, WorkView
from shared.kernel.period import age_on

_UNABLE = ("003", "004")
_SKILLED = "002"
_HIGHER = ("005", "006")
_INSIDE_ONLY = ("public_post", "workshop")
_COUNTY_DIGITS = 6


def works_outside(work: WorkView, given: Given) -> bool:
    """Say whether the place of work is known and lies outside the county."""
    return bool(work.place) and not (work.place or "").startswith(given.county)


def f1(work: WorkView, member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.labour_skill in _UNABLE and (work.working is True or work.planned is True)


def f2(work: WorkView, member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if work.started_on is None:
        return False
    return age_on(member.born_on, work.started_on) < given.figures.working_age


def f3(work: WorkView, member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.destitute_aid is True and work.working is True


def f4(work: WorkView, _member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return work.channel in _INSIDE_ONLY and works_outside(work, given)


def f5(work: WorkView, _member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return work.working is True and len(work.place or "") < _COUNTY_DIGITS


def f6(work: WorkView, _member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    told = (work.wage_fen, work.employer, work.industry, work.channel, work.point_to_point)
    return work.working is True and any(one in (None, "") for one in told)


def f7_range(work: WorkView, _member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if work.working is not True or work.wage_fen is None:
        return False
    return not given.figures.wage_least_fen <= work.wage_fen <= given.figures.wage_most_fen


def f7_low(work: WorkView, _member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return work.working is True and work.wage_fen is not None and work.wage_fen < given.figures.wage_low_fen


def f8(work: WorkView, _member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    if work.started_on is None or work.previous_ended_on is None:
        return False
    return work.started_on <= work.previous_ended_on


def f9(work: WorkView, _member: MemberView, _household: HouseholdView, given: Given) -> bool:
    return work.working is False and (work.ended_on is None or work.ended_on > given.day)


def f10(work: WorkView, _member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if work.started_on is None or work.ended_on is not None:
        return False
    return work.started_on.year <= given.figures.never_ended_year


def f11(work: WorkView, _member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return work.working is True and work.started_on is None


def f12(work: WorkView, _member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return work.planned is True and not work.service_need


def f13(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return bool(member.work_place) != bool(member.work_months)


def f14_educated(member: MemberView, household: HouseholdView, _given: Given) -> bool:
    return member.education in _HIGHER and not _works(member, household)


def f14_skilled(member: MemberView, household: HouseholdView, _given: Given) -> bool:
    return member.labour_skill == _SKILLED and not _works(member, household)


def _works(member: MemberView, household: HouseholdView) -> bool:
    return any(work.person_id == member.id and work.working is True for work in household.works)


PERSON: Mapping[str, PersonRule] = {"F-13": f13, "F-14a": f14_educated, "F-14b": f14_skilled}
WORK: Mapping[str, WorkRule] = {
    "F-1": f1,
    "F-2": f2,
    "F-3": f3,
    "F-4": f4,
    "F-5": f5,
    "F-6": f6,
    "F-7a": f7_range,
    "F-7b": f7_low,
    "F-8": f8,
    "F-9": f9,
    "F-10": f10,
    "F-11": f11,
    "F-12": f12,
}
