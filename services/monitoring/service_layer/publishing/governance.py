"""What the county is told of grids, village decisions, disputes and relocated households."""

from collections.abc import Iterable
from functools import singledispatch

from services.monitoring.domain import dispute, grid, matter, village_decision
from services.monitoring.domain.relocation import finding, site
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: grid.GridRecorded) -> Iterable[EventData]:
    yield v1.GridRecorded(
        occurred_on=fact.on,
        area_code=fact.area_code,
        grid_id=fact.grid_id,
        version=fact.version,
        level=fact.level,
        households=fact.households,
        workers=fact.workers,
        duties=fact.duties,
        active=fact.active,
    )


@publish.register
def _(fact: village_decision.DecisionFiled) -> Iterable[EventData]:
    filed = fact.decision
    if filed.filed_on is not None:
        yield v1.VillageDecisionFiled(
            occurred_on=filed.filed_on,
            area_code=filed.area_code,
            decision_id=filed.id,
            steps=tuple(step for step in village_decision.STEPS if step in filed.steps),
            complete=filed.complete,
        )


@publish.register
def _(fact: finding.LabourSurveyed) -> Iterable[EventData]:
    made = fact.survey
    yield v1.RelocatedLabourSurveyed(
        occurred_on=made.surveyed_on,
        household_id=made.household_id,
        area_code=made.area_code,
        survey_id=made.id,
        half=made.half,
        labourers=made.labourers,
        surveyed=made.surveyed,
        willing=made.willing,
    )


@publish.register
def _(fact: matter.MatterOpened) -> Iterable[EventData]:
    one = fact.matter
    yield opened(one).model_copy(update={"due_on": one.due_on, "limit_confirmed": one.limit_confirmed})


@publish.register
def _(fact: matter.MatterClosed) -> Iterable[EventData]:
    yield closed(fact.matter)


@singledispatch
def opened(one: matter.Matter) -> EventData:
    """Return what the county is told when a matter of this class is found."""
    raise TypeError(type(one))


@singledispatch
def closed(one: matter.Matter) -> EventData:
    """Return what the county is told when a matter of this class is settled."""
    raise TypeError(type(one))


@opened.register
def _(one: dispute.Dispute) -> EventData:
    return v1.DisputeOpened(
        occurred_on=one.opened_on,
        area_code=one.area_code,
        dispute_id=one.id,
        kind=one.kind,
        due_on=one.due_on,
    )


@closed.register
def _(one: dispute.Dispute) -> EventData:
    told = {"occurred_on": one.closed_on, "area_code": one.area_code, "dispute_id": one.id, "way": one.way}
    return v1.DisputeClosed.model_validate(told)


@opened.register
def _(one: site.FacilityTask) -> EventData:
    return v1.FacilityTaskPlanned(
        occurred_on=one.opened_on,
        area_code=one.area_code,
        task_id=one.id,
        site_id=one.site_id,
        kind=one.kind,
        due_on=one.due_on,
    )


@closed.register
def _(one: site.FacilityTask) -> EventData:
    told = {"occurred_on": one.closed_on, "area_code": one.area_code, "task_id": one.id}
    return v1.FacilityTaskDone.model_validate({**told, "site_id": one.site_id})


@opened.register
def _(one: finding.RelocationReturn) -> EventData:
    return v1.RelocationReturnFound(
        occurred_on=one.opened_on,
        household_id=one.household_id,
        area_code=one.area_code,
        finding_id=one.id,
        kind=one.kind,
        site_id=one.site_id,
        due_on=one.due_on,
    )


@closed.register
def _(one: finding.RelocationReturn) -> EventData:
    return v1.RelocationReturnEnded.model_validate({**_ended(one), "finding_id": one.id, "kind": one.kind})


@opened.register
def _(one: finding.HousingShortage) -> EventData:
    return v1.RelocationHousingFound(
        occurred_on=one.opened_on,
        household_id=one.household_id,
        area_code=one.area_code,
        shortage_id=one.id,
        persons=one.persons,
        floor_area=one.floor_area,
        site_id=one.site_id,
        due_on=one.due_on,
    )


@closed.register
def _(one: finding.HousingShortage) -> EventData:
    return v1.RelocationHousingSolved.model_validate({**_ended(one), "shortage_id": one.id, "way": one.way})


@opened.register
def _(one: finding.ZeroEmployment) -> EventData:
    return v1.ZeroEmploymentOpened(
        occurred_on=one.opened_on,
        household_id=one.household_id,
        area_code=one.area_code,
        spell_id=one.id,
        willing=one.willing,
        due_on=one.due_on,
    )


@closed.register
def _(one: finding.ZeroEmployment) -> EventData:
    return v1.ZeroEmploymentClosed.model_validate({**_ended(one), "spell_id": one.id, "way": one.way})


def _ended(
    one: finding.RelocationReturn | finding.HousingShortage | finding.ZeroEmployment,
) -> dict[str, object]:
    return {"occurred_on": one.closed_on, "household_id": one.household_id, "area_code": one.area_code}
