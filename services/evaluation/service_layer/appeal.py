"""Commands on appeals: filing, taking up, ruling with a correction, rejecting, withdrawing."""

from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.appeal import Appeal
from services.evaluation.domain.assessment import Assessment
from services.evaluation.domain.assessment_errors import (
    NotOwnPointError,
    PointUnderAppealError,
    WrongCorrectionError,
)
from services.evaluation.domain.correction import Correction, Kind
from services.evaluation.domain.errors import UnknownScoreError
from services.evaluation.domain.fact import day
from services.evaluation.service_layer.ports import UnitOfWork
from services.evaluation.service_layer.score import Scores
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class FileAppeal:
    """*unit* appeals against its own line *indicator*; *evidence* names the paper or file that shows it."""

    assessment_id: str
    unit: str
    indicator: str
    reason: str = field(repr=False)
    evidence: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AcceptAppeal:
    appeal_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class UpholdAppeal:
    """Rule for the unit. What is needed depends on *kind*.

    ``event_discounted``: *event_id*, one of those listed behind the point.
    ``case_counted``: *day* it was true on, and what is added to *numerator* and *denominator*.
    ``value_replaced``: the *numerator* and *denominator* that take the place of all.
    """

    appeal_id: str
    kind: Kind
    ruling: str = field(repr=False)
    event_id: str = ""
    numerator: str = "0"
    denominator: str = "0"
    day: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RejectAppeal:
    appeal_id: str
    ruling: str = field(repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawAppeal:
    """*unit* is who withdraws; only the unit that filed may."""

    appeal_id: str
    unit: str
    version: int | None = None


def file_appeal(command: FileAppeal, uow: UnitOfWork) -> str:
    """File an appeal against a point of the newest preliminary version; return its id.

    Raises UnknownScoreError where the unit has no such line, NotOpenToAppealError,
    AppealTooLateError, PointUnderAppealError or AppealReasonMissingError.
    """
    with uow:
        assessment = uow.assessments.get(command.assessment_id)
        appeal = Appeal.file(
            uow.ids(),
            assessment,
            command.unit,
            command.indicator,
            on=day_of(uow.clock()),
            reason=command.reason,
            evidence=command.evidence,
        )
        _ensure_line(assessment, command, uow)
        if uow.appeals.open_against(assessment.id, command.unit, command.indicator):
            raise PointUnderAppealError(indicator=command.indicator)
        uow.assessments.save(assessment)  # of two steps at once, one looks again
        uow.appeals.add(appeal)
        uow.commit()
    return appeal.id


def _ensure_line(assessment: Assessment, command: FileAppeal, uow: UnitOfWork) -> None:
    lines = uow.assessments.version(assessment.id, assessment.number).lines
    if not any((line["unit"], line["indicator"]) == (command.unit, command.indicator) for line in lines):
        raise UnknownScoreError(score=f"{command.unit}:{command.indicator}"[:120])


def accept_appeal(command: AcceptAppeal, uow: UnitOfWork) -> None:
    """Take an appeal up for review."""
    with uow:
        appeal = uow.appeals.get(command.appeal_id)
        appeal.expect_version(command.version)
        appeal.accept(day_of(uow.clock()))
        uow.appeals.save(appeal)
        uow.commit()


def uphold_appeal(command: UpholdAppeal, uow: UnitOfWork, scores: Scores) -> str:
    """Rule for the unit; the correction counts from the next version on. Return the correction's id.

    Raises WrongCorrectionError where the correction says too little or names what is not listed.
    """
    with uow:
        appeal = uow.appeals.get(command.appeal_id)
        assessment = uow.assessments.get(appeal.point.assessment_id)
    listed = _listed(command, appeal, assessment, scores, day_of(uow.clock()))
    with uow:
        appeal = uow.appeals.get(command.appeal_id)
        appeal.expect_version(command.version)
        correction = _correction(command, assessment, uow, listed)
        correction.fits(scores.rulebook.indicator(appeal.point.indicator))
        appeal.uphold(correction, day_of(uow.clock()), command.ruling)
        uow.appeals.save(appeal)
        uow.commit()
    return correction.id


def reject_appeal(command: RejectAppeal, uow: UnitOfWork) -> None:
    """Rule that the point stands."""
    with uow:
        appeal = uow.appeals.get(command.appeal_id)
        appeal.expect_version(command.version)
        appeal.reject(day_of(uow.clock()), command.ruling)
        uow.appeals.save(appeal)
        uow.commit()


def withdraw_appeal(command: WithdrawAppeal, uow: UnitOfWork) -> None:
    """Let go of an appeal; raises NotOwnPointError for another unit's."""
    with uow:
        appeal = uow.appeals.get(command.appeal_id)
        appeal.expect_version(command.version)
        if appeal.point.unit != command.unit:
            raise NotOwnPointError
        appeal.withdraw(day_of(uow.clock()))
        uow.appeals.save(appeal)
        uow.commit()


def _listed(
    command: UpholdAppeal, appeal: Appeal, assessment: Assessment, scores: Scores, today: date
) -> tuple[str, ...]:
    """Return the events behind the point as it would be counted now; none where no event is in question."""
    if command.kind != "event_discounted":
        return ()
    board = scores.board(assessment.as_of, max(today, assessment.as_of))
    return board.unit(appeal.point.unit).line(appeal.point.indicator).evidence


def _correction(
    command: UpholdAppeal, assessment: Assessment, uow: UnitOfWork, listed: tuple[str, ...]
) -> Correction:
    counted = (command.numerator, command.denominator)
    if command.kind == "event_discounted":
        event = uow.journal.find(command.event_id) if command.event_id in listed else None
        if event is None:
            raise WrongCorrectionError(
                what_zh="该事件不在这条得分的依据之中",
                what_en="the event is not among those behind the point",
            )
        occurred_on = day(str(event.data["occurred_on"]))
        return Correction(uow.ids(), command.kind, occurred_on, event.id, event.fact)
    since = assessment.as_of if command.day is None else command.day
    if since > assessment.as_of:
        raise WrongCorrectionError(
            what_zh="日期晚于考评截止日", what_en="the day lies after the one that is judged"
        )
    if command.kind == "value_replaced":
        since = assessment.as_of
    return Correction(uow.ids(), command.kind, since, "", "", *counted)
