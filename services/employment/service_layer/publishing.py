"""Which private fact becomes which published event: the whole list."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import singledispatch

from services.employment.domain import job, measure, placement
from shared.contracts.employment import v1
from shared.contracts.envelope import Envelope, EventData
from shared.kernel.ids import derived_id


@singledispatch
def publish(fact: object) -> Iterable[EventData]:  # noqa: ARG001  (singledispatch looks at it)
    """Return the events to publish for *fact*; most private facts have none."""
    return ()


@publish.register
def _(fact: job.Started) -> Iterable[EventData]:
    yield v1.JobStarted(
        occurred_on=fact.started_on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        spell_id=fact.job_id,
        person_id=fact.person_id,
        place_code=fact.work.place_code,
        region=fact.work.region,
        monthly_pay_fen=fact.work.monthly_pay_fen or 0,
        channel=fact.work.channel or "",
        lifted_out=fact.lifted_out,
        complete=fact.work.complete,
    )


@publish.register
def _(fact: job.Ended) -> Iterable[EventData]:
    yield v1.JobEnded(
        occurred_on=fact.ended_on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        spell_id=fact.job_id,
        person_id=fact.person_id,
        reason=fact.reason,
        without_work=fact.without_work,
    )


@publish.register
def _(fact: placement.Placed) -> Iterable[EventData]:
    yield v1.PostPlaced(
        occurred_on=fact.started_on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        placement_id=fact.placement_id,
        person_id=fact.person_id,
        post_kind=fact.post_kind,
        monthly_pay_fen=fact.monthly_pay_fen,
        ends_on=fact.ends_on,
    )


@publish.register
def _(fact: placement.Ended) -> Iterable[EventData]:
    yield v1.PostEnded(
        occurred_on=fact.ended_on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        placement_id=fact.placement_id,
        person_id=fact.person_id,
        reason=fact.reason,
    )


@publish.register
def _(fact: placement.AttendanceRecorded) -> Iterable[EventData]:
    yield v1.PostAttendanceRecorded(
        occurred_on=fact.recorded_on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        placement_id=fact.placement_id,
        person_id=fact.person_id,
        month=fact.month,
        passed=fact.passed,
    )


@publish.register
def _(fact: measure.Accepted) -> Iterable[EventData]:
    yield v1.MeasureAccepted(
        occurred_on=fact.on,
        household_id=fact.request.household_id,
        area_code=fact.request.area_code,
        measure_id=fact.request.measure_id,
    )


@publish.register
def _(fact: measure.Delivered) -> Iterable[EventData]:
    yield v1.MeasureDelivered(
        occurred_on=fact.on,
        household_id=fact.request.household_id,
        area_code=fact.request.area_code,
        measure_id=fact.request.measure_id,
        by=_by(fact),
    )


@publish.register
def _(fact: measure.Declined) -> Iterable[EventData]:
    # The note is typed text, which may name somebody: it stays in this department's own database.
    yield v1.MeasureDeclined(
        occurred_on=fact.on,
        household_id=fact.request.household_id,
        area_code=fact.request.area_code,
        measure_id=fact.request.measure_id,
        reason=fact.reason,
    )


def _by(fact: measure.Delivered) -> str:
    """Return the id of the record it was delivered by; a typed reference stays here, its kind is told."""
    return fact.by if fact.kind in {"job", "placement"} else fact.kind


def cause_of(request: measure.Request) -> Envelope:
    """Return the event that asked for the measure, as far as an answer has to name it."""
    return Envelope(
        id=request.event_id,
        source="",
        type="monitoring.measure_requested.v1",
        subject=request.household_id,
        time=datetime.min.replace(tzinfo=UTC),
        data={},
        correlationid=request.correlation_id,
    )


def fixed_id(event: EventData) -> str | None:
    """Return the id of an event that the clock alone causes: found twice, it is the same event."""
    if isinstance(event, v1.PostEnded) and event.reason == "term_over":
        return derived_id(event.type, event.placement_id, event.occurred_on.isoformat())
    return None
