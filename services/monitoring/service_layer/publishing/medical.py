"""What the county is told of the guarantee of medical care."""

from collections.abc import Iterable

from services.monitoring.domain.medical import cover, disease, hospital_stay
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: cover.CoverRecorded) -> Iterable[EventData]:
    one = fact.cover
    yield v1.MedicalCoverRecorded.model_validate(
        {
            "occurred_on": one.recorded_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "person_id": one.person_id,
            "year": one.year,
            "scheme": one.scheme,
            "subsidy_fen": one.subsidy_fen,
            "version": fact.version,
        }
    )


@publish.register
def _(fact: hospital_stay.Settled) -> Iterable[EventData]:
    stay = fact.stay
    if stay.settled_on is not None:
        yield v1.InpatientSettled(
            occurred_on=stay.settled_on,
            household_id=stay.household_id,
            area_code=stay.area_code,
            settlement_id=stay.id,
            person_id=stay.person_id,
            in_county=stay.in_county,
            at_once=stay.at_once,
            total_fen=stay.total,
            basic_fen=stay.basic,
            critical_fen=stay.critical,
            relief_fen=stay.relief,
            self_paid_fen=stay.bill.self_paid,
        )


@publish.register
def _(fact: disease.Listed) -> Iterable[EventData]:
    one = fact.disease
    yield v1.DiseaseListed.model_validate(
        {
            "occurred_on": one.listed_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "listing_id": one.id,
            "person_id": one.person_id,
            "kind": one.kind,
            "due_on": one.due_on,
            "limit_confirmed": one.limit_confirmed,
        }
    )


@publish.register
def _(fact: disease.Served) -> Iterable[EventData]:
    one = fact.disease
    yield v1.DiseaseServed.model_validate(
        {
            "occurred_on": fact.service.served_on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "listing_id": one.id,
            "service_id": fact.service.id,
            "kind": one.kind,
            "next_due_on": fact.next_due_on,
        }
    )
