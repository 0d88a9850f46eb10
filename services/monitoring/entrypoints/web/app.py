"""The monitoring site, put together."""

from pathlib import Path

from fastapi import FastAPI

from services.monitoring.bootstrap import Monitoring
from services.monitoring.entrypoints.web import (
    application,
    case,
    change,
    clue,
    elimination,
    finding,
    household,
    income,
    measure,
    member,
    method,
    reminder,
    reopening,
    sample,
    screening,
    task,
    visit,
)
from shared.observability.health import Readiness
from shared.observability.metrics import ServiceMetrics
from shared.persistence.engine import reading
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.i18n import Words
from shared.web.operations import operations
from shared.web.site import Gate, NavItem

_HERE = Path(__file__).parent

SECTIONS = (
    task.section,
    household.section,
    member.section,
    income.section,
    visit.section,
    change.section,
    clue.section,
    finding.section,
    case.section,
    measure.section,
    elimination.section,
    application.section,
    method.section,
    reminder.section,
    reopening.section,
    sample.section,
    screening.section,
)

REGISTRY = Words("农户与数据", "Households and data")
FINDING = Words("发现与识别", "Finding and identifying")
HELP = Words("帮扶与消除", "Helping and closing")
GUARANTEES = Words("三保障和饮水", "Guarantees")
PLACES = Words("搬迁、环境、治理", "Places and governance")
OFFICE = Words("报表与管理", "Reports and office")
"""The groups of the navigation; a new entry goes into one of them."""

NAV = (
    NavItem(Words("我的待办", "My tasks"), "/", "task.read"),
    NavItem(Words("农户", "Households"), "/households", "household.read", REGISTRY),
    NavItem(Words("风险线索", "Clues"), "/clues", "clue.read", FINDING),
    NavItem(Words("集中排查", "Screening rounds"), "/screening", "screening.read", FINDING),
    NavItem(Words("识别案件", "Cases"), "/cases", "case.read", FINDING),
    NavItem(Words("帮扶措施", "Measures"), "/measures", "measure.read", HELP),
    NavItem(Words("复核事项", "Reopenings"), "/reopenings", "reopening.read", HELP),
    NavItem(Words("抽样检查", "Sample inspections"), "/samples", "sample.read", HELP),
    NavItem(Words("工作法清单", "Methods"), "/methods", "method.read", FINDING),
    NavItem(Words("逾期与催办", "Timers and reminders"), "/reminders", "reminder.read", OFFICE),
    NavItem(Words("督办", "Escalations"), "/escalations", "escalation.read", OFFICE),
    NavItem(Words("消息处理", "Messages"), "/operations", "operations.read", OFFICE),
)


def create_app(service: Monitoring, gate: Gate) -> FastAPI:
    """Return the site of *service*; the web process knows no broker."""

    def database_answers() -> object:
        with reading(service.engine) as connection:
            return connection.exec_driver_sql("SELECT 1").scalar_one()

    return create_site(
        "monitoring",
        Words("防返贫监测", "Monitoring"),
        service,
        gate,
        (*SECTIONS, operations()),
        permissions=load_permissions("monitoring", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=NAV,
        ready=Readiness({"database": database_answers}),
        watch=ServiceMetrics("monitoring"),
    )
