"""Where departments' warnings are kept; any number of them is taken and followed in a few statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import department_warnings
from services.monitoring.domain.comparison.warning import DepartmentWarning, Raised, WarningState
from shared.messaging.bulk import among, insert_new, upsert

_FIELDS = tuple(one.name for one in fields(DepartmentWarning) if one.name != "facts")
_COLUMNS = department_warnings.c
_ENDED = tuple(
    str(one) for one in WarningState if one not in (WarningState.TO_CHECK, WarningState.IN_PROCEDURE)
)


class DepartmentWarnings:
    """The warnings of all departments, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def take(self, warnings: Sequence[DepartmentWarning]) -> set[str]:
        """Keep the warnings not raised before, tell of them, and return their ids."""
        unique = {one.id: one for one in warnings}
        new: set[str] = insert_new(
            self._connection, department_warnings, [_row(one) | {"version": 1} for one in unique.values()]
        )
        for one in unique.values():
            if one.id in new:
                one.facts.insert(0, Raised(one))
                self._collect(one)
                one.version = 1
        return new

    def raised_before(self, warning_ids: Collection[str]) -> set[str]:
        """Return those of the ids that are on record."""
        if not warning_ids:
            return set()
        known = among(self._connection, _COLUMNS.id, sorted(warning_ids))
        return set(self._connection.execute(select(_COLUMNS.id).where(known)).scalars())

    def of_clues(self, clue_ids: Collection[str]) -> list[DepartmentWarning]:
        return self._some(
            among(self._connection, _COLUMNS.clue_id, sorted(clue_ids)),
            _COLUMNS.state == str(WarningState.TO_CHECK),
        )

    def of_cases(self, case_ids: Collection[str]) -> list[DepartmentWarning]:
        return self._some(
            among(self._connection, _COLUMNS.case_id, sorted(case_ids)),
            _COLUMNS.state == str(WarningState.IN_PROCEDURE),
        )

    def save_all(self, warnings: Iterable[DepartmentWarning]) -> None:
        """Keep what was found about them; they were read in this transaction."""
        changed = list(warnings)
        upsert(
            self._connection,
            department_warnings,
            [_row(one) | {"version": one.version + 1} for one in changed],
            newer="version",
        )
        for one in changed:
            self._collect(one)
            one.version += 1

    def unpushed(self, department: str) -> list[str]:
        """Return the ended warnings whose results *department* was not told."""
        query = select(_COLUMNS.id).where(
            _COLUMNS.department == department, _COLUMNS.push_id.is_(None), _COLUMNS.state.in_(_ENDED)
        )
        return list(self._connection.execute(query.order_by(_COLUMNS.id)).scalars())

    def put_in_push(self, warning_ids: Sequence[str], push_id: str) -> None:
        those = among(self._connection, _COLUMNS.id, list(warning_ids))
        self._connection.execute(update(department_warnings).where(those).values(push_id=push_id))

    def _some(self, *where: ColumnElement[bool]) -> list[DepartmentWarning]:
        query = select(department_warnings).where(*where).order_by(_COLUMNS.id)
        return [warning_from(row) for row in self._connection.execute(query).mappings()]


def warning_from(row: Any) -> DepartmentWarning:  # noqa: ANN401  (a row's mapping)
    """Return the warning a row keeps."""
    return DepartmentWarning(**{name: row[name] for name in _FIELDS} | {"state": WarningState(row["state"])})


def _row(one: DepartmentWarning) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS} | {"state": str(one.state)}
