"""What pages show of reports: lists, the county's sum of the towns, and what a figure counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, case, func, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.report.report import report_from
from services.monitoring.adapters.tables import (
    households,
    members,
    report_figures,
    report_submissions,
    reports,
)
from services.monitoring.domain.member import HEAD
from services.monitoring.domain.report.report import Report, ReportState, Subject
from shared.messaging.bulk import among


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One thing a figure counted, with its household as it is called now."""

    id: str
    household_id: str
    household_no: str
    head_name: str


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    number: int
    submitted_on: date
    note: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """All towns' reports of one period."""

    kind: str
    period: str
    due_on: date
    towns: int
    submitted: int
    locked: int
    late: int


def find_reports(
    connection: Connection, *, area_code: str, kind: str, state: str, limit: int, offset: int
) -> tuple[list[Report], int]:
    """Return one part of the reports of an area's towns: what is not handed in first, then the newest."""
    query = select(reports).where(inside(reports.c.unit, area_code))
    if kind:
        query = query.where(reports.c.kind == kind)
    if state:
        query = query.where(reports.c.state == state)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    first = case((reports.c.state.in_(("due", "returned")), 0), else_=1)
    page = query.order_by(first, reports.c.due_on.desc(), reports.c.unit, reports.c.kind)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [report_from(row) for row in rows], total


def waiting_reports(connection: Connection, area_code: str, states: Sequence[ReportState]) -> list[Report]:
    """Return the reports in one of *states*, the first due first."""
    wanted = reports.c.state.in_([str(one) for one in states])
    query = select(reports).where(inside(reports.c.unit, area_code), wanted)
    rows = connection.execute(query.order_by(reports.c.due_on, reports.c.unit)).mappings()
    return [report_from(row) for row in rows]


def area_of_report(connection: Connection, report_id: str) -> str | None:
    """Return the town that owes a report, or None when there is no such report."""
    return connection.execute(select(reports.c.unit).where(reports.c.id == report_id)).scalar_one_or_none()


def submissions_of(connection: Connection, report_id: str) -> list[SubmissionRow]:
    """Return what was handed in, the last first."""
    columns = report_submissions.c
    query = select(columns.number, columns.submitted_on, columns.note).where(columns.report_id == report_id)
    rows = connection.execute(query.order_by(columns.number.desc())).mappings()
    return [SubmissionRow(**row) for row in rows]


def periods(connection: Connection, *, limit: int, offset: int) -> tuple[list[PeriodRow], int]:
    """Return one part of the periods for which reports are owed, the newest first."""
    row = reports.c
    handed_in = func.sum(case((row.submitted_on.is_not(None), 1), else_=0))
    query = (
        select(
            row.kind,
            row.period,
            row.due_on,
            func.count().label("towns"),
            handed_in.label("submitted"),
            func.sum(case((row.state == "locked", 1), else_=0)).label("locked"),
            func.sum(case((row.submitted_on > row.due_on, 1), else_=0)).label("late"),
        )
        .group_by(row.kind, row.period, row.due_on)
        .order_by(row.due_on.desc(), row.kind)
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    return [
        PeriodRow(**one) for one in connection.execute(query.limit(limit).offset(offset)).mappings()
    ], total


def of_period(connection: Connection, kind: str, period: str) -> list[Report]:
    """Return every town's report of a period, by town."""
    query = select(reports).where(reports.c.kind == kind, reports.c.period == period)
    return [report_from(row) for row in connection.execute(query.order_by(reports.c.unit)).mappings()]


def town_values(connection: Connection, kind: str, period: str) -> dict[str, dict[str, int]]:
    """Return, by town, the figures of what it handed in last; a town that handed nothing in is left out."""
    last = and_(report_figures.c.report_id == reports.c.id, report_figures.c.number == reports.c.submissions)
    query = (
        select(reports.c.unit, report_figures.c.code, report_figures.c.value)
        .join(report_figures, last)
        .where(reports.c.kind == kind, reports.c.period == period)
    )
    found: dict[str, dict[str, int]] = {}
    for unit, code, value in connection.execute(query):
        found.setdefault(unit, {})[code] = value
    return found


def county_subjects(connection: Connection, kind: str, period: str, code: str) -> list[Subject]:
    """Return what a figure counted in what every town handed in last, town by town."""
    query = (
        select(report_figures.c.subjects)
        .join(reports, reports.c.id == report_figures.c.report_id)
        .where(
            report_figures.c.number == reports.c.submissions,
            report_figures.c.code == code,
            reports.c.kind == kind,
            reports.c.period == period,
        )
        .order_by(reports.c.unit)
    )
    return [Subject(id_, home) for found in connection.execute(query).scalars() for id_, home in found]


def named(connection: Connection, subjects: Sequence[Subject]) -> list[SubjectRow]:
    """Return *subjects* with number and head of their households, in their order."""
    ids = sorted({one.household_id for one in subjects if one.household_id})
    is_head = and_(
        members.c.household_id == households.c.id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
    query = (
        select(households.c.id, households.c.household_no, func.coalesce(members.c.name, "").label("name"))
        .select_from(households)
        .outerjoin(members, is_head)
        .where(among(connection, households.c.id, ids))
    )
    known = {row.id: (row.household_no, row.name) for row in connection.execute(query)}
    return [SubjectRow(one.id, one.household_id, *known.get(one.household_id, ("", ""))) for one in subjects]
