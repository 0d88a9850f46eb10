"""The one thing about an event that people ask first, in words."""

from collections.abc import Mapping
from typing import Any

from services.evaluation.adapters.read_models import JournalEntry
from services.evaluation.entrypoints.web.labels import LEVELS, code_words, same
from shared.kernel.money import yuan_text
from shared.web.i18n import Words

_CHANGES = {
    "illness": Words("因病", "illness"),
    "disability": Words("因残", "disability"),
    "disaster": Words("因灾", "disaster"),
    "accident": Words("意外事故", "accident"),
    "dropout": Words("失学辍学", "out of school"),
    "house_damage": Words("住房受损", "house damaged"),
    "water": Words("饮水不安全", "unsafe water"),
    "industry_failure": Words("产业失败", "industry failed"),
}
_STATUSES = {
    "accepted": Words("已受理", "accepted"),
    "delivered": Words("已落实", "delivered"),
    "declined": Words("不能落实", "declined"),
    "withdrawn": Words("已撤回", "withdrawn"),
}
_STATES = {
    "verified": Words("入户核实", "verified"),
    "review": Words("评议和信息比对", "review and comparison"),
    "publicity": Words("村内公示", "publicity in the village"),
    "town_review": Words("镇级审核", "review by the town"),
    "county_approval": Words("县级审批", "approval by the county"),
    "identified": Words("认定", "identified"),
    "monitored": Words("监测帮扶中", "monitored"),
    "eliminated": Words("风险消除", "eliminated"),
    "rejected": Words("不予认定", "rejected"),
}
_OUTCOMES = {
    "no_risk": Words("无风险", "no risk"),
    "risk": Words("存在风险", "a risk"),
    "already_monitored": Words("已是监测对象", "monitored already"),
}
_REASONS = {
    "lost": Words("失业", "lost the job"),
    "changed": Words("换工作", "changed jobs"),
    "returned": Words("返乡", "returned home"),
    "retired": Words("退休", "retired"),
    "no_labour": Words("无劳动能力", "not able to work"),
    "too_young": Words("年龄不足", "too young"),
    "too_old": Words("超龄", "too old"),
    "in_school": Words("在校", "in school"),
    "not_willing": Words("本人无意愿", "does not wish it"),
    "no_vacancy": Words("无合适岗位", "no suitable vacancy"),
    "left_household": Words("已不在户", "no longer in the household"),
    "no_eligible_borrower": Words("户内无符合条件的借款人", "nobody in the household may borrow"),
    "loan_running": Words("已有未结清贷款", "a loan is running"),
    "bank_refused": Words("银行未批准", "refused by the bank"),
    "not_eligible": Words("不符合条件", "not eligible"),
    "withdrawn": Words("申请人撤回", "withdrawn by the applicant"),
    "job_found": Words("已就业", "found a job"),
    "aged_out": Words("超龄", "too old"),
    "failed_check": Words("考核不合格", "failed the check"),
    "absent": Words("长期缺岗", "absent"),
    "moved_away": Words("迁出", "moved away"),
    "died": Words("死亡", "died"),
    "resigned": Words("本人辞岗", "resigned"),
    "term_over": Words("协议到期", "the agreement ended"),
    "other": Words("其他", "other"),
}
_VISITS = {
    "screening": Words("集中排查", "screening"),
    "grid": Words("网格走访", "grid worker"),
    "helper": Words("帮扶责任人走访", "helper"),
    "resident_team": Words("驻村工作队走访", "resident team"),
}
_FINDINGS = {
    "": Words("未发现问题", "all was right"),
    "missed": Words("应纳未纳", "should have been registered"),
    "outside_system": Words("体外循环", "handled outside the system"),
    "wrong_class": Words("类别有误", "wrong class"),
    "wrong_measure": Words("措施不对应", "wrong measure"),
    "too_early": Words("消除过早", "eliminated too early"),
}
_NAMED: tuple[tuple[str, Mapping[str, Words]], ...] = (
    ("kind", _CHANGES),
    ("kind", _VISITS),
    ("level", LEVELS),
    ("to_state", _STATES),
    ("outcome", _OUTCOMES),
    ("finding", _FINDINGS),
    ("reason", _REASONS),
)


def measure_words(data: Mapping[str, Any]) -> Words:
    """Return category and value of a measure, and who was asked."""
    category = code_words("measure_category", data.get("category", ""))
    value = code_words(f"measure_{data.get('category')}", data.get("code", ""))
    unit = str(data.get("department", ""))
    return Words(f"{category.zh}·{value.zh}（{unit}）", f"{category.en}: {value.en} ({unit})")


def _measure_detail(data: Mapping[str, Any]) -> Words:
    words, status = measure_words(data), _STATUSES.get(str(data.get("status")))
    return words if status is None else Words(f"{words.zh} {status.zh}", f"{words.en}, {status.en}")


def detail_words(entry: JournalEntry) -> Words | None:
    """Return the one thing about an event that people ask first, if it has one."""
    data: Mapping[str, Any] = entry.envelope.data
    if "category" in data:
        return _measure_detail(data)
    for name, words in _NAMED:
        if data.get(name) in words:
            return words[data[name]]
    if data.get("amount_fen"):
        return Words(f"{yuan_text(data['amount_fen'])} 元", f"{yuan_text(data['amount_fen'])} yuan")
    if "passed" in data:
        return Words("合格", "passed") if data["passed"] else Words("不合格", "failed")
    for name, codes in (("risk", "risk"), ("cause", "risk"), ("monitored_class", "household_type")):
        if name in data:
            return code_words(codes, data[name])
    return next((same(str(data[name])) for name in ("reason", "to_state") if data.get(name)), None)
