"""What waits for somebody: open cases and measures to be answered, with whose they are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, select

from services.monitoring.adapters.case import case_from
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import cases, households, measure_answers, measures, members, plans
from services.monitoring.domain.case import Case
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.domain.member import HEAD

_FINAL = (str(MeasureStatus.DELIVERED), str(MeasureStatus.DECLINED), str(MeasureStatus.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open case with whose it is; *measures* counts those asked for."""

    case: Case
    household_no: str
    head_name: str
    measures: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure that was asked of a department and waits for its last answer."""

    id: str
    case_id: str
    household_no: str
    head_name: str
    area_code: str
    category: str
    code: str
    due_on: date


def open_cases(connection: Connection, area_code: str) -> list[CaseRow]:
    """Return every open case inside *area_code*, the oldest clue first."""
    asked = (
        select(func.count())
        .select_from(measures)
        .where(measures.c.case_id == cases.c.id, measures.c.requested_on.is_not(None))
        .scalar_subquery()
    )
    is_head = and_(
        members.c.household_id == cases.c.household_id,
        members.c.relation == HEAD,
        members.c.left_on.is_(None),
    )
    query = (
        select(
            cases,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            asked.label("asked"),
        )
        .select_from(cases)
        .join(households, households.c.id == cases.c.household_id)
        .outerjoin(members, is_head)
        .where(cases.c.open_household.is_not(None), inside(cases.c.area_code, area_code))
        .order_by(cases.c.first_clue_on, cases.c.id)
    )
    rows = connection.execute(query).mappings()
    return [CaseRow(case_from(row), row["household_no"], row["head_name"], row["asked"]) for row in rows]


def waiting_measures(connection: Connection, department: str) -> list[MeasureRow]:
    """Return the measures *department* has not answered for good, the first due first."""
    columns = measures.c
    answered = (
        select(measure_answers.c.id)
        .where(measure_answers.c.measure_id == columns.id, measure_answers.c.status.in_(_FINAL))
        .exists()
    )
    is_head = and_(
        members.c.household_id == plans.c.household_id,
        members.c.relation == HEAD,
        members.c.left_on.is_(None),
    )
    query = (
        select(
            columns.id,
            columns.case_id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            plans.c.area_code,
            columns.category,
            columns.code,
            columns.due_on,
        )
        .select_from(measures)
        .join(plans, plans.c.id == columns.case_id)
        .join(households, households.c.id == plans.c.household_id)
        .outerjoin(members, is_head)
        .where(
            columns.department == department,
            columns.service == "monitoring",
            columns.requested_on.is_not(None),
            columns.due_on.is_not(None),
            ~answered,
        )
        .order_by(columns.due_on, columns.id)
    )
    return [MeasureRow(**row) for row in connection.execute(query).mappings()]
