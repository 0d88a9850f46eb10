"""The finance site put together: its sections, permissions, navigation and health."""

from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import text

from services.finance.bootstrap import Finance
from services.finance.entrypoints.web import application, borrower, loan, measure, policy, report, task
from shared.observability.health import Readiness
from shared.observability.metrics import ServiceMetrics
from shared.persistence.engine import reading
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.i18n import Words
from shared.web.operations import operations
from shared.web.site import Gate, NavItem

_HERE = Path(__file__).parent
NAV = (
    NavItem(Words("我的待办", "My tasks"), "/", "task.read"),
    NavItem(Words("帮扶需求", "Requested measures"), "/measures", "measure.read"),
    NavItem(Words("农户信贷", "Borrowers"), "/borrowers", "borrower.read"),
    NavItem(Words("贷款台账", "Loans"), "/loans", "loan.read"),
    NavItem(Words("贷款报表", "Loan report"), "/report", "report.read"),
    NavItem(Words("政策参数", "Policy figures"), "/policy", "policy.read"),
    NavItem(Words("消息处理", "Messages"), "/operations", "operations.read"),
)
SECTIONS = (
    task.section,
    measure.section,
    application.section,
    borrower.section,
    loan.section,
    report.section,
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
        (*SECTIONS, operations()),
        permissions=load_permissions("finance", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=NAV,
        ready=Readiness({"database": ask_database}),
        watch=ServiceMetrics("finance"),
    )
