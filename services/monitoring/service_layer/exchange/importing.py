"""Commands on imports; the web, the command line and the worker call the same.

upload(Upload(path, name, hash, size, format, …), uow, formats) -> id
work_on(job_id, desk) -> whether it did: previews an uploaded import, applies an approved one
approve(ImportStep(id, by, version), uow)    withdraw(…)    preview_again(…)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.monitoring.domain.comparison.department_list import month_of
from services.monitoring.domain.exchange.format import FileFormat
from services.monitoring.domain.exchange.import_errors import (
    ForeignFormatError,
    ListMonthMissingError,
    OnlyCheckedError,
    UnknownFormatError,
)
from services.monitoring.domain.exchange.import_job import ImportJob
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to be imported. *department* is the unit of a department's officer, who sends its own lists.

    *registry_only*: the sender, a town, answers for its households and for nobody's list.
    *month* (YYYYMM) is the one a list is about.
    """

    path: Path
    name: str
    file_hash: str
    size: int
    format: str
    area_code: str
    by: str
    department: str = ""
    registry_only: bool = False
    month: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStep:
    """A step somebody takes on an import they saw as *version*."""

    import_id: str
    by: str = ""
    version: int | None = None


def upload(
    command: Upload, uow: UnitOfWork, formats: Mapping[str, FileFormat], owners: Mapping[str, str]
) -> str:
    """Keep the file and begin its import; the same file again, while one is open, is that import.

    *owners* says whose each kind of list is.
    """
    wanted = formats.get(command.format)
    if wanted is None:
        raise UnknownFormatError(format=command.format[:40])
    _expect_own(command, wanted, owners.get(wanted.list_kind or wanted.key, wanted.department))
    with uow:
        month = ""
        if wanted.target == "list" and wanted.list_kind:
            if not command.month:
                raise ListMonthMissingError
            month = str(month_of(command.month, day_of(uow.clock())))
        found = uow.imports.open_with(
            command.file_hash, command.format, command.area_code, month, complete=command.complete
        )
        if found is not None:
            return found.id
        uow.imports.keep_file(command.file_hash, command.path)
        job = ImportJob(
            id=uow.ids(),
            format=command.format,
            file_hash=command.file_hash,
            file_name=command.name,
            file_size=command.size,
            area_code=command.area_code,
            department=command.department,
            month=month,
            complete=command.complete,
            uploaded_by=command.by,
            uploaded_at=uow.clock(),
        )
        uow.imports.add(job)
        uow.commit()
    return job.id


def _expect_own(command: Upload, wanted: FileFormat, owner: str) -> None:
    """Refuse a department another's list, and a town every list: each speaks for the whole county."""
    of_registry = wanted.target == "registry"
    foreign = bool(command.department) and (of_registry or owner != command.department)
    if foreign or (command.registry_only and not of_registry):
        raise ForeignFormatError(department=owner or "县乡村振兴局")


def approve(command: ImportStep, uow: UnitOfWork, formats: Mapping[str, FileFormat]) -> None:
    """Let an import without wrong rows be applied."""
    with uow:
        job = _seen(command, uow)
        if formats[job.format].target == "list" and not formats[job.format].list_kind:
            raise OnlyCheckedError
        job.approve(command.by)
        uow.imports.save(job)
        uow.commit()


def preview_again(command: ImportStep, uow: UnitOfWork) -> None:
    """Ask for a new preview, after the registry has moved on."""
    with uow:
        job = _seen(command, uow)
        job.preview_again()
        uow.imports.save(job)
        uow.commit()


def withdraw(command: ImportStep, uow: UnitOfWork) -> None:
    """Give an import up; its rows are forgotten, the file is kept."""
    with uow:
        job = _seen(command, uow)
        job.withdraw(uow.clock())
        uow.imports.clear_rows(job.id)
        uow.imports.save(job)
        uow.commit()


def _seen(command: ImportStep, uow: UnitOfWork) -> ImportJob:
    job = uow.imports.get(command.import_id)
    expect_version(job, command.version)
    return job
