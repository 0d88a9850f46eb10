"""What the county is told of safe housing."""

from collections.abc import Iterable
from typing import Any

from services.monitoring.domain.housing import alert, rebuild
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


def _where(one: alert.HouseAlert | rebuild.Rebuild) -> dict[str, Any]:
    return {"household_id": one.household_id, "area_code": one.area_code}


@publish.register
def _(fact: alert.AlertRaised) -> Iterable[EventData]:
    one = fact.alert
    if one.due_on is not None:
        yield v1.HouseAlertRaised(
            **_where(one),
            occurred_on=one.raised_on,
            alert_id=one.id,
            due_on=one.due_on,
            limit_confirmed=one.limit_confirmed,
        )


@publish.register
def _(fact: alert.Appraised) -> Iterable[EventData]:
    one = fact.alert
    yield v1.HouseAppraised.model_validate(
        {
            **_where(one),
            "occurred_on": one.appraised_on,
            "alert_id": one.id,
            "grade": one.grade,
            "repair_due_on": one.repair_due_on,
            "limit_confirmed": one.limit_confirmed,
        }
    )


@publish.register
def _(fact: alert.MadeSafe) -> Iterable[EventData]:
    one = fact.alert
    yield v1.HouseMadeSafe.model_validate(
        {**_where(one), "occurred_on": one.safe_on, "alert_id": one.id, "way": one.way}
    )


@publish.register
def _(fact: rebuild.Listed) -> Iterable[EventData]:
    one = fact.rebuild
    if one.due_on is not None:
        yield v1.RebuildListed(
            **_where(one),
            occurred_on=one.listed_on,
            rebuild_id=one.id,
            cause=one.cause,
            due_on=one.due_on,
            limit_confirmed=one.limit_confirmed,
        )


@publish.register
def _(fact: rebuild.RebuildAdvanced) -> Iterable[EventData]:
    one = fact.rebuild
    yield v1.RebuildAdvanced.model_validate(
        {
            **_where(one),
            "occurred_on": fact.on,
            "rebuild_id": one.id,
            "cause": one.cause,
            "stage": str(fact.stage),
        }
    )
