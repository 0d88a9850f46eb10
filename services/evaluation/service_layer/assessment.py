"""Draft a year-end assessment, and publish it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.evaluation.domain.assessment import Assessment
from services.evaluation.domain.board_document import assessed_document
from services.evaluation.domain.errors import DayNotReachedError, YearAssessedError
from services.evaluation.service_layer.canonical import digest_of
from services.evaluation.service_layer.ports import UnitOfWork
from services.evaluation.service_layer.score import Scores
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class DraftAssessment:
    """Freeze the score of *as_of* as known at the end of *known_at*."""

    as_of: date
    known_at: date | None = None


@dataclass(frozen=True, slots=True)
class PublishAssessment:
    """Make a drafted assessment the county's result."""

    assessment_id: str


def draft_assessment(command: DraftAssessment, uow: UnitOfWork, scores: Scores) -> str:
    """Store the score with its rules and digest; return the id. Each draft stands beside the earlier ones.

    Raises DayNotReachedError for a day to come.
    """
    today = day_of(uow.clock())
    known_at = command.known_at or command.as_of
    for day in (command.as_of, known_at):
        if day > today:
            raise DayNotReachedError(day=day.isoformat())
    document = assessed_document(scores.board(command.as_of, known_at), scores.rulebook)
    assessment = Assessment(
        id=uow.ids(),
        year=command.as_of.year,
        as_of=command.as_of,
        known_at=known_at,
        drafted_on=today,
        board=document["scoreboard"],
        lines=tuple(_without_events(line) for line in document["lines"]),
        rules=document["rules"],
        digest=digest_of(document),
    )
    with uow:
        uow.assessments.add(assessment)
        uow.commit()
    return assessment.id


def publish_assessment(command: PublishAssessment, uow: UnitOfWork) -> None:
    """Publish, and by committing tell the county; refused a second time.

    A year's published result gives way only to one as of a later day.
    """
    with uow:
        assessment = uow.assessments.get(command.assessment_id)
        last = uow.assessments.last_published_of(assessment.year)
        if last is not None and last.id != assessment.id and last.as_of >= assessment.as_of:
            raise YearAssessedError(year=last.year, as_of=last.as_of.isoformat())
        assessment.publish(day_of(uow.clock()))
        uow.assessments.save(assessment)
        uow.commit()


def _without_events(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return *line* with the number and digest of its events: the events themselves stay in the journal."""
    kept = {name: value for name, value in line.items() if name != "events"}
    return {**kept, "event_count": len(line["events"]), "events_sha256": digest_of(line["events"])}
