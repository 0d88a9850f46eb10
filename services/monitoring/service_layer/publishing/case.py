"""What the county is told of cases."""

from collections.abc import Iterable

from services.monitoring.domain import case_facts
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: case_facts.Advanced) -> Iterable[EventData]:
    yield v1.CaseAdvanced(
        occurred_on=fact.acting.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        step=str(fact.step),
        from_state=fact.stood,
        to_state=fact.stands,
        sequence=fact.sequence,
    )


@publish.register
def _(fact: case_facts.Identified) -> Iterable[EventData]:
    yield v1.CaseIdentified.model_validate(
        {
            "occurred_on": fact.on,
            "household_id": fact.case.household_id,
            "area_code": fact.case.area_code,
            "case_id": fact.case.case_id,
            "monitored_class": fact.monitored_class,
            "risks": fact.risks,
            "first_clue_on": fact.first_clue_on,
            "due_on": fact.due_on,
        }
    )


@publish.register
def _(fact: case_facts.Rejected) -> Iterable[EventData]:
    yield v1.CaseRejected(
        occurred_on=fact.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        stage=fact.stage,
        reason=fact.reason,
    )


@publish.register
def _(fact: case_facts.HelperFixed) -> Iterable[EventData]:
    yield v1.HelperAssigned(
        occurred_on=fact.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        helper_no=fact.helper_no,
        due_on=fact.due_on,
        limit_confirmed=fact.limit_confirmed,
    )
