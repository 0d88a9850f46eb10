"""A household's timeline in words: what each department's event says, in one line and a detail."""

from collections.abc import Callable, Mapping
from typing import Any

from services.monitoring.adapters.read_models import TimelineRow
from services.monitoring.domain.case_steps import STEPS, CaseState, ComparisonState, Step, state_label
from services.monitoring.entrypoints.web.labels import several, words_of
from shared.contracts.codes import codes
from shared.kernel.errors import Language
from shared.kernel.money import yuan_text
from shared.web.asking import TimelineEntry
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour

_BADGES: dict[str, tuple[Colour, Words]] = {
    "monitoring": ("blue", Words("监测", "monitoring")),
    "employment": ("green", Words("就业", "employment")),
    "finance": ("yellow", Words("金融", "finance")),
    "evaluation": ("grey", Words("考核", "evaluation")),
}

_WORDS = {
    "monitoring.household_recorded": Words("农户信息已登记", "Household recorded"),
    "monitoring.income_recorded": Words("收入台账已登记", "Income recorded"),
    "monitoring.visit_recorded": Words("走访", "Visit"),
    "monitoring.household_changed": Words("户情变化", "Something happened"),
    "monitoring.household_change_resolved": Words("户情变化已解决", "What happened is put right"),
    "monitoring.clue_reported": Words("报告风险线索", "Clue reported"),
    "monitoring.clue_verified": Words("线索已核实", "Clue checked"),
    "monitoring.case_advanced": Words("识别程序", "Identification"),
    "monitoring.case_identified": Words("认定为监测对象", "Identified as monitored"),
    "monitoring.case_rejected": Words("不予认定", "Not identified"),
    "monitoring.helper_assigned": Words("确定帮扶责任人", "Responsible helper fixed"),
    "monitoring.measure_requested": Words("请求帮扶措施", "Measure asked for"),
    "monitoring.measure_recorded": Words("帮扶措施进展", "Progress of a measure"),
    "monitoring.risk_eliminated": Words("风险消除", "Risk eliminated"),
    "monitoring.elimination_rolled_back": Words("风险消除回退", "Elimination taken back"),
    "monitoring.household_relapsed": Words("认定返贫致贫", "Relapse into poverty"),
    "monitoring.house_alert_raised": Words("住房安全线索", "Housing alert"),
    "monitoring.house_appraised": Words("房屋鉴定", "House appraised"),
    "monitoring.house_made_safe": Words("住房已安全", "The house is safe"),
    "monitoring.rebuild_listed": Words("列入危房重建台账", "Listed for rebuilding"),
    "monitoring.rebuild_advanced": Words("危房重建进展", "Rebuilding"),
    "monitoring.water_household_checked": Words("饮水入户排查", "Water checked"),
    "monitoring.water_problem_found": Words("发现饮水问题", "Water problem found"),
    "monitoring.water_problem_closed": Words("饮水问题已解决", "Water problem solved"),
    "monitoring.toilet_problem_found": Words("发现户厕问题", "Toilet problem found"),
    "monitoring.toilet_problem_closed": Words("户厕问题已销号", "Toilet problem closed"),
    "monitoring.toilet_problem_reopened": Words("户厕重新整改", "Toilet problem reopened"),
    "monitoring.sample_checked": Words("抽样检查", "Sample check"),
    "monitoring.warning_raised": Words("部门预警", "A department's list warns"),
    "monitoring.warning_checked": Words("预警已核查", "Warning checked"),
    "monitoring.push_sent": Words("推送部门核对", "Pushed to a department"),
    "monitoring.push_answered": Words("部门已答复推送", "The department answered a push"),
    "monitoring.comparison_difference_found": Words("部门名单与台账不一致", "A list and the register differ"),
    "monitoring.comparison_difference_closed": Words("比对差异已办结", "Difference with a list closed"),
    "monitoring.data_error_found": Words("发现错误信息", "Data error found"),
    "monitoring.data_error_fixed": Words("错误信息已办结", "Data error closed"),
    "monitoring.record_gate_passed": Words("数据关口通过", "A gate passed"),
    "monitoring.record_returned": Words("数据关口退回", "Sent back at a gate"),
    "monitoring.dropout_found": Words("发现失学辍学", "Dropout found"),
    "monitoring.dropout_ended": Words("失学辍学已办结", "Dropout case ended"),
    "monitoring.home_teaching_began": Words("开始送教上门", "Teaching at home began"),
    "monitoring.home_teaching_visited": Words("送教上门", "Taught at home"),
    "monitoring.home_teaching_ended": Words("送教上门结束", "Teaching at home ended"),
    "monitoring.student_aid_due": Words("应发学生资助", "Student aid due"),
    "monitoring.student_aid_paid": Words("学生资助已发放", "Student aid paid"),
    "monitoring.student_aid_withdrawn": Words("学生资助已取消", "Student aid withdrawn"),
    "monitoring.medical_cover_recorded": Words("参保情况已登记", "Insurance recorded"),
    "monitoring.inpatient_settled": Words("住院结算", "Hospital stay settled"),
    "monitoring.disease_listed": Words("列入大病慢病名单", "Disease listed"),
    "monitoring.disease_served": Words("大病慢病服务", "Disease treated or visited"),
    "monitoring.assistance_due": Words("应审核社会救助", "Assistance to be decided"),
    "monitoring.assistance_decided": Words("社会救助审批", "Assistance decided"),
    "monitoring.assistance_ended": Words("社会救助结束", "Assistance ended"),
    "monitoring.allowance_paid": Words("救助金已发放", "Allowance paid"),
    "monitoring.relief_applied": Words("申请临时救助", "Temporary relief applied for"),
    "monitoring.relief_decided": Words("临时救助审批", "Temporary relief decided"),
    "monitoring.relocated_labour_surveyed": Words("搬迁户劳动力调查", "Relocated labour surveyed"),
    "monitoring.relocation_housing_found": Words("发现搬迁户住房困难", "Want of room found"),
    "monitoring.relocation_housing_solved": Words("搬迁户住房困难已解决", "Want of room solved"),
    "monitoring.relocation_return_found": Words("发现搬迁户回流", "Return after relocation found"),
    "monitoring.relocation_return_ended": Words("搬迁户回流已办结", "Return after relocation ended"),
    "monitoring.zero_employment_opened": Words("零就业搬迁户", "Relocated household without employment"),
    "monitoring.zero_employment_closed": Words("零就业搬迁户已就业或办结", "Zero employment settled"),
    "monitoring.dispute_opened": Words("登记矛盾纠纷", "Dispute recorded"),
    "monitoring.dispute_closed": Words("矛盾纠纷已办结", "Dispute settled"),
    "employment.job_started": Words("开始务工", "Job started"),
    "employment.job_ended": Words("务工结束", "Job ended"),
    "employment.post_placed": Words("公益岗位上岗", "Placed in a public-service post"),
    "employment.post_ended": Words("公益岗位离岗", "Left a public-service post"),
    "employment.post_attendance_recorded": Words("公益岗位月度考勤", "Monthly check of a post"),
    "employment.measure_accepted": Words("人社部门受理措施", "Employment accepts the measure"),
    "employment.measure_delivered": Words("人社部门落实措施", "Employment has delivered the measure"),
    "employment.measure_declined": Words("人社部门不能落实措施", "Employment declines the measure"),
    "finance.loan_applied": Words("申请小额信贷", "Micro-credit applied for"),
    "finance.loan_approved": Words("小额信贷获批", "Micro-credit approved"),
    "finance.loan_refused": Words("小额信贷未获批", "Micro-credit refused"),
    "finance.loan_disbursed": Words("小额信贷发放", "Micro-credit paid out"),
    "finance.loan_repaid": Words("贷款还款", "Loan repaid"),
    "finance.loan_overdue": Words("贷款逾期", "Loan overdue"),
    "finance.measure_accepted": Words("金融部门受理措施", "Finance accepts the measure"),
    "finance.measure_delivered": Words("金融部门落实措施", "Finance has delivered the measure"),
    "finance.measure_declined": Words("金融部门不能落实措施", "Finance declines the measure"),
}

Data = Mapping[str, Any]


def entry_of(row: TimelineRow) -> TimelineEntry:
    """Return one line of the timeline; an event nobody described here is shown by its type."""
    fact = row.type.rsplit(".", 1)[0]
    describe = _DETAILS.get(fact)
    colour, department = _BADGES.get(fact.split(".", 1)[0], ("grey", Words("其他", "other")))
    return TimelineEntry(
        at=row.occurred_on,
        words=_WORDS.get(fact, Words(fact, fact)),
        detail=describe(row.data) if describe else None,
        badge=Badge(colour, department),
        event_ids=(row.event_id,),
    )


def _joined(*parts: Words | None) -> Words:
    given = [part for part in parts if part is not None]
    return Words("，".join(part.zh for part in given), ", ".join(part.en for part in given))


def _amount(data: Data, name: str = "amount_fen") -> Words | None:
    fen = data.get(name)
    return Words(f"{yuan_text(fen)} 元", f"{yuan_text(fen)} yuan") if fen else None


def _change(data: Data) -> Words:
    return _joined(words_of("change_kind", data["kind"]), _amount(data))


def _visit(data: Data) -> Words:
    found = (
        Words("发现风险", "a risk was found") if data["risk_found"] else Words("未发现风险", "no risk found")
    )
    return _joined(words_of("visit_kind", data["kind"]), words_of("visit_result", data["result"]), found)


def _clue(data: Data) -> Words:
    return _joined(words_of("risk", data["risk"]), words_of("clue_source", data["source"]))


def _advanced(data: Data) -> Words:
    step = data["step"]
    zh = _step_label(step, "zh")
    en = _step_label(step, "en")
    if step == Step.OPEN:
        return Words(f"立案：{_state(data['to_state'], 'zh')}", f"Opened: {_state(data['to_state'], 'en')}")
    return Words(
        f"{zh}：{_state(data['from_state'], 'zh')} → {_state(data['to_state'], 'zh')}",
        f"{en}: {_state(data['from_state'], 'en')} → {_state(data['to_state'], 'en')}",
    )


def _step_label(step: str, language: Language) -> str:
    rule = STEPS.get(Step(step)) if step in set(Step) else None
    if rule is None:
        return step
    return rule.zh if language == "zh" else rule.en


def _state(state: str, language: Language) -> str:
    for kind in (CaseState, ComparisonState):
        if state in set(kind):
            return state_label(kind(state), language)
    return state or "—"


def _measure(data: Data) -> Words:
    category = data["category"]
    return _joined(
        words_of("measure_category", category),
        words_of(f"measure_{category}", data["code"]) if f"measure_{category}" in codes() else None,
        Words(data["department"], data["department"]),
    )


def _measure_recorded(data: Data) -> Words:
    return _joined(_measure(data), _STATUS.get(data["status"]))


_STATUS = {
    "accepted": Words("已受理", "accepted"),
    "delivered": Words("已落实", "delivered"),
    "declined": Words("不能落实", "declined"),
    "withdrawn": Words("已撤回", "withdrawn"),
}
_JOB_ENDS = {
    "lost": Words("失业", "lost"),
    "changed": Words("换工作", "changed"),
    "returned": Words("返乡", "returned home"),
    "retired": Words("年龄到期", "retired"),
    "other": Words("其他原因", "other"),
}


def _income(data: Data) -> Words:
    text = yuan_text(data["net_per_head_fen"])
    return Words(f"人均纯收入 {text} 元", f"net income per head {text} yuan")


def _identified(data: Data) -> Words:
    return _joined(words_of("household_type", data["monitored_class"]), several("risk", data["risks"]))


def _sample(data: Data) -> Words:
    right = Words("未发现问题", "all was right")
    return words_of("sample_finding", data["finding"]) if data.get("finding") else right


_STAGES = {
    "started": Words("开工", "begun"),
    "built": Words("建成", "built"),
    "accepted": Words("验收", "accepted"),
    "occupied": Words("入住", "lived in"),
}


def _water(data: Data) -> Words:
    return Words("饮水安全", "safe") if data["safe"] else Words("饮水不安全", "not safe")


_DETAILS: dict[str, Callable[[Data], Words]] = {
    "monitoring.house_appraised": lambda data: words_of("house_grade", data["grade"]),
    "monitoring.house_made_safe": lambda data: words_of("house_safe_way", data["way"]),
    "monitoring.rebuild_listed": lambda data: words_of("rebuild_cause", data["cause"]),
    "monitoring.rebuild_advanced": lambda data: _STAGES.get(data["stage"], Words("", "")),
    "monitoring.water_household_checked": _water,
    "monitoring.water_problem_found": lambda data: words_of("water_criterion", data["criterion"]),
    "monitoring.toilet_problem_found": lambda data: words_of("toilet_problem", data["kind"]),
    "monitoring.household_changed": _change,
    "monitoring.household_change_resolved": lambda data: words_of("change_kind", data["kind"]),
    "monitoring.visit_recorded": _visit,
    "monitoring.clue_reported": _clue,
    "monitoring.clue_verified": lambda data: words_of("clue_outcome", data["outcome"]),
    "monitoring.case_advanced": _advanced,
    "monitoring.case_identified": _identified,
    "monitoring.income_recorded": _income,
    "monitoring.measure_requested": _measure,
    "monitoring.measure_recorded": _measure_recorded,
    "monitoring.household_relapsed": lambda data: words_of("risk", data["cause"]),
    "monitoring.sample_checked": _sample,
    "monitoring.risk_eliminated": lambda data: words_of("elimination_way", data["way"]),
    "employment.job_started": lambda data: _joined(_amount(data, "monthly_pay_fen")),
    "employment.job_ended": lambda data: _JOB_ENDS.get(data["reason"], Words("", "")),
    "employment.post_placed": lambda data: words_of("measure_100A42", data["post_kind"]),
    "finance.loan_applied": lambda data: _joined(_amount(data)),
    "finance.loan_disbursed": lambda data: _joined(_amount(data)),
    "finance.loan_repaid": lambda data: _joined(_amount(data)),
    "finance.loan_overdue": lambda data: _joined(_amount(data, "balance_fen")),
}
