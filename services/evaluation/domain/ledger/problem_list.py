"""A list of fed-back problems that somebody sent in: read, previewed, then imported as one or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.evaluation.domain.ledger.errors import ListAppliedError, NothingToImportError
from shared.kernel.aggregate import Aggregate


class ListState(StrEnum):
    PREVIEWED = "previewed"
    IMPORTED = "imported"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """One line of the file, counted from 1. *faults*: codes of what keeps it from being imported."""

    line: int
    unit: str
    category: str
    text: str
    area_code: str = ""
    cause: str = ""
    systemic: bool = False
    faults: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return not self.faults


@dataclass(kw_only=True)
class ProblemList(Aggregate):
    """The whole list as it was read; *source* and *found_on* (day of feedback) hold for all its lines."""

    id: str
    name: str
    sha256: str
    source: str
    document_no: str
    found_on: date
    sent_on: date
    sent_by: str
    lines: tuple[ListedProblem, ...]
    state: ListState = ListState.PREVIEWED
    imported: int = 0

    @property
    def good(self) -> Sequence[ListedProblem]:
        """Return the lines that can be imported."""
        return tuple(line for line in self.lines if line.good)

    def take_in(self) -> Sequence[ListedProblem]:
        """Mark it imported and return its good lines; refuses a second time, and when no line is good."""
        self._require_open()
        if not self.good:
            raise NothingToImportError
        self.state, self.imported = ListState.IMPORTED, len(self.good)
        return self.good

    def discard(self) -> None:
        """Throw it away."""
        self._require_open()
        self.state = ListState.DISCARDED

    def _require_open(self) -> None:
        if self.state is not ListState.PREVIEWED:
            raise ListAppliedError
