"""Notices, assessments, appeals, corrections and marks as the county hears of them."""

from collections.abc import Iterable
from typing import Any

from services.evaluation.domain import appeal, assessment, mark, notice
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation import v1
from shared.contracts.evaluation.v1 import assessment as events


def _place(unit: str) -> str:
    """Return the area of a unit: a town lies in itself, a department nowhere in particular."""
    return unit if unit.isdigit() else ""


@publish.register
def _(fact: notice.Issued) -> Iterable[EventData]:
    yield v1.NoticeIssued(
        occurred_on=fact.issued_on,
        area_code=_place(fact.unit),
        notice_id=fact.notice_id,
        unit=fact.unit,
        level=fact.level,  # type: ignore[arg-type]  # the aggregate has refused any other
    )


@publish.register
def _(fact: assessment.Shown) -> Iterable[EventData]:
    yield events.AssessmentShown(
        occurred_on=fact.shown_on,
        assessment_id=fact.assessment_id,
        year=fact.year,
        number=fact.number,
        as_of=fact.as_of,
        known_at=fact.known_at,
        digest=fact.digest,
        appeals_until=fact.appeals_until,
    )


@publish.register
def _(fact: assessment.Published) -> Iterable[EventData]:
    yield v1.AssessmentPublished(
        occurred_on=fact.published_on,
        assessment_id=fact.assessment_id,
        year=fact.year,
        as_of=fact.as_of,
        known_at=fact.known_at,
        digest=fact.digest,
        number=fact.number,
    )


def _of(fact: appeal.Filed | appeal.Accepted | appeal.Decided | appeal.Withdrawn) -> dict[str, Any]:
    point = fact.point
    return {
        "occurred_on": fact.on,
        "area_code": _place(point.unit),
        "appeal_id": fact.appeal_id,
        "assessment_id": point.assessment_id,
        "number": point.number,
        "unit": point.unit,
        "indicator": point.indicator,
    }


@publish.register
def _(fact: appeal.Filed) -> Iterable[EventData]:
    yield events.AppealFiled(**_of(fact), late=fact.late)


@publish.register
def _(fact: appeal.Accepted) -> Iterable[EventData]:
    yield events.AppealAccepted(**_of(fact))


@publish.register
def _(fact: appeal.Withdrawn) -> Iterable[EventData]:
    yield events.AppealWithdrawn(**_of(fact))


@publish.register
def _(fact: appeal.Decided) -> Iterable[EventData]:
    """The ruling, and where the unit was right what is counted otherwise."""
    correction = fact.correction
    if correction is None:
        yield events.AppealDecided(**_of(fact), outcome="rejected")
        return
    yield events.AppealDecided(**_of(fact), outcome="upheld", correction_id=correction.id)
    yield events.ScoreCorrected(
        occurred_on=correction.since,
        area_code=_place(fact.point.unit),
        correction_id=correction.id,
        appeal_id=fact.appeal_id,
        assessment_id=fact.point.assessment_id,
        unit=fact.point.unit,
        indicator=fact.point.indicator,
        kind=correction.kind,
        ruled_on=fact.on,
        discounted_event=correction.event_id,
        discounted_fact=correction.fact,
        numerator=correction.numerator,
        denominator=correction.denominator,
    )


@publish.register
def _(fact: mark.Judged) -> Iterable[EventData]:
    yield events.JudgementRecorded(
        occurred_on=fact.as_of,
        area_code=_place(fact.unit),
        mark_id=fact.mark_id,
        unit=fact.unit,
        item=fact.item,
        period=fact.period,
        value=str(fact.value),
        judged_on=fact.judged_on,
        assessor=fact.assessor,
        number=fact.number,
    )
