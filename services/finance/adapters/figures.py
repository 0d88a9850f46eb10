"""What finance counts for the metrics: loans by state, those unpaid after maturity, measures."""

from datetime import date

from sqlalchemy import Connection, func, select

from services.finance.adapters.tables import loan, measure
from services.finance.domain.loan import LIVE, LoanState
from shared.observability.asked import Figure


def count_figures(connection: Connection, today: date) -> list[Figure]:
    """Return the figures of *today*."""
    by_state = select(loan.c.state, func.count()).group_by(loan.c.state)
    states = {state: found for state, found in connection.execute(by_state)}  # noqa: C416  (rows, not pairs)
    live = sorted(str(state) for state in LIVE)
    late = select(func.count()).select_from(loan).where(loan.c.state.in_(live), loan.c.due_on < today)
    answers = select(measure.c.answer, func.count()).group_by(measure.c.answer)
    return [
        *(
            Figure("loans", "Loans by state", states.get(str(state), 0), {"state": state})
            for state in LoanState
        ),
        Figure("loans_overdue", "Loans unpaid after maturity", connection.execute(late).scalar_one()),
        *(
            Figure("measures", "Measures asked for, by answer", found, {"answer": answer})
            for answer, found in connection.execute(answers)
        ),
    ]
