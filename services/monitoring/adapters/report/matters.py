"""Figures of what was opened and is not closed at the end, and of warnings, data errors and differences."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, case, literal, or_, select

from services.monitoring.adapters.report.identification import rows
from services.monitoring.adapters.report.scope import Counted, Scope
from services.monitoring.adapters.tables import (
    comparison_differences,
    data_errors,
    department_warnings,
    disputes,
    dropouts,
    house_alerts,
    housing_shortages,
    relocation_returns,
    water_problems,
    zero_employments,
)

_OPENED_CLOSED: tuple[tuple[str, str, Table, str, str], ...] = (
    ("monthly", "zero_employment_open", zero_employments, "opened_on", "closed_on"),
    ("monthly", "disputes_open", disputes, "opened_on", "closed_on"),
    ("monthly", "water_open", water_problems, "found_on", "closed_on"),
    ("monthly", "housing_open", house_alerts, "raised_on", ""),
    ("monthly", "dropouts_open", dropouts, "found_on", "ended_on"),
    ("quarterly", "returns_open", relocation_returns, "opened_on", "closed_on"),
    ("quarterly", "shortages_open", housing_shortages, "opened_on", "closed_on"),
)
"""Kind of report, figure, table, the day it was opened, the day it was closed (empty: its last step)."""


def opened_not_closed(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Everything opened by the end and closed after it or not at all."""
    for kind, code, table, opened, closed in _OPENED_CLOSED:
        if kind == scope.period.kind:
            open_then = or_(_closed_on(table, closed).is_(None), _closed_on(table, closed) > scope.last)
            query = select(table.c.id, _household(table)).where(
                scope.here(table.c.area_code), table.c[opened] <= scope.last, open_then
            )
            yield from rows(connection, code, query)


def warnings_and_errors(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Warnings and data errors of a month, differences of a quarter."""
    if scope.period.kind == "monthly":
        yield from _warnings(connection, scope)
        yield from _errors(connection, scope)
        return
    row = comparison_differences.c
    query = select(row.id, row.household_id).where(scope.here(row.area_code), scope.during(row.found_on))
    yield from rows(connection, "differences_found", query)
    closed = query.where(row.closed_on.is_not(None), row.closed_on <= scope.last)
    yield from rows(connection, "differences_closed", closed)


def _warnings(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Those raised in the month; of them those checked, and those that led to identification, by its end."""
    row = department_warnings.c
    raised = select(row.id, row.household_id).where(scope.here(row.area_code), scope.during(row.raised_on))
    yield from rows(connection, "warnings_raised", raised)
    yield from rows(connection, "warnings_checked", raised.where(row.checked_on <= scope.last))
    identified = raised.where(row.state == "identified", row.ended_on <= scope.last)
    yield from rows(connection, "warnings_identified", identified)


def _errors(connection: Connection, scope: Scope) -> Iterator[Counted]:
    row = data_errors.c
    here = scope.here(row.area_code)
    found = select(row.id, row.household_id).where(here, scope.during(row.found_on))
    yield from rows(connection, "data_errors_found", found)
    open_then = or_(row.answered_on.is_(None), row.answered_on > scope.last)
    query = select(row.id, row.household_id).where(here, row.found_on <= scope.last, open_then)
    yield from rows(connection, "data_errors_open", query)


def _closed_on(table: Table, name: str) -> ColumnElement[date | None]:
    if name:
        return table.c[name]
    # Made safe, graded A, or followed by a newer alert: what closed it is the last thing that happened to it.
    return case((table.c.open_household.is_(None), table.c.last_step_on))


def _household(table: Table) -> ColumnElement[str]:
    return table.c.household_id if "household_id" in table.c else literal("")
