"""The evaluation site, put together."""

from pathlib import Path

from fastapi import FastAPI

from services.evaluation.bootstrap import Evaluation
from services.evaluation.entrypoints.web import (
    accountability,
    appeal,
    assessment,
    assessment_sheet,
    cadre,
    catalogue,
    causation,
    chart,
    comparison,
    dispatch,
    dispatch_export,
    document,
    download,
    goal,
    household,
    inspection,
    inspection_sample,
    interview,
    journal,
    ledger,
    ledger_action,
    ledger_export,
    ledger_list,
    ledger_problem,
    mark,
    meeting,
    notice,
    order,
    point_account,
    reporting,
    reporting_check,
    reporting_review,
    robustness,
    score,
    site,
    supervision,
    task,
    training,
    undertaking,
    what_if,
    work_entry,
)
from shared.observability.health import Readiness
from shared.observability.metrics import ServiceMetrics
from shared.persistence.engine import pool_use, reading
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.audit_pages import audit_trail
from shared.web.i18n import Words
from shared.web.operations import operations
from shared.web.site import Gate, NavItem

_HERE = Path(__file__).parent

SECTIONS = (
    task.section,
    goal.section,
    score.section,
    what_if.section,
    robustness.section,
    household.section,
    journal.section,
    causation.section,
    catalogue.section,
    assessment.section,
    document.section,
    assessment_sheet.section,
    chart.section,
    comparison.section,
    appeal.section,
    mark.section,
    notice.section,
    ledger_export.section,
    ledger_list.section,
    ledger.section,
    ledger_action.section,
    ledger_problem.section,
    dispatch_export.section,
    dispatch.section,
    meeting.section,
    site.section,
    undertaking.section,
    cadre.section,
    training.section,
    point_account.section,
    work_entry.section,
    reporting.section,
    reporting_review.section,
    reporting_check.section,
    supervision.section,
    inspection.section,
    inspection_sample.section,
    order.section,
    interview.section,
    accountability.section,
)

SCORES = Words("考核评分", "Scores")
YEAR_END = Words("年终考评", "Year end")
LEDGERS = Words("问题整改", "Rectification")
SUPERVISION = Words("督查督办", "Supervision")
REGISTERS = Words("工作登记", "Registers")
RULES = Words("规则与日志", "Rules and journal")

NAV = (
    NavItem(Words("我的待办", "My tasks"), "/tasks", "task.read", SCORES),
    NavItem(Words("考评排名", "Scoreboard"), "/", "score.read", SCORES),
    NavItem(Words("两日比较", "Two days"), "/comparison", "score.compare", SCORES),
    NavItem(Words("得分图表", "Charts"), "/charts", "chart.read", SCORES),
    NavItem(Words("假如推算", "What if"), "/what-if", "score.suppose", SCORES),
    NavItem(Words("名次稳固性", "How firm the ranks are"), "/robustness", "score.suppose", SCORES),
    NavItem(Words("指标上报", "Reports"), "/reporting", "report.read", SCORES),
    NavItem(Words("上报审核", "Reports to review"), "/reporting/review", "report.review", SCORES),
    NavItem(Words("上报总览", "Overview of reports"), "/reporting/matrix", "report.read", SCORES),
    NavItem(Words("上报抽查", "Sampled checks of reports"), "/reporting/checks", "report.check", SCORES),
    NavItem(Words("年度考评", "Assessments"), "/assessments", "assessment.read", YEAR_END),
    NavItem(Words("申诉", "Appeals"), "/appeals", "appeal.read", YEAR_END),
    NavItem(Words("评鉴评分", "Judged marks"), "/marks", "mark.read", YEAR_END),
    NavItem(Words("全县超期事项", "Overdue"), "/supervision", "supervision.read", SUPERVISION),
    NavItem(Words("督查", "Inspections"), "/inspections", "inspection.read", SUPERVISION),
    NavItem(Words("每月抽样", "Samples"), "/inspection-samples", "inspection.sample", SUPERVISION),
    NavItem(Words("督办函", "Orders"), "/orders", "order.read", SUPERVISION),
    NavItem(Words("约谈提醒", "Interviews"), "/interviews", "interview.read", SUPERVISION),
    NavItem(Words("问责线索", "Triggers"), "/triggers", "trigger.read", SUPERVISION),
    NavItem(Words("问题整改台账", "Rectification ledger"), "/ledger", "ledger.read", LEDGERS),
    NavItem(Words("整改提醒", "Reminders"), "/ledger/reminders", "ledger.read", LEDGERS),
    NavItem(Words("通报", "Notices"), "/notices", "notice.read", SUPERVISION),
    NavItem(Words("月调度", "Dispatch"), "/dispatch", "dispatch.read", REGISTERS),
    NavItem(Words("季例会", "Meetings"), "/meetings", "dispatch.read", REGISTERS),
    NavItem(Words("示范点", "Demonstration sites"), "/sites", "dispatch.read", REGISTERS),
    NavItem(Words("限办事项", "Undertakings"), "/undertakings", "undertaking.read", REGISTERS),
    NavItem(Words("干部培训", "Training"), "/training", "field_work.read", REGISTERS),
    NavItem(Words("干部和驻村队员", "Cadres"), "/cadres", "field_work.read", REGISTERS),
    NavItem(Words("驻村积分", "Team points"), "/points", "field_work.read", REGISTERS),
    NavItem(Words("工作登记", "Register of work"), "/entries", "field_work.read", REGISTERS),
    NavItem(Words("工作要点", "Work points"), "/catalogue", "catalogue.read", RULES),
    NavItem(Words("考评规则", "Rules"), "/rules", "catalogue.read", RULES),
    NavItem(Words("事件日志", "Journal"), "/journal", "journal.read", RULES),
    NavItem(Words("消息处理", "Messages"), "/operations", "operations.read", RULES),
    NavItem(Words("审计记录", "Audit trail"), "/audit", "audit.read", RULES),
)


def create_app(service: Evaluation, gate: Gate) -> FastAPI:
    """Return the site of *service*; the web process knows no broker."""

    def database_answers() -> object:
        with reading(service.engine) as connection:
            return connection.exec_driver_sql("SELECT 1").scalar_one()

    app = create_site(
        "evaluation",
        Words("考核评估", "Evaluation"),
        service,
        gate,
        (*SECTIONS, operations(), audit_trail()),
        permissions=load_permissions("evaluation", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=NAV,
        ready=Readiness({"database": database_answers}),
        watch=ServiceMetrics(
            "evaluation", pool=lambda: pool_use(service.engine), board_age=service.scores.age
        ),
    )
    app.include_router(download.router)
    return app
