"""Inspections, orders, interviews and triggers as the county hears of them: no person, no words."""

from collections.abc import Iterable

from services.evaluation.domain import accountability, inspection, inspection_sample, interview, order
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation.v1 import supervision as v1
from shared.kernel.clock import day_of


def _place(unit: str) -> str:
    """A town's code is its place; a department has none."""
    return unit if unit.isdigit() else ""


@publish.register
def _(fact: inspection.InspectionPlanned) -> Iterable[EventData]:
    one = fact.inspection
    yield v1.InspectionPlanned(
        occurred_on=one.planned_on,
        area_code=_place(one.unit),
        inspection_id=one.id,
        unit=one.unit,
        kind=one.kind,
        due_on=one.due_on,
        team=one.team,
        subjects=len(one.items),
    )


@publish.register
def _(fact: inspection.InspectionStarted) -> Iterable[EventData]:
    one = fact.inspection
    yield v1.InspectionStarted(
        occurred_on=fact.on, area_code=_place(one.unit), inspection_id=one.id, unit=one.unit
    )


@publish.register
def _(fact: inspection.InspectionFiled) -> Iterable[EventData]:
    one = fact.inspection
    yield v1.InspectionFiled(
        occurred_on=fact.on,
        area_code=_place(one.unit),
        inspection_id=one.id,
        unit=one.unit,
        subjects=len(one.items),
        problems=len(one.problems),
        problem_ids=tuple(item.problem_id for item in one.problems if item.problem_id),
    )


@publish.register
def _(fact: inspection.InspectionCancelled) -> Iterable[EventData]:
    one = fact.inspection
    yield v1.InspectionCancelled(
        occurred_on=fact.on, area_code=_place(one.unit), inspection_id=one.id, unit=one.unit
    )


@publish.register
def _(fact: inspection_sample.SampleDrawn) -> Iterable[EventData]:
    one = fact.sample
    registered = sum(household.registered for household in one.households)
    yield v1.InspectionSampleDrawn(
        occurred_on=one.drawn_on,
        sample_id=one.id,
        month=one.month,
        seed=one.seed,
        villages=one.villages,
        registered=registered,
        others=len(one.households) - registered,
    )


@publish.register
def _(fact: order.OrderIssued) -> Iterable[EventData]:
    one = fact.order
    yield v1.OrderIssued(
        occurred_on=day_of(one.issued_at),
        area_code=_place(one.unit),
        order_id=one.id,
        unit=one.unit,
        number=one.number,
        origin=one.origin,
        origin_id=one.origin_id,
        due_at=one.due_at,
    )


@publish.register
def _(fact: order.OrderAnswered) -> Iterable[EventData]:
    one = fact.order
    yield v1.OrderAnswered(
        occurred_on=day_of(fact.at),
        area_code=_place(one.unit),
        order_id=one.id,
        unit=one.unit,
        answered_at=fact.at,
        reply=one.replies,
    )


@publish.register
def _(fact: order.OrderSentBack) -> Iterable[EventData]:
    one = fact.order
    yield v1.OrderSentBack(
        occurred_on=day_of(fact.at),
        area_code=_place(one.unit),
        order_id=one.id,
        unit=one.unit,
        sent_back_at=fact.at,
        reply=one.replies,
        due_at=one.due_at,
    )


@publish.register
def _(fact: order.OrderClosed) -> Iterable[EventData]:
    one = fact.order
    yield v1.OrderClosed(
        occurred_on=day_of(fact.at),
        area_code=_place(one.unit),
        order_id=one.id,
        unit=one.unit,
        closed_at=fact.at,
        reply=one.replies,
    )


@publish.register
def _(fact: order.OrderWithdrawn) -> Iterable[EventData]:
    one = fact.order
    # It should not have been issued: true from that day, known since it was withdrawn (the envelope's time).
    yield v1.OrderWithdrawn(
        occurred_on=day_of(one.issued_at), area_code=_place(one.unit), order_id=one.id, unit=one.unit
    )


@publish.register
def _(fact: interview.InterviewRecorded) -> Iterable[EventData]:
    one = fact.interview
    yield v1.InterviewRecorded(
        occurred_on=one.held_on,
        area_code=_place(one.unit),
        interview_id=one.id,
        unit=one.unit,
        kind=one.kind,
        about_kind=one.about_kind,
        about_id=one.about_id,
        due_on=one.due_on,
    )


@publish.register
def _(fact: accountability.TriggerProposed) -> Iterable[EventData]:
    one = fact.trigger
    yield v1.AccountabilityTriggered(
        occurred_on=one.proposed_on,
        area_code=_place(one.unit),
        trigger_id=one.id,
        unit=one.unit,
        kind=one.kind,
        about_id=one.subject,
        times=one.times,
        cause_events=one.cause_events,
        rule_confirmed=one.rule_confirmed,
    )


@publish.register
def _(fact: accountability.TriggerDecided) -> Iterable[EventData]:
    one = fact.trigger
    yield v1.AccountabilityDecided(
        occurred_on=fact.on,
        area_code=_place(one.unit),
        trigger_id=one.id,
        unit=one.unit,
        decision="confirmed" if fact.confirmed else "rejected",
    )


@publish.register
def _(fact: accountability.TriggerReferred) -> Iterable[EventData]:
    one = fact.trigger
    assert one.referred_on is not None  # noqa: S101  (the step has just set it)
    yield v1.AccountabilityReferred(
        occurred_on=one.referred_on,
        area_code=_place(one.unit),
        trigger_id=one.id,
        unit=one.unit,
        referred_to=accountability.DISCIPLINE_OFFICE,
    )


@publish.register
def _(fact: accountability.TriggerConcluded) -> Iterable[EventData]:
    one = fact.trigger
    assert one.concluded_on is not None  # noqa: S101  (the step has just set it)
    yield v1.AccountabilityConcluded(
        occurred_on=one.concluded_on,
        area_code=_place(one.unit),
        trigger_id=one.id,
        unit=one.unit,
        outcome=one.outcome,
    )
