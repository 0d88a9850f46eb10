"""What importing needs of the outside: where jobs, files and rows are kept, what the registry knows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from services.monitoring.domain.exchange.import_job import Counts, ImportJob, Outcome
from shared.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row as the preview found it; rows that change nothing are counted but not staged.

    *person* and *household* are what would be recorded, *before* what is recorded
    now, by field of the registry. *problems* are field, code and both sentences.
    """

    number: int
    household_no: str
    outcome: Outcome
    household_id: str | None = None
    household_version: int | None = None
    person_id: str | None = None
    problems: tuple[tuple[str, str, str, str], ...] = ()
    person: Mapping[str, Any] = field(default_factory=dict, repr=False)
    household: Mapping[str, Any] = field(default_factory=dict, repr=False)
    before: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class KnownHousehold:
    """A household on record, with what files may say of it; telephones only as their keyed hash."""

    id: str
    household_no: str
    version: int
    household_type: str
    values: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody present in a household on record."""

    id: str
    household_no: str
    values: Mapping[str, Any] = field(repr=False)


class KnownRegistry(Protocol):
    """What the registry knows of the households and people a file names."""

    def known_households(self, numbers: Collection[str]) -> dict[str, KnownHousehold]: ...
    def known_people(self, identities: Collection[str]) -> dict[str, KnownPerson]: ...
    def phone_hash(self, phone: str) -> str: ...


class Imports(KnownRegistry, Protocol):
    """Repository of imports. ``get`` raises ImportNotFoundError, ``save`` StaleVersionError."""

    def add(self, job: ImportJob) -> None: ...
    def save(self, job: ImportJob) -> None: ...
    def get(self, job_id: str) -> ImportJob: ...
    def open_with(
        self, file_hash: str, format_key: str, area_code: str, month: str, *, complete: bool
    ) -> ImportJob | None:
        """Return the import of the same file that is still open, if there is one."""
        ...

    def waiting(self) -> list[str]:
        """Return the ids of the imports a process has to read or apply, oldest first."""
        ...

    def keep_file(self, file_hash: str, path: Path) -> None: ...
    def copy_file(self, file_hash: str, path: Path) -> None: ...
    def clear_rows(self, job_id: str) -> None: ...
    def stage(self, job_id: str, rows: Sequence[StagedRow]) -> None: ...
    def households(self, job_id: str, size: int) -> Iterator[list[list[StagedRow]]]:
        """Yield the staged rows of each household together, *size* households at a time."""
        ...

    def fail_households(self, job_id: str, problems: Mapping[str, Problem]) -> int:
        """Make the rows of these households wrong, for the same reason; return how many that are."""
        ...

    def counted(self, job_id: str) -> Counts:
        """Count what is staged; what is unchanged is not."""
        ...


@dataclass(frozen=True, slots=True)
class DataExport:
    """An export somebody asked for. *whole_numbers*: with whole ID numbers and telephones, for *reason*."""

    id: str
    format: str
    file_kind: str
    area_code: str
    whole_numbers: bool
    reason: str
    asked_by: str
    asked_at: datetime


class Exports(Protocol):
    """Who asked for which export, when and why; only added to."""

    def add(self, export: DataExport) -> None: ...
    def get(self, export_id: str) -> DataExport: ...


class ExchangeRepositories(Protocol):
    """What importing and exporting add to the unit of work."""

    @property
    def imports(self) -> Imports: ...
    @property
    def exports(self) -> Exports: ...
    def flush(self) -> None:
        """Write down what has been told so far; it is kept, and leaves, only with the commit."""
        ...
