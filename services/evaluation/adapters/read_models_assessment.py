"""The SELECTs behind pages on assessments, appeals and marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, func, select

from services.evaluation.adapters.appeal import appeal_of
from services.evaluation.adapters.assessment import version_of
from services.evaluation.adapters.tables_assessment import appeal, assessment, assessment_version, mark
from services.evaluation.domain.appeal import OPEN, Appeal
from services.evaluation.domain.assessment import Stage, Version
from services.evaluation.domain.assessment_errors import UnknownAppealError, UnknownVersionError
from services.evaluation.domain.errors import UnknownAssessmentError
from shared.persistence.engine import reading


@dataclass(frozen=True, slots=True)
class AssessmentSummary:
    """An assessment in a list. *record* is the record's version, for forms; *digest* the newest version's."""

    id: str
    year: int
    as_of: date
    begun_on: date
    stage: Stage
    number: int
    shown_on: date | None
    appeals_until: date | None
    period_confirmed: bool
    finalised_on: date | None
    published_on: date | None
    record: int
    known_at: date
    digest: str


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A version in the list of an assessment's versions."""

    number: int
    stage: Stage
    known_at: date
    made_on: date
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class MarkSummary:
    """A judged mark in a list."""

    id: str
    unit: str
    item: str
    period: str
    value: Decimal
    as_of: date
    judged_on: date
    assessor: str
    reason: str


@dataclass(frozen=True, slots=True)
class AppealSearch:
    """What is looked for among appeals; empty fields ask for nothing."""

    assessment_id: str = ""
    unit: str = ""
    state: str = ""
    open_only: bool = False


_OF_VERSION = (assessment_version.c.known_at, assessment_version.c.digest)
_SUMMARY = (
    assessment.c.id,
    assessment.c.year,
    assessment.c.as_of,
    assessment.c.begun_on,
    assessment.c.stage,
    assessment.c.number,
    assessment.c.shown_on,
    assessment.c.appeals_until,
    assessment.c.period_confirmed,
    assessment.c.finalised_on,
    assessment.c.published_on,
    assessment.c.version,
    *_OF_VERSION,
)


class AssessmentReads:
    """Everything pages ask about assessments, appeals and marks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def assessments(self) -> list[AssessmentSummary]:
        """Return every assessment, the newest first."""
        columns = assessment.c
        query = _summaries().order_by(columns.begun_on.desc(), columns.as_of.desc(), columns.id)
        with reading(self._engine) as connection:
            return [_summary(row) for row in connection.execute(query)]

    def assessment(self, assessment_id: str) -> AssessmentSummary:
        """Return one assessment; raises UnknownAssessmentError."""
        with reading(self._engine) as connection:
            row = connection.execute(_summaries().where(assessment.c.id == assessment_id)).one_or_none()
        if row is None:
            raise UnknownAssessmentError(assessment_id=assessment_id[:64])
        return _summary(row)

    def versions(self, assessment_id: str) -> list[VersionSummary]:
        """Return the versions of an assessment, the newest first, without what they froze."""
        columns = assessment_version.c
        few = (
            columns.number,
            columns.stage,
            columns.known_at,
            columns.made_on,
            columns.reason,
            columns.digest,
        )
        query = select(*few).where(columns.assessment_id == assessment_id).order_by(columns.number.desc())
        with reading(self._engine) as connection:
            return [
                VersionSummary(
                    row.number, Stage(row.stage), row.known_at, row.made_on, row.reason, row.digest
                )
                for row in connection.execute(query)
            ]

    def version(self, assessment_id: str, number: int) -> Version:
        """Return a version as it was frozen; raises UnknownVersionError."""
        columns = assessment_version.c
        query = select(assessment_version).where(
            columns.assessment_id == assessment_id, columns.number == number
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownVersionError(number=number)
        return version_of(row)

    def appeals(self, wanted: AppealSearch, limit: int | None = None, offset: int = 0) -> list[Appeal]:
        """Return (a part of) the matching appeals for reading, those that wait longest first."""
        query = select(appeal).where(*_of_search(wanted)).order_by(appeal.c.filed_on, appeal.c.id)
        with reading(self._engine) as connection:
            return [appeal_of(row) for row in connection.execute(query.limit(limit).offset(offset))]

    def count_appeals(self, wanted: AppealSearch) -> int:
        """Return how many appeals match."""
        query = select(func.count()).select_from(appeal).where(*_of_search(wanted))
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def appeal(self, appeal_id: str) -> Appeal:
        """Return one appeal for reading; raises UnknownAppealError."""
        with reading(self._engine) as connection:
            row = connection.execute(select(appeal).where(appeal.c.id == appeal_id)).one_or_none()
        if row is None:
            raise UnknownAppealError(appeal_id=appeal_id[:64])
        return appeal_of(row)

    def marks(self, unit: str = "", limit: int | None = None, offset: int = 0) -> list[MarkSummary]:
        """Return (a part of) the judged marks (of a unit), the newest first."""
        columns = mark.c
        names = ("id", "unit", "item", "period", "value", "as_of", "judged_on", "assessor", "reason")
        query = select(*(columns[name] for name in names)).order_by(columns.judged_on.desc(), columns.id)
        with reading(self._engine) as connection:
            found = connection.execute(query.where(*_of_unit(unit)).limit(limit).offset(offset))
            return [MarkSummary(*row) for row in found]

    def count_marks(self, unit: str = "") -> int:
        """Return how many marks were given (a unit)."""
        query = select(func.count()).select_from(mark).where(*_of_unit(unit))
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())


def _of_unit(unit: str) -> list[ColumnElement[bool]]:
    return [mark.c.unit == unit] if unit else []


def _of_search(wanted: AppealSearch) -> list[ColumnElement[bool]]:
    columns = appeal.c
    conditions: Sequence[tuple[object, ColumnElement[bool]]] = (
        (wanted.assessment_id, columns.assessment_id == wanted.assessment_id),
        (wanted.unit, columns.unit == wanted.unit),
        (wanted.state, columns.state == wanted.state),
        (wanted.open_only, columns.state.in_(sorted(str(state) for state in OPEN))),
    )
    return [condition for given, condition in conditions if given]


def _summaries() -> Select[Any]:
    newest = (assessment_version.c.assessment_id == assessment.c.id) & (
        assessment_version.c.number == assessment.c.number
    )
    return select(*_SUMMARY).join(assessment_version, newest)


def _summary(row: Row[Any]) -> AssessmentSummary:
    values = list(row)
    values[4] = Stage(row.stage)
    return AssessmentSummary(*values)
