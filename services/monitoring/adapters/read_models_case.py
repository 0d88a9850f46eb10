"""What pages show of cases, measures and eliminations: frozen dataclasses out of SELECTs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from services.monitoring.adapters.case import Cases
from services.monitoring.adapters.elimination import Eliminations, elimination_from
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.measure import Plans
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.tables import (
    case_steps,
    cases,
    elimination_steps,
    eliminations,
    households,
    measure_answers,
    measures,
    members,
    plans,
)
from services.monitoring.domain.case import Case
from services.monitoring.domain.elimination import Elimination
from services.monitoring.domain.measure import MeasureStatus, Plan
from services.monitoring.domain.member import HEAD
from shared.kernel.clock import Clock

_BY_RANK = {status.rank: status for status in MeasureStatus}
_WAITING = (MeasureStatus.REQUESTED.rank, MeasureStatus.ACCEPTED.rank)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list, with whose it is."""

    id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    state: str
    comparison: str
    risks: tuple[str, ...]
    help_first: bool
    first_clue_on: date
    identified_on: date | None
    monitored_class: str
    helper_no: str
    last_step_on: date


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a case or an elimination, as it was taken. *note* is for the office only."""

    sequence: int
    step: str
    to_state: str
    on: date
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure asked of a unit. *status* is what all its answers come to."""

    id: str
    case_id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    risk: str
    category: str
    code: str
    department: str
    service: str
    requested_on: date
    due_on: date
    status: MeasureStatus


@dataclass(frozen=True, slots=True)
class EliminationRow:
    """One elimination of a case."""

    id: str
    way: str
    state: str
    proposed_on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class OpenElimination:
    """An elimination that is being dealt with, with whose it is."""

    elimination: Elimination
    household_no: str
    head_name: str


def find_cases(
    connection: Connection,
    *,
    area_code: str,
    states: Collection[str] = (),
    without_helper: bool = False,
    limit: int,
    offset: int = 0,
) -> tuple[list[CaseRow], int]:
    """Return one part of the cases inside *area_code*, the oldest clue first, and how many there are.

    Without *states* it is the open ones.
    """
    wanted = cases.c.state.in_(states) if states else cases.c.open_household.is_not(None)
    query = _with_head(_case_columns(), cases).where(wanted, inside(cases.c.area_code, area_code))
    if without_helper:
        query = query.where(cases.c.helper_no == "", cases.c.identified_on.is_not(None))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(cases.c.first_clue_on, cases.c.id).limit(limit).offset(offset)
    rows = connection.execute(page).mappings()
    return [CaseRow(**{**row, "risks": tuple(row["risks"])}) for row in rows], total


def case_of(connection: Connection, case_id: str, clock: Clock) -> Case:
    """Return the case, for reading only; raises CaseNotFoundError."""
    return Cases(connection, no_facts, clock).get(case_id)


def steps_of(connection: Connection, case_id: str) -> list[StepRow]:
    """Return every step of a case, the newest first."""
    columns = case_steps.c
    query = select(
        columns.sequence, columns.step, columns.to_state, columns.occurred_on, columns.by, columns.note
    ).where(columns.case_id == case_id)
    return [StepRow(*row) for row in connection.execute(query.order_by(columns.sequence.desc()))]


def plan_of(connection: Connection, case_id: str) -> Plan | None:
    """Return the plan of a case with every answer, for reading only, or None."""
    return Plans(connection, no_facts).find(case_id)


def plan_of_measure(connection: Connection, measure_id: str) -> Plan:
    """Return the plan that has a measure; raises MeasureNotFoundError."""
    return Plans(connection, no_facts).of_measure(measure_id)


def find_measures(
    connection: Connection,
    *,
    area_code: str,
    department: str = "",
    only_waiting: bool = True,
    limit: int,
    offset: int = 0,
) -> tuple[list[MeasureRow], int]:
    """Return one part of the measures asked for, what is due first on top, and how many there are.

    *department* is the unit's official name; empty: of every unit.
    """
    rank = _rank()
    query = _with_head(_measure_columns(rank), plans).join(measures, measures.c.case_id == plans.c.id)
    query = query.where(measures.c.requested_on.is_not(None), inside(plans.c.area_code, area_code))
    if department:
        query = query.where(measures.c.department == department)
    if only_waiting:
        query = query.where(rank.in_(_WAITING))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(measures.c.due_on, measures.c.id).limit(limit).offset(offset)
    return [
        MeasureRow(**{**row, "status": _BY_RANK[row["status"]]})
        for row in connection.execute(page).mappings()
    ], total


def find_to_replan(connection: Connection, *, area_code: str, limit: int) -> tuple[list[MeasureRow], int]:
    """Return declined measures of open cases that nothing replaces yet, the longest waiting first."""
    rank = _rank()
    replacement = measures.alias("replacement")
    replaced = select(replacement.c.id).where(replacement.c.replaces == measures.c.id).exists()
    query = (
        _with_head(_measure_columns(rank), plans)
        .join(measures, measures.c.case_id == plans.c.id)
        .join(cases, cases.c.id == plans.c.id)
        .where(
            rank == MeasureStatus.DECLINED.rank,
            ~replaced,
            cases.c.open_household.is_not(None),
            inside(plans.c.area_code, area_code),
        )
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.order_by(measures.c.due_on, measures.c.id).limit(limit)).mappings()
    return [MeasureRow(**{**row, "status": _BY_RANK[row["status"]]}) for row in rows], total


def elimination_of(connection: Connection, elimination_id: str, clock: Clock) -> Elimination:
    """Return the elimination, for reading only; raises EliminationNotFoundError."""
    return Eliminations(connection, no_facts, clock).get(elimination_id)


def eliminations_of(connection: Connection, case_id: str) -> list[EliminationRow]:
    """Return the eliminations of a case, the newest first."""
    columns = eliminations.c
    query = (
        select(columns.id, columns.way, columns.state, columns.proposed_on, columns.outcome)
        .where(columns.case_id == case_id)
        .order_by(columns.proposed_on.desc(), columns.open_case.is_(None), columns.id)
    )
    return [EliminationRow(*row) for row in connection.execute(query)]


def elimination_steps_of(connection: Connection, elimination_id: str) -> list[StepRow]:
    """Return every step of an elimination, the newest first."""
    columns = elimination_steps.c
    query = select(
        columns.sequence, columns.state, columns.state, columns.occurred_on, columns.by, columns.note
    ).where(columns.elimination_id == elimination_id)
    return [StepRow(*row) for row in connection.execute(query.order_by(columns.sequence.desc()))]


def open_eliminations(connection: Connection, area_code: str) -> list[OpenElimination]:
    """Return the eliminations inside *area_code* that are being dealt with, the oldest step first."""
    query = (
        _with_head(tuple(eliminations.c), eliminations)
        .where(
            eliminations.c.open_case.is_not(None),
            inside(eliminations.c.area_code, area_code),
        )
        .order_by(eliminations.c.last_step_on, eliminations.c.id)
    )
    return [
        OpenElimination(elimination_from(row), row["household_no"], row["head_name"])
        for row in connection.execute(query).mappings()
    ]


def area_of_case(connection: Connection, case_id: str) -> str | None:
    """Return the village of a case, or None when there is no such case."""
    return connection.execute(select(cases.c.area_code).where(cases.c.id == case_id)).scalar_one_or_none()


def area_of_measure(connection: Connection, measure_id: str) -> str | None:
    """Return the village of a measure, or None when there is no such measure."""
    query = select(plans.c.area_code).join(measures, measures.c.case_id == plans.c.id)
    return connection.execute(query.where(measures.c.id == measure_id)).scalar_one_or_none()


def area_of_elimination(connection: Connection, elimination_id: str) -> str | None:
    """Return the village of an elimination, or None when there is none."""
    query = select(eliminations.c.area_code).where(eliminations.c.id == elimination_id)
    return connection.execute(query).scalar_one_or_none()


def _case_columns() -> Sequence[ColumnElement[Any]]:
    columns = cases.c
    return (
        columns.id,
        columns.household_id,
        columns.area_code,
        columns.state,
        columns.comparison,
        columns.risks,
        columns.help_first,
        columns.first_clue_on,
        columns.identified_on,
        columns.monitored_class,
        columns.helper_no,
        columns.last_step_on,
    )


def _measure_columns(rank: ColumnElement[int]) -> Sequence[ColumnElement[Any]]:
    columns = measures.c
    return (
        columns.id,
        columns.case_id,
        plans.c.household_id,
        plans.c.area_code,
        columns.risk,
        columns.category,
        columns.code,
        columns.department,
        columns.service,
        columns.requested_on,
        columns.due_on,
        rank.label("status"),
    )


def _with_head(columns: Sequence[ColumnElement[Any]], table: Any) -> Select[Any]:  # noqa: ANN401  (cases or plans)
    living_head = and_(
        members.c.household_id == households.c.id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
    return (
        select(*columns, households.c.household_no, func.coalesce(members.c.name, "").label("head_name"))
        .select_from(table)
        .join(households, households.c.id == table.c.household_id)
        .outerjoin(members, living_head)
    )


def _rank() -> ColumnElement[int]:
    """Return the highest rank among a measure's answers; 0 while there are none."""
    by_status = case({str(status): status.rank for status in MeasureStatus}, value=measure_answers.c.status)
    highest = (
        select(func.max(by_status)).where(measure_answers.c.measure_id == measures.c.id).scalar_subquery()
    )
    return func.coalesce(highest, 0)
