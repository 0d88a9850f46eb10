"""The employment site put together: its sections, permissions, navigation and health."""

from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import text

from services.employment.bootstrap import Employment
from services.employment.entrypoints.web import job, labourer, measure, placement, policy, post, task
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
NAV = (
    NavItem(Words("我的待办", "My tasks"), "/", "task.read"),
    NavItem(Words("帮扶需求", "Requested measures"), "/measures", "measure.read"),
    NavItem(Words("劳动力", "Labourers"), "/labourers", "labourer.read"),
    NavItem(Words("务工台账", "Jobs"), "/jobs", "job.read"),
    NavItem(Words("公益岗位", "Posts"), "/posts", "post.read"),
    NavItem(Words("政策参数", "Policy figures"), "/policy", "policy.read"),
    NavItem(Words("消息处理", "Messages"), "/operations", "operations.read"),
    NavItem(Words("审计记录", "Audit trail"), "/audit", "audit.read"),
)
SECTIONS = (
    task.section,
    measure.section,
    labourer.section,
    job.section,
    post.section,
    placement.section,
    policy.section,
)


def create_app(service: Employment, gate: Gate) -> FastAPI:
    """Return the site on *service*, behind *gate*."""

    def ask_database() -> object:
        with reading(service.engine) as connection:
            return connection.execute(text("SELECT 1")).scalar()

    return create_site(
        "employment",
        Words("就业帮扶", "Employment"),
        service,
        gate,
        (*SECTIONS, operations(), audit_trail()),
        permissions=load_permissions("employment", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=NAV,
        ready=Readiness({"database": ask_database}),
        watch=ServiceMetrics("employment", pool=lambda: pool_use(service.engine)),
    )
