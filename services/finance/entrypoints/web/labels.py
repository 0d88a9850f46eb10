"""Codes as people read them, choices of forms, and how pressing something is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.finance.domain.eligibility import Check
from services.finance.domain.loan import LoanState
from services.finance.domain.measure import MeasureState, urgency
from services.finance.domain.policy import CreditPolicy
from services.finance.domain.rate import Alarm
from shared.areas import areas
from shared.contracts.codes import codes
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour

NOTHING = Words("—", "—")

LOAN_STATES: dict[LoanState, Badge] = {
    LoanState.APPLIED: Badge("yellow", Words("已申请", "Applied for")),
    LoanState.APPROVED: Badge("blue", Words("已审批", "Approved")),
    LoanState.REFUSED: Badge("grey", Words("未通过", "Refused")),
    LoanState.DISBURSED: Badge("green", Words("已放款", "Paid out")),
    LoanState.OVERDUE: Badge("red", Words("逾期", "Overdue")),
    LoanState.SETTLED: Badge("grey", Words("已结清", "Settled")),
}
REFUSALS: dict[str, Words] = {
    "not_eligible": Words("不符合条件", "Not eligible"),
    "bank_refused": Words("银行未批准", "Refused by the bank"),
    "withdrawn": Words("申请人撤回", "Withdrawn by the applicant"),
    "other": Words("其他", "Other"),
}
DECLINES: dict[str, Words] = {
    "no_eligible_borrower": Words("户内无符合条件的借款人", "Nobody in the household may borrow"),
    "loan_running": Words("已有未结清贷款", "A loan is running"),
    "not_willing": Words("本人无意愿", "Does not wish it"),
    "bank_refused": Words("银行未批准", "Refused by the bank"),
    "left_household": Words("已不在户", "No longer in the household"),
    "other": Words("其他", "Other"),
}
STATES: dict[MeasureState, Badge] = {
    MeasureState.REQUESTED: Badge("yellow", Words("待受理", "Requested")),
    MeasureState.ACCEPTED: Badge("blue", Words("已受理", "Accepted")),
    MeasureState.DELIVERED: Badge("green", Words("已落实", "Delivered")),
    MeasureState.DECLINED: Badge("grey", Words("已退回", "Declined")),
    MeasureState.WITHDRAWN: Badge("grey", Words("已撤回", "Withdrawn")),
}
ALARMS: dict[Alarm, Badge] = {
    "green": Badge("green", Words("正常", "In order")),
    "amber": Badge("yellow", Words("关注", "Watch")),
    "red": Badge("red", Words("超线", "Over the line")),
}
_URGENCY: dict[str, tuple[Colour, Words]] = {
    "overdue": ("red", Words("已超期", "Overdue")),
    "soon": ("yellow", Words("即将到期", "Due soon")),
    "later": ("blue", Words("未到期", "Not due yet")),
}
_LAST_NOTICE = 7


def words_of(key: str, value: str | None) -> Words:
    """Return what people call *value* of the code list *key*; a dash for nothing."""
    if not value:
        return NOTHING
    lists = codes()
    return Words(lists.text(key, value), lists.text(key, value, "en"))


def area_words(code: str) -> Words:
    """Return an area's full name; a code the county's list does not know is shown as it is."""
    known = areas()
    name = known.full_name(code) if code in known else code
    return Words(name, name)


def measure_words(category: str, code: str) -> Words:
    """Return category and value of a measure in one line."""
    kind, value = words_of("measure_category", category), words_of(f"measure_{category}", code)
    return Words(f"{kind.zh}：{value.zh}", f"{kind.en}: {value.en}")


def uses_on(policy: CreditPolicy, day: date) -> Mapping[str, Any]:
    """Return every use with its words, the forbidden ones after the permitted."""
    return {**policy.uses.on(day), **policy.forbidden_uses.on(day)}


def use_words(policy: CreditPolicy, day: date, use_code: str) -> Words:
    """Return what people call a use; one no longer in the list is shown by its code."""
    words = uses_on(policy, day).get(use_code)
    return Words(use_code, use_code) if words is None else Words(words["zh"], words["en"])


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A condition as people read it."""

    code: str
    label: Words
    found: Words
    asked: Words
    passed: bool
    confirmed: bool
    source: str


def shown_checks(checks: Iterable[Check], policy: CreditPolicy, day: date) -> tuple[ShownCheck, ...]:
    """Return *checks* with their codes in words."""
    names = {code.value: Words(code.zh, code.en) for code in codes()["household_type"]}
    names |= {code: Words(words["zh"], words["en"]) for code, words in uses_on(policy, day).items()}
    return tuple(
        ShownCheck(
            code=check.code,
            label=Words(check.label.zh, check.label.en),
            found=_in_words(check.found, names),
            asked=_in_words(check.asked, names),
            passed=check.passed,
            confirmed=check.confirmed,
            source=check.source,
        )
        for check in checks
    )


def _in_words(text: str, names: Mapping[str, Words]) -> Words:
    """Return *text* with every code named; a sign before the codes stays."""
    parts = text.split(" ")
    named = [names[part] for part in parts if part in names]
    if not named:
        return Words(text, text)
    sign = "".join(f"{part} " for part in parts if part not in names)
    return Words(sign + "、".join(one.zh for one in named), sign + ", ".join(one.en for one in named))


def due_badge(state: MeasureState, due_on: date, *, today: date, soon_days: int) -> Badge:
    """Return the state of a measure, or while it is open how pressing it is."""
    how = urgency(state, due_on, today=today, soon_days=soon_days)
    if how == "done":
        return STATES[state]
    colour, words = _URGENCY[how]
    name = STATES[state].words
    return Badge(colour, Words(f"{name.zh} · {words.zh}", f"{name.en} · {words.en}"))


def maturity_badge(due_on: date, today: date) -> Badge:
    """Return how near a loan's maturity is: red in its last week, yellow in its last month."""
    days = (due_on - today).days
    if days < 0:
        return Badge("red", Words(f"已逾期 {-days} 天", f"{-days} days overdue"))
    colour: Colour = "red" if days <= _LAST_NOTICE else "yellow" if days <= 30 else "blue"  # noqa: PLR2004
    return Badge(colour, Words(f"{days} 天后到期", f"due in {days} days"))
