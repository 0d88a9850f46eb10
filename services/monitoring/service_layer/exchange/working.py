"""The work on an import that takes its time: reading and previewing the file, recording what was approved."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import structlog

from services.monitoring.domain.clue import CluePolicy
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.exchange.cell import label_key
from services.monitoring.domain.exchange.file_errors import FileBrokenError
from services.monitoring.domain.exchange.format import FileFormat, Table, TypedRow, typed_rows
from services.monitoring.domain.exchange.import_errors import FailedRowsError
from services.monitoring.domain.exchange.import_job import Counts, ImportJob
from services.monitoring.domain.exchange.registry_row import RegistryRow, registry_row
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.comparison.department_list import (
    TakeDepartmentList,
    take_department_list,
)
from services.monitoring.service_layer.exchange.comparing import Comparison
from services.monitoring.service_layer.exchange.listed import list_rows, wrong_list_rows
from services.monitoring.service_layer.exchange.part import part_of, rehearsal_on
from services.monitoring.service_layer.exchange.recording import AT_ONCE, record, usable
from services.monitoring.service_layer.ports import UnitOfWork
from shared.areas import areas
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, StaleVersionError

_log = structlog.get_logger("shouxian.monitoring")
CHUNK = 2_000
_UNREADABLE = (ArithmeticError, EOFError, LookupError, TypeError, ValueError)
"""What a damaged file makes its reader raise; a database that fails is no fault of the file."""
OpenTable = Callable[[Path, FileFormat], AbstractContextManager[Table]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What working on imports needs; ``Monitoring.desk()`` gives it."""

    uow: Callable[[], UnitOfWork]
    formats: Mapping[str, FileFormat]
    checks: MemberChecks
    comparison: ComparisonPolicy
    clues: CluePolicy
    open_table: OpenTable


def work_on(job_id: str, desk: Desk) -> bool:
    """Read and preview an uploaded import, or apply an approved one; False: somebody else does.

    A process killed in between leaves the import as it was: another takes it over later.
    """
    uow = desk.uow()
    with uow:
        job = uow.imports.get(job_id)
        if not job.take(uow.clock()):
            return False
        uow.imports.save(job)
        uow.commit()
    if job.state == "uploaded":
        _read(job, desk)
    else:
        _apply(job, desk)
    return True


def work_on_waiting(desk: Desk) -> int:
    """Work on every import that waits; return how many were worked on."""
    with desk.uow() as uow:
        waiting = uow.imports.waiting()
    return sum(work_on(job_id, desk) for job_id in waiting)


def _read(job: ImportJob, desk: Desk) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="shouxian-import-") as folder:
            path = _fetched(job, desk, Path(folder))
            with desk.open_table(path, desk.formats[job.format]) as table:
                counts = _previewed(job, typed_rows(table, desk.formats[job.format]), desk)
    except Refusal as problem:
        refused = problem
        _end(job, desk, lambda one, uow: one.reject(refused, uow.clock()))
        return
    except _UNREADABLE as error:
        # The kind only: a message may quote the file. Left as it is, it would stop every sweep.
        _log.error("import_unreadable", import_id=job.id, kind=type(error).__name__)
        _end(job, desk, lambda one, uow: one.reject(FileBrokenError(), uow.clock()))
        return
    _end(job, desk, lambda one, uow: one.preview(counts, uow.clock()))


def _fetched(job: ImportJob, desk: Desk, folder: Path) -> Path:
    path = folder / "file"
    with desk.uow() as uow:
        uow.imports.copy_file(job.file_hash, path)
    return path


def _previewed(job: ImportJob, rows: Iterator[TypedRow], desk: Desk) -> Counts:
    with desk.uow() as uow:
        uow.imports.clear_rows(job.id)
        uow.commit()
    if desk.formats[job.format].target == "list":
        return _previewed_list(job, rows, desk)
    own = "" if len(job.area_code) <= len("610327") else job.area_code
    understood = (registry_row(row, village_named, desk.checks.id_number_valid, own) for row in rows)
    unchanged = _compared(job, understood, own, desk)
    return _rehearsed(job, unchanged, desk)


def _compared(job: ImportJob, rows: Iterator[RegistryRow], own: str, desk: Desk) -> int:
    """Stage what would change, a transaction per chunk: nobody sees it before the preview is complete."""
    uow = desk.uow()
    seen: Comparison | None = None
    while chunk := list(islice(rows, CHUNK)):
        with uow:
            seen = seen or Comparison(uow.imports, own)
            seen.imports = uow.imports
            uow.imports.stage(job.id, list(seen.take(chunk)))
            uow.commit()
    return seen.unchanged if seen else 0


def _rehearsed(job: ImportJob, unchanged: int, desk: Desk) -> Counts:
    """Let the registry check every household that would be recorded, without writing it."""
    with desk.uow() as uow:
        rehearsal = rehearsal_on(uow)
        today = day_of(uow.clock())
        for households in uow.imports.households(job.id, AT_ONCE):
            refused = record(list(usable(households)), today, rehearsal, desk.checks)
            uow.imports.fail_households(job.id, refused)
        found = uow.imports.counted(job.id)
        uow.commit()
    return Counts(found.new, found.changed, unchanged, found.failed, found.households)


def _previewed_list(job: ImportJob, rows: Iterator[TypedRow], desk: Desk) -> Counts:
    good = 0
    uow = desk.uow()
    while chunk := list(islice(rows, CHUNK)):
        wrong = list(wrong_list_rows(chunk, desk.formats[job.format], village_named))
        good += len(chunk) - len(wrong)
        if wrong:
            with uow:
                uow.imports.stage(job.id, wrong)
                uow.commit()
    with uow:
        found = uow.imports.counted(job.id)
    return Counts(new=good, failed=found.failed)


def _apply(job: ImportJob, desk: Desk) -> None:
    try:
        if desk.formats[job.format].target == "list":
            _apply_list(job, desk)
        else:
            _apply_households(job, desk)
    except (Refusal, StaleVersionError) as problem:
        refused = problem
        _end(job, desk, lambda one, _uow: one.turn_back(refused))


def _apply_households(job: ImportJob, desk: Desk) -> None:
    """Record everything in one transaction: a process killed in the middle has recorded nothing."""
    with desk.uow() as uow:
        part, today = part_of(uow), day_of(uow.clock())
        refused: dict[str, Refusal] = {}
        for households in uow.imports.households(job.id, AT_ONCE):
            refused |= record(households, today, part, desk.checks)
        if not refused:
            _finish(job, uow)
            return
    with desk.uow() as uow:
        uow.imports.fail_households(job.id, refused)
        one = uow.imports.get(job.id)
        one.turn_back(FailedRowsError(failed=len(refused)))
        found = uow.imports.counted(job.id)
        one.counts = Counts(found.new, found.changed, one.counts.unchanged, found.failed, found.households)
        uow.imports.save(one)
        uow.commit()


def _apply_list(job: ImportJob, desk: Desk) -> None:
    wanted = desk.formats[job.format]
    with tempfile.TemporaryDirectory(prefix="shouxian-import-") as folder:
        path = _fetched(job, desk, Path(folder))
        with desk.open_table(path, wanted) as table, desk.uow() as uow:
            command = TakeDepartmentList(
                kind=wanted.list_kind,
                month=job.month,
                rows=list_rows(typed_rows(table, wanted), wanted, village_named),
                complete=job.complete,
                department=job.department,
                by=job.approved_by,
            )
            take_department_list(command, part_of(uow), desk.comparison, desk.clues)
            _finish(job, uow)


def _finish(job: ImportJob, uow: UnitOfWork) -> None:
    one = uow.imports.get(job.id)
    one.apply(uow.clock())
    uow.imports.clear_rows(job.id)
    uow.imports.save(one)
    uow.commit()


def _end(job: ImportJob, desk: Desk, step: Callable[[ImportJob, UnitOfWork], None]) -> None:
    with desk.uow() as uow:
        one = uow.imports.get(job.id)
        step(one, uow)
        uow.imports.save(one)
        uow.commit()


@lru_cache(maxsize=4096)
def village_named(town: str, village: str) -> str | None:
    """Return the code of the village, by the names people write: with or without 镇, 村, 社区."""
    towns = [one for one in areas().towns() if _plain(one.name) == _plain(town)]
    for one in towns:
        for inside in areas().villages(one.code):
            if _plain(inside.name) == _plain(village):
                return inside.code
    return None


_ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "镇", "乡", "村")


def _plain(name: str) -> str:
    text = label_key(name)
    for ending in _ENDINGS:
        if len(text) > len(ending) + 1:
            text = text.removesuffix(ending)
    return text
