"""A year-end assessment: a score frozen with what made it, then published; never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.evaluation.domain.errors import AssessmentPublishedError
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class Published:
    """The assessment was published."""

    assessment_id: str
    year: int
    as_of: date
    known_at: date
    digest: str
    published_on: date


@dataclass(kw_only=True)
class Assessment(Aggregate):
    """Totals, ranks and lines as they were on the day of drafting, and their digest.

    *board* is the scoreboard document; *lines* holds every line without its
    evidence but with the SHA-256 of it; *rules* maps rule files to their SHA-256.
    """

    id: str
    year: int
    as_of: date
    known_at: date
    drafted_on: date
    board: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    rules: Mapping[str, str]
    digest: str
    published_on: date | None = None

    def publish(self, on: date) -> None:
        """Make it the county's result; refused when it is already published."""
        if self.published_on is not None:
            raise AssessmentPublishedError(published_on=self.published_on.isoformat())
        self.published_on = on
        self.raise_fact(Published(self.id, self.year, self.as_of, self.known_at, self.digest, on))
