"""What the county is told of social assistance."""

from collections.abc import Iterable

from services.monitoring.domain.assistance import entitlement, relief
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: entitlement.Found) -> Iterable[EventData]:
    one = fact.entitlement
    yield v1.AssistanceDue.model_validate(
        {
            "occurred_on": one.found_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "kind": one.kind,
            "person_id": one.person_id,
            "due_on": one.due_on,
            "limit_confirmed": one.limit_confirmed,
        }
    )


@publish.register
def _(fact: entitlement.Decided) -> Iterable[EventData]:
    one = fact.entitlement
    yield v1.AssistanceDecided.model_validate(
        {
            "occurred_on": one.decided_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "kind": one.kind,
            "person_id": one.person_id,
            "granted": one.state == "granted",
            "reason": one.reason,
        }
    )


@publish.register
def _(fact: entitlement.Paid) -> Iterable[EventData]:
    one = fact.entitlement
    yield v1.AllowancePaid.model_validate(
        {
            "occurred_on": fact.payment.paid_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "kind": one.kind,
            "month": fact.payment.month,
            "amount_fen": fact.payment.amount_fen,
        }
    )


@publish.register
def _(fact: entitlement.Ended) -> Iterable[EventData]:
    one = fact.entitlement
    yield v1.AssistanceEnded.model_validate(
        {
            "occurred_on": one.ended_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "reason": one.reason,
        }
    )


@publish.register
def _(fact: relief.Applied) -> Iterable[EventData]:
    one = fact.relief
    yield v1.ReliefApplied(
        occurred_on=one.applied_on,
        household_id=one.household_id,
        area_code=one.area_code,
        relief_id=one.id,
        due_on=one.due_on,
        limit_confirmed=one.limit_confirmed,
    )


@publish.register
def _(fact: relief.Decided) -> Iterable[EventData]:
    one = fact.relief
    yield v1.ReliefDecided.model_validate(
        {
            "occurred_on": one.decided_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "relief_id": one.id,
            "eligible": one.eligible,
            "granted": one.state == "granted",
            "amount_fen": one.amount_fen,
        }
    )
