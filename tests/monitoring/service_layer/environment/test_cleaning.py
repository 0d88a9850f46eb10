from datetime import date

import pytest

from services.monitoring.domain.environment.cleaning import VillageInspectedError
from services.monitoring.service_layer.environment.cleaning import InspectVillage, inspect_villages
from shared.areas import areas
from tests.monitoring.kit import DAY, VILLAGE

TOLD = "monitoring.village_cleaning_scored.v1"


def inspect(service, *commands):
    return inspect_villages(commands, service.uow(), service.environment_policy)


def test_every_village_of_the_county_at_once(service, outbox):
    """A month's inspections of all villages are one transaction; points are text out of 100."""
    villages = areas().villages()
    inspect(service, *(InspectVillage(area_code=one.code, on=DAY, failed=("ponds",)) for one in villages))
    assert {("92", "202206")} == {(told["score"], told["month"]) for told in outbox(TOLD)}
    assert {one.code for one in villages} == {told["area_code"] for told in outbox(TOLD)}


def test_once_a_month(service, outbox):
    """The same village in the same month is refused; the next month it is inspected again."""
    inspect(service, InspectVillage(area_code=VILLAGE, on=date(2022, 5, 31)))
    inspect(service, InspectVillage(area_code=VILLAGE, on=DAY))
    with pytest.raises(VillageInspectedError):
        inspect(service, InspectVillage(area_code=VILLAGE, on=date(2022, 6, 30)))
    assert ["202205", "202206"] == [told["month"] for told in outbox(TOLD)]
