from datetime import date

import pytest

from services.evaluation.domain.inspection import CheckItem, Inspection
from services.evaluation.service_layer.publishing import publish
from shared.contracts.evaluation.v1.supervision import InspectionPlanned

DAY = date(2022, 5, 20)


@pytest.mark.parametrize(("unit", "place"), [("610327109", "610327109"), ("县人社局", "")])
def test_a_town_is_a_place_and_a_department_is_none(unit, place):
    """What concerns a town lies in it; a department's lies nowhere."""
    inspection = Inspection.plan(
        inspection_id="i1",
        kind="planned",
        unit=unit,
        on=DAY,
        due_on=DAY,
        team="一组",
        members="李甲",
        items=(CheckItem("water", "饮水", "water"),),
    )
    (event,) = (event for fact in inspection.facts for event in publish(fact))
    assert isinstance(event, InspectionPlanned)
    assert (place, unit, 1) == (event.area_code, event.unit, event.subjects)
    assert "李甲" not in event.model_dump_json()
