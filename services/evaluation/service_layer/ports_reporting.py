"""What reporting needs from outside: tasks, files by content, sampled checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from services.evaluation.domain.reporting.sample import ReportSample
from services.evaluation.domain.reporting.task import ReportingTask, TaskState


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in once, as it was. *figures* are documents of figures by unit, *files* by SHA-256."""

    task_id: str
    number: int
    submitted_on: date
    submitted_by: str
    note: str
    figures: dict[str, Any]
    files: tuple[str, ...]


class ReportingTasks(Protocol):
    """What is owed and what was reported."""

    def get(self, task_id: str) -> ReportingTask: ...
    def save(self, task: ReportingTask) -> None: ...

    def keep(self, submission: Submission) -> None:
        """Keep what was handed in for ever."""
        ...

    def owed_keys(self) -> set[tuple[str, str, str]]:
        """Return indicator, reporter and period of every task there is."""
        ...

    def add_new(self, tasks: Iterable[ReportingTask]) -> int:
        """Add tasks that are not there yet; return how many."""
        ...

    def past_due(self, today: date) -> Sequence[ReportingTask]:
        """Return the tasks without a report whose due day has passed and that are not marked overdue."""
        ...

    def in_state(
        self, state: TaskState, *, reporter: str = "", drawn: bool | None = None
    ) -> Sequence[ReportingTask]:
        """Return the tasks of a state, of one reporter if asked, drawn for a check or not if asked."""
        ...


class ReportSamples(Protocol):
    """Sampled checks."""

    def get(self, sample_id: str) -> ReportSample: ...
    def add(self, sample: ReportSample) -> None: ...
    def save(self, sample: ReportSample) -> None: ...


class ReportFiles(Protocol):
    """Evidence, each content once."""

    def put(self, sha256: str, media_type: str, content: bytes) -> None:
        """Keep *content*; one that is there already stays."""
        ...


class Reporting(Protocol):
    """The three of them on one transaction."""

    @property
    def tasks(self) -> ReportingTasks: ...
    @property
    def samples(self) -> ReportSamples: ...
    @property
    def files(self) -> ReportFiles: ...
