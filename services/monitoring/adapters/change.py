"""Where the changes of households are kept."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import changes
from services.monitoring.domain.change import HouseholdChange
from services.monitoring.domain.errors import ChangeNotFoundError
from shared.kernel.money import Fen
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(HouseholdChange) if one.name not in ("version", "facts"))


class Changes:
    """What has happened to the households, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, change: HouseholdChange) -> None:
        add_version(self._connection, changes, _row(change))
        self._collect(change)
        change.version = 1

    def save(self, change: HouseholdChange) -> None:
        save_version(self._connection, changes, _row(change), read=change.version)
        self._collect(change)
        change.version += 1

    def get(self, change_id: str) -> HouseholdChange:
        """Return the change; raises ChangeNotFoundError."""
        row = self._connection.execute(select(changes).where(changes.c.id == change_id)).mappings().first()
        if row is None:
            raise ChangeNotFoundError
        return HouseholdChange(**row)

    def open_kinds(self, household_id: str) -> frozenset[str]:
        """Return of which kinds the household has changes that nobody has put right."""
        return open_change_kinds(self._connection, household_id)

    def open_of(self, household_id: str, kind: str) -> list[HouseholdChange]:
        """Return the household's changes of one kind that nobody has put right, the oldest first."""
        columns = changes.c
        query = select(changes).where(
            columns.household_id == household_id, columns.kind == kind, columns.resolved_on.is_(None)
        )
        rows = self._connection.execute(query.order_by(columns.happened_on, columns.id)).mappings()
        return [HouseholdChange(**row) for row in rows]

    def illness_cost(self, household_id: str, person_id: str, year: int) -> Fen:
        """Return what the illnesses of a person of this household have cost in a calendar year."""
        query = select(func.coalesce(func.sum(changes.c.amount), 0)).where(
            changes.c.household_id == household_id,
            changes.c.kind == "illness",
            changes.c.person_id == person_id,
            changes.c.happened_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        return int(self._connection.execute(query).scalar_one())


def open_change_kinds(connection: Connection, household_id: str) -> frozenset[str]:
    """Return of which kinds a household has changes that nobody has put right."""
    columns = changes.c
    query = select(columns.kind).where(columns.household_id == household_id, columns.resolved_on.is_(None))
    return frozenset(connection.execute(query.distinct()).scalars())


def _row(change: HouseholdChange) -> dict[str, Any]:
    return {name: getattr(change, name) for name in _FIELDS}
