"""SELECTs behind the pages about requested measures."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from services.finance.adapters.measure import measure_of
from services.finance.adapters.read_models import Part, count_of, within
from services.finance.adapters.tables import household, measure, measure_withdrawal
from services.finance.domain.measure import Measure, MeasureState

OPEN = (MeasureState.REQUESTED, MeasureState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A requested measure with the number of its household."""

    measure: Measure
    household_no: str


def find_measures(
    connection: Connection, area_code: str, town: str, states: tuple[str, ...], part: Part
) -> tuple[list[MeasureRow], int]:
    """Return measures in one of *states* (empty: all), the first due first, and how many there are."""
    query = _measures().where(*within(measure.c.area_code, area_code, town))
    if states:
        query = query.where(_state().in_(states))
    total = count_of(connection, query)
    return _rows(connection, query.limit(part.limit).offset(part.offset)), total


def measure_by_id(connection: Connection, measure_id: str) -> MeasureRow | None:
    """Return one measure, or None."""
    found = _rows(connection, _measures().where(measure.c.id == measure_id))
    return found[0] if found else None


def measures_of_household(connection: Connection, household_id: str) -> list[MeasureRow]:
    """Return every measure asked for a household, the first due first."""
    return _rows(connection, _measures().where(measure.c.household_id == household_id))


def _withdrawn_on() -> Any:  # noqa: ANN401  (a scalar subquery has no shorter type)
    columns = measure_withdrawal.c
    first = select(func.min(columns.withdrawn_on)).where(columns.measure_id == measure.c.id)
    return first.correlate(measure).scalar_subquery()


def _state() -> ColumnElement[str]:
    """Return the state in force, as the domain's ``state_of`` has it."""
    withdrawn = _withdrawn_on().is_not(None) & measure.c.answer.in_(OPEN)
    return case((withdrawn, MeasureState.WITHDRAWN.value), else_=measure.c.answer)


def _measures() -> Select[Any]:
    return (
        select(
            *measure.columns,
            _withdrawn_on().label("withdrawn_on"),
            household.c.household_no.label("household_no"),
        )
        .outerjoin(household, household.c.household_id == measure.c.household_id)
        .order_by(measure.c.due_on, measure.c.id)
    )


def _rows(connection: Connection, query: Select[Any]) -> list[MeasureRow]:
    return [
        MeasureRow(measure_of(row, row.withdrawn_on), row.household_no or "")
        for row in connection.execute(query)
    ]
