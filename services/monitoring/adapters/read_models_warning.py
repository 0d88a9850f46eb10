"""The warnings and identifications of a period, for the statistics of rules."""

from datetime import date

from sqlalchemy import Connection, select

from services.monitoring.adapters.tables import cases, department_warnings
from services.monitoring.domain.comparison.statistics import FollowedWarning, FoundHousehold
from services.monitoring.domain.comparison.warning import WarningState


def followed_warnings(connection: Connection, first: date, last: date) -> list[FollowedWarning]:
    """Return the warnings raised from *first* to *last*, with what became of them."""
    columns = department_warnings.c
    query = select(
        columns.rule, columns.household_id, columns.risk, columns.raised_on, columns.state, columns.ended_on
    ).where(columns.raised_on.between(first, last))
    return [
        FollowedWarning(
            row.rule, row.household_id, row.risk, row.raised_on, WarningState(row.state), row.ended_on
        )
        for row in connection.execute(query.order_by(columns.raised_on, columns.id))
    ]


def found_households(connection: Connection, first: date, last: date) -> list[FoundHousehold]:
    """Return the households identified from *first* to *last*."""
    columns = cases.c
    query = select(columns.household_id, columns.risks, columns.identified_on).where(
        columns.identified_on.between(first, last)
    )
    rows = connection.execute(query.order_by(columns.identified_on, columns.id))
    return [FoundHousehold(row.household_id, frozenset(row.risks), row.identified_on) for row in rows]
