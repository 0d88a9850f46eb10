"""People of the registry as the guarantees look for them: by number, by school, by illness, by need."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    String,
    Table,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import households, members
from services.monitoring.domain.education.student_aid import Pupil
from services.monitoring.domain.household import MONITORED
from services.monitoring.domain.member import DISABLED, HEAD, NO_LABOUR, SERIOUSLY_ILL
from services.monitoring.domain.particulars import NOT_AIDED
from services.monitoring.service_layer.ports_guarantee import PersonRef
from shared.messaging.bulk import among


class People:
    """Questions to the registry, on one transaction; each is one statement for any number of people."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_number(self, numbers: Sequence[str]) -> dict[str, PersonRef]:
        """Return who of those present has each of the person's *numbers*."""
        query = _present(members.c.person_no).where(
            among(self._connection, members.c.person_no, list(numbers))
        )
        return {row.person_no: _person(row) for row in self._connection.execute(query)}

    def insured(self, person_ids: Sequence[str]) -> dict[str, tuple[bool, bool]]:
        """Return whether the registry has each person in the residents' and in the employees' insurance."""
        query = select(members.c.id, members.c.resident_insurance, members.c.employee_insurance).where(
            among(self._connection, members.c.id, list(person_ids)), members.c.left_on.is_(None)
        )
        return {
            row.id: (row.resident_insurance is True, row.employee_insurance is True)
            for row in self._connection.execute(query)
        }

    def pupils(self, statuses: Collection[str], area_code: str = "") -> list[Pupil]:
        """Return the pupils in one of the grades *statuses*, of lifted-out and monitored households."""
        query = _present(members.c.school_status).where(
            members.c.school_status.in_(statuses), entitled_household(), inside(_AREA, area_code)
        )
        return [
            Pupil(row.household_id, row.area_code, row.person_id, row.school_status)
            for row in self._connection.execute(query.order_by(members.c.id))
        ]

    def special_children(self, born_after: date, born_until: date) -> list[tuple[PersonRef, str]]:
        """Return children born in between who belong to one of the classes, each with the first it is in."""
        query = _present(
            members.c.destitute, members.c.low_income, members.c.disability_grade, members.c.health
        ).where(
            members.c.born_on > born_after,
            members.c.born_on <= born_until,
            or_(
                entitled_household(),
                _destitute(members),
                _low_income(members),
                members.c.disability_grade.is_not(None),
            ),
        )
        return [(_person(row), _class_of(row)) for row in self._connection.execute(query)]

    def ill(self, health: str) -> list[PersonRef]:
        """Return those of lifted-out and monitored households whose health is recorded as *health*."""
        query = _present().where(_has_health(health), entitled_household())
        return [_person(row) for row in self._connection.execute(query.order_by(members.c.id))]

    def disabled(self, grades: Collection[str] = (), *, poor: bool = False) -> list[PersonRef]:
        """Return the disabled, only of *grades* when given; *poor*: only those on subsistence allowance."""
        query = _present().where(
            members.c.disability_grade.in_(grades) if grades else members.c.disability_grade.is_not(None)
        )
        if poor:
            query = query.where(_low_income(members))
        return [_person(row) for row in self._connection.execute(query.order_by(members.c.id))]

    def heavy_without_aid(self, grades: Collection[str]) -> list[PersonRef]:
        """Return the seriously ill or severely disabled of entitled households who have no aid yet."""
        heavy = or_(_has_health(SERIOUSLY_ILL), members.c.disability_grade.in_(grades))
        query = _present().where(heavy, entitled_household(), ~_low_income(members), ~_destitute(members))
        return [_person(row) for row in self._connection.execute(query.order_by(members.c.id))]

    def households_without_labour(self) -> list[PersonRef]:
        """Return the heads of monitored households nobody of whom can work, and nobody has aid."""
        other = members.alias("other")
        of_it = and_(other.c.household_id == households.c.id, other.c.left_on.is_(None))
        able_or_aided = or_(other.c.labour_skill != NO_LABOUR, _low_income(other), _destitute(other))
        query = _present().where(
            members.c.relation == HEAD,
            households.c.household_type.in_(MONITORED),
            ~select(other.c.id).where(of_it, able_or_aided).exists(),
        )
        return [_person(row) for row in self._connection.execute(query.order_by(members.c.id))]

    def elders_alone(self, born_until: date) -> list[PersonRef]:
        """Return those born by then who live alone, cannot work and have no aid."""
        other = members.alias("other")
        of_it = and_(
            other.c.household_id == households.c.id, other.c.left_on.is_(None), other.c.id != members.c.id
        )
        query = _present().where(
            members.c.born_on <= born_until,
            members.c.labour_skill == NO_LABOUR,
            ~_low_income(members),
            ~_destitute(members),
            ~select(other.c.id).where(of_it).exists(),
        )
        return [_person(row) for row in self._connection.execute(query.order_by(members.c.id))]


_AREA = households.c.area_code


def entitled_household() -> ColumnElement[bool]:
    """Return the condition that a household was lifted out of poverty or is monitored (脱贫户和监测户)."""
    return or_(households.c.lifted_out, households.c.household_type.in_(MONITORED))


def still_there(table: Table) -> ColumnElement[bool]:
    """Return the condition that the person of an entry, or somebody of its household, has not left."""
    one = members.alias("still")
    of_person = and_(one.c.id == table.c.person_id, one.c.left_on.is_(None))
    of_household = and_(one.c.household_id == table.c.household_id, one.c.left_on.is_(None))
    return case(
        (table.c.person_id.is_not(None), select(one.c.id).where(of_person).exists()),
        else_=select(one.c.id).where(of_household).exists(),
    )


def _has_health(code: str) -> ColumnElement[bool]:
    return type_coerce(members.c.health, String).contains(f'"{code}"')


def _low_income(one: FromClause) -> ColumnElement[bool]:
    return and_(one.c.low_income.is_not(None), one.c.low_income != NOT_AIDED)


def _destitute(one: FromClause) -> ColumnElement[bool]:
    return and_(one.c.destitute.is_not(None), one.c.destitute != NOT_AIDED)


def _present(*columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(members.c.household_id, _AREA, members.c.id.label("person_id"), *columns)
        .join(households, households.c.id == members.c.household_id)
        .where(members.c.left_on.is_(None))
    )


def _person(row: Row[Any]) -> PersonRef:
    return PersonRef(row.household_id, row.area_code, row.person_id)


def _class_of(row: Row[Any]) -> str:
    if row.destitute not in (None, NOT_AIDED):
        return "destitute"
    if row.disability_grade is not None or DISABLED in row.health:
        return "disabled"
    return "low_income" if row.low_income not in (None, NOT_AIDED) else "poor"


def count_of(query: Select[Any], connection: Connection) -> int:
    """Return how many rows *query* has."""
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())
