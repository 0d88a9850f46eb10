"""What pages show of data quality: errors and who answers for them, statistics, records at the gates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select, true

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import (
    cleaning_rounds,
    data_error_steps,
    data_errors,
    households,
    members,
    quality_runs,
    record_cycle_steps,
    record_cycles,
    village_records,
)
from services.monitoring.domain.member import HEAD
from services.monitoring.domain.quality.cleaning_round import CleaningRound
from services.monitoring.domain.quality.data_error import ErrorState
from services.monitoring.domain.quality.record_cycle import Gate

_TOWN_DIGITS = 9
_EQUAL = ("rule", "origin", "responsible", "household_id", "unit")


@dataclass(frozen=True, slots=True)
class ErrorSearch:
    """Which errors are asked for; what is empty asks nothing. *unit* narrows to a department's own."""

    area_code: str
    rule: str = ""
    state: str = "open"
    severity: int = 0
    origin: str = ""
    responsible: str = ""
    household_id: str = ""
    unit: str = ""
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One error in a list, with whose household it is. *household_no* is empty for a village's own."""

    id: str
    version: int
    origin: str
    rule: str
    severity: int
    household_id: str
    household_no: str
    head_name: str
    person_id: str
    person_name: str
    area_code: str
    unit: str
    responsible: str
    found_on: date
    due_on: date
    limit_confirmed: bool
    state: str
    answered_on: date | None
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ErrorStepRow:
    """One step of an error's history."""

    state: str
    occurred_on: date
    by: str
    note: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many errors of one *key* (a rule, a town, a village, an account) are in which state."""

    key: str
    open: int
    overdue: int
    explained: int
    fixed: int

    @property
    def total(self) -> int:
        return self.open + self.explained + self.fixed


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A changed record at a gate, with whose it is and how many errors of it are open."""

    id: str
    version: int
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    state: str
    changes: int
    entered_by: str
    last_on: date
    sampled: bool | None
    reason: str
    open_errors: int
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GateStepRow:
    """One step of a record's way through the gates."""

    gate: str
    returned: bool
    occurred_on: date
    by: str
    reason: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RunTotals:
    """What the latest run of each town found, added up. Empty dicts when none has run."""

    ran_on: date | None
    records: int
    open_errors: int
    asked: Mapping[str, int]
    broken: Mapping[str, int]


def find_errors(
    connection: Connection, search: ErrorSearch, *, limit: int, offset: int
) -> tuple[list[ErrorRow], int]:
    """Return one part of the errors, what is due first on top, and how many there are."""
    where = _where(search)
    total = connection.execute(select(func.count()).select_from(data_errors).where(where)).scalar_one()
    query = _errors().where(where).order_by(data_errors.c.due_on, data_errors.c.severity, data_errors.c.id)
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [ErrorRow(**row) for row in rows], total


def error_row(connection: Connection, error_id: str) -> ErrorRow | None:
    """Return one error."""
    row = connection.execute(_errors().where(data_errors.c.id == error_id)).mappings().first()
    return ErrorRow(**row) if row else None


def error_steps(connection: Connection, error_id: str) -> list[ErrorStepRow]:
    """Return an error's history, the oldest first."""
    columns = data_error_steps.c
    query = select(columns.state, columns.occurred_on, columns.by, columns.note, columns.at)
    query = query.where(columns.error_id == error_id).order_by(columns.at, columns.id)
    return [ErrorStepRow(**row) for row in connection.execute(query).mappings()]


def area_of_error(connection: Connection, error_id: str) -> str | None:
    """Return the village of an error, or None when there is no such error."""
    query = select(data_errors.c.area_code).where(data_errors.c.id == error_id)
    return connection.execute(query).scalar_one_or_none()


def area_of_cycle(connection: Connection, cycle_id: str) -> str | None:
    """Return the village of a record at the gates, or None when there is no such."""
    query = select(record_cycles.c.area_code).where(record_cycles.c.id == cycle_id)
    return connection.execute(query).scalar_one_or_none()


def tally(connection: Connection, by: str, *, area_code: str, today: date, unit: str = "") -> list[Tally]:
    """Count errors inside an area by ``rule``, ``town``, ``village`` or ``responsible``, most open first."""
    columns = data_errors.c
    keys: dict[str, ColumnElement[str]] = {
        "rule": columns.rule,
        "town": func.substr(columns.area_code, 1, _TOWN_DIGITS),
        "village": columns.area_code,
        "responsible": columns.responsible,
    }
    key = keys[by].label("key")
    is_open = columns.state == str(ErrorState.OPEN)
    explained = columns.state.in_([str(ErrorState.EXPLAINED), str(ErrorState.REJECTED)])
    fixed = columns.state.in_([str(ErrorState.CORRECTED), str(ErrorState.GONE)])
    query = select(
        key,
        _sum(is_open).label("open"),
        _sum(and_(is_open, columns.due_on < today)).label("overdue"),
        _sum(explained).label("explained"),
        _sum(fixed).label("fixed"),
    ).where(inside(columns.area_code, area_code), columns.unit == unit if unit else true())
    rows = connection.execute(query.group_by(key)).mappings()
    return sorted((Tally(**row) for row in rows), key=lambda one: (-one.open, one.key))


def latest_runs(connection: Connection, area_code: str) -> RunTotals:
    """Return what the latest run over each town inside an area found."""
    columns = quality_runs.c
    last = select(columns.area_code, func.max(columns.at).label("at")).group_by(columns.area_code).subquery()
    query = select(quality_runs).join(
        last, and_(last.c.area_code == columns.area_code, last.c.at == columns.at)
    )
    town = area_code[:_TOWN_DIGITS]
    rows = connection.execute(query.where(inside(columns.area_code, town))).mappings().all()
    return RunTotals(
        ran_on=max((row["ran_on"] for row in rows), default=None),
        records=sum(row["records"] for row in rows),
        open_errors=sum(row["open_errors"] for row in rows),
        asked=_added([row["asked"] for row in rows]),
        broken=_added([row["broken"] for row in rows]),
    )


def find_cycles(
    connection: Connection,
    *,
    area_code: str,
    state: str,
    sampled: bool | None = None,
    entered_by: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[CycleRow], int]:
    """Return records standing at *state* inside an area, the longest waiting first, and how many."""
    columns = record_cycles.c
    where = and_(
        columns.state == state,
        inside(columns.area_code, area_code),
        true() if sampled is None else columns.sampled.is_(sampled),
        columns.entered_by == entered_by if entered_by else true(),
    )
    total = connection.execute(select(func.count()).select_from(record_cycles).where(where)).scalar_one()
    query = _cycles().where(where).order_by(columns.last_on, columns.id)
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [CycleRow(**row) for row in rows], total


def cycles_of(connection: Connection, household_id: str) -> list[CycleRow]:
    """Return a household's cycles, the newest first."""
    query = _cycles().where(record_cycles.c.household_id == household_id)
    rows = connection.execute(query.order_by(record_cycles.c.opened_on.desc(), record_cycles.c.id)).mappings()
    return [CycleRow(**row) for row in rows]


def cycle_row(connection: Connection, cycle_id: str) -> CycleRow | None:
    """Return one record at the gates."""
    row = connection.execute(_cycles().where(record_cycles.c.id == cycle_id)).mappings().first()
    return CycleRow(**row) if row else None


def cycle_steps(connection: Connection, cycle_id: str) -> list[GateStepRow]:
    """Return every step a record took, the first first."""
    columns = record_cycle_steps.c
    query = select(
        columns.gate, columns.returned, columns.occurred_on, columns.by, columns.reason, columns.note
    )
    query = query.where(columns.cycle_id == cycle_id).order_by(columns.sequence)
    return [GateStepRow(**row) for row in connection.execute(query).mappings()]


def waiting_at_gates(connection: Connection, area_code: str) -> dict[str, int]:
    """Return how many records stand at each gate inside an area."""
    columns = record_cycles.c
    query = select(columns.state, func.count()).where(
        inside(columns.area_code, area_code), columns.state != str(Gate.ALERT_CHECKED)
    )
    return {row[0]: row[1] for row in connection.execute(query.group_by(columns.state))}


def rounds(connection: Connection) -> list[CleaningRound]:
    """Return the county's cleaning rounds, the newest first."""
    query = select(cleaning_rounds).order_by(cleaning_rounds.c.month.desc())
    return [CleaningRound(**row) for row in connection.execute(query).mappings()]


def village_states(connection: Connection, area_code: str) -> dict[str, date]:
    """Return the day each village's own record was entered, for those that have one."""
    columns = village_records.c
    query = select(columns.area_code, columns.recorded_on).where(inside(columns.area_code, area_code))
    return {row[0]: row[1] for row in connection.execute(query)}


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _added(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    added: dict[str, int] = {}
    for one in counts:
        for key, count in one.items():
            added[key] = added.get(key, 0) + count
    return added


def _where(search: ErrorSearch) -> ColumnElement[bool]:
    columns = data_errors.c
    given = {name: getattr(search, name) for name in _EQUAL}
    asked = [columns[name] == value for name, value in given.items() if value]
    asked.append(inside(columns.area_code, search.area_code))
    if search.state:
        asked.append(columns.state == search.state)
    if search.severity:
        asked.append(columns.severity == search.severity)
    if search.overdue_on:
        asked.append(columns.due_on < search.overdue_on)
    return and_(*asked)


def _head(household_id: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(
        members.c.household_id == household_id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )


def _errors() -> Select[Any]:
    columns = data_errors.c
    person = members.alias("person")
    names = (
        *("id", "version", "origin", "rule", "severity", "household_id", "person_id", "area_code"),
        *("unit", "responsible", "found_on", "due_on", "limit_confirmed", "state", "answered_on", "note"),
    )
    return (
        select(
            *(columns[name] for name in names),
            func.coalesce(households.c.household_no, "").label("household_no"),
            func.coalesce(members.c.name, "").label("head_name"),
            func.coalesce(person.c.name, "").label("person_name"),
        )
        .outerjoin(households, households.c.id == columns.household_id)
        .outerjoin(members, _head(columns.household_id))
        .outerjoin(person, person.c.id == columns.person_id)
    )


def _cycles() -> Select[Any]:
    columns = record_cycles.c
    names = (
        *("id", "version", "household_id", "area_code", "state", "changes", "entered_by", "last_on"),
        *("sampled", "reason", "note"),
    )
    open_errors = (
        select(func.count())
        .where(
            data_errors.c.household_id == columns.household_id, data_errors.c.state == str(ErrorState.OPEN)
        )
        .correlate(record_cycles)
        .scalar_subquery()
        .label("open_errors")
    )
    return (
        select(
            *(columns[name] for name in names),
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            open_errors,
        )
        .join(households, households.c.id == columns.household_id)
        .outerjoin(members, _head(columns.household_id))
    )
