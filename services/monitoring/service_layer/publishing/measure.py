"""What the county is told of measures."""

from collections.abc import Iterable

from services.monitoring.domain import measure
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: measure.Requested) -> Iterable[EventData]:
    asked = fact.measure
    if asked.due_on is not None:
        yield v1.MeasureRequested(
            occurred_on=fact.on,
            household_id=fact.plan.household_id,
            area_code=fact.plan.area_code,
            measure_id=asked.id,
            case_id=fact.plan.case_id,
            risk=asked.risk,
            category=asked.category,
            code=asked.code,
            department=asked.department,
            service=asked.service,
            due_on=asked.due_on,
            person_id=asked.person_id,
            replaces=asked.replaces,
        )


@publish.register
def _(fact: measure.Answered) -> Iterable[EventData]:
    asked, answer = fact.measure, fact.answer
    yield v1.MeasureRecorded.model_validate(
        {
            "occurred_on": answer.on,
            "household_id": fact.plan.household_id,
            "area_code": fact.plan.area_code,
            "measure_id": asked.id,
            "case_id": fact.plan.case_id,
            "risk": asked.risk,
            "category": asked.category,
            "code": asked.code,
            "department": asked.department,
            "status": str(answer.status),
            "due_on": asked.due_on,
            "version": answer.status.rank,
            "reason": answer.reason,
        }
    )
