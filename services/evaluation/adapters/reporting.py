"""Reporting tasks, their submissions and files, and sampled checks in SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from services.evaluation.adapters.tables_reporting import (
    report_file,
    report_sample,
    report_submission,
    reporting_task,
)
from services.evaluation.domain.reporting.errors import UnknownReportingTaskError, UnknownReportSampleError
from services.evaluation.domain.reporting.figure import ReportedFigure, figure_from
from services.evaluation.domain.reporting.sample import ListedReport, ReportSample
from services.evaluation.domain.reporting.task import Attachment, ReportingTask, TaskState
from services.evaluation.service_layer.ports_reporting import Submission
from shared.kernel.aggregate import Aggregate
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import add_version, save_version

Collect = Callable[[Aggregate], None]
_OPEN = (TaskState.DUE.value, TaskState.RETURNED.value)


class SqlReporting:
    """What reporting keeps, inside one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self.tasks = SqlReportingTasks(connection, collect)
        self.samples = SqlReportSamples(connection, collect)
        self.files = SqlReportFiles(connection)


class SqlReportingTasks:
    """The tasks; see the port."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def get(self, task_id: str) -> ReportingTask:
        """Return the task; raises UnknownReportingTaskError."""
        query = select(reporting_task).where(reporting_task.c.id == task_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UnknownReportingTaskError(task_id=task_id[:64])
        return task_of(row)

    def save(self, task: ReportingTask) -> None:
        save_version(self._connection, reporting_task, _task_row(task), read=task.version)
        task.version += 1
        self._collect(task)

    def keep(self, submission: Submission) -> None:
        row = {**asdict(submission), "files": list(submission.files)}
        self._connection.execute(insert(report_submission).values(row))

    def owed_keys(self) -> set[tuple[str, str, str]]:
        columns = reporting_task.c
        rows = self._connection.execute(select(columns.indicator, columns.reporter, columns.period))
        return {(row.indicator, row.reporter, row.period) for row in rows}

    def add_new(self, tasks: Iterable[ReportingTask]) -> int:
        """Add in one statement those that no other process has opened meanwhile."""
        every = list(tasks)
        rows = [{**_task_row(task), "version": 1} for task in every]
        opened = insert_new(self._connection, reporting_task, rows)
        new = [task for task in every if task.id in opened]
        for task in new:
            task.version = 1
            self._collect(task)
        return len(new)

    def past_due(self, today: date) -> Sequence[ReportingTask]:
        columns = reporting_task.c
        late = (columns.state.in_(_OPEN), columns.due_on < today, columns.overdue_on.is_(None))
        return self._several(late)

    def in_state(
        self, state: TaskState, *, reporter: str = "", drawn: bool | None = None
    ) -> Sequence[ReportingTask]:
        columns = reporting_task.c
        wanted = [columns.state == state.value]
        if reporter:
            wanted.append(columns.reporter == reporter)
        if drawn is not None:
            wanted.append(columns.drawn_by != "" if drawn else columns.drawn_by == "")
        return self._several(wanted)

    def _several(self, wanted: Iterable[Any]) -> list[ReportingTask]:
        query = select(reporting_task).where(*wanted).order_by(reporting_task.c.id)
        return [task_of(row) for row in self._connection.execute(query)]


class SqlReportSamples:
    """The sampled checks."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def get(self, sample_id: str) -> ReportSample:
        """Return the sample; raises UnknownReportSampleError."""
        query = select(report_sample).where(report_sample.c.id == sample_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UnknownReportSampleError(sample_id=sample_id[:64])
        return sample_of(row)

    def add(self, sample: ReportSample) -> None:
        add_version(self._connection, report_sample, _sample_row(sample))
        sample.version = 1
        self._collect(sample)

    def save(self, sample: ReportSample) -> None:
        save_version(self._connection, report_sample, _sample_row(sample), read=sample.version)
        sample.version += 1
        self._collect(sample)


class SqlReportFiles:
    """Evidence by the SHA-256 of its content."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, sha256: str, media_type: str, content: bytes) -> None:
        row = {"sha256": sha256, "media_type": media_type, "size": len(content), "content": content}
        insert_new(self._connection, report_file, [row])


_PLAIN = (
    "id", "indicator", "reporter", "period", "due_on", "opened_on", "shape", "evidence", "submissions",
    "submitted_on", "decided_on", "overdue_on", "return_reason", "drawn_by", "checked_on",
)  # fmt: skip


def _task_row(task: ReportingTask) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in _PLAIN},
        "state": task.state.value,
        "about": list(task.about),
        "figures": {unit: figure.document() for unit, figure in task.values.items()},
        "files": [asdict(file) for file in task.files],
        "found": {unit: figure.document() if figure else None for unit, figure in task.found.items()},
    }


def task_of(row: Row[Any]) -> ReportingTask:
    """Return the task a row keeps."""
    return ReportingTask(
        **{name: getattr(row, name) for name in _PLAIN},
        version=row.version,
        state=TaskState(row.state),
        about=tuple(row.about),
        values=_in_order(row.about, {unit: figure_from(one) for unit, one in row.figures.items()}),
        files=tuple(Attachment(**one) for one in row.files),
        found={unit: figure_from(one) if one else None for unit, one in row.found.items()},
    )


def _in_order(about: Sequence[str], figures: Mapping[str, ReportedFigure]) -> dict[str, ReportedFigure]:
    """Return *figures* in the order of the units: JSON sorts its keys."""
    return {unit: figures[unit] for unit in about if unit in figures}


def _sample_row(sample: ReportSample) -> dict[str, Any]:
    names = ("id", "title", "frozen_on", "share", "least", "confirmed", "digest", "seed", "drawn_on")
    listed = [[one.reporter, one.task_id] for one in sample.listed]
    plain = {name: getattr(sample, name) for name in names}
    return {**plain, "listed": listed, "drawn": list(sample.drawn)}


def sample_of(row: Row[Any]) -> ReportSample:
    """Return the sampled check a row keeps."""
    plain = {name: value for name, value in row._mapping.items() if name not in ("listed", "drawn")}  # noqa: SLF001
    listed = tuple(ListedReport(*one) for one in row.listed)
    return ReportSample(**plain, listed=listed, drawn=tuple(row.drawn))
