"""The assessment of a year: its stages, and its versions, none of which ever changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.evaluation.domain.assessment_errors import (
    AppealPeriodRunningError,
    AssessmentStepError,
    OpenAppealsError,
)
from shared.kernel.aggregate import Aggregate


class Stage(StrEnum):
    """Where the assessment stands; a version keeps the stage it was made for."""

    DRAFT = "draft"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    PUBLISHED = "published"


STAGE_WORDS = {
    Stage.DRAFT: ("草案", "a draft"),
    Stage.PRELIMINARY: ("初评公示", "preliminary"),
    Stage.FINAL: ("定稿", "final"),
    Stage.PUBLISHED: ("已公布", "published"),
}
STEPS = {
    "redraft": (frozenset({Stage.DRAFT}), ("重新起草", "drafted again")),
    "show": (frozenset({Stage.DRAFT}), ("公示", "shown")),
    "revise": (frozenset({Stage.PRELIMINARY}), ("修订初评", "revised")),
    "finalise": (frozenset({Stage.PRELIMINARY}), ("定稿", "made final")),
    "publish": (frozenset({Stage.FINAL}), ("公布", "published")),
    "reopen": (frozenset({Stage.FINAL, Stage.PUBLISHED}), ("重新公示", "opened again")),
}
"""Which stages permit a step, and what the step is called."""


@dataclass(frozen=True, slots=True)
class AppealPeriod:
    """For how many days after the day of showing units may appeal; *confirmed* by a paper or not."""

    days: int
    confirmed: bool

    def until(self, shown_on: date) -> date:
        """Return the last day: shown on the 1st with three days, the 4th."""
        return shown_on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Shown:
    """A preliminary version was shown."""

    assessment_id: str
    year: int
    number: int
    as_of: date
    known_at: date
    digest: str
    shown_on: date
    appeals_until: date


@dataclass(frozen=True, slots=True)
class Published:
    """A final version was published."""

    assessment_id: str
    year: int
    as_of: date
    known_at: date
    digest: str
    published_on: date
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Totals, ranks and lines as they were when the version was made, and their digest.

    *board* is the scoreboard document; *lines* holds every line without its
    evidence but with the SHA-256 of it; *rules* maps rule files to their SHA-256.
    *difference* explains the change since the version before, *frozen* lists the
    points then under appeal, *rulings* the appeals decided so far with their corrections.
    """

    assessment_id: str
    number: int
    stage: Stage
    as_of: date
    known_at: date
    made_on: date
    made_at: datetime | None
    reason: str
    board: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    rules: Mapping[str, str]
    digest: str
    difference: Mapping[str, Any]
    frozen: tuple[Mapping[str, str], ...]
    rulings: tuple[Mapping[str, str], ...]


@dataclass(kw_only=True)
class Assessment(Aggregate):
    """One assessment of a year, from its first draft to its publication.

    *number* is that of the newest version. Every step but publishing makes a new
    version; publishing publishes the newest, which is final, as it stands.
    """

    id: str
    year: int
    as_of: date
    begun_on: date
    stage: Stage = Stage.DRAFT
    number: int = 1
    shown_on: date | None = None
    appeals_until: date | None = None
    period_confirmed: bool = False
    finalised_on: date | None = None
    published_on: date | None = None

    def redraft(self) -> int:
        """Draft it again and return the number of the new version."""
        return self._next("redraft", Stage.DRAFT)

    def show(self, on: date, period: AppealPeriod) -> int:
        """Show it to those it assesses: the period for appeals begins."""
        number = self._next("show", Stage.PRELIMINARY)
        self._begin_appeals(on, period)
        return number

    def revise(self) -> int:
        """Count again what was ruled and entered since; the period for appeals stays as it is."""
        return self._next("revise", Stage.PRELIMINARY)

    def reopen(self, on: date, period: AppealPeriod) -> int:
        """Show a final or published result again as preliminary, to correct it; nothing is taken back."""
        number = self._next("reopen", Stage.PRELIMINARY)
        self.finalised_on = self.published_on = None
        self._begin_appeals(on, period)
        return number

    def finalise(self, on: date, *, open_appeals: int) -> int:
        """Make it final; refused until the last day for appeals is over, and while one is open."""
        self._ensure("finalise")
        if self.appeals_until is not None and on <= self.appeals_until:
            raise AppealPeriodRunningError(until=self.appeals_until.isoformat())
        if open_appeals:
            raise OpenAppealsError(count=open_appeals)
        self.finalised_on = on
        return self._next("finalise", Stage.FINAL)

    def publish(self, on: date, version: Version) -> None:
        """Make *version*, the newest, the county's result."""
        self._ensure("publish")
        self.stage, self.published_on = Stage.PUBLISHED, on
        digest, known_at = version.digest, version.known_at
        self.raise_fact(Published(self.id, self.year, self.as_of, known_at, digest, on, version.number))

    def tell_shown(self, version: Version) -> None:
        """Tell the units that *version* can be seen and appealed against."""
        on, until = self.shown_on, self.appeals_until
        if on is not None and until is not None:
            shown = (version.number, self.as_of, version.known_at, version.digest, on, until)
            self.raise_fact(Shown(self.id, self.year, *shown))

    def _begin_appeals(self, on: date, period: AppealPeriod) -> None:
        self.shown_on, self.appeals_until = on, period.until(on)
        self.period_confirmed = period.confirmed

    def _ensure(self, step: str) -> None:
        stages, (zh, en) = STEPS[step]
        if self.stage not in stages:
            stage_zh, stage_en = STAGE_WORDS[self.stage]
            raise AssessmentStepError(
                stage=self.stage, step=step, stage_zh=stage_zh, stage_en=stage_en, step_zh=zh, step_en=en
            )

    def _next(self, step: str, to: Stage) -> int:
        self._ensure(step)
        self.stage = to
        self.number += 1
        return self.number
