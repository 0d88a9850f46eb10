"""The SELECTs behind the pages of reports; they return frozen dataclasses, never rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from services.evaluation.adapters.reporting import SqlReportingTasks, SqlReportSamples, sample_of, task_of
from services.evaluation.adapters.tables_reporting import (
    report_file,
    report_sample,
    report_submission,
    reporting_task,
)
from services.evaluation.domain.reporting.errors import UnknownReportFileError
from services.evaluation.domain.reporting.sample import ReportSample
from services.evaluation.domain.reporting.task import ReportingTask, TaskState
from services.evaluation.service_layer.ports_reporting import Submission

_C = reporting_task.c
OPEN_STATES = (TaskState.DUE.value, TaskState.RETURNED.value)


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """A reporting task in a list."""

    id: str
    indicator: str
    reporter: str
    about: tuple[str, ...]
    period: str
    due_on: date
    state: TaskState
    submitted_on: date | None
    overdue_on: date | None
    drawn_by: str
    checked_on: date | None
    version: int

    @property
    def waits_for_unit(self) -> bool:
        return self.state.value in OPEN_STATES


@dataclass(frozen=True, slots=True)
class TaskSearch:
    """What is looked for; empty fields ask for nothing. *state* may also be ``open`` or ``overdue``."""

    reporter: str = ""
    indicator: str = ""
    period: str = ""
    state: str = ""
    drawn: bool = False


_COLUMNS = (
    _C.id,
    _C.indicator,
    _C.reporter,
    _C.about,
    _C.period,
    _C.due_on,
    _C.state,
    _C.submitted_on,
    _C.overdue_on,
    _C.drawn_by,
    _C.checked_on,
    _C.version,
)


def find_tasks(
    connection: Connection, search: TaskSearch, *, today: date, limit: int, offset: int = 0
) -> tuple[list[TaskSummary], int]:
    """Return a part of the tasks looked for, the earliest due first, and how many there are."""
    wanted = _wanted(search, today)
    total = connection.execute(select(func.count()).select_from(reporting_task).where(*wanted)).scalar_one()
    order = (_C.due_on, _C.indicator, _C.reporter, _C.id)
    query = select(*_COLUMNS).where(*wanted).order_by(*order).limit(limit).offset(offset)
    return _summaries(connection, query), total


def _wanted(search: TaskSearch, today: date) -> list[Any]:
    pairs = ((_C.reporter, search.reporter), (_C.indicator, search.indicator), (_C.period, search.period))
    wanted: list[Any] = [column == given for column, given in pairs if given]
    if search.state == "overdue":
        wanted += [_C.state.in_(OPEN_STATES), _C.due_on < today]
    elif search.state == "open":
        wanted.append(_C.state.in_(OPEN_STATES))
    elif search.state:
        wanted.append(_C.state == search.state)
    if search.drawn:
        wanted.append(_C.drawn_by != "")
    return wanted


def tasks_of_periods(connection: Connection, periods: Collection[str]) -> list[TaskSummary]:
    """Return every task of *periods*: for the overview of a quarter."""
    query = select(*_COLUMNS).where(_C.period.in_(sorted(periods))).order_by(_C.indicator, _C.reporter)
    return _summaries(connection, query)


def tasks_drawn_by(connection: Connection, drawn_by: str) -> list[ReportingTask]:
    """Return the tasks that one sample or review has checked."""
    query = select(reporting_task).where(_C.drawn_by == drawn_by).order_by(_C.indicator, _C.reporter)
    return [task_of(row) for row in connection.execute(query)]


def waiting_tasks(connection: Connection, *, reporter: str = "", limit: int = 500) -> list[TaskSummary]:
    """Return what *reporter* owes; without one what waits for the evaluator: to be reviewed or checked."""
    if reporter:
        wanted: list[Any] = [_C.reporter == reporter, _C.state.in_(OPEN_STATES)]
    else:
        drawn = (_C.state == TaskState.ACCEPTED.value) & (_C.drawn_by != "")
        wanted = [(_C.state == TaskState.SUBMITTED.value) | drawn]
    query = select(*_COLUMNS).where(*wanted).order_by(_C.due_on, _C.id).limit(limit)
    return _summaries(connection, query)


def turn_of(connection: Connection, indicator: str, unit: str) -> list[TaskSummary]:
    """Return the unfinished tasks whose values *unit*'s line waits for, the first due first.

    A department that has the county's value waits for every task of the indicator.
    """
    states = (*OPEN_STATES, TaskState.SUBMITTED.value)
    query = select(*_COLUMNS).where(_C.indicator == indicator, _C.state.in_(states)).order_by(_C.due_on)
    every = _summaries(connection, query)
    return [one for one in every if unit in one.about] or every


def get_task(connection: Connection, task_id: str) -> ReportingTask:
    """Return one task; raises UnknownReportingTaskError."""
    return SqlReportingTasks(connection, lambda _: None).get(task_id)


def submissions_of(connection: Connection, task_id: str) -> list[Submission]:
    """Return everything that was handed in for a task, the last first."""
    columns = report_submission.c
    query = select(report_submission).where(columns.task_id == task_id).order_by(columns.number.desc())
    return [_submission(row) for row in connection.execute(query)]


def _submission(row: Row[Any]) -> Submission:
    return Submission(**{**row._mapping, "files": tuple(row.files)})  # noqa: SLF001  (SQLAlchemy's public name)


def file_of(connection: Connection, task: ReportingTask, sha256: str) -> tuple[str, bytes]:
    """Return media type and content of a file of *task*; raises UnknownReportFileError for any other."""
    mine = {one.sha256 for one in task.files}
    mine |= {one for submission in submissions_of(connection, task.id) for one in submission.files}
    query = select(report_file.c.media_type, report_file.c.content).where(report_file.c.sha256 == sha256)
    row = connection.execute(query).one_or_none() if sha256 in mine else None
    if row is None:
        raise UnknownReportFileError(sha256=sha256[:64])
    return row.media_type, row.content


def samples_of(connection: Connection) -> list[ReportSample]:
    """Return the sampled checks, the newest first."""
    query = select(report_sample).order_by(report_sample.c.frozen_on.desc(), report_sample.c.id)
    return [sample_of(row) for row in connection.execute(query)]


def get_sample(connection: Connection, sample_id: str) -> ReportSample:
    """Return one sampled check; raises UnknownReportSampleError."""
    return SqlReportSamples(connection, lambda _: None).get(sample_id)


def _summaries(connection: Connection, query: Select[Any]) -> list[TaskSummary]:
    return [
        TaskSummary(**{**row._mapping, "about": tuple(row.about), "state": TaskState(row.state)})  # noqa: SLF001
        for row in connection.execute(query)
    ]
