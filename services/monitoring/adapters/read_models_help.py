"""What pages show of help: households with labour that no developmental measure has reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, func, or_, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import cases, households, measure_answers, measures, members
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.domain.member import HEAD, NO_LABOUR


@dataclass(frozen=True, slots=True)
class WithoutDevelopment:
    """A monitored household with labour and without a delivered developmental measure."""

    case_id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    identified_on: date
    labourers: int
    asked: int
    """Developmental measures asked for that may still be delivered."""


def find_without_development(
    connection: Connection,
    *,
    area_code: str,
    identified_until: date,
    categories: Collection[str],
    limit: int,
    offset: int = 0,
) -> tuple[list[WithoutDevelopment], int]:
    """Return open cases identified until that day, the oldest first, and how many there are (4.4).

    *categories* are the developmental ones. Who is at school is no labour.
    """
    is_head = and_(
        members.c.household_id == households.c.id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
    query = (
        select(
            cases.c.id.label("case_id"),
            cases.c.household_id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            cases.c.area_code,
            cases.c.identified_on,
            _labourers().label("labourers"),
            _asked(categories).label("asked"),
        )
        .select_from(cases)
        .join(households, households.c.id == cases.c.household_id)
        .outerjoin(members, is_head)
        .where(
            cases.c.open_household.is_not(None),
            cases.c.identified_on <= identified_until,
            inside(cases.c.area_code, area_code),
            _labourers() > 0,
            ~_delivered(categories),
        )
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(cases.c.identified_on, cases.c.id).limit(limit).offset(offset)
    return [WithoutDevelopment(**row) for row in connection.execute(page).mappings()], total


def _labourers() -> ScalarSelect[int]:
    working = members.alias("working")
    return (
        select(func.count())
        .where(
            working.c.household_id == cases.c.household_id,
            working.c.left_on.is_(None),
            working.c.labour_skill != NO_LABOUR,
            or_(working.c.school_status.is_(None), working.c.school_status == ""),
        )
        .scalar_subquery()
    )


def _asked(categories: Collection[str]) -> ScalarSelect[int]:
    over = select(measure_answers.c.id).where(
        measure_answers.c.measure_id == measures.c.id,
        measure_answers.c.status.in_([str(MeasureStatus.DECLINED), str(MeasureStatus.WITHDRAWN)]),
    )
    asked = _developmental(categories), measures.c.requested_on.is_not(None), ~over.exists()
    return select(func.count()).where(*asked).scalar_subquery()


def _delivered(categories: Collection[str]) -> ColumnElement[bool]:
    return (
        select(measure_answers.c.id)
        .join(measures, measures.c.id == measure_answers.c.measure_id)
        .where(_developmental(categories), measure_answers.c.status == str(MeasureStatus.DELIVERED))
        .exists()
    )


def _developmental(categories: Collection[str]) -> ColumnElement[bool]:
    return and_(measures.c.case_id == cases.c.id, measures.c.category.in_(categories))
