"""What pages show of departments' lists, warnings, differences, pushes and requests about cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, select, true

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import (
    case_comparisons,
    comparison_differences,
    department_list_rows,
    department_lists,
    department_warnings,
    households,
    members,
    pushes,
)
from services.monitoring.domain.comparison.difference import Side
from services.monitoring.domain.member import HEAD


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list that was delivered."""

    id: str
    department: str
    kind: str
    month: str
    received_on: date
    complete: bool
    rows: int
    matched: int
    by_name: int
    unmatched: int
    warnings: int
    differences: int
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of a list; *head_name* is the person's name, from the register where it is known."""

    line: int
    matched: str
    reason: str
    household_id: str | None
    household_no: str
    head_name: str
    masked_number: str
    area_code: str
    said: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WarningShown:
    """One warning with whose it is; *head_name* is the person's name."""

    id: str
    rule: str
    department: str
    month: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    risk: str
    raised_on: date
    threshold_confirmed: bool
    clue_id: str | None
    case_id: str | None
    state: str
    checked_on: date | None
    ended_on: date | None
    list_id: str


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One difference with whose it is; *head_name* is the person's name."""

    id: str
    version: int
    department: str
    about: str
    household_id: str
    household_no: str
    person_id: str
    head_name: str
    area_code: str
    listed: str
    registered: str
    found_on: date
    due_on: date
    limit_confirmed: bool
    side: str
    how: str
    closed_on: date | None
    note: str
    list_id: str
    push_id: str | None


@dataclass(frozen=True, slots=True)
class PushShown:
    """One push; *answered_on* is None while it waits."""

    id: str
    version: int
    department: str
    kind: str
    rows: int
    sent_on: date
    due_on: date
    limit_confirmed: bool
    answered_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class CaseComparisonShown:
    """What a department was asked about one household."""

    id: str
    version: int
    case_id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    department: str
    round: int
    checks: list[str]
    persons: int
    asked_on: date
    due_on: date
    limit_confirmed: bool
    state: str
    closed_on: date | None
    answers: Mapping[str, Mapping[str, str]] = field(repr=False)


def find_lists(
    connection: Connection, *, department: str, month: str, limit: int, offset: int
) -> tuple[list[ListShown], int]:
    """Return one part of the lists of a department (empty: all) about a month (empty: all), newest first."""
    columns = department_lists.c
    query = select(*(columns[name] for name in ListShown.__slots__)).where(
        _is(columns.department, department), _is(columns.month, month)
    )
    order = (columns.received_on.desc(), columns.kind, columns.id)
    return _part(connection, query, order, ListShown, limit, offset)


def list_shown(connection: Connection, list_id: str) -> ListShown | None:
    columns = department_lists.c
    query = select(*(columns[name] for name in ListShown.__slots__)).where(columns.id == list_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else ListShown(**row)


def delivered(connection: Connection, month: str) -> dict[str, ListShown]:
    """Return the newest list about *month* of each kind."""
    found, _ = find_lists(connection, department="", month=month, limit=1000, offset=0)
    return {one.kind: one for one in reversed(found)}


def find_rows(
    connection: Connection, list_id: str, *, matched: str, limit: int, offset: int
) -> tuple[list[RowShown], int]:
    """Return one part of the rows of a list, in its own order; *matched* is a code of ``row_match``."""
    rows = department_list_rows.c
    query = (
        select(
            rows.line,
            rows.matched,
            rows.reason,
            rows.household_id,
            func.coalesce(households.c.household_no, "").label("household_no"),
            func.coalesce(members.c.name, rows.name).label("head_name"),
            rows.masked_number,
            rows.area_code,
            rows.said,
        )
        .outerjoin(households, households.c.id == rows.household_id)
        .outerjoin(members, members.c.id == rows.person_id)
        .where(rows.list_id == list_id, _is(rows.matched, matched))
    )
    return _part(connection, query, (rows.line,), RowShown, limit, offset)


def find_warnings(  # noqa: PLR0913  (what the list may be narrowed by)
    connection: Connection,
    *,
    area_code: str,
    department: str,
    rule: str = "",
    state: str = "",
    push_id: str = "",
    household_id: str = "",
    days: tuple[date, date] | None = None,
    limit: int,
    offset: int,
) -> tuple[list[WarningShown], int]:
    """Return one part of the warnings inside *area_code*, what waits and the newest first."""
    columns = department_warnings.c
    query = _of_person(department_warnings, WarningShown).where(
        inside(columns.area_code, area_code),
        _is(columns.department, department),
        _is(columns.rule, rule),
        _is(columns.state, state),
        _is(columns.push_id, push_id),
        _is(columns.household_id, household_id),
        columns.raised_on.between(*days) if days else true(),
    )
    order = ((columns.ended_on.is_(None)).desc(), columns.raised_on.desc(), columns.id)
    return _part(connection, query, order, WarningShown, limit, offset)


def warning_shown(connection: Connection, warning_id: str) -> WarningShown | None:
    query = _of_person(department_warnings, WarningShown).where(department_warnings.c.id == warning_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else WarningShown(**row)


def find_differences(  # noqa: PLR0913  (what the list may be narrowed by)
    connection: Connection,
    *,
    area_code: str,
    department: str,
    side: str = "",
    about: str = "",
    push_id: str = "",
    household_id: str = "",
    limit: int,
    offset: int,
) -> tuple[list[DifferenceShown], int]:
    """Return one part of the differences inside *area_code*, what is due first on top; ``open`` is a side."""
    columns = comparison_differences.c
    where = columns.open_person.is_not(None) if side == "open" else _is(columns.side, side)
    query = _of_person(comparison_differences, DifferenceShown).where(
        inside(columns.area_code, area_code),
        _is(columns.department, department),
        _is(columns.about, about),
        _is(columns.push_id, push_id),
        _is(columns.household_id, household_id),
        where,
    )
    order = (columns.open_person.is_(None), columns.due_on, columns.id)
    return _part(connection, query, order, DifferenceShown, limit, offset)


def difference_shown(connection: Connection, difference_id: str) -> DifferenceShown | None:
    columns = comparison_differences.c
    query = _of_person(comparison_differences, DifferenceShown).where(columns.id == difference_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else DifferenceShown(**row)


def differences_by_unit(connection: Connection) -> list[tuple[str, str, int]]:
    """Return department, side and how many, for the county's overview."""
    columns = comparison_differences.c
    query = select(columns.department, columns.side, func.count()).group_by(columns.department, columns.side)
    return [tuple(row) for row in connection.execute(query.order_by(columns.department, columns.side))]


def to_push(connection: Connection) -> dict[str, int]:
    """Return per department how much was not pushed to it yet."""
    warnings, differing = department_warnings.c, comparison_differences.c
    ended = and_(warnings.ended_on.is_not(None), warnings.push_id.is_(None))
    waiting = and_(differing.side == str(Side.DEPARTMENT), differing.push_id.is_(None))
    found: dict[str, int] = {}
    for column, where in ((warnings.department, ended), (differing.department, waiting)):
        for department, count in connection.execute(
            select(column, func.count()).where(where).group_by(column)
        ):
            found[department] = found.get(department, 0) + count
    return found


def find_pushes(
    connection: Connection, *, department: str, only_waiting: bool, limit: int, offset: int
) -> tuple[list[PushShown], int]:
    """Return one part of the pushes to a department (empty: all), what waits on top."""
    columns = pushes.c
    query = select(*(columns[name] for name in PushShown.__slots__)).where(
        _is(columns.department, department), columns.answered_on.is_(None) if only_waiting else true()
    )
    order = ((columns.answered_on.is_(None)).desc(), columns.due_on.desc(), columns.id)
    return _part(connection, query, order, PushShown, limit, offset)


def push_shown(connection: Connection, push_id: str) -> PushShown | None:
    columns = pushes.c
    query = select(*(columns[name] for name in PushShown.__slots__)).where(columns.id == push_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else PushShown(**row)


def find_case_comparisons(
    connection: Connection,
    *,
    department: str = "",
    case_id: str = "",
    comparison_id: str = "",
    state: str = "",
    area_code: str = "",
    limit: int = 1000,
    offset: int = 0,
) -> tuple[list[CaseComparisonShown], int]:
    """Return one part of what departments were asked about cases, what is due first on top."""
    columns = case_comparisons.c
    query = _of_head(case_comparisons, CaseComparisonShown).where(
        _is(columns.department, department),
        _is(columns.case_id, case_id),
        _is(columns.id, comparison_id),
        inside(columns.area_code, area_code),
        _is(columns.state, state),
    )
    order = (columns.closed_on.is_not(None), columns.due_on, columns.department, columns.id)
    return _part(connection, query, order, CaseComparisonShown, limit, offset)


def _of_person(table: Table, shown: type[Any]) -> Select[Any]:
    return _named(table, shown, members.c.id == table.c.person_id)


def _of_head(table: Table, shown: type[Any]) -> Select[Any]:
    is_head = and_(
        members.c.household_id == table.c.household_id,
        members.c.relation == HEAD,
        members.c.left_on.is_(None),
    )
    return _named(table, shown, is_head)


def _named(table: Table, shown: type[Any], whose: ColumnElement[bool]) -> Select[Any]:
    own = [table.c[name] for name in shown.__slots__ if name in table.c]
    return (
        select(*own, households.c.household_no, func.coalesce(members.c.name, "").label("head_name"))
        .select_from(table)
        .join(households, households.c.id == table.c.household_id)
        .outerjoin(members, whose)
    )


def _is(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    return column == value if value else true()


def _part(
    connection: Connection,
    query: Select[Any],
    order: Sequence[ColumnElement[Any]],
    shown: type[Any],
    limit: int,
    offset: int,
) -> tuple[list[Any], int]:
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.order_by(*order).limit(limit).offset(offset)).mappings()
    return [shown(**row) for row in rows], total
