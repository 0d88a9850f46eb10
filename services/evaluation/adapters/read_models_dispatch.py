"""What the pages of dispatch show: reports, meetings, sites and undertakings found by filters."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, or_, select

from services.evaluation.adapters.dispatch import SqlDispatch, no_facts
from services.evaluation.adapters.tables import (
    demonstration_sites,
    meeting_duties,
    progress_reports,
    quarterly_meetings,
    undertakings,
)
from services.evaluation.domain.dispatch.meeting import MeetingDuty, QuarterlyMeeting
from services.evaluation.domain.dispatch.progress import ProgressReport
from services.evaluation.domain.dispatch.site import DemonstrationSite
from services.evaluation.domain.dispatch.undertaking import Undertaking

WHOLE = 2000
"""More rows than a matrix of one year has."""


def dispatch_on(connection: Connection) -> SqlDispatch:
    """Return the repositories for reading only."""
    return SqlDispatch.on(connection, no_facts)


def _given(**wanted: tuple[ColumnElement[str], str]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in wanted.values() if value]


def find_reports(  # noqa: PLR0913  (the filters of one page)
    connection: Connection,
    *,
    unit: str = "",
    scope: str = "",
    month: str = "",
    year: int | None = None,
    state: str = "",
    due_before: date | None = None,
    limit: int = WHOLE,
    offset: int = 0,
) -> tuple[list[ProgressReport], int]:
    """Return the months' reports, the newest month first; *due_before*: owed and late by that day."""
    columns = progress_reports.c
    where = _given(
        unit=(columns.unit, unit),
        scope=(columns.scope, scope),
        month=(columns.month, month),
        state=(columns.state, state),
    )
    if year is not None:
        where.append(columns.month.between(f"{year}01", f"{year}12"))
    if due_before is not None:
        where += [columns.state != "filed", columns.due_on < due_before]
    order = (columns.month.desc(), columns.scope, columns.action, columns.unit)
    return dispatch_on(connection).reports.page(*where, order_by=order, limit=limit, offset=offset)


def duties_of(connection: Connection, year: int, unit: str = "") -> list[MeetingDuty]:
    """Return what the actions owe of meetings in a year, by quarter and action."""
    columns = meeting_duties.c
    where = [columns.quarter.between(f"{year}Q1", f"{year}Q4"), *_given(unit=(columns.unit, unit))]
    order = (columns.quarter, columns.action)
    return dispatch_on(connection).duties.page(*where, order_by=order, limit=WHOLE)[0]


def find_meetings(connection: Connection, *, limit: int, offset: int) -> tuple[list[QuarterlyMeeting], int]:
    """Return the meetings, the newest first."""
    order = (quarterly_meetings.c.held_on.desc(),)
    return dispatch_on(connection).meetings.page(order_by=order, limit=limit, offset=offset)


def find_sites(  # noqa: PLR0913  (the filters of one page)
    connection: Connection,
    *,
    year: int,
    level: str = "",
    action: str = "",
    town: str = "",
    lead: str = "",
    state: str = "",
    limit: int = WHOLE,
    offset: int = 0,
) -> tuple[list[DemonstrationSite], int]:
    """Return the sites of a year; a *town* sees the city's sites that lie in it too."""
    columns = demonstration_sites.c
    where = [columns.year == year]
    where += _given(
        level=(columns.level, level),
        action=(columns.action, action),
        lead=(columns.lead, lead),
        state=(columns.state, state),
    )
    if town:
        where.append(or_(columns.town == town, columns.area_code.startswith(town)))
    order = (columns.level, columns.action, columns.town)
    return dispatch_on(connection).sites.page(*where, order_by=order, limit=limit, offset=offset)


def find_undertakings(
    connection: Connection,
    *,
    kind: str = "",
    unit: str = "",
    state: str = "",
    source_id: str = "",
    due_before: date | None = None,
    limit: int = WHOLE,
    offset: int = 0,
) -> tuple[list[Undertaking], int]:
    """Return undertakings, what is due first on top; a unit sees what it does and what it leads."""
    columns = undertakings.c
    where = _given(
        kind=(columns.kind, kind), state=(columns.state, state), source=(columns.source_id, source_id)
    )
    if unit:
        where.append(or_(columns.unit == unit, columns.lead == unit))
    if due_before is not None:
        where += [columns.state == "open", columns.due_on < due_before]
    order = (columns.state != "open", columns.due_on)
    return dispatch_on(connection).undertakings.page(*where, order_by=order, limit=limit, offset=offset)


def years_of_reports(connection: Connection) -> list[int]:
    """Return the years for which months are owed, the newest first."""
    months = connection.execute(select(progress_reports.c.month).distinct()).scalars()
    return sorted({int(month[:4]) for month in months}, reverse=True)
