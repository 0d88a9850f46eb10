"""Assessments in SQL: the procedure moves on, a version once kept never changes."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from services.evaluation.adapters.tables_assessment import assessment as table
from services.evaluation.adapters.tables_assessment import assessment_version as versions
from services.evaluation.domain.assessment import Assessment, Stage, Version
from services.evaluation.domain.assessment_errors import UnknownVersionError
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

    def version(self, assessment_id: str, number: int) -> Version:
        """Return a version as it was made; raises UnknownVersionError."""
        query = select(versions).where(versions.c.assessment_id == assessment_id, versions.c.number == number)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UnknownVersionError(number=number)
        return version_of(row)

    def last_published_of(self, year: int) -> Assessment | None:
        """Return the published assessment of *year* that judges the latest day.

        Until the transaction ends nobody else can publish one of that year.
        """
        of_year = select(table).where(table.c.year == year).order_by(table.c.id).with_for_update()
        published = [row for row in self._connection.execute(of_year) if row.published_on is not None]
        return _assessment(max(published, key=lambda row: row.as_of)) if published else None

    def add(self, assessment: Assessment) -> None:
        """Keep a new assessment."""
        add_version(self._connection, table, _row(assessment))
        assessment.version = 1
        self._collect(assessment)

    def save(self, assessment: Assessment) -> None:
        """Keep how far the assessment has come."""
        save_version(self._connection, table, _row(assessment), read=assessment.version)
        assessment.version += 1
        self._collect(assessment)

    def keep(self, version: Version) -> None:
        """Keep a version; the database refuses to change or remove it."""
        row = {**asdict(version), "lines": list(version.lines)}
        row |= {"frozen": list(version.frozen), "rulings": list(version.rulings), "stage": str(version.stage)}
        self._connection.execute(insert(versions).values(row))


def version_of(row: Row[Any]) -> Version:
    """Return the version that *row* holds."""
    many = {name: tuple(getattr(row, name)) for name in ("lines", "frozen", "rulings")}
    return Version(**{**row._mapping, **many, "stage": Stage(row.stage)})  # noqa: SLF001  (SQLAlchemy's public name)


def _row(assessment: Assessment) -> dict[str, Any]:
    row = {column.name: getattr(assessment, column.name) for column in table.columns}
    del row["version"]
    return {**row, "stage": str(assessment.stage)}


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(**{**row._mapping, "stage": Stage(row.stage)})  # noqa: SLF001  (SQLAlchemy's public name)
