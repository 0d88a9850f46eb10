"""What the county is told of clues, sample checks and relapses."""

from collections.abc import Iterable

from services.monitoring.domain import clue, finding
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: clue.Reported) -> Iterable[EventData]:
    report = fact.report
    yield v1.ClueReported(
        occurred_on=report.reported_on,
        household_id=report.household_id,
        area_code=report.area_code,
        clue_id=report.clue_id,
        report_id=report.id,
        risk=report.risk,
        source=report.source,
        verify_due_on=report.verify_due_on,
        limit_confirmed=report.limit_confirmed,
    )


@publish.register
def _(fact: clue.Verified) -> Iterable[EventData]:
    found = fact.clue
    if found.verified_on is not None and found.outcome is not None:
        yield v1.ClueVerified(
            occurred_on=found.verified_on,
            household_id=found.household_id,
            area_code=found.area_code,
            clue_id=found.id,
            outcome=found.outcome,
            case_id=found.case_id,
        )


@publish.register
def _(fact: finding.Checked) -> Iterable[EventData]:
    check = fact.check
    yield v1.SampleChecked.model_validate(
        {
            "occurred_on": check.checked_on,
            "household_id": check.household_id,
            "area_code": check.area_code,
            "sample_id": check.id,
            "finding": check.finding,
        }
    )


@publish.register
def _(fact: finding.Relapsed) -> Iterable[EventData]:
    relapse = fact.relapse
    yield v1.HouseholdRelapsed(
        occurred_on=relapse.found_on,
        household_id=relapse.household_id,
        area_code=relapse.area_code,
        relapse_id=relapse.id,
        cause=relapse.cause,
    )
