"""Family C: what has to be filled in."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule
from services.monitoring.domain.quality.view import HouseholdView, MemberView


def _missing(name: str) -> PersonRule:
    def rule(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
        return getattr(member, name) in (None, "", ())

    return rule


def _missing_of_household(name: str) -> HouseholdRule:
    def rule(household: HouseholdView, _given: Given) -> bool:
        return getattr(household, name) in (None, "")

    return rule


def no_pension(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.resident_pension is None and member.employee_pension is None


def no_medical(member: MemberView, _household: HouseholdView, _given: Given) -> bool:
    return member.resident_insured is None and member.employee_insured is None


def no_electricity(household: HouseholdView, _given: Given) -> bool:
    """The checks take 否 for a gap as well: no village of the county is without electricity."""
    return household.electricity is not True


def no_collector(household: HouseholdView, _given: Given) -> bool:
    return not household.collector or not household.collector_phone


PERSON: Mapping[str, PersonRule] = {
    "C-1": _missing("ethnicity"),
    "C-2": _missing("health"),
    "C-3": _missing("labour_skill"),
    "C-4": _missing("serious_illness_insured"),
    "C-5": no_pension,
    "C-6": no_medical,
    "C-20": _missing("mandarin"),
    "C-21": _missing("low_income_aid"),
    "C-22": _missing("destitute_aid"),
    "C-23": _missing("commercial_insured"),
    "C-24": _missing("abroad"),
    "C-25": _missing("medical_aid"),
}
HOUSEHOLD: Mapping[str, HouseholdRule] = {
    "C-7": no_electricity,
    "C-8": _missing_of_household("cultivated"),
    "C-9": _missing_of_household("forest"),
    "C-10": _missing_of_household("returned"),
    "C-11": _missing_of_household("orchard"),
    "C-12": _missing_of_household("pasture"),
    "C-13": _missing_of_household("water_area"),
    "C-14": _missing_of_household("road_type"),
    "C-15": _missing_of_household("house_area"),
    "C-16": _missing_of_household("unsafe_house"),
    "C-17": _missing_of_household("safe_water"),
    "C-18": _missing_of_household("toilet"),
    "C-19": _missing_of_household("road_km"),
    "C-26": no_collector,
}
