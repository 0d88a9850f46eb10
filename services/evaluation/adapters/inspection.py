"""Inspections in SQL; their check-lists are kept with them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, select

from services.evaluation.adapters.tables import inspection as table
from services.evaluation.domain.inspection import CheckItem, Inspection, InspectionState
from services.evaluation.domain.supervision_errors import InspectionNotFoundError
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(Inspection) if one.name not in ("version", "facts"))


class SqlInspections:
    """The inspections inside one transaction."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, inspection: Inspection) -> None:
        """Keep a new inspection and tell of it."""
        add_version(self._connection, table, _row(inspection))
        self._collect(inspection)
        inspection.version = 1

    def save(self, inspection: Inspection) -> None:
        """Keep what changed; raises StaleVersionError."""
        save_version(self._connection, table, _row(inspection), read=inspection.version)
        self._collect(inspection)
        inspection.version += 1

    def get(self, inspection_id: str) -> Inspection:
        """Return the inspection; raises InspectionNotFoundError."""
        row = self._connection.execute(select(table).where(table.c.id == inspection_id)).mappings().first()
        if row is None:
            raise InspectionNotFoundError
        return inspection_from(row)


def inspection_from(row: Any) -> Inspection:  # noqa: ANN401  (a row of inspection)
    """Return the inspection a row keeps."""
    given = {name: row[name] for name in (*_FIELDS, "version")}
    items = tuple(CheckItem(**item) for item in given["items"])
    return Inspection(**{**given, "items": items, "state": InspectionState(given["state"])})


def _row(inspection: Inspection) -> Mapping[str, Any]:
    return {name: getattr(inspection, name) for name in _FIELDS} | {
        "state": str(inspection.state),
        "items": [asdict(item) for item in inspection.items],
        "problems": len(inspection.problems),
    }
