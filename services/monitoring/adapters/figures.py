"""What monitoring counts for the metrics: households, cases by state, limits, reports, a statement each."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.tables import cases, households, reports
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.escalation import RunningTimer
from services.monitoring.domain.report.report import ReportState
from shared.observability.asked import Figure

_OWED = (str(ReportState.DUE), str(ReportState.RETURNED))


def count_figures(connection: Connection, timers: Iterable[RunningTimer], today: date) -> list[Figure]:
    """Return the figures of *today*; *timers* are the limits that run, whoever has read them."""
    count = select(func.count())
    registered = connection.execute(count.select_from(households)).scalar_one()
    by_state = select(cases.c.state, func.count()).group_by(cases.c.state)
    states = {state: found for state, found in connection.execute(by_state)}  # noqa: C416  (rows, not pairs)
    late = count.select_from(reports).where(reports.c.state.in_(_OWED), reports.c.due_on < today)
    return [
        Figure("households", "Households in the register", registered),
        *(
            Figure(
                "cases", "Cases by the step at which they are", states.get(str(state), 0), {"state": state}
            )
            for state in CaseState
        ),
        *_limits(timers, today),
        Figure("reports_overdue", "Reports owed beyond their day", connection.execute(late).scalar_one()),
    ]


def _limits(timers: Iterable[RunningTimer], today: date) -> list[Figure]:
    running: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for timer in timers:
        running[timer.kind] += 1
        overdue[timer.kind] += timer.due_on < today
    return [
        figure
        for kind in sorted(running)
        for figure in (
            Figure("timers_running", "Limits that run, by kind", running[kind], {"kind": kind}),
            Figure("timers_overdue", "Limits that have passed, by kind", overdue[kind], {"kind": kind}),
        )
    ]
