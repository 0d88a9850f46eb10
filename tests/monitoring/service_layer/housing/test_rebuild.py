from datetime import date

import pytest

from services.monitoring.domain.housing.alert import AlertState
from services.monitoring.domain.housing.rebuild import RebuildListedError, RebuildStep
from services.monitoring.service_layer.housing.rebuild import (
    AdvanceRebuild,
    ListRebuild,
    advance_rebuild,
    list_rebuild,
)
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.housing.test_alert import appraise, damage, read

LISTED, ADVANCED = "monitoring.rebuild_listed.v1", "monitoring.rebuild_advanced.v1"
LATER = date(2022, 6, 28)


def put_on_list(service, household, cause="disaster_2021", on=DAY):
    return list_rebuild(
        ListRebuild(household_id=household, cause=cause, on=on), service.uow(), service.housing_policy
    )


def build(service, rebuild, steps=tuple(RebuildStep), on=LATER):
    for step in steps:
        advance_rebuild(AdvanceRebuild(rebuild_id=rebuild, step=step, on=on), service.uow())


def test_disaster_house_has_the_plans_day(service, household, outbox):
    """A house of the disaster is due on 30 June 2022, which the plan confirms; another by inference."""
    put_on_list(service, household)
    (told,) = outbox(LISTED)
    assert ("disaster_2021", "2022-06-30", True) == (told["cause"], told["due_on"], told["limit_confirmed"])


def test_house_is_listed_once(service, household):
    """A household whose house is on the list is not listed again before it is lived in."""
    rebuild = put_on_list(service, household)
    with pytest.raises(RebuildListedError):
        put_on_list(service, household)
    build(service, rebuild)
    assert rebuild != put_on_list(service, household, "other", LATER)


def test_each_stage_is_told(service, household, outbox):
    """Begun, built, accepted, occupied: four events with cause and day."""
    build(service, put_on_list(service, household))
    assert ["started", "built", "accepted", "occupied"] == [told["stage"] for told in outbox(ADVANCED)]
    assert {("disaster_2021", "2022-06-28")} == {
        (told["cause"], told["occurred_on"]) for told in outbox(ADVANCED)
    }


def test_moving_in_closes_the_alert(service, household, outbox):
    """A D house that is rebuilt and lived in is safe as rebuilt, and the recorded damage is put right."""
    recorded = damage(service, household, "D")
    appraise(service, recorded.followed_by, "D")
    rebuild = put_on_list(service, household, "other", date(2022, 6, 21))
    build(service, rebuild, tuple(RebuildStep)[:3])
    assert AlertState.ENDANGERED == read(service, recorded.followed_by).state
    build(service, rebuild, (RebuildStep.OCCUPY,))
    assert (AlertState.SAFE, "rebuilt") == (
        read(service, recorded.followed_by).state,
        read(service, recorded.followed_by).way,
    )
    assert [recorded.change_id] == [
        told["change_id"] for told in outbox("monitoring.household_change_resolved.v1")
    ]
