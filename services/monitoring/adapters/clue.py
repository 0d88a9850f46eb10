"""Where clues and their reports are kept; any number of reports in a few statements."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Insert, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import clue_reports, clues
from services.monitoring.domain.clue import Clue, Report
from services.monitoring.domain.errors import ClueNotFoundError
from shared.kernel.clock import Clock
from shared.kernel.period import Month
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import save_version

_FIELDS = tuple(one.name for one in fields(Clue) if one.name not in ("version", "facts"))
_REPORT = tuple(column.name for column in clue_reports.columns if column.name != "at")


class Clues:
    """The clues of all households, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock

    def take(self, reports: Sequence[Report]) -> None:
        """Keep the *reports* not kept before, each with its clue.

        However they are ordered, repeated or divided into calls, the same reports
        leave the same clues: days are minima and maxima, counts are of new reports.
        """
        at = self._clock()
        rows = [{**{name: getattr(one, name) for name in _REPORT}, "at": at} for one in reports]
        new = insert_new(self._connection, clue_reports, rows)
        merged = _merged([report for report in {one.id: one for one in reports}.values() if report.id in new])
        if merged:
            self._connection.execute(_insert_or_merge(self._connection.dialect.name), merged)

    def get(self, clue_id: str) -> Clue:
        """Return the clue; raises ClueNotFoundError."""
        row = self._connection.execute(select(clues).where(clues.c.id == clue_id)).mappings().first()
        if row is None:
            raise ClueNotFoundError
        return Clue(**row)

    def detail_of(self, clue_id: str) -> tuple[str, str]:
        """Return the kind of disaster and the note of the latest report of a clue that has them."""
        columns = clue_reports.c
        query = (
            select(columns.detail, columns.note)
            .where(columns.clue_id == clue_id)
            .order_by(columns.reported_on.desc(), columns.id)
        )
        rows = self._connection.execute(query).all()
        return (
            next((row.detail for row in rows if row.detail), ""),
            next((row.note for row in rows if row.note), ""),
        )

    def save(self, clue: Clue) -> None:
        row = {name: getattr(clue, name) for name in _FIELDS}
        save_version(self._connection, clues, row, read=clue.version)
        self._collect(clue)
        clue.version += 1


def _merged(reports: Sequence[Report]) -> list[dict[str, Any]]:
    by_clue: dict[str, list[Report]] = {}
    for report in reports:
        by_clue.setdefault(report.clue_id, []).append(report)
    # In the order of their keys: two batches that touch the same clues can't deadlock.
    return [_clue_row(by_clue[clue_id]) for clue_id in sorted(by_clue)]


def _clue_row(reports: Sequence[Report]) -> dict[str, Any]:
    any_one = reports[0]
    return {
        "id": any_one.clue_id,
        "version": len(reports),
        "household_id": any_one.household_id,
        "area_code": any_one.area_code,
        "risk": any_one.risk,
        "month": str(Month.of(any_one.reported_on)),
        "round": 1,
        "reports": len(reports),
        "is_open": True,
        "first_reported_on": min(report.reported_on for report in reports),
        "last_reported_on": max(report.reported_on for report in reports),
        "verify_due_on": min(report.verify_due_on for report in reports),
        "verified_by": "",
        "note": "",
    }


def _insert_or_merge(dialect: str) -> Insert:
    """Return the insert that merges a clue already there, or opens its next round when it was closed."""
    if dialect == "postgresql":
        return _merging(postgresql.insert(clues), func.least, func.greatest)
    return _merging(sqlite.insert(clues), func.min, func.max)


def _merging(
    insert: postgresql.Insert | sqlite.Insert, least: Callable[..., Any], greatest: Callable[..., Any]
) -> Insert:
    stored, new = clues.c, insert.excluded

    def earliest(name: str) -> Any:  # noqa: ANN401  (an SQL expression)
        return case((stored.is_open, least(stored[name], new[name])), else_=new[name])

    def kept_if_open(name: str) -> Any:  # noqa: ANN401  (an SQL expression)
        return case((stored.is_open, stored[name]), else_=None)

    changes: dict[str, Any] = {
        "version": stored.version + new.version,
        "round": case((stored.is_open, stored.round), else_=stored.round + 1),
        "reports": stored.reports + new.reports,
        "is_open": True,
        "first_reported_on": earliest("first_reported_on"),
        "last_reported_on": greatest(stored.last_reported_on, new.last_reported_on),
        "verify_due_on": earliest("verify_due_on"),
        "outcome": kept_if_open("outcome"),
        "verified_on": kept_if_open("verified_on"),
        "case_id": kept_if_open("case_id"),
        "verified_by": "",
        "note": "",
    }
    return insert.on_conflict_do_update(index_elements=["id"], set_=changes)
