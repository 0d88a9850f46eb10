"""Requested measures in SQL: requests and withdrawals a batch at a time, answers one by one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from services.finance.adapters.tables import measure as table
from services.finance.adapters.tables import measure_withdrawal
from services.finance.domain.errors import MeasureNotFoundError
from services.finance.domain.measure import Measure, MeasureState, Request, Withdrawal
from shared.kernel.aggregate import Aggregate
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import save_version


class SqlMeasures:
    """See the port ``Measures``."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def request(self, requests: Sequence[Request]) -> None:
        rows = [{**_row(Measure(request=request)), "version": 1} for request in requests]
        insert_new(self._connection, table, rows)

    def withdraw(self, withdrawals: Sequence[Withdrawal]) -> None:
        rows = [
            {
                "event_id": withdrawal.event_id,
                "measure_id": withdrawal.measure_id,
                "withdrawn_on": withdrawal.withdrawn_on,
            }
            for withdrawal in withdrawals
        ]
        insert_new(self._connection, measure_withdrawal, rows)

    def get(self, measure_id: str) -> Measure:
        row = self._connection.execute(select(table).where(table.c.id == measure_id)).one_or_none()
        if row is None:
            raise MeasureNotFoundError(measure_id=measure_id[:64])
        columns = measure_withdrawal.c
        first = select(func.min(columns.withdrawn_on)).where(columns.measure_id == measure_id)
        return measure_of(row, self._connection.execute(first).scalar())

    def save(self, measure: Measure) -> None:
        save_version(self._connection, table, _row(measure), read=measure.version)
        measure.version += 1
        self._collect(measure)


def measure_of(row: Row[Any], withdrawn_on: date | None) -> Measure:
    """Return the measure of a row of its table, and of the first withdrawal, if any."""
    return Measure(
        version=row.version,
        request=Request(
            measure_id=row.id,
            case_id=row.case_id,
            household_id=row.household_id,
            area_code=row.area_code,
            risk=row.risk,
            category=row.category,
            code=row.code,
            department=row.department,
            requested_on=row.requested_on,
            due_on=row.due_on,
            person_id=row.person_id,
            event_id=row.event_id,
            correlation_id=row.correlation_id,
        ),
        answer=MeasureState(row.answer),
        withdrawn_on=withdrawn_on,
        answered_on=row.answered_on,
        delivered_on=row.delivered_on,
        delivery_kind=row.delivery_kind,
        delivered_by=row.delivered_by,
        reason=row.reason,
        note=row.note,
    )


def _row(measure: Measure) -> dict[str, object]:
    request = measure.request
    return {
        "id": request.measure_id,
        "case_id": request.case_id,
        "household_id": request.household_id,
        "area_code": request.area_code,
        "risk": request.risk,
        "category": request.category,
        "code": request.code,
        "department": request.department,
        "requested_on": request.requested_on,
        "due_on": request.due_on,
        "person_id": request.person_id,
        "event_id": request.event_id,
        "correlation_id": request.correlation_id,
        "answer": measure.answer,
        "answered_on": measure.answered_on,
        "delivered_on": measure.delivered_on,
        "delivery_kind": measure.delivery_kind,
        "delivered_by": measure.delivered_by,
        "reason": measure.reason,
        "note": measure.note,
    }
