"""Notices and assessments as the county hears of them."""

from collections.abc import Iterable

from services.evaluation.domain import assessment, notice
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation import v1


@publish.register
def _(fact: notice.Issued) -> Iterable[EventData]:
    yield v1.NoticeIssued(
        occurred_on=fact.issued_on,
        area_code=fact.unit if fact.unit.isdigit() else "",
        notice_id=fact.notice_id,
        unit=fact.unit,
        level=fact.level,  # type: ignore[arg-type]  # the aggregate has refused any other
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
    )
