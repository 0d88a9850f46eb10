"""Family J, first part: a monitored household's risks, days and elimination."""

from collections.abc import Mapping

from services.monitoring.domain.quality.education import out_of_school
from services.monitoring.domain.quality.given import Given, month_of
from services.monitoring.domain.quality.rule import HouseholdRule, PersonRule
from services.monitoring.domain.quality.view import HouseholdView, IncomeView, MemberView, Safeguards
from shared.kernel.period import age_on

ILLNESS, WATER, DISABILITY = "100A27001", "100A27004", "100A27005"
DISASTER, UNSTABLE_WORK = "100A27006", "100A27009"
LACK_OF_LABOUR, OTHER = "100A27010", "100A27011"
BY_HELP = "01"
FULL = ("001", "002")
LABOUR = ("001", "002", "005")
UNABLE = ("003", "004")
_ILL = frozenset({"002", "003"})
_DISABLED, _HEALTHY = "004", ("001",)
_SNAPSHOT = ("dropout", "house", "water", "uninsured")
_SNAPSHOT_INCOME = (
    "wage",
    "property_income",
    "transfer",
    "operating",
    "operating_cost",
    "net",
    "net_per_head",
    "claim",
    "self_paid",
)


def labourless(household: HouseholdView) -> bool:
    """Say whether nobody of the household can work (整户无劳动能力); an empty household is not meant."""
    return bool(household.members) and all(one.labour_skill in UNABLE for one in household.members)


def by_help(household: HouseholdView) -> bool:
    return household.elimination_way == BY_HELP


def j1(household: HouseholdView, _given: Given) -> bool:
    return not household.risks


def j2(household: HouseholdView, _given: Given) -> bool:
    return household.identified is None


def j3(household: HouseholdView, _given: Given) -> bool:
    """An answer or an amount of the snapshot of elimination is missing."""
    return _incomplete(household.after, _SNAPSHOT) or _incomplete(household.income_after, _SNAPSHOT_INCOME)


def _incomplete(snapshot: Safeguards | IncomeView | None, names: tuple[str, ...]) -> bool:
    return snapshot is None or any(getattr(snapshot, name) is None for name in names)


def j9(household: HouseholdView, _given: Given) -> bool:
    return by_help(household) and not household.measures


def j10(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.measures:
        return False
    return given.month.since(household.identified) > given.figures.measure_months


def j11(household: HouseholdView, _given: Given) -> bool:
    return DISABILITY in household.risks and not any(_DISABLED in one.health for one in household.members)


def j12(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.eliminated_in is None:
        return False
    if household.eliminated_in < month_of(given.figures.elimination_since):
        return False
    return household.eliminated_in.since(household.identified) < given.figures.elimination_months


def j13(household: HouseholdView, _given: Given) -> bool:
    return OTHER in household.risks and not household.other_note


def j14(household: HouseholdView, _given: Given) -> bool:
    return DISASTER in household.risks and not household.disaster


def j15_unable(household: HouseholdView, _given: Given) -> bool:
    return UNSTABLE_WORK in household.risks and labourless(household)


def j15_no_work(household: HouseholdView, _given: Given) -> bool:
    return UNSTABLE_WORK in household.risks and not household.works


def j16(household: HouseholdView, _given: Given) -> bool:
    return ILLNESS in household.risks and not any(_ILL.intersection(one.health) for one in household.members)


def j17(household: HouseholdView, _given: Given) -> bool:
    paid = household.income_before.self_paid if household.income_before else None
    return ILLNESS in household.risks and not paid


def _only_problem(household: HouseholdView) -> str:
    """Return the one problem of the snapshot of identification; nothing when there are none or several."""
    found = [name for name in _SNAPSHOT if household.before and getattr(household.before, name)]
    return found[0] if len(found) == 1 else ""


def j18(household: HouseholdView, _given: Given) -> bool:
    return _only_problem(household) == "water" and WATER not in household.risks


def j19(household: HouseholdView, _given: Given) -> bool:
    return _only_problem(household) == "uninsured" and ILLNESS not in household.risks


def j20(household: HouseholdView, _given: Given) -> bool:
    everybody = bool(household.members) and all(one.labour_skill in LABOUR for one in household.members)
    return LACK_OF_LABOUR in household.risks and everybody


def j21(household: HouseholdView, given: Given) -> bool:
    persons = len(household.members)
    if LACK_OF_LABOUR not in household.risks or persons < given.figures.lack_least_persons:
        return False
    return _fully_able(household) * 2 >= persons


def j22(household: HouseholdView, given: Given) -> bool:
    share = given.figures.lack_share_percent * len(household.members)
    return LACK_OF_LABOUR in household.risks and _fully_able(household) * 100 > share


def _fully_able(household: HouseholdView) -> int:
    return sum(member.labour_skill in FULL for member in household.members)


def j23(household: HouseholdView, _given: Given) -> bool:
    after = household.income_after
    return by_help(household) and after is not None and (after.net_per_head or 0) < after.line


def j24(household: HouseholdView, _given: Given) -> bool:
    return labourless(household)


def j29(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.identified.year != given.day.year:
        return False
    said = household.before is not None and household.before.dropout is True
    return said and not any(out_of_school(member, given) for member in household.members)


def j43(member: MemberView, _household: HouseholdView, given: Given) -> bool:
    if not member.destitute_aid or member.health != _HEALTHY or member.school_status is not None:
        return False
    return given.figures.destitute_from <= age_on(member.born_on, given.day) < given.figures.retired_age


def j44_high(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.income_before is None:
        return False
    since = month_of(given.figures.income_high_since)
    high = (household.income_before.net_per_head or 0) > given.figures.income_high_fen
    return high and household.identified >= since


def j44_low(household: HouseholdView, given: Given) -> bool:
    net = household.income.net_per_head if household.income else None
    return net is not None and net < given.figures.income_low_fen


def j44_wage(household: HouseholdView, given: Given) -> bool:
    wage = household.income_before.wage if household.income_before else None
    return wage is not None and 0 < wage < given.figures.wage_small_fen


def j45(household: HouseholdView, given: Given) -> bool:
    if household.identified is None or household.eliminated_in is None or not by_help(household):
        return False
    return household.eliminated_in.since(household.identified) <= given.figures.soon_months


PERSON: Mapping[str, PersonRule] = {"J-43": j43}
HOUSEHOLD: Mapping[str, HouseholdRule] = {
    "J-1": j1,
    "J-2": j2,
    "J-3": j3,
    "J-9": j9,
    "J-10": j10,
    "J-11": j11,
    "J-12": j12,
    "J-13": j13,
    "J-14": j14,
    "J-15a": j15_unable,
    "J-15b": j15_no_work,
    "J-16": j16,
    "J-17": j17,
    "J-18": j18,
    "J-19": j19,
    "J-20": j20,
    "J-21": j21,
    "J-22": j22,
    "J-23": j23,
    "J-24": j24,
    "J-29": j29,
    "J-44a": j44_high,
    "J-44b": j44_low,
    "J-44c": j44_wage,
    "J-45": j45,
}
