"""What facts, states and levels are called on pages, in both languages."""

from collections.abc import Mapping

from services.evaluation.adapters.read_models import JournalEntry
from services.evaluation.entrypoints.web.labels_finance import FINANCE_FACTS
from services.evaluation.entrypoints.web.labels_monitoring import MONITORING_FACTS
from shared.areas import areas
from shared.contracts.codes import codes
from shared.web.i18n import Words
from shared.web.paging import Badge

FACTS: Mapping[str, Words] = {
    "monitoring.household_recorded": Words("农户信息登记", "Household recorded"),
    "monitoring.income_recorded": Words("收入台账核算", "Income recorded"),
    "monitoring.visit_recorded": Words("入户走访", "Visit"),
    "monitoring.household_changed": Words("家庭突发情况", "Something happened to the household"),
    "monitoring.household_change_resolved": Words("突发情况已解决", "What had happened was put right"),
    "monitoring.clue_reported": Words("风险线索上报", "Risk clue reported"),
    "monitoring.clue_verified": Words("风险线索核实", "Risk clue verified"),
    "monitoring.case_advanced": Words("识别程序推进", "Case advanced"),
    "monitoring.case_identified": Words("认定为监测对象", "Identified as a monitored household"),
    "monitoring.case_rejected": Words("不予认定", "Not identified"),
    "monitoring.helper_assigned": Words("确定帮扶责任人", "Responsible helper assigned"),
    "monitoring.measure_requested": Words("帮扶措施交办", "Measure requested"),
    "monitoring.measure_recorded": Words("帮扶措施进展", "Measure recorded"),
    "monitoring.risk_eliminated": Words("风险消除", "Risk eliminated"),
    "monitoring.elimination_rolled_back": Words("风险消除回退", "Elimination rolled back"),
    "monitoring.household_relapsed": Words("返贫（致贫）", "Household relapsed"),
    "monitoring.sample_checked": Words("抽样检查", "Sample check"),
    **MONITORING_FACTS,
    "employment.job_started": Words("开始务工", "Job started"),
    "employment.job_ended": Words("结束务工", "Job ended"),
    "employment.post_placed": Words("公益岗位上岗", "Placed on a public post"),
    "employment.post_ended": Words("公益岗位退岗", "Left a public post"),
    "employment.post_attendance_recorded": Words("公益岗位月考勤", "Post-holder checked"),
    "employment.measure_accepted": Words("就业措施受理", "Employment measure accepted"),
    "employment.measure_delivered": Words("就业措施落实", "Employment measure delivered"),
    "employment.measure_declined": Words("就业措施不能落实", "Employment measure declined"),
    "finance.loan_applied": Words("小额信贷申请", "Loan applied for"),
    "finance.loan_approved": Words("小额信贷审批通过", "Loan approved"),
    "finance.loan_refused": Words("小额信贷未予发放", "Loan refused"),
    "finance.loan_disbursed": Words("小额信贷发放", "Loan paid out"),
    "finance.loan_repaid": Words("小额信贷还款", "Loan repaid"),
    "finance.loan_overdue": Words("小额信贷逾期", "Loan overdue"),
    "finance.measure_accepted": Words("金融措施受理", "Finance measure accepted"),
    "finance.measure_delivered": Words("金融措施落实", "Finance measure delivered"),
    "finance.measure_declined": Words("金融措施不能落实", "Finance measure declined"),
    **FINANCE_FACTS,
    "evaluation.problem_registered": Words("问题登记", "Problem entered"),
    "evaluation.problem_confirmed": Words("问题核定属实", "Problem confirmed"),
    "evaluation.problem_rejected": Words("问题不属实", "Problem found untrue"),
    "evaluation.problem_handed_over": Words("问题交办", "Problem handed over"),
    "evaluation.problem_listed": Words("三单一账建立", "All four lists of the problem are there"),
    "evaluation.problem_close_out_asked": Words("申请销号", "Close-out asked"),
    "evaluation.problem_rechecked": Words("销号复核", "Re-check of a close-out"),
    "evaluation.problem_closed": Words("问题销号", "Problem closed"),
    "evaluation.problem_recurred": Words("问题反复", "Problem came back"),
    "evaluation.problem_looked_back": Words("问题整改回头看", "Look-back visit"),
    "evaluation.inspection_planned": Words("督查列入计划", "Inspection planned"),
    "evaluation.inspection_started": Words("督查开始", "Inspection begun"),
    "evaluation.inspection_filed": Words("督查归档", "Inspection filed"),
    "evaluation.inspection_cancelled": Words("督查取消", "Inspection cancelled"),
    "evaluation.inspection_sample_drawn": Words("督查抽样", "Sample drawn"),
    "evaluation.order_issued": Words("印发督办函", "Order issued"),
    "evaluation.order_answered": Words("督办回复", "Order answered"),
    "evaluation.order_sent_back": Words("督办退回重办", "Reply sent back"),
    "evaluation.order_closed": Words("督办办结", "Order closed"),
    "evaluation.order_withdrawn": Words("督办撤销", "Order withdrawn"),
    "evaluation.interview_recorded": Words("约谈提醒", "Interview or reminder"),
    "evaluation.accountability_triggered": Words("提出问责线索", "Trigger proposed"),
    "evaluation.accountability_decided": Words("问责线索研判", "Trigger decided"),
    "evaluation.accountability_referred": Words("移送县纪委监委", "Passed to the discipline office"),
    "evaluation.accountability_concluded": Words("问责结果反馈", "Outcome reported"),
    "evaluation.report_task_opened": Words("上报任务下达", "Report owed"),
    "evaluation.report_task_overdue": Words("上报逾期", "Report overdue"),
    "evaluation.value_reported": Words("指标上报", "Value reported"),
    "evaluation.value_returned": Words("上报退回", "Report returned"),
    "evaluation.value_accepted": Words("上报数值采用", "Value accepted"),
    "evaluation.value_checked": Words("上报数值核查", "Value checked"),
    "evaluation.report_sample_drawn": Words("上报抽查抽取", "Reports drawn for a check"),
    "evaluation.report_review_opened": Words("上报全面复查", "Reports under review"),
    "evaluation.notice_issued": Words("通报", "Notice of criticism"),
    "evaluation.progress_due": Words("月调度应报", "Month's progress due"),
    "evaluation.progress_filed": Words("月调度已报", "Month's progress filed"),
    "evaluation.progress_returned": Words("月调度退回", "Month's progress sent back"),
    "evaluation.quarter_meeting_due": Words("季例会应召开", "Quarterly meeting due"),
    "evaluation.quarter_meeting_held": Words("季例会召开", "Quarterly meeting held"),
    "evaluation.undertaking_made": Words("限办事项登记", "Undertaking made"),
    "evaluation.undertaking_done": Words("限办事项办结", "Undertaking done"),
    "evaluation.undertaking_dropped": Words("限办事项取消", "Undertaking dropped"),
    "evaluation.site_planned": Words("示范点应建", "Demonstration site planned"),
    "evaluation.site_registered": Words("示范点确定", "Demonstration site chosen"),
    "evaluation.site_elements_set": Words("示范点四定", "Elements of a site set"),
    "evaluation.site_withdrawn": Words("示范点调出", "Demonstration site given up"),
    "evaluation.cadre_enrolled": Words("干部登记", "Cadre enrolled"),
    "evaluation.cadre_left": Words("干部离任", "Cadre left"),
    "evaluation.training_attended": Words("参加培训", "Training attended"),
    "evaluation.training_class_planned": Words("培训班计划", "Training class planned"),
    "evaluation.training_class_held": Words("培训班举办", "Training class held"),
    "evaluation.training_class_cancelled": Words("培训班取消", "Training class cancelled"),
    "evaluation.point_account_opened": Words("驻村积分开户", "Point account opened"),
    "evaluation.points_entered": Words("驻村积分登记", "Points entered"),
    "evaluation.point_line_reached": Words("驻村积分触线", "Point line reached"),
    "evaluation.work_entered": Words("工作登记", "Work entered"),
    "evaluation.work_withdrawn": Words("工作登记撤回", "Entry withdrawn"),
    "evaluation.assessment_published": Words("综合考评结果公布", "Assessment published"),
    "evaluation.assessment_shown": Words("初评结果公示", "Preliminary assessment shown"),
    "evaluation.appeal_filed": Words("提出考评申诉", "Appeal filed"),
    "evaluation.appeal_accepted": Words("申诉受理", "Appeal accepted"),
    "evaluation.appeal_decided": Words("申诉裁定", "Appeal decided"),
    "evaluation.appeal_withdrawn": Words("申诉撤回", "Appeal withdrawn"),
    "evaluation.score_corrected": Words("得分更正", "Score corrected"),
    "evaluation.judgement_recorded": Words("评鉴评分", "Judged mark"),
}
_PUBLISHERS = {
    "monitoring": Badge("blue", Words("监测", "Monitoring")),
    "employment": Badge("green", Words("就业", "Employment")),
    "finance": Badge("yellow", Words("金融", "Finance")),
    "evaluation": Badge("grey", Words("考评", "Evaluation")),
}
LEVELS = {
    "county": Words("县级", "County"),
    "city": Words("市级", "City"),
    "province": Words("省级", "Province"),
}
STATUS = {
    "scored": Badge("green", Words("已计分", "scored")),
    "not_applicable": Badge("grey", Words("不适用", "not applicable")),
    "not_set": Badge("yellow", Words("参数未录入", "figure not set")),
    "missing": Badge("red", Words("尚未上报", "not reported yet")),
    "shown": Badge("blue", Words("只展示，不计分", "shown, not scored")),
}
SERVICES = {
    "monitoring": Words("监测", "monitoring"),
    "employment": Words("就业", "employment"),
    "finance": Words("金融", "finance"),
    "evaluation": Words("考评", "evaluation"),
}


def same(text: str) -> Words:
    """Return what is called the same in both languages: a name, a number."""
    return Words(text, text)


def unit_words(unit: str) -> Words:
    """Return what an assessed unit is called: a town by its name, a department by its own."""
    return same(areas().get(unit).name if unit in areas() else unit)


def fact_words(fact: str) -> Words:
    """Return what a kind of fact is called; one not known here goes by its type."""
    return FACTS.get(fact, same(fact))


def publisher_badge(entry: JournalEntry) -> Badge:
    """Return the mark of the department that told it."""
    return _PUBLISHERS.get(entry.envelope.publisher, Badge("grey", same(entry.envelope.publisher)))


def code_words(list_name: str, value: object) -> Words:
    """Return what a code of a list is called; the code itself where the list does not have it."""
    lists = codes()
    if list_name in lists and str(value) in lists[list_name]:
        found = lists[list_name].get(str(value))
        return Words(found.zh, found.en)
    return same(str(value))
