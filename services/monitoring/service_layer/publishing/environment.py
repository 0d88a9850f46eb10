"""What the county is told of toilets, sewage facilities and clean villages."""

from collections.abc import Iterable

from services.monitoring.domain.environment import cleaning, public_toilet, sewage, toilet_problem
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: toilet_problem.ProblemFound) -> Iterable[EventData]:
    one = fact.problem
    if one.due_on is not None:
        yield v1.ToiletProblemFound(
            occurred_on=one.found_on,
            household_id=one.household_id,
            area_code=one.area_code,
            problem_id=one.id,
            toilet_id=one.toilet_id,
            kind=one.kind,
            due_on=one.due_on,
            limit_confirmed=one.limit_confirmed,
        )


@publish.register
def _(fact: toilet_problem.ProblemClosed) -> Iterable[EventData]:
    one = fact.problem
    yield v1.ToiletProblemClosed(
        occurred_on=one.last_step_on,
        household_id=one.household_id,
        area_code=one.area_code,
        problem_id=one.id,
        toilet_id=one.toilet_id,
    )


@publish.register
def _(fact: toilet_problem.ProblemReopened) -> Iterable[EventData]:
    one = fact.problem
    yield v1.ToiletProblemReopened(
        occurred_on=one.last_step_on,
        household_id=one.household_id,
        area_code=one.area_code,
        problem_id=one.id,
        toilet_id=one.toilet_id,
        sequence=fact.sequence,
    )


@publish.register
def _(fact: public_toilet.PublicToiletAdvanced) -> Iterable[EventData]:
    yield v1.PublicToiletAdvanced.model_validate(
        {
            "occurred_on": fact.on,
            "area_code": fact.toilet.area_code,
            "public_toilet_id": fact.toilet.id,
            "stage": str(fact.stage),
        }
    )


@publish.register
def _(fact: sewage.FacilityChecked) -> Iterable[EventData]:
    one = fact.check
    yield v1.SewageFacilityChecked(
        occurred_on=one.checked_on,
        area_code=one.area_code,
        facility_id=one.site_id,
        check_id=one.id,
        running=one.fine,
    )


@publish.register
def _(fact: cleaning.VillageScored) -> Iterable[EventData]:
    one = fact.inspection
    yield v1.VillageCleaningScored(
        occurred_on=one.inspected_on,
        area_code=one.area_code,
        inspection_id=one.id,
        month=one.month,
        score=str(one.score),
    )
