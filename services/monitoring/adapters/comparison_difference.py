"""Where differences between departments' lists and the register are kept."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, func, select, update

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import comparison_differences
from services.monitoring.domain.comparison.difference import ComparisonDifference, DifferenceFound, Side
from services.monitoring.domain.comparison.errors import DifferenceNotFoundError
from shared.messaging.bulk import among, insert_new, upsert

_FIELDS = tuple(one.name for one in fields(ComparisonDifference) if one.name != "facts")
_COLUMNS = comparison_differences.c


class ComparisonDifferences:
    """All differences, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def take(self, differences: Sequence[ComparisonDifference]) -> set[str]:
        """Keep those found for the first time, tell of them, and return their ids."""
        unique = {one.open_person: one for one in differences}
        if not unique:
            return set()
        open_already = among(self._connection, _COLUMNS.open_person, sorted(str(one) for one in unique))
        known = set(self._connection.execute(select(_COLUMNS.open_person).where(open_already)).scalars())
        fresh = [one for key, one in unique.items() if key not in known]
        new: set[str] = insert_new(
            self._connection, comparison_differences, [_row(one) | {"version": 1} for one in fresh]
        )
        for one in fresh:
            if one.id in new:
                one.raise_fact(DifferenceFound(one))
                self._collect(one)
                one.version = 1
        return new

    def get(self, difference_id: str) -> ComparisonDifference:
        """Return the difference; raises DifferenceNotFoundError."""
        query = select(comparison_differences).where(_COLUMNS.id == difference_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise DifferenceNotFoundError
        return difference_from(row)

    def save_all(self, differences: Iterable[ComparisonDifference]) -> None:
        """Keep what was done to them; they were read in this transaction."""
        changed = list(differences)
        upsert(
            self._connection,
            comparison_differences,
            [_row(one) | {"version": one.version + 1} for one in changed],
            newer="version",
        )
        for one in changed:
            self._collect(one)
            one.version += 1

    def open_about(self, about: str) -> list[ComparisonDifference]:
        query = select(comparison_differences).where(
            _COLUMNS.about == about, _COLUMNS.open_person.is_not(None)
        )
        rows = self._connection.execute(query.order_by(_COLUMNS.id)).mappings()
        return [difference_from(row) for row in rows]

    def open_of_households(self, household_ids: Collection[str]) -> list[ComparisonDifference]:
        those = among(self._connection, _COLUMNS.household_id, sorted(household_ids))
        query = select(comparison_differences).where(those, _COLUMNS.open_person.is_not(None))
        rows = self._connection.execute(query.order_by(_COLUMNS.id)).mappings()
        return [difference_from(row) for row in rows]

    def explained(self, about: str) -> set[tuple[str, str, str]]:
        """Return person, listed and registered of what was explained: it is not asked again."""
        query = select(_COLUMNS.person_id, _COLUMNS.listed, _COLUMNS.registered)
        rows = self._connection.execute(query.where(_COLUMNS.about == about, _COLUMNS.how == "explained"))
        return {(row.person_id, row.listed, row.registered) for row in rows}

    def unpushed(self, department: str) -> list[str]:
        """Return what waits for *department* and was not pushed to it."""
        query = select(_COLUMNS.id).where(
            _COLUMNS.department == department,
            _COLUMNS.side == str(Side.DEPARTMENT),
            _COLUMNS.push_id.is_(None),
        )
        return list(self._connection.execute(query.order_by(_COLUMNS.id)).scalars())

    def put_in_push(self, difference_ids: Sequence[str], push_id: str) -> None:
        those = among(self._connection, _COLUMNS.id, list(difference_ids))
        self._connection.execute(update(comparison_differences).where(those).values(push_id=push_id))

    def waiting_in_push(self, push_id: str) -> int:
        query = select(func.count()).where(_COLUMNS.push_id == push_id, _COLUMNS.side == str(Side.DEPARTMENT))
        return self._connection.execute(query).scalar_one()

    def push_of(self, difference_id: str) -> str | None:
        return self._connection.execute(select(_COLUMNS.push_id).where(_COLUMNS.id == difference_id)).scalar()


def difference_from(row: Any) -> ComparisonDifference:  # noqa: ANN401  (a row's mapping)
    """Return the difference a row keeps."""
    return ComparisonDifference(**{name: row[name] for name in _FIELDS} | {"side": Side(row["side"])})


def _row(one: ComparisonDifference) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS} | {
        "side": str(one.side),
        "open_person": one.open_person,
    }
