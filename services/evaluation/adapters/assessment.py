"""Assessments in SQL: what was frozen never changes, only that it was published."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from services.evaluation.adapters.tables import assessment as table
from services.evaluation.domain.assessment import Assessment
from services.evaluation.domain.errors import UnknownAssessmentError
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version


class SqlAssessments:
    """The assessments inside one transaction."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def get(self, assessment_id: str) -> Assessment:
        """Return the assessment; raises UnknownAssessmentError."""
        row = self._connection.execute(select(table).where(table.c.id == assessment_id)).one_or_none()
        if row is None:
            raise UnknownAssessmentError(assessment_id=assessment_id[:64])
        return _assessment(row)

    def last_published_of(self, year: int) -> Assessment | None:
        """Return the published assessment of *year* that judges the latest day.

        Until the transaction ends nobody else can publish one of that year.
        """
        of_year = select(table).where(table.c.year == year).order_by(table.c.id).with_for_update()
        published = [row for row in self._connection.execute(of_year) if row.published_on is not None]
        return _assessment(max(published, key=lambda row: row.as_of)) if published else None

    def add(self, assessment: Assessment) -> None:
        """Keep a new draft."""
        frozen = {
            "board": assessment.board,
            "lines": list(assessment.lines),
            "rules": dict(assessment.rules),
            "digest": assessment.digest,
            "year": assessment.year,
            "as_of": assessment.as_of,
            "known_at": assessment.known_at,
            "drafted_on": assessment.drafted_on,
            "published_on": assessment.published_on,
        }
        add_version(self._connection, table, {"id": assessment.id, **frozen})
        assessment.version = 1
        self._collect(assessment)

    def save(self, assessment: Assessment) -> None:
        """Keep the day of publication; nothing else of an assessment can change."""
        row = {"id": assessment.id, "published_on": assessment.published_on}
        save_version(self._connection, table, row, read=assessment.version)
        assessment.version += 1
        self._collect(assessment)


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(**{**row._mapping, "lines": tuple(row.lines)})  # noqa: SLF001  (SQLAlchemy's public name)
