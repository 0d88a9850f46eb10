"""One import: a file somebody sent, from upload over its preview to what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from services.monitoring.domain.exchange.import_errors import FailedRowsError, ImportStateError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Problem

State = Literal["uploaded", "previewed", "approved", "applied", "rejected", "withdrawn"]
Outcome = Literal["new", "changed", "unchanged", "failed"]

STATE_WORDS: Mapping[State, str] = {
    "uploaded": "已上传，待读取",
    "previewed": "已预览，待确认",
    "approved": "已确认，正在导入",
    "applied": "已导入",
    "rejected": "文件无法读取",
    "withdrawn": "已撤回",
}
TAKEN_FOR = timedelta(minutes=10)
"""So long nobody else begins what one process has begun; one that was killed is taken over afterwards."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows are of each outcome; *households* are those that would be new or change."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    households: int = 0

    @property
    def total(self) -> int:
        """Return how many rows there are."""
        return self.new + self.changed + self.unchanged + self.failed


@dataclass(kw_only=True)
class ImportJob(Aggregate):
    """*area_code* is the area of who sent it: a row of another area is wrong.

    *month* (YYYYMM) and *complete* are for departments' lists. Reading and applying
    may take minutes and are done by whoever *takes* the job. *problem* says in both languages why the
    last attempt failed.
    """

    id: str
    format: str
    file_hash: str
    file_name: str = field(repr=False)
    file_size: int
    area_code: str
    department: str = ""
    month: str = ""
    complete: bool = False
    uploaded_by: str
    uploaded_at: datetime
    state: State = "uploaded"
    counts: Counts = Counts()
    taken_at: datetime | None = None
    previewed_at: datetime | None = None
    approved_by: str = ""
    ended_at: datetime | None = None
    problem_code: str = ""
    problem_zh: str = ""
    problem_en: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anything can still become of it."""
        return self.state in ("uploaded", "previewed", "approved")

    @property
    def waits_for_work(self) -> bool:
        """Whether a process has to read or apply it."""
        return self.state in ("uploaded", "approved")

    def take(self, at: datetime) -> bool:
        """Begin to read or apply it; False when somebody else has begun just now."""
        if not self.waits_for_work or (self.taken_at is not None and at - self.taken_at < TAKEN_FOR):
            return False
        self.taken_at = at
        return True

    def preview(self, counts: Counts, at: datetime) -> None:
        """Note what would change. A preview may be made again, since the registry moves on."""
        self._step("preview")
        self.state, self.counts, self.previewed_at, self.taken_at = "previewed", counts, at, None
        self._no_problem()

    def approve(self, by: str) -> None:
        """Let it be applied; refuses one with wrong rows."""
        self._step("approve")
        if self.counts.failed:
            raise FailedRowsError(failed=self.counts.failed)
        self.state, self.approved_by, self.taken_at = "approved", by, None

    def apply(self, at: datetime) -> None:
        """Note that everything in it is recorded now."""
        self._step("apply")
        self.state, self.ended_at, self.taken_at = "applied", at, None
        self._no_problem()

    def turn_back(self, problem: Problem) -> None:
        """Applying was refused, and nothing of it recorded: somebody has to look at the preview again."""
        self._step("turn_back")
        self.state, self.taken_at = "previewed", None
        self._note(problem)

    def reject(self, problem: Problem, at: datetime) -> None:
        """The file is no such table."""
        self._step("reject")
        self.state, self.ended_at, self.taken_at = "rejected", at, None
        self._note(problem)

    def withdraw(self, at: datetime) -> None:
        """Whoever sent it does not want it any more; nothing of it is recorded."""
        self._step("withdraw")
        self.state, self.ended_at, self.taken_at = "withdrawn", at, None

    def preview_again(self) -> None:
        """Ask for a new preview."""
        self._step("preview_again")
        self.state, self.taken_at = "uploaded", None

    def _step(self, name: str) -> None:
        if self.state not in STEPS[name]:
            raise ImportStateError(state=self.state, state_zh=STATE_WORDS[self.state])

    def _note(self, problem: Problem) -> None:
        self.problem_code, self.problem_zh = problem.code, problem.text("zh")
        self.problem_en = problem.text("en")

    def _no_problem(self) -> None:
        self.problem_code = self.problem_zh = self.problem_en = ""


STEPS: Mapping[str, frozenset[State]] = {
    "preview": frozenset({"uploaded"}),
    "preview_again": frozenset({"previewed"}),
    "approve": frozenset({"previewed"}),
    "apply": frozenset({"approved"}),
    "turn_back": frozenset({"approved"}),
    "reject": frozenset({"uploaded"}),
    "withdraw": frozenset({"uploaded", "previewed"}),
}
"""From which states each step may be taken."""

Progress = Callable[[int], None]
"""Told how many rows have been done so far."""
