"""What the county is told of the guarantee of education."""

from collections.abc import Iterable

from services.monitoring.domain.education import dropout, home_teaching, student_aid
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: dropout.Found) -> Iterable[EventData]:
    one = fact.dropout
    yield v1.DropoutFound(
        occurred_on=one.found_on,
        household_id=one.household_id,
        area_code=one.area_code,
        dropout_id=one.id,
        person_id=one.person_id,
        reason=one.reason,
        due_on=one.due_on,
        limit_confirmed=one.limit_confirmed,
    )


@publish.register
def _(fact: dropout.Ended) -> Iterable[EventData]:
    one = fact.dropout
    yield v1.DropoutEnded.model_validate(
        {
            "occurred_on": one.ended_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "dropout_id": one.id,
            "person_id": one.person_id,
            "result": one.result,
        }
    )


@publish.register
def _(fact: student_aid.Due) -> Iterable[EventData]:
    one = fact.aid
    yield v1.StudentAidDue.model_validate(
        {
            "occurred_on": one.found_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "person_id": one.person_id,
            "kind": one.kind,
            "term": one.term,
            "amount_fen": one.amount_fen,
            "amount_confirmed": one.amount_confirmed,
            "due_on": one.due_on,
        }
    )


@publish.register
def _(fact: student_aid.Paid) -> Iterable[EventData]:
    one = fact.aid
    yield v1.StudentAidPaid.model_validate(
        {
            "occurred_on": one.paid_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "person_id": one.person_id,
            "kind": one.kind,
            "term": one.term,
            "amount_fen": one.amount_fen,
        }
    )


@publish.register
def _(fact: student_aid.Withdrawn) -> Iterable[EventData]:
    one = fact.aid
    yield v1.StudentAidWithdrawn.model_validate(
        {
            "occurred_on": one.withdrawn_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "entitlement_id": one.id,
            "person_id": one.person_id,
            "reason": one.reason,
        }
    )


@publish.register
def _(fact: home_teaching.Began) -> Iterable[EventData]:
    pupil = fact.pupil
    yield v1.HomeTeachingBegan(
        occurred_on=pupil.began_on,
        household_id=pupil.household_id,
        area_code=pupil.area_code,
        pupil_id=pupil.id,
        person_id=pupil.person_id,
        visits_a_month=pupil.visits_a_month,
    )


@publish.register
def _(fact: home_teaching.Visited) -> Iterable[EventData]:
    yield v1.HomeTeachingVisited(
        occurred_on=fact.visit.visited_on,
        household_id=fact.pupil.household_id,
        area_code=fact.pupil.area_code,
        pupil_id=fact.pupil.id,
        visit_id=fact.visit.id,
    )


@publish.register
def _(fact: home_teaching.Ended) -> Iterable[EventData]:
    pupil = fact.pupil
    yield v1.HomeTeachingEnded.model_validate(
        {
            "occurred_on": pupil.ended_on,
            "household_id": pupil.household_id,
            "area_code": pupil.area_code,
            "pupil_id": pupil.id,
            "reason": pupil.reason,
        }
    )
