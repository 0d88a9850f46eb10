"""The steps of the year's assessment: draft, show, revise, make final, publish; each a new version."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.evaluation.domain.appeal import Appeal, AppealState
from services.evaluation.domain.assessment import AppealPeriod, Assessment, Stage, Version
from services.evaluation.domain.board_document import assessed_document
from services.evaluation.domain.errors import DayNotReachedError, YearAssessedError
from services.evaluation.domain.rule import Rulebook
from services.evaluation.service_layer.canonical import digest_of
from services.evaluation.service_layer.ports import UnitOfWork
from services.evaluation.service_layer.score import Scores
from services.evaluation.service_layer.version_difference import since_version
from shared.kernel.clock import day_of

_DECIDED = frozenset({AppealState.UPHELD, AppealState.REJECTED})


@dataclass(frozen=True, slots=True)
class DraftAssessment:
    """Begin an assessment with a first draft: the score of *as_of* as known at the end of *known_at*."""

    as_of: date
    known_at: date | None = None


@dataclass(frozen=True, slots=True)
class NextVersion:
    """Take the next step with an assessment, counting what is known at the end of *known_at* (today).

    *version* is the version of the record the person saw.
    """

    assessment_id: str
    reason: str = ""
    known_at: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class PublishAssessment:
    """Make the final version the county's result."""

    assessment_id: str
    version: int | None = None


def appeal_period(rulebook: Rulebook, on: date) -> AppealPeriod:
    """Return the period for appeals in force on the day of showing."""
    entry = rulebook.figures["appeal_days"].entry_on(on)
    return AppealPeriod(entry.value, entry.confirmed)


def draft_assessment(command: DraftAssessment, uow: UnitOfWork, scores: Scores) -> str:
    """Begin an assessment and return its id; earlier ones of the year stand beside it.

    Raises DayNotReachedError for a day to come.
    """
    today = day_of(uow.clock())
    known_at = command.known_at or command.as_of
    _ensure_reached(today, command.as_of, known_at)
    assessment = Assessment(id=uow.ids(), year=command.as_of.year, as_of=command.as_of, begun_on=today)
    version = _version(assessment, known_at, uow.clock(), scores)
    with uow:
        uow.assessments.add(assessment)
        uow.assessments.keep(version)
        uow.commit()
    return assessment.id


def redraft_assessment(command: NextVersion, uow: UnitOfWork, scores: Scores) -> int:
    """Draft again; return the number of the version, as every step does."""
    return _next(command, uow, scores, lambda assessment, _on, _open: assessment.redraft())


def show_assessment(command: NextVersion, uow: UnitOfWork, scores: Scores) -> int:
    """Show it to those it assesses, who may now appeal; they are told by an event."""
    return _next(
        command,
        uow,
        scores,
        lambda assessment, on, _open: assessment.show(on, appeal_period(scores.rulebook, on)),
    )


def revise_assessment(command: NextVersion, uow: UnitOfWork, scores: Scores) -> int:
    """Count again, with the rulings made since the last version."""
    return _next(command, uow, scores, lambda assessment, _on, _open: assessment.revise())


def finalise_assessment(command: NextVersion, uow: UnitOfWork, scores: Scores) -> int:
    """Make it final; refused while the period for appeals runs or an appeal is open."""
    return _next(
        command, uow, scores, lambda assessment, on, opened: assessment.finalise(on, open_appeals=opened)
    )


def reopen_assessment(command: NextVersion, uow: UnitOfWork, scores: Scores) -> int:
    """Show a final or published result again as preliminary; *reason* is kept with the version."""
    return _next(
        command,
        uow,
        scores,
        lambda assessment, on, _open: assessment.reopen(on, appeal_period(scores.rulebook, on)),
    )


def publish_assessment(command: PublishAssessment, uow: UnitOfWork) -> None:
    """Publish, and by committing tell the county; refused a second time.

    A year's published result gives way only to one as of a later day.
    """
    with uow:
        assessment = uow.assessments.get(command.assessment_id)
        assessment.expect_version(command.version)
        last = uow.assessments.last_published_of(assessment.year)
        if last is not None and last.id != assessment.id and last.as_of >= assessment.as_of:
            raise YearAssessedError(year=last.year, as_of=last.as_of.isoformat())
        version = uow.assessments.version(assessment.id, assessment.number)
        assessment.publish(day_of(uow.clock()), version)
        uow.assessments.save(assessment)
        uow.commit()


_Step = Callable[[Assessment, date, int], int]


def _next(command: NextVersion, uow: UnitOfWork, scores: Scores, step: _Step) -> int:
    """Take *step* and keep the version it makes.

    Scoring stands outside the transaction, since it may take seconds: who files an
    appeal meanwhile saves the assessment, and this step is refused as stale.
    """
    today = day_of(uow.clock())
    known_at = command.known_at or today
    _ensure_reached(today, known_at)
    with uow:
        assessment, before, appeals = _read(command.assessment_id, uow)
    assessment.expect_version(command.version)
    was = assessment.stage
    step(assessment, today, sum(appeal.open for appeal in appeals))
    version = _version(assessment, known_at, uow.clock(), scores, before, appeals, command.reason)
    with uow:
        if assessment.stage is Stage.PRELIMINARY is not was:
            assessment.tell_shown(version)
        uow.assessments.keep(version)
        uow.assessments.save(assessment)
        uow.commit()
    return version.number


def _read(assessment_id: str, uow: UnitOfWork) -> tuple[Assessment, Version, Sequence[Appeal]]:
    assessment = uow.assessments.get(assessment_id)
    before = uow.assessments.version(assessment_id, assessment.number)
    return assessment, before, uow.appeals.of_assessment(assessment_id)


def _version(
    assessment: Assessment,
    known_at: date,
    now: datetime,
    scores: Scores,
    before: Version | None = None,
    appeals: Sequence[Appeal] = (),
    reason: str = "",
) -> Version:
    board = scores.board(assessment.as_of, known_at)
    document = assessed_document(board, scores.rulebook)
    return Version(
        assessment_id=assessment.id,
        number=assessment.number,
        stage=assessment.stage,
        as_of=assessment.as_of,
        known_at=known_at,
        made_on=day_of(now),
        made_at=now,
        reason=reason,
        board=document["scoreboard"],
        lines=tuple(_without_events(line) for line in document["lines"]),
        rules=document["rules"],
        digest=digest_of(document),
        difference=since_version(before, board, document, scores) if before else {},
        frozen=tuple(_frozen(appeal) for appeal in appeals if appeal.open),
        rulings=tuple(_ruling(appeal) for appeal in appeals if appeal.state in _DECIDED),
    )


def _frozen(appeal: Appeal) -> dict[str, str]:
    return {"appeal_id": appeal.id, "unit": appeal.point.unit, "indicator": appeal.point.indicator}


def _ruling(appeal: Appeal) -> dict[str, str]:
    decided = appeal.decided_on.isoformat() if appeal.decided_on else ""
    outcome = {"outcome": str(appeal.state), "correction_id": appeal.correction_id, "decided_on": decided}
    return {**_frozen(appeal), **outcome}


def _ensure_reached(today: date, *days: date) -> None:
    for day in days:
        if day > today:
            raise DayNotReachedError(day=day.isoformat())


def _without_events(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return *line* with the number and digest of its events: the events themselves stay in the journal."""
    kept = {name: value for name, value in line.items() if name != "events"}
    return {**kept, "event_count": len(line["events"]), "events_sha256": digest_of(line["events"])}
