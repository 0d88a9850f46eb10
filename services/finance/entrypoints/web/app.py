"""The finance site put together: its sections, permissions, navigation and health."""

from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import text

from services.finance.bootstrap import Finance
from services.finance.entrypoints.web import application, borrower, loan, measure, policy, report, task
from services.finance.entrypoints.web.process import (
    announcement,
    asset,
    cooperative,
    fund,
    project,
    upkeep,
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
MONEY, ASSETS = Words("资金与项目", "Money and projects"), Words("资产与管护", "Assets and upkeep")
OTHERS = Words("互助与合作", "Co-operation")
NAV = (
    NavItem(Words("我的待办", "My tasks"), "/", "home.read"),
    NavItem(Words("帮扶需求", "Requested measures"), "/measures", "measure.read"),
    NavItem(Words("农户信贷", "Borrowers"), "/borrowers", "borrower.read"),
    NavItem(Words("贷款台账", "Loans"), "/loans", "loan.read"),
    NavItem(Words("贷款报表", "Loan report"), "/report", "report.read"),
    NavItem(Words("资金台账", "Money"), "/funds", "fund.read", group=MONEY),
    NavItem(Words("资金执行情况", "Money spent"), "/fund-report", "fund.read", group=MONEY),
    NavItem(Words("项目库", "Projects"), "/projects", "project.read", group=MONEY),
    NavItem(Words("公告公示", "Announcements"), "/announcements", "announcement.read", group=MONEY),
    NavItem(Words("资产台账", "Assets"), "/assets", "asset.read", group=ASSETS),
    NavItem(Words("季度检查", "Inspections"), "/asset-inspections", "asset.read", group=ASSETS),
    NavItem(Words("问题整改", "Findings"), "/asset-problems", "asset.read", group=ASSETS),
    NavItem(Words("设施管护", "Facilities"), "/facilities", "upkeep.read", group=ASSETS),
    NavItem(Words("管护工资", "Keepers' pay"), "/keeper-pays", "upkeep.read", group=ASSETS),
    NavItem(
        Words("互助资金借款", "Association loans"), "/association-loans", "cooperative.read", group=OTHERS
    ),
    NavItem(Words("光伏收益", "Solar income"), "/station-incomes", "cooperative.read", group=OTHERS),
    NavItem(Words("万企兴万村", "Firms' projects"), "/firm-projects", "firm.read", group=OTHERS),
    NavItem(Words("政策参数", "Policy figures"), "/policy", "policy.read"),
    NavItem(Words("消息处理", "Messages"), "/operations", "operations.read"),
    NavItem(Words("审计记录", "Audit trail"), "/audit", "audit.read"),
)
SECTIONS = (
    task.section,
    measure.section,
    application.section,
    borrower.section,
    loan.section,
    report.section,
    fund.section,
    project.section,
    announcement.section,
    asset.section,
    upkeep.section,
    cooperative.section,
    policy.section,
)


def create_app(service: Finance, gate: Gate) -> FastAPI:
    """Return the site on *service*, behind *gate*."""

    def ask_database() -> object:
        with reading(service.engine) as connection:
            return connection.execute(text("SELECT 1")).scalar()

    return create_site(
        "finance",
        Words("金融帮扶", "Finance"),
        service,
        gate,
        (*SECTIONS, operations(), audit_trail()),
        permissions=load_permissions("finance", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=NAV,
        ready=Readiness({"database": ask_database}),
        watch=ServiceMetrics("finance", pool=lambda: pool_use(service.engine)),
    )
