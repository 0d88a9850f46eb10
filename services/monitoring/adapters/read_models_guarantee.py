"""What pages show of the registers of guarantees: entries with whose they are, and what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, literal, or_, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.people import entitled_household, still_there
from services.monitoring.adapters.tables import (
    allowances,
    cases,
    disease_services,
    entitlements,
    home_visits,
    households,
    medical_covers,
    members,
    student_aids,
)
from services.monitoring.domain.member import HEAD
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register, with whose it is. *values* are the register's own columns."""

    id: str
    household_id: str
    household_no: str
    head_name: str
    person_name: str
    area_code: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (whatever the column holds)
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Uninsured:
    """Somebody of a lifted-out or monitored household without basic medical insurance for a year."""

    person_id: str
    person_no: str
    person_name: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    scheme: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """How many entries of one kind wait, and the first day one of them is due."""

    key: str
    number: int
    first_due_on: date


def find_entries(
    connection: Connection,
    table: Table,
    *,
    area_code: str,
    conditions: Sequence[ColumnElement[bool]] = (),
    order: Sequence[ColumnElement[Any]] = (),
    limit: int,
    offset: int = 0,
) -> tuple[list[Entry], int]:
    """Return one part of a register inside *area_code*, and how many entries there are."""
    wanted = (inside(table.c.area_code, area_code), *conditions)
    total = connection.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    query = _entries(table).where(*wanted).order_by(*order, table.c.id).limit(limit).offset(offset)
    return [_entry(row, table) for row in connection.execute(query).mappings()], total


def entry_of(connection: Connection, table: Table, id_: str) -> Entry | None:
    """Return one entry, or None."""
    row = connection.execute(_entries(table).where(table.c.id == id_)).mappings().one_or_none()
    return None if row is None else _entry(row, table)


def entries_of_household(connection: Connection, table: Table, household_id: str) -> list[Entry]:
    """Return every entry of a household in a register."""
    query = _entries(table).where(table.c.household_id == household_id).order_by(table.c.id)
    return [_entry(row, table) for row in connection.execute(query).mappings()]


def area_of_entry(connection: Connection, table: Table, id_: str) -> str | None:
    """Return the village of an entry, or None when there is none."""
    return connection.execute(select(table.c.area_code).where(table.c.id == id_)).scalar_one_or_none()


def sums_due(
    connection: Connection, table: Table, key: ColumnElement[str], area_code: str, *only: ColumnElement[bool]
) -> list[Due]:
    """Return how many entries wait for each *key*, and from when on."""
    query = (
        select(key.label("key"), func.count().label("number"), func.min(table.c.due_on).label("first_due_on"))
        .where(inside(table.c.area_code, area_code), *only)
        .group_by(key)
        .order_by(key)
    )
    return [Due(**row) for row in connection.execute(query).mappings()]


def visits_in(connection: Connection, month: Month, pupil_ids: Sequence[str] = ()) -> dict[str, int]:
    """Return how often each pupil was taught at home in *month*."""
    columns = home_visits.c
    query = select(columns.pupil_id, func.count().label("made")).where(
        columns.visited_on.between(month.first_day, month.last_day)
    )
    if pupil_ids:
        query = query.where(columns.pupil_id.in_(pupil_ids))
    return {row.pupil_id: row.made for row in connection.execute(query.group_by(columns.pupil_id))}


def home_visits_of(connection: Connection, pupil_id: str) -> list[tuple[date, str, int, str]]:
    """Return day, teacher, lessons and note of every visit, the latest first."""
    columns = home_visits.c
    query = select(columns.visited_on, columns.teacher, columns.lessons, columns.note)
    rows = query.where(columns.pupil_id == pupil_id).order_by(columns.visited_on.desc(), columns.id)
    return [(row.visited_on, row.teacher, row.lessons, row.note) for row in connection.execute(rows)]


def services_of(connection: Connection, disease_id: str) -> list[tuple[date, str, str]]:
    """Return day, doctor and note of every service, the latest first."""
    columns = disease_services.c
    query = select(columns.served_on, columns.doctor, columns.note).where(columns.disease_id == disease_id)
    rows = connection.execute(query.order_by(columns.served_on.desc(), columns.id))
    return [(row.served_on, row.doctor, row.note) for row in rows]


def payments_of(connection: Connection, entitlement_id: str) -> list[tuple[date, str, int]]:
    """Return day, month and amount of every payment, the latest first."""
    columns = allowances.c
    query = select(columns.paid_on, columns.month, columns.amount_fen)
    rows = query.where(columns.entitlement_id == entitlement_id).order_by(columns.month.desc())
    return [(row.paid_on, row.month, row.amount_fen) for row in connection.execute(rows)]


def unpaid_by_kind(connection: Connection, month: Month, area_code: str) -> dict[str, int]:
    """Return how many granted entitlements of each kind have no payment of *month* yet."""
    paid = select(allowances.c.id).where(
        allowances.c.entitlement_id == entitlements.c.id, allowances.c.month == str(month)
    )
    query = (
        select(entitlements.c.kind, func.count().label("number"))
        .where(
            entitlements.c.state == "granted",
            entitlements.c.decided_on <= month.last_day,
            inside(entitlements.c.area_code, area_code),
            ~paid.exists(),
            still_there(entitlements),
        )
        .group_by(entitlements.c.kind)
    )
    return {row.kind: row.number for row in connection.execute(query)}


def aid_totals(connection: Connection, term: str, area_code: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Return number and amount of a term's aid, by kind and state."""
    columns = student_aids.c
    query = (
        select(
            columns.kind,
            columns.state,
            func.count().label("number"),
            func.sum(columns.amount_fen).label("amount"),
        )
        .where(columns.term == term, inside(columns.area_code, area_code))
        .group_by(columns.kind, columns.state)
    )
    return {(row.kind, row.state): (row.number, int(row.amount)) for row in connection.execute(query)}


def gone_but_granted(
    connection: Connection, kinds: Sequence[str], *, area_code: str, limit: int
) -> tuple[list[Entry], int]:
    """Return entitlements of *kinds* whose person has left the household and that were not ended yet."""
    columns = entitlements.c
    return find_entries(
        connection,
        entitlements,
        area_code=area_code,
        conditions=(columns.state == "granted", columns.kind.in_(kinds), ~still_there(entitlements)),
        order=(columns.decided_on,),
        limit=limit,
    )


def find_uninsured(
    connection: Connection, year: int, *, area_code: str, limit: int, offset: int = 0
) -> tuple[list[Uninsured], int]:
    """Return who of lifted-out and monitored households is not insured for *year*.

    What the insurance office's list of the year says counts; for whom it says nothing, the registry's entry.
    """
    head, cover = members.alias("head"), medical_covers
    of_year = and_(cover.c.person_id == members.c.id, cover.c.year == year)
    not_insured = or_(
        cover.c.scheme == "none",
        and_(
            cover.c.scheme.is_(None),
            or_(members.c.resident_insurance.is_(None), ~members.c.resident_insurance),
            or_(members.c.employee_insurance.is_(None), ~members.c.employee_insurance),
        ),
    )
    query = (
        select(
            members.c.id.label("person_id"),
            members.c.person_no,
            members.c.name.label("person_name"),
            households.c.id.label("household_id"),
            households.c.household_no,
            func.coalesce(head.c.name, "").label("head_name"),
            households.c.area_code,
            cover.c.scheme,
        )
        .select_from(members)
        .join(households, households.c.id == members.c.household_id)
        .outerjoin(cover, of_year)
        .outerjoin(head, _is_head(head))
        .where(
            members.c.left_on.is_(None),
            entitled_household(),
            not_insured,
            inside(households.c.area_code, area_code),
        )
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(households.c.area_code, households.c.household_no, members.c.id)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [Uninsured(**row) for row in rows], total


def identified_of(connection: Connection, household_ids: Sequence[str]) -> dict[str, date]:
    """Return when each of the households was last identified as one to be monitored."""
    query = (
        select(cases.c.household_id, func.max(cases.c.identified_on).label("day"))
        .where(cases.c.household_id.in_(household_ids), cases.c.identified_on.is_not(None))
        .group_by(cases.c.household_id)
    )
    return {row.household_id: row.day for row in connection.execute(query)}


def _is_head(head: Any) -> ColumnElement[bool]:  # noqa: ANN401  (an alias of members)
    return and_(head.c.household_id == households.c.id, head.c.relation == HEAD, head.c.left_on.is_(None))


def _entries(table: Table) -> Select[Any]:
    head, person = members.alias("head"), members.alias("person")
    person_id = table.c.person_id if "person_id" in table.c else literal(None)
    return (
        select(
            table,
            households.c.household_no,
            func.coalesce(head.c.name, "").label("head_name"),
            func.coalesce(person.c.name, "").label("person_name"),
        )
        .select_from(table)
        .join(households, households.c.id == table.c.household_id)
        .outerjoin(head, _is_head(head))
        .outerjoin(person, person.c.id == person_id)
    )


_OWN = frozenset({"id", "household_id", "area_code"})


def _entry(row: Mapping[Any, Any], table: Table) -> Entry:
    return Entry(
        id=row["id"],
        household_id=row["household_id"],
        household_no=row["household_no"],
        head_name=row["head_name"],
        person_name=row["person_name"],
        area_code=row["area_code"],
        values={column.name: row[column.name] for column in table.columns if column.name not in _OWN},
    )
