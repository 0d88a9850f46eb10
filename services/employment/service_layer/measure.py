"""Requested measures: taken in from monitoring, accepted, delivered or declined here.

*version* in a command is the version the person saw; None asks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.employment.domain.measure import DeclineReason, Delivery, DeliveryKind, Request, Withdrawal
from services.employment.service_layer.ports import UnitOfWork
from services.employment.service_layer.publishing import cause_of
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.kernel.clock import day_of

SERVICE = "employment"


@dataclass(frozen=True, slots=True)
class AcceptMeasure:
    measure_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DeliverMeasure:
    """*by* is a job id, a placement id, or the reference of a training or another thing.

    A measure of category 100A42 (a post) is delivered by a placement, any other by anything else.
    """

    measure_id: str
    kind: DeliveryKind
    by: str
    delivered_on: date
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DeclineMeasure:
    measure_id: str
    reason: DeclineReason
    note: str = ""
    version: int | None = None


def accept_measure(command: AcceptMeasure, uow: UnitOfWork) -> None:
    with uow:
        measure = uow.measures.get(command.measure_id)
        measure.expect_version(command.version)
        measure.accept(on=day_of(uow.clock()))
        with uow.caused_by(cause_of(measure.request)):
            uow.measures.save(measure)
        uow.commit()


def deliver_measure(command: DeliverMeasure, uow: UnitOfWork) -> None:
    """Record that the measure reached the household; a job or placement named must be theirs."""
    with uow:
        measure = uow.measures.get(command.measure_id)
        measure.expect_version(command.version)
        delivery = _delivery(command, uow)
        measure.deliver(delivery, on=command.delivered_on, today=day_of(uow.clock()))
        with uow.caused_by(cause_of(measure.request)):
            uow.measures.save(measure)
        uow.commit()


def decline_measure(command: DeclineMeasure, uow: UnitOfWork) -> None:
    with uow:
        measure = uow.measures.get(command.measure_id)
        measure.expect_version(command.version)
        measure.decline(command.reason, command.note, on=day_of(uow.clock()))
        with uow.caused_by(cause_of(measure.request)):
            uow.measures.save(measure)
        uow.commit()


def _delivery(command: DeliverMeasure, uow: UnitOfWork) -> Delivery:
    if command.kind == "job":
        job = uow.jobs.get(command.by)
        return Delivery("job", job.id, job.household_id, job.person_id, job.started_on, job.ended_on)
    if command.kind == "placement":
        placement = uow.placements.get(command.by)
        days = (placement.started_on, placement.ended_on)
        return Delivery("placement", placement.id, placement.household_id, placement.person_id, *days)
    return Delivery(command.kind, command.by.strip())


def request_measures(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take in what is asked of this department; a request that replaces another withdraws it."""
    asked = [(event, v1.MeasureRequested.model_validate(event.data)) for event in events]
    mine = [(event, body) for event, body in asked if body.service == SERVICE]
    uow.measures.request([_request(event, body) for event, body in mine])
    uow.measures.withdraw(
        [
            Withdrawal(event.id, body.replaces, body.occurred_on)
            for event, body in asked
            if body.replaces is not None
        ]
    )


def withdraw_measures(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take in which requests monitoring's plan has taken back; its other records are our own answers."""
    recorded = [(event, v1.MeasureRecorded.model_validate(event.data)) for event in events]
    uow.measures.withdraw(
        [
            Withdrawal(event.id, body.measure_id, body.occurred_on)
            for event, body in recorded
            if body.status == "withdrawn"
        ]
    )


def _request(event: Envelope, body: v1.MeasureRequested) -> Request:
    return Request(
        measure_id=body.measure_id,
        case_id=body.case_id,
        household_id=body.household_id,
        area_code=body.area_code,
        risk=body.risk,
        category=body.category,
        code=body.code,
        department=body.department,
        requested_on=body.occurred_on,
        due_on=body.due_on,
        person_id=body.person_id,
        event_id=event.id,
        correlation_id=event.correlationid or event.id,
    )
