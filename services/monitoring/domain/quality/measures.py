"""Family J, second part: a monitored household's measures against its people, work, income and risks."""

from collections.abc import Mapping

from services.monitoring.domain.quality.given import Given, month_of
from services.monitoring.domain.quality.monitored import LABOUR, labourless
from services.monitoring.domain.quality.rule import HouseholdRule
from services.monitoring.domain.quality.view import HouseholdView
from services.monitoring.domain.quality.work import works_outside
from shared.kernel.period import Month

BUSINESS, EMPLOYMENT, FINANCE, POST = "100A39", "100A40", "100A41", "100A42"
HEALTH, SCHOOL, SOCIAL_AID, SOCIETY, RELOCATION = "100A45", "100A46", "100A48", "100A52", "100A53"
DEVELOPMENT = frozenset({BUSINESS, EMPLOYMENT, FINANCE, POST})
_LOW_INCOME, _DESTITUTE, _DISABLED_AID = (SOCIAL_AID, "001"), (SOCIAL_AID, "002"), (SOCIAL_AID, "004")
_SENT_TO_WORK, _TRAVEL_AID = (EMPLOYMENT, "002"), (EMPLOYMENT, "003")
_EMPTY = frozenset({(BUSINESS, "007"), (EMPLOYMENT, "001"), (EMPLOYMENT, "006"), (FINANCE, "002")})
"""What alone is no development: 其他, and training without work."""
_DONE, _DISABILITY_CARD = "01", "02"


def has_labour(household: HouseholdView) -> bool:
    """Say whether somebody can work, be it weakly."""
    return any(member.labour_skill in LABOUR for member in household.members)


def _works(household: HouseholdView) -> bool:
    return any(work.working is True for work in household.works)


def j25(household: HouseholdView, _given: Given) -> bool:
    helped = bool(household.categories & {POST, EMPLOYMENT})
    return helped and household.income_after is not None and not household.income_after.wage


def j26(household: HouseholdView, _given: Given) -> bool:
    helped = bool(household.measures & {_LOW_INCOME, _DESTITUTE, _DISABLED_AID})
    return helped and household.income_after is not None and not household.income_after.transfer


def j27(household: HouseholdView, _given: Given) -> bool:
    after = household.income_after
    return BUSINESS in household.categories and after is not None and not after.operating


def j28(household: HouseholdView, _given: Given) -> bool:
    return bool(household.categories & {POST, EMPLOYMENT}) and not _works(household)


def j30(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or RELOCATION not in household.categories:
        return False
    return household.identified >= month_of(given.figures.relocation_since)


def j31_low(household: HouseholdView, _given: Given) -> bool:
    return _LOW_INCOME in household.measures and not _gets_low_income_aid(household)


def j31_destitute(household: HouseholdView, _given: Given) -> bool:
    return _DESTITUTE in household.measures and not _is_destitute(household)


def j32_low(household: HouseholdView, _given: Given) -> bool:
    return _gets_low_income_aid(household) and _LOW_INCOME not in household.measures


def j32_destitute(household: HouseholdView, _given: Given) -> bool:
    return _is_destitute(household) and _DESTITUTE not in household.measures


def _gets_low_income_aid(household: HouseholdView) -> bool:
    return any(member.low_income_aid for member in household.members)


def _is_destitute(household: HouseholdView) -> bool:
    return any(member.destitute_aid for member in household.members)


def j33(household: HouseholdView, _given: Given) -> bool:
    cards = any(member.document == _DISABILITY_CARD for member in household.members)
    return _DISABLED_AID in household.measures and not cards


def j34(household: HouseholdView, _given: Given) -> bool:
    severe = any(member.id_number[19:20] in ("1", "2") for member in household.members)
    return severe and _DISABLED_AID not in household.measures


def j35(household: HouseholdView, _given: Given) -> bool:
    recorded = bool(household.categories & DEVELOPMENT) and has_labour(household)
    return recorded and household.development != _DONE


def j36(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.categories & DEVELOPMENT:
        return False
    waited = given.month.since(household.identified) >= given.figures.development_months
    return waited and has_labour(household)


def j37(household: HouseholdView, _given: Given) -> bool:
    development = {one for one in household.measures if one[0] in DEVELOPMENT}
    return household.development == _DONE and development <= _EMPTY


def j38(household: HouseholdView, _given: Given) -> bool:
    return household.categories == {SOCIAL_AID} and has_labour(household)


def j39(household: HouseholdView, _given: Given) -> bool:
    supported = _gets_low_income_aid(household) or _is_destitute(household)
    return supported and labourless(household) and household.labourless_flag is not True


def j40(household: HouseholdView, _given: Given) -> bool:
    return labourless(household) and not _gets_low_income_aid(household)


def j41(household: HouseholdView, _given: Given) -> bool:
    return _TRAVEL_AID in household.measures and not any(one.travel_subsidy_fen for one in household.works)


def j42_away(household: HouseholdView, given: Given) -> bool:
    sent = bool(household.measures & {_SENT_TO_WORK, _TRAVEL_AID})
    return sent and not any(works_outside(work, given) for work in household.works)


def j42_since(household: HouseholdView, given: Given) -> bool:
    """Sent out to work, yet nobody began outside the county since the identification."""
    if household.identified is None or _SENT_TO_WORK not in household.measures:
        return False
    began = (work.started_on for work in household.works if works_outside(work, given))
    return not any(day is not None and Month.of(day) >= household.identified for day in began)


def _needs(risk: str) -> HouseholdRule:
    def rule(household: HouseholdView, given: Given) -> bool:
        needed = given.risk_needs.get(risk, ())
        accepted = household.categories
        if household.eliminated and risk == _ILLNESS:
            needed = (*needed, SOCIAL_AID)
        if risk == _HOUSING:
            needed = (*needed, RELOCATION)
        return risk in household.risks and not accepted.intersection(needed)

    return rule


_ILLNESS, _SCHOOLING, _HOUSING, _WATER, _DISABILITY = (
    "100A27001",
    "100A27002",
    "100A27003",
    "100A27004",
    "100A27005",
)


def j46_dropout(household: HouseholdView, _given: Given) -> bool:
    said = household.before is not None and household.before.dropout is True
    return said and SCHOOL not in household.categories


def j46_uninsured(household: HouseholdView, _given: Given) -> bool:
    said = household.before is not None and household.before.uninsured is True
    return said and not household.categories & {HEALTH, SOCIETY}


HOUSEHOLD: Mapping[str, HouseholdRule] = {
    "J-25": j25,
    "J-26": j26,
    "J-27": j27,
    "J-28": j28,
    "J-30": j30,
    "J-31a": j31_low,
    "J-31b": j31_destitute,
    "J-32a": j32_low,
    "J-32b": j32_destitute,
    "J-33": j33,
    "J-34": j34,
    "J-35": j35,
    "J-36": j36,
    "J-37": j37,
    "J-38": j38,
    "J-39": j39,
    "J-40": j40,
    "J-41": j41,
    "J-42a": j42_away,
    "J-42b": j42_since,
    "J-46a": _needs(_ILLNESS),
    "J-46b": _needs(_SCHOOLING),
    "J-46c": _needs(_DISABILITY),
    "J-46d": _needs(_HOUSING),
    "J-46e": j46_dropout,
    "J-46f": _needs(_WATER),
    "J-46g": j46_uninsured,
}
