"""Where imports are kept: the jobs, their files in sealed parts, their staged rows; and who exported what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from services.monitoring.adapters.exchange.registry_lookup import RegistryLookup
from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables_exchange import (
    data_exports,
    import_file_parts,
    import_jobs,
    import_rows,
)
from services.monitoring.domain.exchange.import_errors import ExportNotFoundError, ImportNotFoundError
from services.monitoring.domain.exchange.import_job import Counts, ImportJob
from services.monitoring.service_layer.ports_exchange import DataExport, StagedRow
from shared.kernel.errors import Problem
from shared.messaging.bulk import among, insert_missing
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(ImportJob) if one.name not in ("version", "facts"))
_PART = 1 << 19
_DAYS = frozenset({"born_on"})
_SEVERAL = frozenset({"health"})
_STAGED = ("number", "household_no", "outcome", "household_id", "household_version", "person_id")


class ImportStore(RegistryLookup):
    """The imports of the county, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection)
        self._collect = collect

    def add(self, job: ImportJob) -> None:
        """Keep a new job."""
        add_version(self._connection, import_jobs, _row(job))
        self._collect(job)
        job.version = 1

    def save(self, job: ImportJob) -> None:
        """Keep the changed job unless somebody else saved it since it was read."""
        save_version(self._connection, import_jobs, _row(job), read=job.version)
        self._collect(job)
        job.version += 1

    def get(self, job_id: str) -> ImportJob:
        """Return the job; raises ImportNotFoundError."""
        query = select(import_jobs).where(import_jobs.c.id == job_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise ImportNotFoundError
        return _job(row)

    def open_with(
        self, file_hash: str, format_key: str, area_code: str, month: str, *, complete: bool
    ) -> ImportJob | None:
        """Return the import of the same file that is still open, if there is one."""
        columns = import_jobs.c
        query = select(import_jobs).where(
            columns.file_hash == file_hash,
            columns.format == format_key,
            columns.area_code == area_code,
            columns.month == month,
            columns.complete == complete,
            columns.state.in_(("uploaded", "previewed", "approved")),
        )
        row = self._connection.execute(query.order_by(columns.uploaded_at)).mappings().first()
        return None if row is None else _job(row)

    def waiting(self) -> list[str]:
        """Return the ids of the imports a process has to read or apply, oldest first."""
        query = select(import_jobs.c.id).where(import_jobs.c.state.in_(("uploaded", "approved")))
        return list(self._connection.execute(query.order_by(import_jobs.c.uploaded_at)).scalars())

    def keep_file(self, file_hash: str, path: Path) -> None:
        """Keep the file in parts, each sealed; one that is kept stays as it is."""
        table = import_file_parts
        if self._connection.execute(select(table.c.hash).where(table.c.hash == file_hash)).first():
            return
        with path.open("rb") as stream:
            for position, part in enumerate(iter(lambda: stream.read(_PART), b"")):
                row = {"hash": file_hash, "position": position, "content": part}
                self._connection.execute(table.insert(), row)

    def copy_file(self, file_hash: str, path: Path) -> None:
        """Write the kept file to *path*."""
        table = import_file_parts
        query = select(table.c.content).where(table.c.hash == file_hash)
        with path.open("wb") as stream:
            position = 0
            while part := self._connection.execute(query.where(table.c.position == position)).scalar():
                stream.write(part)
                position += 1
        if position == 0:
            raise ImportNotFoundError

    def clear_rows(self, job_id: str) -> None:
        """Forget an earlier preview."""
        self._connection.execute(delete(import_rows).where(import_rows.c.job_id == job_id))

    def stage(self, job_id: str, rows: Sequence[StagedRow]) -> None:
        """Keep rows of the preview."""
        insert_missing(self._connection, import_rows, [_staged(job_id, row) for row in rows], unique="id")

    def households(self, job_id: str, size: int) -> Iterator[list[list[StagedRow]]]:
        """Yield the staged rows of each household together, *size* households at a time."""
        table, last = import_rows.c, ""
        while True:
            numbers = list(
                self._connection.execute(
                    select(table.household_no)
                    .where(table.job_id == job_id, table.household_no > last)
                    .group_by(table.household_no)
                    .order_by(table.household_no)
                    .limit(size)
                ).scalars()
            )
            if not numbers:
                return
            last = numbers[-1]
            query = select(import_rows).where(
                table.job_id == job_id, among(self._connection, table.household_no, numbers)
            )
            grouped: dict[str, list[StagedRow]] = defaultdict(list)
            for row in self._connection.execute(query.order_by(table.household_no, table.number)).mappings():
                grouped[row["household_no"]].append(_from_staged(row))
            yield list(grouped.values())

    def fail_households(self, job_id: str, problems: Mapping[str, Problem]) -> int:
        """Make the rows of these households wrong, for the same reason; return how many that are."""
        failed = 0
        for number, problem in problems.items():
            said = [["household_no", problem.code, problem.text("zh"), problem.text("en")]]
            where = (import_rows.c.job_id == job_id, import_rows.c.household_no == number)
            change = update(import_rows).where(*where, import_rows.c.outcome != "failed")
            failed += self._connection.execute(change.values(outcome="failed", problems=said)).rowcount
        return failed

    def counted(self, job_id: str) -> Counts:
        """Count what is staged; what is unchanged is not."""
        columns = import_rows.c
        query = select(columns.outcome, func.count()).where(columns.job_id == job_id)
        by_outcome = {row[0]: row[1] for row in self._connection.execute(query.group_by(columns.outcome))}
        households = select(func.count(columns.household_no.distinct())).where(
            columns.job_id == job_id, columns.outcome != "failed"
        )
        number = self._connection.execute(households).scalar_one()
        return Counts(
            by_outcome.get("new", 0),
            by_outcome.get("changed", 0),
            0,
            by_outcome.get("failed", 0),
            int(number),
        )


class ExportLog:
    """Who asked for which export, when and why; only added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, export: DataExport) -> None:
        """Keep that somebody asked for it."""
        add_version(self._connection, data_exports, asdict(export))

    def get(self, export_id: str) -> DataExport:
        """Return the export; raises ExportNotFoundError."""
        query = select(data_exports).where(data_exports.c.id == export_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise ExportNotFoundError
        return DataExport(**{name: value for name, value in row.items() if name != "version"})


def _row(job: ImportJob) -> dict[str, Any]:
    return {name: getattr(job, name) for name in _FIELDS} | {"counts": asdict(job.counts)}


def _job(row: Mapping[Any, Any]) -> ImportJob:
    return ImportJob(**{**row, "counts": Counts(**row["counts"])})


def _staged(job_id: str, row: StagedRow) -> dict[str, Any]:
    content = {"person": _plain(row.person), "household": _plain(row.household), "before": _plain(row.before)}
    return {
        "id": f"{job_id}:{row.number}",
        "job_id": job_id,
        **{name: getattr(row, name) for name in _STAGED},
        "problems": [list(one) for one in row.problems],
        "content": content if any(content.values()) else None,
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in values.items()}


def _from_staged(row: Mapping[Any, Any]) -> StagedRow:
    content = row["content"] or {}
    return StagedRow(
        **{name: row[name] for name in _STAGED},
        problems=tuple((one[0], one[1], one[2], one[3]) for one in row["problems"]),
        person=_values(content.get("person", {})),
        household=_values(content.get("household", {})),
        before=_values(content.get("before", {})),
    )


def _values(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in kept.items()}


def _value(name: str, value: object) -> object:
    if name in _DAYS and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if name in _SEVERAL and isinstance(value, list) else value
