from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.assistance.care_wish import STATES, WAYS, CareWish
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {("place", "wished"): "placed", ("end", "wished"): "ended", ("end", "placed"): "ended"}
TAKE = {
    "place": lambda one: one.place("县福利院", on=DAY),
    "end": lambda one: one.end(on=DAY, note="本人放弃"),
}


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """Who wishes it gets a place; a wish or a stay may end."""
    told: dict[str, Any] = {"id": "w1", "household_id": "h1", "area_code": "610327109203", "person_id": "p1"}
    check(CareWish(**told, wished_on=DAY, due_on=DAY, state=state), TAKE[step], leads_to)
