import pytest

from services.monitoring.domain.environment.public_toilet import PublicToiletStep
from services.monitoring.service_layer.environment.public_toilet import (
    AdvancePublicToilet,
    PlanPublicToilet,
    advance_public_toilet,
    plan_public_toilet,
)
from shared.areas import UnknownAreaError
from tests.monitoring.kit import DAY, VILLAGE

TOLD = "monitoring.public_toilet_advanced.v1"


def plan(service, area_code=VILLAGE):
    command = PlanPublicToilet(area_code=area_code, site="村委会广场", kind="02", place="01", on=DAY)
    return plan_public_toilet(command, service.uow())


def test_from_plan_to_opening(service, outbox):
    """Each stage is told of the village in which it stands."""
    toilet = plan(service)
    for step in PublicToiletStep:
        advance_public_toilet(AdvancePublicToilet(public_toilet_id=toilet, step=step, on=DAY), service.uow())
    assert [("planned", VILLAGE), ("started", VILLAGE), ("built", VILLAGE), ("open", VILLAGE)] == [
        (told["stage"], told["area_code"]) for told in outbox(TOLD)
    ]


def test_site_lies_in_a_village(service):
    """A town is no site."""
    with pytest.raises(UnknownAreaError):
        plan(service, "610327199999")
