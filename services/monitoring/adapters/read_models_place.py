"""What pages show of housing, water, toilets and villages; and which of it waits for somebody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, literal, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.process import Records
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.tables import (
    dropouts,
    house_alerts,
    house_looks,
    households,
    members,
    place_steps,
    site_checks,
    toilet_problems,
    water_checks,
    water_problems,
    water_round_towns,
    water_tests,
)
from services.monitoring.domain.education.dropout import UNDER_WAY
from services.monitoring.domain.housing.alert import AlertState
from services.monitoring.domain.member import HEAD
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFoundError

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One process in a list. *detail* is what its kind is told apart by: a grade, a cause, a criterion."""

    id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    state: str
    detail: str
    due_on: date | None
    limit_confirmed: bool
    last_step_on: date


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step that was taken."""

    step: str
    state: str
    occurred_on: date
    note: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How far a round is in one area; *unsafe* counts households whose check found a criterion not met."""

    area_code: str
    households: int
    checked: int
    unsafe: int
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A household with its head, to be chosen from."""

    id: str
    household_no: str
    head_name: str


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look at a house."""

    made_on: date
    danger: bool
    note: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of a household's water."""

    household_id: str
    checked_on: date
    supply: str
    quantity: str
    quality: str
    convenience: str
    assurance: str
    safe: bool
    measured: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TestRow:
    """The test of a works that says how it stands."""

    tested_on: date
    state: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class SiteCheckRow:
    """One check of a sewage facility or a public toilet."""

    checked_on: date
    fine: bool
    note: str


def find_processes(
    connection: Connection,
    table: Table,
    detail: str,
    *,
    area_code: str,
    states: Collection[str] = (),
    limit: int = 1000,
    offset: int = 0,
) -> tuple[list[PlaceRow], int]:
    """Return one part of a table's processes in an area, in one of *states* (none: all), first due first."""
    query = _processes(table, detail).where(inside(table.c.area_code, area_code))
    if states:
        query = query.where(table.c.state.in_(states))
    total = connection.execute(query.with_only_columns(func.count(table.c.id))).scalar_one()
    ordered = query.order_by(table.c.due_on.is_(None), table.c.due_on, table.c.id)
    rows = connection.execute(ordered.limit(limit).offset(offset)).mappings()
    return [PlaceRow(**row) for row in rows], total


def processes_of(connection: Connection, table: Table, detail: str, household_id: str) -> list[PlaceRow]:
    """Return a household's processes of one table, the newest first."""
    query = _processes(table, detail).where(table.c.household_id == household_id)
    rows = connection.execute(query.order_by(table.c.last_step_on.desc(), table.c.id)).mappings()
    return [PlaceRow(**row) for row in rows]


def changes_under_way(connection: Connection, household_id: str) -> set[tuple[str, str]]:
    """Return which changes of a household a register has under way: their kind and what tells them apart.

    That is the criterion of water, and the change of a dropout: each child has a case of its own.
    The register's end resolves the change; a house that is only watched does not hold its change open.
    """
    alerts = house_alerts.c
    watched = select(alerts.id).where(
        alerts.open_household == household_id, alerts.state != AlertState.WATCHED.value
    )
    found: set[tuple[str, str]] = {("house_damage", "")} if connection.execute(watched).first() else set()
    problems = water_problems.c
    query = select(problems.criterion).where(
        problems.household_id == household_id, problems.open_key.is_not(None)
    )
    found |= {("water", criterion) for (criterion,) in connection.execute(query)}
    cases = select(dropouts.c.change_id).where(
        dropouts.c.household_id == household_id, dropouts.c.state.in_(UNDER_WAY)
    )
    return found | {("dropout", change_id) for (change_id,) in connection.execute(cases)}


def count_by_state(connection: Connection, table: Table, area_code: str) -> dict[str, int]:
    """Return how many of a table's processes inside *area_code* stand at each state."""
    query = select(table.c.state, func.count()).where(inside(table.c.area_code, area_code))
    return {row[0]: row[1] for row in connection.execute(query.group_by(table.c.state))}


def steps_of(connection: Connection, process_id: str) -> list[StepRow]:
    """Return the steps a process has taken, the newest first."""
    columns = place_steps.c
    query = select(columns.step, columns.state, columns.occurred_on, columns.note)
    rows = connection.execute(
        query.where(columns.process_id == process_id).order_by(columns.sequence.desc())
    ).mappings()
    return [StepRow(**row) for row in rows]


def record_of(
    connection: Connection, table: Table, kind: type[A], missing: type[NotFoundError], id_: str
) -> A:
    """Return one record of a table, for reading only; raises *missing*."""
    return Records(connection, no_facts, table, kind, missing).get(id_)


def area_of(connection: Connection, table: Table, id_: str) -> str | None:
    """Return the village of a row, or None when there is none of this id."""
    return connection.execute(select(table.c.area_code).where(table.c.id == id_)).scalar_one_or_none()


def records_in(
    connection: Connection,
    table: Table,
    kind: type[A],
    *,
    area_code: str,
    order: str,
    where: ColumnElement[bool] | None = None,
    limit: int,
    offset: int,
) -> tuple[list[A], int]:
    """Return one part of a table's records inside *area_code*, in the order of a column, and how many."""
    query = select(table).where(inside(table.c.area_code, area_code))
    if where is not None:
        query = query.where(where)
    total = connection.execute(query.with_only_columns(func.count(table.c.id))).scalar_one()
    records = Records(connection, no_facts, table, kind)
    rows = connection.execute(query.order_by(table.c[order], table.c.id).limit(limit).offset(offset))
    return [records.of(row) for row in rows.mappings()], total


def looks_of(connection: Connection, household_id: str) -> list[LookRow]:
    """Return the looks at a household's house, the newest first."""
    columns = house_looks.c
    query = select(columns.made_on, columns.danger, columns.note).where(columns.household_id == household_id)
    rows = connection.execute(query.order_by(columns.made_on.desc(), columns.id)).mappings()
    return [LookRow(**row) for row in rows]


def checks_of(connection: Connection, household_id: str) -> list[CheckRow]:
    """Return the checks of a household's water, the newest first."""
    columns = water_checks.c
    query = _checks().where(columns.household_id == household_id)
    rows = connection.execute(query.order_by(columns.checked_on.desc(), columns.id)).mappings()
    return [CheckRow(**row) for row in rows]


def checks_in(connection: Connection, round_id: str, area_code: str) -> list[CheckRow]:
    """Return a round's checks inside an area, the newest first."""
    columns = water_checks.c
    query = _checks().where(columns.round_id == round_id, inside(columns.area_code, area_code))
    rows = connection.execute(query.order_by(columns.checked_on.desc(), columns.id)).mappings()
    return [CheckRow(**row) for row in rows]


def site_checks_of(connection: Connection, site_id: str) -> list[SiteCheckRow]:
    """Return the checks of a site, the newest first."""
    columns = site_checks.c
    query = select(columns.checked_on, columns.fine, columns.note).where(columns.site_id == site_id)
    rows = connection.execute(query.order_by(columns.checked_on.desc(), columns.id)).mappings()
    return [SiteCheckRow(**row) for row in rows]


def last_check_days(connection: Connection, site_ids: Collection[str]) -> dict[str, tuple[date, bool]]:
    """Return of each site the day of its last check and whether all was fine then."""
    columns = site_checks.c
    query = select(columns.site_id, columns.checked_on, columns.fine).where(columns.site_id.in_(site_ids))
    rows = connection.execute(query.order_by(columns.checked_on, columns.id))
    return {row.site_id: (row.checked_on, row.fine) for row in rows}


def last_tests(connection: Connection, works_ids: Collection[str]) -> dict[str, TestRow]:
    """Return of each works its test that is still to be fixed or repeated, or else the last one."""
    columns = water_tests.c
    query = select(columns.works_id, columns.tested_on, columns.state, columns.due_on)
    ordered = query.where(columns.works_id.in_(works_ids)).order_by(
        columns.state.in_(("failed", "fixed")), columns.tested_on, columns.id
    )
    return {
        row.works_id: TestRow(row.tested_on, row.state, row.due_on) for row in connection.execute(ordered)
    }


def coverage_by(connection: Connection, round_id: str, area_code: str, digits: int) -> list[CoverageRow]:
    """Return how far a round is by areas of so many *digits* (9 towns, 12 villages) inside *area_code*."""
    place = func.substr(households.c.area_code, 1, digits)
    there = (
        select(place.label("area"), func.count().label("households"))
        .where(inside(households.c.area_code, area_code))
        .group_by(place)
        .order_by(place)
    )
    reached = (
        select(
            place.label("area"),
            func.count(func.distinct(water_checks.c.household_id)).label("checked"),
            func.count(func.distinct(water_checks.c.household_id))
            .filter(water_checks.c.safe.is_(False))
            .label("unsafe"),
        )
        .join(households, households.c.id == water_checks.c.household_id)
        .where(water_checks.c.round_id == round_id, inside(households.c.area_code, area_code))
        .group_by(place)
    )
    found = {row.area: (row.checked, row.unsafe) for row in connection.execute(reached)}
    closed = closed_towns(connection, round_id)
    return [
        CoverageRow(row.area, row.households, *found.get(row.area, (0, 0)), closed.get(row.area[:9]))
        for row in connection.execute(there)
    ]


def closed_towns(connection: Connection, round_id: str) -> dict[str, date]:
    """Return the day on which each town has closed a round."""
    columns = water_round_towns.c
    query = select(columns.town, columns.closed_on).where(columns.round_id == round_id)
    return {row.town: row.closed_on for row in connection.execute(query)}


def unchecked(connection: Connection, round_id: str, area_code: str) -> list[HomeRow]:
    """Return the households of a village that a round has not reached, by number."""
    reached = (
        select(water_checks.c.id)
        .where(water_checks.c.round_id == round_id, water_checks.c.household_id == households.c.id)
        .exists()
    )
    query = _homes().where(inside(households.c.area_code, area_code), ~reached)
    return [
        HomeRow(**row) for row in connection.execute(query.order_by(households.c.household_no)).mappings()
    ]


def homes_named(connection: Connection, household_ids: Collection[str]) -> dict[str, HomeRow]:
    """Return these households with their heads, by id."""
    rows = connection.execute(_homes().where(households.c.id.in_(household_ids))).mappings()
    return {row["id"]: HomeRow(**row) for row in rows}


def rectified_by_town(connection: Connection, area_code: str, since: date, until: date) -> dict[str, int]:
    """Return how many problem toilets each town has had closed in these days."""
    columns = toilet_problems.c
    town = func.substr(columns.area_code, 1, 9)
    query = select(town, func.count()).where(
        inside(columns.area_code, area_code), columns.closed_on.between(since, until)
    )
    return {row[0]: row[1] for row in connection.execute(query.group_by(town))}


def _homes() -> Select[Any]:
    query = select(
        households.c.id, households.c.household_no, func.coalesce(members.c.name, "").label("head_name")
    )
    return query.select_from(households).outerjoin(members, _is_head(households.c.id))


def _checks() -> Select[Any]:
    columns = water_checks.c
    return select(
        columns.household_id,
        columns.checked_on,
        columns.supply,
        columns.quantity,
        columns.quality,
        columns.convenience,
        columns.assurance,
        columns.safe,
        columns.measured,
    )


def _processes(table: Table, detail: str) -> Select[Any]:
    columns = table.c
    own = [
        columns.id,
        columns.area_code,
        columns.state,
        columns[detail].label("detail"),
        columns.due_on,
        columns.limit_confirmed,
        columns.last_step_on,
    ]
    if "household_id" not in columns:
        nothing = [literal("").label(name) for name in ("household_id", "household_no", "head_name")]
        return select(*own, *nothing)
    query = select(
        *own,
        columns.household_id,
        households.c.household_no,
        func.coalesce(members.c.name, "").label("head_name"),
    )
    joined = query.join(households, households.c.id == columns.household_id)
    return joined.outerjoin(members, _is_head(columns.household_id))


def _is_head(household_id: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(
        members.c.household_id == household_id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
