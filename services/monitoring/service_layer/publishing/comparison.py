"""What the county is told of departments' lists, warnings, differences and pushes."""

from collections.abc import Iterable

from services.monitoring.domain.comparison import department_list, difference, push, warning
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: department_list.ListReceived) -> Iterable[EventData]:
    one = fact.list
    yield v1.DepartmentListReceived(
        occurred_on=one.received_on,
        batch_id=one.id,
        department=one.department,
        kind=one.kind,
        month=one.month,
        rows=one.rows,
        matched=one.matched,
    )


@publish.register
def _(fact: difference.DifferenceFound) -> Iterable[EventData]:
    one = fact.difference
    yield v1.ComparisonDifferenceFound(
        occurred_on=one.found_on,
        household_id=one.household_id,
        area_code=one.area_code,
        difference_id=one.id,
        batch_id=one.list_id,
        department=one.department,
        about=one.about,
        person_id=one.person_id,
        due_on=one.due_on,
        limit_confirmed=one.limit_confirmed,
    )


@publish.register
def _(fact: difference.DifferenceClosed) -> Iterable[EventData]:
    one = fact.difference
    yield v1.ComparisonDifferenceClosed.model_validate(
        {
            "occurred_on": fact.on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "difference_id": one.id,
            "department": one.department,
            "how": fact.how,
        }
    )


@publish.register
def _(fact: warning.Raised) -> Iterable[EventData]:
    one = fact.warning
    yield v1.WarningRaised(
        occurred_on=one.raised_on,
        household_id=one.household_id,
        area_code=one.area_code,
        warning_id=one.id,
        rule=one.rule,
        department=one.department,
        month=one.month,
        clue_id=one.clue_id,
        threshold_confirmed=one.threshold_confirmed,
    )


@publish.register
def _(fact: warning.Checked) -> Iterable[EventData]:
    one = fact.warning
    yield v1.WarningChecked.model_validate(
        {
            "occurred_on": fact.on,
            "household_id": one.household_id,
            "area_code": one.area_code,
            "warning_id": one.id,
            "rule": one.rule,
            "department": one.department,
            "outcome": str(fact.finding),
            "sequence": fact.sequence,
        }
    )


@publish.register
def _(fact: push.Sent) -> Iterable[EventData]:
    yield v1.PushSent(
        occurred_on=fact.on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        push_id=fact.push_id,
        department=fact.department,
        kind=fact.kind,
        rows=fact.rows,
        due_on=fact.due_on,
        limit_confirmed=fact.limit_confirmed,
    )


@publish.register
def _(fact: push.Answered) -> Iterable[EventData]:
    yield v1.PushAnswered(
        occurred_on=fact.on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        push_id=fact.push_id,
        department=fact.department,
    )
