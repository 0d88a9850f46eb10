"""The monitoring site, put together."""

from pathlib import Path

from fastapi import FastAPI

from services.monitoring.bootstrap import Monitoring
from services.monitoring.entrypoints.web import (
    application,
    case,
    change,
    cleaning,
    clue,
    dispute,
    elimination,
    erasure,
    finding,
    gate,
    grid,
    history,
    household,
    income,
    judgement,
    measure,
    member,
    method,
    moving,
    my_grid,
    people_guarantees,
    quality,
    quality_error,
    record,
    reminder,
    reopening,
    report,
    report_county,
    responsibility,
    sample,
    screening,
    task,
    unmasking,
    village_decision,
    village_record,
    visit,
)
from services.monitoring.entrypoints.web.comparison import (
    case_comparison,
    department_list,
    difference,
    push,
    warning,
)
from services.monitoring.entrypoints.web.exchange import exports, imports
from services.monitoring.entrypoints.web.place import (
    environment,
    housing,
    toilet,
    water,
    water_round,
)
from services.monitoring.entrypoints.web.place import household as household_places
from services.monitoring.entrypoints.web.place.frame import HOUSING, PUBLIC_TOILETS, SEWAGE, TOILETS, WATER
from services.monitoring.entrypoints.web.relocation import finding as relocation_finding
from services.monitoring.entrypoints.web.relocation import site as resettlement_site
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
    history.section,  # before the page of one household, whose address would take its list's
    household.section,
    record.section,
    moving.section,
    unmasking.section,
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
    judgement.section,
    screening.section,
    imports.section,
    exports.section,
    department_list.section,
    warning.section,
    difference.section,
    push.section,
    case_comparison.section,
    grid.section,
    my_grid.section,
    village_decision.section,
    dispute.section,
    relocation_finding.section,
    resettlement_site.section,
    report.section,
    report_county.section,
    responsibility.section,
    erasure.section,
    *people_guarantees.SECTIONS,
    household_places.section,
    housing.section,
    water.section,
    water_round.section,
    toilet.section,
    environment.section,
    quality.section,
    quality_error.section,
    gate.section,
    cleaning.section,
    village_record.section,
)

REGISTRY = Words("农户与数据", "Households and data")
FINDING = Words("发现与识别", "Finding and identifying")
HELP = Words("帮扶与消除", "Helping and closing")
GUARANTEES = Words("三保障和饮水", "Guarantees")
PLACES = Words("搬迁、环境、治理", "Places and governance")
OFFICE = Words("报表与管理", "Reports and office")
"""The groups of the navigation; a new entry goes into one of them."""

_ENTRIES = (
    NavItem(Words("我的待办", "My tasks"), "/", "task.read"),
    NavItem(Words("农户", "Households"), "/households", "household.read", REGISTRY),
    NavItem(Words("数据质量", "Data quality"), "/quality", "quality.read", REGISTRY),
    NavItem(Words("错误信息", "Data errors"), "/quality/errors", "quality.read", REGISTRY),
    NavItem(Words("数据关口", "Gates"), "/gates", "gate.read", REGISTRY),
    NavItem(Words("导入", "Imports"), "/imports", "import.read", REGISTRY),
    NavItem(Words("导出", "Exports"), "/exports", "export.read", REGISTRY),
    NavItem(Words("风险线索", "Clues"), "/clues", "clue.read", FINDING),
    NavItem(Words("集中排查", "Screening rounds"), "/screening", "screening.read", FINDING),
    NavItem(Words("部门名单", "Department lists"), "/department-lists", "department_list.read", FINDING),
    NavItem(Words("部门预警", "Warnings"), "/warnings", "warning.read", FINDING),
    NavItem(Words("比对差异", "Differences"), "/differences", "difference.read", FINDING),
    NavItem(Words("数据推送", "Pushes"), "/pushes", "push.read", FINDING),
    NavItem(
        Words("识别对象比对", "Comparison of cases"), "/case-comparisons", "case_comparison.read", FINDING
    ),
    NavItem(Words("识别案件", "Cases"), "/cases", "case.read", FINDING),
    NavItem(Words("帮扶措施", "Measures"), "/measures", "measure.read", HELP),
    NavItem(Words("复核事项", "Reopenings"), "/reopenings", "reopening.read", HELP),
    NavItem(Words("抽样检查", "Sample inspections"), "/samples", "sample.read", HELP),
    NavItem(Words("工作法清单", "Methods"), "/methods", "method.read", FINDING),
    NavItem(Words("逾期与催办", "Timers and reminders"), "/reminders", "reminder.read", OFFICE),
    NavItem(Words("督办", "Escalations"), "/escalations", "escalation.read", OFFICE),
    NavItem(Words("我的网格", "My grid"), "/my-grid", "my_grid.read", REGISTRY),
    NavItem(Words("安置点", "Resettlement"), "/relocation/sites", "relocation.read", PLACES),
    NavItem(
        Words("零就业搬迁户", "Zero employment"),
        "/relocation/zero-employment",
        "zero_employment.read",
        PLACES,
    ),
    NavItem(Words("网格", "Grids"), "/grids", "grid.read", PLACES),
    NavItem(Words("四议两公开", "Village decisions"), "/decisions", "decision.read", PLACES),
    NavItem(Words("矛盾纠纷", "Disputes"), "/disputes", "dispute.read", PLACES),
    *people_guarantees.nav(GUARANTEES),
    NavItem(Words("住房安全", "Housing alerts"), "/housing/alerts", "house.read", GUARANTEES, HOUSING),
    NavItem(Words("危房重建", "Rebuilding"), "/housing/rebuilds", "house.read", GUARANTEES, HOUSING),
    NavItem(Words("饮水排查", "Water checks"), "/water/rounds", "water.read", GUARANTEES, WATER),
    NavItem(Words("饮水问题", "Water problems"), "/water/problems", "water.read", GUARANTEES, WATER),
    NavItem(Words("供水工程", "Water works"), "/water/works", "water.read", GUARANTEES, WATER),
    NavItem(Words("问题厕所", "Problem toilets"), "/toilet-problems", "toilet.read", PLACES, TOILETS),
    NavItem(Words("户厕台账", "Household toilets"), "/toilets", "toilet.read", PLACES, TOILETS),
    NavItem(
        Words("农村公厕", "Public toilets"), "/public-toilets", "public_toilet.read", PLACES, PUBLIC_TOILETS
    ),
    NavItem(Words("污水设施", "Sewage"), "/sewage", "sewage.read", PLACES, SEWAGE),
    NavItem(Words("村庄清洁", "Clean villages"), "/cleaning", "cleaning.read", PLACES, TOILETS),
    NavItem(Words("号码查看记录", "Numbers seen"), "/unmaskings", "unmasking.read", OFFICE),
    NavItem(Words("个人信息删除", "Erasures"), "/erasures", "erasure.read", OFFICE),
    NavItem(Words("统计报表", "Reports"), "/reports", "report.read", OFFICE),
    NavItem(Words("信息维护责任", "Who maintains what"), "/responsibilities", "responsibility.read", OFFICE),
    NavItem(Words("消息处理", "Messages"), "/operations", "operations.read", OFFICE),
    NavItem(Words("审计记录", "Audit trail"), "/audit", "audit.read", OFFICE),
)
_ORDER = (None, REGISTRY, FINDING, HELP, GUARANTEES, PLACES, OFFICE)
NAV = tuple(sorted(_ENTRIES, key=lambda one: _ORDER.index(one.group)))
"""Group after group in the same order for everybody, whichever entries one may open."""


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
        (*SECTIONS, operations(), audit_trail()),
        permissions=load_permissions("monitoring", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=NAV,
        ready=Readiness({"database": database_answers}),
        watch=ServiceMetrics("monitoring", pool=lambda: pool_use(service.engine)),
    )
