"""Where reports and what each submission counted are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import report_figures, report_submissions, reports
from services.monitoring.domain.report.errors import ReportNotFoundError
from services.monitoring.domain.report.report import Report, ReportState, Subject, Submission
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import save_version

_FIELDS = tuple(one.name for one in fields(Report) if one.name not in ("version", "facts"))


class Reports:
    """The reports of all towns, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add_new(self, owed: Sequence[Report]) -> int:
        """Keep the reports not kept yet and return how many that were; only they are told of."""
        new = insert_new(self._connection, reports, [{**_row(one), "version": 1} for one in owed])
        for one in owed:
            if one.id in new:
                self._collect(one)
        return len(new)

    def save(self, report: Report) -> None:
        save_version(self._connection, reports, _row(report), read=report.version)
        self._collect(report)
        report.version += 1

    def keep(self, submission: Submission) -> None:
        """Keep a submission with everything its figures count; never changed afterwards."""
        own = {"report_id": submission.report_id, "number": submission.number}
        told = {"submitted_on": submission.submitted_on, "submitted_by": submission.submitted_by}
        self._connection.execute(report_submissions.insert().values(**own, **told, note=submission.note))
        rows = [
            {**own, "code": code, "value": len(found), "subjects": [[s.id, s.household_id] for s in found]}
            for code, found in submission.figures.items()
        ]
        if rows:
            self._connection.execute(report_figures.insert(), rows)

    def get(self, report_id: str) -> Report:
        """Return the report; raises ReportNotFoundError."""
        row = self._connection.execute(select(reports).where(reports.c.id == report_id)).mappings().first()
        if row is None:
            raise ReportNotFoundError
        return report_from(row)

    def last_period(self, kind: str) -> date | None:
        """Return the last day of the latest period for which reports of *kind* are owed, or None."""
        query = select(func.max(reports.c.last)).where(reports.c.kind == kind)
        return self._connection.execute(query).scalar_one_or_none()


def report_from(row: Any) -> Report:  # noqa: ANN401  (a row of reports)
    """Return the report a row keeps."""
    return Report(**{**row, "state": ReportState(row["state"])})


def values_of(connection: Connection, report_id: str, number: int) -> dict[str, int]:
    """Return the figures of a submission, without what they count."""
    columns = report_figures.c
    query = select(columns.code, columns.value).where(
        columns.report_id == report_id, columns.number == number
    )
    return {row.code: row.value for row in connection.execute(query)}


def subjects_of(connection: Connection, report_id: str, number: int, code: str) -> list[Subject]:
    """Return what a figure of a submission counted."""
    columns = report_figures.c
    query = select(columns.subjects).where(
        columns.report_id == report_id, columns.number == number, columns.code == code
    )
    return [Subject(id_, home) for id_, home in connection.execute(query).scalar_one_or_none() or ()]


def _row(report: Report) -> Mapping[str, Any]:
    return {name: getattr(report, name) for name in _FIELDS} | {"state": str(report.state)}
