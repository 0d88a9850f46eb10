"""What evaluation counts for the metrics: problems by state, orders and reports that are late."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from services.evaluation.adapters.read_models_reporting import OPEN_STATES
from services.evaluation.adapters.tables_ledger import problems
from services.evaluation.adapters.tables_reporting import reporting_task
from services.evaluation.adapters.tables_supervision import supervision_order as order
from services.evaluation.domain.ledger.state import OPEN, State
from services.evaluation.domain.order import OWED
from shared.kernel.clock import day_of
from shared.observability.asked import Figure


def count_figures(connection: Connection, now: datetime) -> list[Figure]:
    """Return the figures of *now*."""
    today = day_of(now)
    by_state = select(problems.c.state, func.count()).group_by(problems.c.state)
    states = {state: found for state, found in connection.execute(by_state)}  # noqa: C416  (rows, not pairs)
    count = select(func.count())
    late = {
        "problems_overdue": count.select_from(problems).where(
            problems.c.state.in_(sorted(OPEN)), problems.c.due_on < today
        ),
        "orders_overdue": count.select_from(order).where(
            order.c.state.in_(sorted(OWED)), order.c.due_at < now
        ),
        "reports_overdue": count.select_from(reporting_task).where(
            reporting_task.c.state.in_(sorted(OPEN_STATES)), reporting_task.c.due_on < today
        ),
    }
    words = {
        "problems_overdue": "Problems of the ledger beyond their day",
        "orders_overdue": "Orders not answered in time",
        "reports_overdue": "Reports owed beyond their day",
    }
    return [
        *(
            Figure("problems", "Problems of the ledger by state", states.get(str(state), 0), {"state": state})
            for state in State
        ),
        *(Figure(name, words[name], connection.execute(query).scalar_one()) for name, query in late.items()),
    ]
