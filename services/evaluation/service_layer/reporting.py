"""Commands on reports: attach files, hand in, accept, return."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.evaluation.domain.reporting.errors import NotTheReporterError
from services.evaluation.domain.reporting.figure import ReportedFigure
from services.evaluation.domain.reporting.file_kind import kind_of
from services.evaluation.domain.reporting.task import Attachment, ReportingTask
from services.evaluation.service_layer.ports import UnitOfWork
from services.evaluation.service_layer.ports_reporting import Submission
from shared.kernel.clock import day_of
from shared.kernel.errors import InvalidInputError

_MOST_NOTE = 500


class NoteTooLongError(InvalidInputError):
    code = "report_note_too_long"
    zh = "说明最多 {most} 字"
    en = "A note has {most} characters at most"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it came: the name is shown, the content decides what it is."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachReportFile:
    """Put a file to a report in preparation; *unit* is whose officer does it and must be the reporter."""

    task_id: str
    unit: str
    file: NewFile
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachReportFile:
    """Take a file away again before it was handed in."""

    task_id: str
    unit: str
    sha256: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport:
    """Hand in a figure for every unit the task is about, with *files* beside those attached already."""

    task_id: str
    unit: str
    values: Mapping[str, ReportedFigure]
    files: tuple[NewFile, ...] = ()
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptReport:
    """The evaluator accepts a report: its values count from today."""

    task_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport:
    """The evaluator sends a report back; *reason* stays in this office's database."""

    task_id: str
    reason: str = field(repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How large and how many evidence files may be; dated policy ``report_file_limits``."""

    most_bytes: int
    most_files: int

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "FileLimits":
        return cls(int(value["most_bytes"]), int(value["most_files"]))


def attach_report_file(command: AttachReportFile, uow: UnitOfWork, limits: FileLimits) -> str:
    """Keep the file with the report and return its SHA-256."""
    with uow:
        task = _own(command.task_id, command.unit, command.version, uow)
        sha256 = _attach(task, command.file, uow, limits)
        uow.reporting.tasks.save(task)
        uow.commit()
    return sha256


def detach_report_file(command: DetachReportFile, uow: UnitOfWork) -> None:
    """Take the file away; its content stays as long as the database."""
    with uow:
        task = _own(command.task_id, command.unit, command.version, uow)
        task.detach(command.sha256)
        uow.reporting.tasks.save(task)
        uow.commit()


def submit_report(command: SubmitReport, uow: UnitOfWork, limits: FileLimits) -> int:
    """Hand one report in; return the number of the submission."""
    return submit_reports([command], uow, limits)[0]


def submit_reports(commands: Iterable[SubmitReport], uow: UnitOfWork, limits: FileLimits) -> list[int]:
    """Hand many reports in together, or none of them."""
    with uow:
        numbers = [_submit(command, uow, limits) for command in commands]
        uow.commit()
    return numbers


def accept_report(command: AcceptReport, uow: UnitOfWork) -> None:
    """Accept one report."""
    accept_reports([command], uow)


def accept_reports(commands: Iterable[AcceptReport], uow: UnitOfWork) -> None:
    """Accept many reports together, or none of them."""
    with uow:
        for command in commands:
            task = uow.reporting.tasks.get(command.task_id)
            task.expect_version(command.version)
            task.accept(day_of(uow.clock()))
            uow.reporting.tasks.save(task)
        uow.commit()


def return_report(command: ReturnReport, uow: UnitOfWork) -> None:
    """Send a report back: it is the unit's turn again, until the same due day."""
    with uow:
        task = uow.reporting.tasks.get(command.task_id)
        task.expect_version(command.version)
        task.send_back(_note(command.reason), day_of(uow.clock()))
        uow.reporting.tasks.save(task)
        uow.commit()


def _submit(command: SubmitReport, uow: UnitOfWork, limits: FileLimits) -> int:
    task = _own(command.task_id, command.unit, command.version, uow)
    for file in command.files:
        _attach(task, file, uow, limits)
    on = day_of(uow.clock())
    number = task.submit(command.values, on)
    uow.reporting.tasks.save(task)
    figures = {unit: figure.document() for unit, figure in task.values.items()}
    files = tuple(one.sha256 for one in task.files)
    note = _note(command.note)
    uow.reporting.tasks.keep(Submission(task.id, number, on, command.by, note, figures, files))
    return number


def _attach(task: ReportingTask, file: NewFile, uow: UnitOfWork, limits: FileLimits) -> str:
    media_type = kind_of(file.name, file.content, most_bytes=limits.most_bytes)
    sha256 = hashlib.sha256(file.content).hexdigest()
    attachment = Attachment(sha256, file.name[:120], media_type, len(file.content))
    task.attach(attachment, most=limits.most_files)
    uow.reporting.files.put(sha256, media_type, file.content)
    return sha256


def _own(task_id: str, unit: str, version: int | None, uow: UnitOfWork) -> ReportingTask:
    """Return the task if *unit* reports it; somebody else's report nobody hands in."""
    task = uow.reporting.tasks.get(task_id)
    if task.reporter != unit:
        raise NotTheReporterError(unit=task.reporter)
    task.expect_version(version)
    return task


def _note(text: str) -> str:
    if len(text.strip()) > _MOST_NOTE:
        raise NoteTooLongError(most=_MOST_NOTE)
    return text.strip()
