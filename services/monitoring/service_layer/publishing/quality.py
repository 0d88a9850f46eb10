"""What the county is told of data errors, gates and cleaning rounds."""

from collections.abc import Iterable

from services.monitoring.domain.quality import cleaning_round, data_error, record_cycle
from services.monitoring.domain.quality.data_error import ErrorState
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1

_HOW = {
    ErrorState.CORRECTED: "corrected",
    ErrorState.EXPLAINED: "explained",
    # The owner said why the record is right: to the county that is an explanation.
    ErrorState.REJECTED: "explained",
    ErrorState.GONE: "gone",
}


@publish.register
def _(fact: data_error.ErrorFound) -> Iterable[EventData]:
    error = fact.error
    yield v1.DataErrorFound(
        occurred_on=error.found_on,
        household_id=error.household_id,
        area_code=error.area_code,
        error_id=error.id,
        origin=error.origin,
        rule=error.rule,
        severity=error.severity,
        unit=error.unit,
        due_on=error.due_on,
        limit_confirmed=error.limit_confirmed,
        person_id=error.person_id or None,
    )


@publish.register
def _(fact: data_error.ErrorFixed) -> Iterable[EventData]:
    error = fact.error
    yield v1.DataErrorFixed.model_validate(
        {
            "occurred_on": error.answered_on,
            "household_id": error.household_id,
            "area_code": error.area_code,
            "error_id": error.id,
            "how": _HOW[error.state],
        }
    )


@publish.register
def _(fact: record_cycle.GateStep) -> Iterable[EventData]:
    cycle = fact.cycle
    told = {
        "occurred_on": fact.on,
        "household_id": cycle.household_id,
        "area_code": cycle.area_code,
        "cycle_id": cycle.id,
        "gate": str(fact.gate),
        "sequence": fact.sequence,
    }
    if fact.returned:
        yield v1.RecordReturned.model_validate({**told, "reason": fact.reason})
    else:
        yield v1.RecordGatePassed.model_validate(told)


@publish.register
def _(fact: cleaning_round.RoundClosed) -> Iterable[EventData]:
    closed = fact.round
    if closed.closed_on is not None:
        yield v1.CleaningRoundClosed(
            occurred_on=closed.closed_on,
            round_id=closed.id,
            month=closed.month,
            found=closed.found,
            fixed=closed.fixed,
        )
