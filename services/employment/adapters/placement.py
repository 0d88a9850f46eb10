"""Placements on posts in SQL."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from services.employment.adapters.tables import placement as table
from services.employment.domain.errors import PlacementNotFoundError
from services.employment.domain.placement import Placement
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version


class SqlPlacements:
    """See the port ``Placements``."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, placement: Placement) -> None:
        add_version(self._connection, table, _row(placement))
        placement.version = 1
        self._collect(placement)

    def get(self, placement_id: str) -> Placement:
        row = self._connection.execute(select(table).where(table.c.id == placement_id)).one_or_none()
        if row is None:
            raise PlacementNotFoundError(placement_id=placement_id[:64])
        return placement_of(row)

    def save(self, placement: Placement) -> None:
        save_version(self._connection, table, _row(placement), read=placement.version)
        placement.version += 1
        self._collect(placement)

    def of_person(self, person_id: str) -> list[Placement]:
        rows = select(table).where(table.c.person_id == person_id).order_by(table.c.started_on, table.c.id)
        return [placement_of(row) for row in self._connection.execute(rows)]

    def open_on(self, post_id: str) -> int:
        query = select(func.count()).where(table.c.post_id == post_id, table.c.ended_on.is_(None))
        return self._connection.execute(query).scalar_one()

    def expired(self, today: date) -> list[Placement]:
        query = (
            select(table)
            .where(table.c.ended_on.is_(None), table.c.ends_on < today)
            .order_by(table.c.id)
            .with_for_update(skip_locked=True)
        )
        return [placement_of(row) for row in self._connection.execute(query)]


def placement_of(row: Row[Any]) -> Placement:
    """Return the placement of a row of its table."""
    return Placement(
        id=row.id,
        version=row.version,
        post_id=row.post_id,
        person_id=row.person_id,
        household_id=row.household_id,
        area_code=row.area_code,
        started_on=row.started_on,
        ends_on=row.ends_on,
        override_reason=row.override_reason,
        remarks=tuple(row.remarks),
        attendance=dict(row.attendance),
        ended_on=row.ended_on,
        end_reason=row.end_reason,
    )


def _row(placement: Placement) -> dict[str, object]:
    return {
        "id": placement.id,
        "post_id": placement.post_id,
        "person_id": placement.person_id,
        "household_id": placement.household_id,
        "area_code": placement.area_code,
        "started_on": placement.started_on,
        "ends_on": placement.ends_on,
        "override_reason": placement.override_reason,
        "remarks": list(placement.remarks),
        "attendance": placement.attendance,
        "ended_on": placement.ended_on,
        "end_reason": placement.end_reason,
    }
