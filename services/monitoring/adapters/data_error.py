"""Where data errors are kept, with their history; opened and closed by hundreds in a few statements."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.quality_across import hits_across
from services.monitoring.adapters.quality_views import views_of, views_of_villages
from services.monitoring.adapters.tables import data_error_steps, data_errors, households
from services.monitoring.domain.quality.data_error import DataError, ErrorFixed, ErrorFound, ErrorState
from services.monitoring.domain.quality.errors import DataErrorNotFoundError
from services.monitoring.domain.quality.rule import Hit
from services.monitoring.domain.quality.view import HouseholdView
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.messaging.bulk import among, insert_new, upsert
from shared.persistence.versioned import save_version

_FIELDS = tuple(one.name for one in fields(DataError) if one.name not in ("version", "facts", "over"))
_STANDING = frozenset({ErrorState.OPEN, ErrorState.EXPLAINED})


def standing_of(error: DataError) -> str | None:
    """Return the key that lets what a rule finds wrong stand once; None once it is over, or no rule's."""
    if error.origin != "rule" or error.over or error.state not in _STANDING:
        return None
    return "|".join((error.household_id or error.area_code, error.person_id, error.rule))


class DataErrors:
    """The data errors of the county, on one transaction, and the records the rules look at."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock, ids: Ids) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock
        self._ids = ids

    def views(self, household_ids: Collection[str]) -> list[HouseholdView]:
        """Return what the rules see of some households."""
        return views_of(self._connection, household_ids)

    def views_in(self, villages: Sequence[str]) -> list[HouseholdView]:
        """Return what the rules see of the households of some villages."""
        return views_of_villages(self._connection, villages)

    def households_by_village(self) -> dict[str, int]:
        """Return how many households each village has on record."""
        query = select(households.c.area_code, func.count()).group_by(households.c.area_code)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def ids_of(self, household_nos: Collection[str]) -> dict[str, str]:
        """Return by its number the id of each household on record."""
        column = households.c.household_no
        query = select(column, households.c.id).where(among(self._connection, column, sorted(household_nos)))
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def hits_across(self, household_ids: Collection[str]) -> list[Hit]:
        """Return what the rules over many households find at these."""
        return hits_across(self._connection, household_ids)

    def standing(self, household_ids: Collection[str]) -> list[DataError]:
        """Return, locked, what rules find wrong with some households, open or explained."""
        if not household_ids:
            return []
        chosen = among(self._connection, data_errors.c.household_id, sorted(household_ids))
        return self._read(and_(chosen, data_errors.c.standing.is_not(None)), lock=True)

    def standing_in(self, villages: Sequence[str]) -> list[DataError]:
        """Return the same for some villages, their own records included."""
        inside = data_errors.c.area_code.in_(villages)
        return self._read(and_(inside, data_errors.c.standing.is_not(None)), lock=True)

    def keep(self, errors: Sequence[DataError]) -> list[DataError]:
        """Keep errors that are new, or were read with ``standing`` in this transaction and changed.

        What another transaction opened meanwhile stands already and is left out:
        neither kept a second time nor told of. Returns those kept, each with its step.
        """
        rows = {one.id: {**self._row(one), "version": one.version + 1} for one in errors}
        new = [rows[one.id] for one in errors if one.version == 0]
        upsert(self._connection, data_errors, [rows[one.id] for one in errors if one.version > 0])
        inserted = insert_new(self._connection, data_errors, new)
        kept = [one for one in errors if one.version > 0 or one.id in inserted]
        self._steps(kept)
        return kept

    def save(self, error: DataError) -> None:
        """Keep an answer unless somebody else answered since it was read."""
        save_version(self._connection, data_errors, self._row(error), read=error.version)
        self._steps([error])

    def get(self, error_id: str) -> DataError:
        """Return the error; raises DataErrorNotFoundError."""
        found = self._read(data_errors.c.id == error_id)
        if not found:
            raise DataErrorNotFoundError
        return found[0]

    def open_of(self, household_ids: Collection[str]) -> dict[str, int]:
        """Return how many errors of each household nobody has answered."""
        columns = data_errors.c
        query = (
            select(columns.household_id, func.count())
            .where(
                among(self._connection, columns.household_id, sorted(household_ids)),
                columns.state == str(ErrorState.OPEN),
            )
            .group_by(columns.household_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def counted(self, first: date, last: date) -> tuple[int, int]:
        """Return how many errors stood or were found from *first* to *last*, and how many were fixed then."""
        columns = data_errors.c
        stood = and_(
            columns.found_on <= last, or_(columns.answered_on.is_(None), columns.answered_on >= first)
        )
        fixed = columns.answered_on.between(first, last)
        return self._count(stood), self._count(fixed)

    def _count(self, where: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(data_errors).where(where)
        return int(self._connection.execute(query).scalar_one())

    def _read(self, where: ColumnElement[bool], *, lock: bool = False) -> list[DataError]:
        query = select(data_errors).where(where)
        # In one order for everybody, so that two who settle the same errors wait and do not block each other.
        query = query.order_by(data_errors.c.id).with_for_update() if lock else query
        rows = self._connection.execute(query).mappings()
        return [error_from(row) for row in rows]

    def _row(self, error: DataError) -> dict[str, Any]:
        row = {name: getattr(error, name) for name in _FIELDS}
        return row | {"state": str(error.state), "standing": standing_of(error)}

    def _steps(self, errors: Sequence[DataError]) -> None:
        at = self._clock()
        steps = []
        for error in errors:
            for fact in error.facts:
                new = isinstance(fact, ErrorFound)
                if not isinstance(fact, ErrorFound | ErrorFixed):
                    continue
                steps.append(
                    {
                        "id": self._ids(),
                        "error_id": error.id,
                        "state": str(ErrorState.OPEN if new else error.state),
                        "occurred_on": error.found_on if new else error.answered_on,
                        "by": error.found_by if new else error.answered_by,
                        "note": error.note if new else error.answer,
                        "at": at,
                    }
                )
            self._collect(error)
            error.version += 1
        if steps:
            self._connection.execute(insert(data_error_steps), steps)


def error_from(row: Any) -> DataError:  # noqa: ANN401  (a row of data_errors as a mapping)
    """Return the error a row keeps."""
    given = {name: row[name] for name in _FIELDS}
    return DataError(**given | {"state": ErrorState(row["state"]), "version": row["version"]})
