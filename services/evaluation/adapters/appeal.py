"""Appeals and judged marks in SQL."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from services.evaluation.adapters.tables_assessment import appeal as table
from services.evaluation.adapters.tables_assessment import mark as marks
from services.evaluation.domain.appeal import OPEN, Appeal, AppealState, Point
from services.evaluation.domain.assessment_errors import UnknownAppealError
from services.evaluation.domain.mark import Mark
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version

_POINT = ("assessment_id", "number", "unit", "indicator")


class SqlAppeals:
    """The appeals inside one transaction."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def get(self, appeal_id: str) -> Appeal:
        """Return the appeal; raises UnknownAppealError."""
        row = self._connection.execute(select(table).where(table.c.id == appeal_id)).one_or_none()
        if row is None:
            raise UnknownAppealError(appeal_id=appeal_id[:64])
        return appeal_of(row)

    def of_assessment(self, assessment_id: str) -> list[Appeal]:
        """Return every appeal against any version of the assessment, in the order they came."""
        query = select(table).where(table.c.assessment_id == assessment_id)
        rows = self._connection.execute(query.order_by(table.c.filed_on, table.c.id))
        return [appeal_of(row) for row in rows]

    def open_against(self, assessment_id: str, unit: str, indicator: str) -> bool:
        """Say whether the point is frozen by another appeal."""
        query = select(table.c.id).where(
            table.c.assessment_id == assessment_id,
            table.c.unit == unit,
            table.c.indicator == indicator,
            table.c.state.in_(_open()),
        )
        return self._connection.execute(query.limit(1)).one_or_none() is not None

    def add(self, appeal: Appeal) -> None:
        """Keep a new appeal."""
        add_version(self._connection, table, _row(appeal))
        appeal.version = 1
        self._collect(appeal)

    def save(self, appeal: Appeal) -> None:
        """Keep how far the appeal has come."""
        save_version(self._connection, table, _row(appeal), read=appeal.version)
        appeal.version += 1
        self._collect(appeal)


class SqlMarks:
    """The judged marks inside one transaction; a mark is kept once."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def count(self, unit: str, item: str, period: str) -> int:
        """Return how many marks were given for the same thing."""
        same = (marks.c.unit == unit, marks.c.item == item, marks.c.period == period)
        number: int = self._connection.execute(
            select(func.count()).select_from(marks).where(*same)
        ).scalar_one()
        return number

    def add(self, mark: Mark) -> None:
        """Keep a mark and tell of it."""
        row = {column.name: getattr(mark, column.name) for column in marks.columns}
        self._connection.execute(insert(marks).values(row))
        self._collect(mark)


def appeal_of(row: Row[Any]) -> Appeal:
    """Return the appeal that *row* holds."""
    fields = {**row._mapping}  # noqa: SLF001  (SQLAlchemy's public name)
    point = Point(*(fields.pop(name) for name in _POINT))
    return Appeal(**{**fields, "state": AppealState(row.state)}, point=point)


def _row(appeal: Appeal) -> dict[str, Any]:
    names = (column.name for column in table.columns if column.name not in {*_POINT, "version"})
    row = {name: getattr(appeal, name) for name in names}
    return {**row, **{name: getattr(appeal.point, name) for name in _POINT}, "state": str(appeal.state)}


def _open() -> Iterable[str]:
    return sorted(str(state) for state in OPEN)
