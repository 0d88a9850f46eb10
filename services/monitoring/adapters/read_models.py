"""What pages show of households: frozen dataclasses out of SELECTs, never rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from services.monitoring.adapters.household import Households
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import (
    cases,
    changes,
    grids,
    households,
    income_ledgers,
    members,
    resettlement_sites,
    timeline,
    unmaskings,
    visits,
)
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.household import Household
from services.monitoring.domain.member import HEAD
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen
from shared.messaging.bulk import among


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household in a list. *net_per_head_fen* is of the ledger of the latest months, None without one."""

    id: str
    household_no: str
    head_name: str
    area_code: str
    persons: int
    household_type: str
    lifted_out: bool
    net_per_head_fen: Fen | None
    case_id: str | None
    case_state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSearch:
    """Which households: inside *area_code*, and narrowed by what is given.

    *text* is the beginning of a number or, with *by_name*, a part of the head's name: a search
    by name tells names, so only who sees them may have it.
    """

    area_code: str
    text: str = ""
    by_name: bool = True
    household_type: str = ""
    case_state: str = ""
    lifted_out: bool | None = None
    relocated: bool | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that happened to a household."""

    id: str
    version: int
    kind: str
    detail: str
    person_id: str | None
    amount_fen: Fen
    happened_on: date
    resolved_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit."""

    id: str
    kind: str
    made_on: date
    result: str
    risks: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class UnmaskingRow:
    """Somebody has seen a whole number. *by* is a login."""

    at: datetime
    by: str
    reason: str
    household_id: str
    household_no: str
    area_code: str
    person_no: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event that names the household, of whichever department."""

    event_id: str
    type: str
    occurred_on: date
    data: dict[str, Any]


def find_households(
    connection: Connection, search: HouseholdSearch, *, limit: int, offset: int
) -> tuple[list[HouseholdRow], int]:
    """Return one part of the households that match, by village and number, and how many there are."""
    matching = _matching(search)
    total = connection.execute(matching.with_only_columns(func.count(households.c.id))).scalar_one()
    page = matching.order_by(households.c.area_code, households.c.household_no)
    rows = connection.execute(page.limit(limit).offset(offset))
    return [HouseholdRow(**row) for row in rows.mappings()], total


def _matching(search: HouseholdSearch) -> Select[Any]:
    head = members.alias("head")
    is_head = and_(head.c.household_id == households.c.id, head.c.relation == HEAD, head.c.left_on.is_(None))
    query = (
        select(
            households.c.id,
            households.c.household_no,
            func.coalesce(head.c.name, "").label("head_name"),
            households.c.area_code,
            _persons().label("persons"),
            households.c.household_type,
            households.c.lifted_out,
            _last_income().label("net_per_head_fen"),
            cases.c.id.label("case_id"),
            cases.c.state.label("case_state"),
        )
        .select_from(households)
        .outerjoin(head, is_head)
        .outerjoin(cases, cases.c.open_household == households.c.id)
        .where(inside(households.c.area_code, search.area_code))
    )
    if search.text:
        by_number = households.c.household_no.startswith(search.text, autoescape=True)
        by_name = head.c.name.contains(search.text, autoescape=True)
        query = query.where(or_(by_number, by_name) if search.by_name else by_number)
    if search.household_type:
        query = query.where(households.c.household_type == search.household_type)
    for column, wanted in (
        (households.c.lifted_out, search.lifted_out),
        (households.c.relocated, search.relocated),
    ):
        if wanted is not None:
            query = query.where(column.is_(wanted))
    if search.case_state:
        query = query.where(cases.c.state == search.case_state)
    return query


def _persons() -> ColumnElement[int]:
    living = and_(members.c.household_id == households.c.id, members.c.left_on.is_(None))
    return select(func.count()).select_from(members).where(living).scalar_subquery()


def _last_income() -> ColumnElement[Fen]:
    return (
        select(income_ledgers.c.net_per_head_fen)
        .where(income_ledgers.c.household_id == households.c.id)
        .order_by(income_ledgers.c.period_last.desc(), income_ledgers.c.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def area_of_household(connection: Connection, household_id: str) -> str | None:
    """Return the village of a household, or None when there is no such household."""
    return connection.execute(
        select(households.c.area_code).where(households.c.id == household_id)
    ).scalar_one_or_none()


def household_of(connection: Connection, household_id: str) -> Household:
    """Return the household as it stands, for reading only; raises HouseholdNotFoundError."""
    return Households(connection, no_facts).get(household_id)


def head_of(connection: Connection, household_id: str) -> tuple[str, str]:
    """Return a household's number and the name of its head (empty without one)."""
    query = (
        select(households.c.household_no, func.coalesce(members.c.name, ""))
        .select_from(households)
        .outerjoin(
            members,
            and_(
                members.c.household_id == households.c.id,
                members.c.relation == HEAD,
                members.c.left_on.is_(None),
            ),
        )
        .where(households.c.id == household_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise HouseholdNotFoundError
    return row[0], row[1]


def latest_case_of(connection: Connection, household_id: str) -> tuple[str, str] | None:
    """Return the id and state of the case opened last for a household, or None without any."""
    query = (
        select(cases.c.id, cases.c.state)
        .where(cases.c.household_id == household_id)
        .order_by(cases.c.opened_on.desc(), cases.c.open_household.is_(None), cases.c.id)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return (row[0], row[1]) if row is not None else None


def changes_of(connection: Connection, household_id: str) -> list[ChangeRow]:
    """Return what happened to a household, the newest first."""
    columns = changes.c
    query = (
        select(
            columns.id,
            columns.version,
            columns.kind,
            columns.detail,
            columns.person_id,
            columns.amount.label("amount_fen"),
            columns.happened_on,
            columns.resolved_on,
            columns.note,
        )
        .where(columns.household_id == household_id)
        .order_by(columns.happened_on.desc(), columns.id)
    )
    return [ChangeRow(**row) for row in connection.execute(query).mappings()]


def area_of_change(connection: Connection, change_id: str) -> str | None:
    """Return the village a change's household lives in now, or None when there is no such change."""
    query = select(households.c.area_code).join(changes, changes.c.household_id == households.c.id)
    return connection.execute(query.where(changes.c.id == change_id)).scalar_one_or_none()


def kind_of_change(connection: Connection, change_id: str) -> str | None:
    """Return what kind of change it is, or None when there is no such change."""
    return connection.execute(select(changes.c.kind).where(changes.c.id == change_id)).scalar_one_or_none()


def household_of_change(connection: Connection, change_id: str) -> str:
    """Return whose change it is."""
    query = select(changes.c.household_id).where(changes.c.id == change_id)
    return str(connection.execute(query).scalar_one())


def visits_of(connection: Connection, household_id: str, *, limit: int = 20) -> list[VisitRow]:
    """Return the last visits to a household, the newest first."""
    columns = visits.c
    query = (
        select(columns.id, columns.kind, columns.made_on, columns.result, columns.risks, columns.note)
        .where(columns.household_id == household_id)
        .order_by(columns.made_on.desc(), columns.id)
        .limit(limit)
    )
    return [VisitRow(**{**row, "risks": tuple(row["risks"])}) for row in connection.execute(query).mappings()]


def timeline_of(connection: Connection, household_id: str, *, limit: int = 200) -> list[TimelineRow]:
    """Return the last events of every department that name a household, the newest first."""
    columns = timeline.c
    query = (
        select(columns.event_id, columns.type, columns.occurred_on, columns.data)
        .where(columns.household_id == household_id)
        .order_by(columns.occurred_on.desc(), columns.at.desc(), columns.event_id)
        .limit(limit)
    )
    return [TimelineRow(**row) for row in connection.execute(query).mappings()]


def id_of_household(connection: Connection, household_no: str) -> str | None:
    """Return the id of the household with this number, or None."""
    query = select(households.c.id).where(households.c.household_no == household_no)
    return connection.execute(query).scalar_one_or_none()


def place_names(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return what the grids and resettlement sites with these ids are called."""
    found: dict[str, str] = {}
    for table in (grids, resettlement_sites):
        query = select(table.c.id, table.c.name).where(among(connection, table.c.id, list(ids)))
        found.update({row.id: row.name for row in connection.execute(query)})
    return found


def where_person_lives(connection: Connection, identity: str) -> tuple[str, str] | None:
    """Return the household and its village in which the person of this *identity* is present, or None."""
    query = (
        select(households.c.id, households.c.area_code)
        .join(members, members.c.household_id == households.c.id)
        .where(members.c.id_hash == identity, members.c.left_on.is_(None))
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def unmaskings_in(
    connection: Connection, area_code: str, by: str, *, limit: int, offset: int
) -> tuple[list[UnmaskingRow], int]:
    """Return one part of who has seen whole numbers in an area, the last first, and how many there are."""
    columns = unmaskings.c
    query = (
        select(
            columns.at,
            columns.by,
            columns.reason,
            households.c.id.label("household_id"),
            households.c.household_no,
            households.c.area_code,
            func.coalesce(members.c.person_no, "").label("person_no"),
        )
        .join(households, households.c.id == columns.household_id)
        .outerjoin(members, members.c.id == columns.person_id)
        .where(inside(households.c.area_code, area_code))
    )
    if by:
        query = query.where(columns.by == by)
    total = connection.execute(query.with_only_columns(func.count())).scalar_one()
    rows = connection.execute(query.order_by(columns.at.desc(), columns.id).limit(limit).offset(offset))
    return [UnmaskingRow(**row) for row in rows.mappings()], total


def unmasked_since(
    connection: Connection, *, household_id: str, person_id: str, by: str, since: datetime
) -> bool:
    """Say whether *by* has asked, with a reason, to see this person's numbers *since* that moment."""
    columns = unmaskings.c
    query = select(columns.id).where(
        columns.household_id == household_id,
        columns.person_id == person_id,
        columns.by == by,
        columns.at >= since,
    )
    return connection.execute(query.limit(1)).first() is not None


def no_facts(_aggregate: Aggregate) -> None:
    """Reading raises nothing."""
