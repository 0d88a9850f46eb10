from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.education.pairing import STATES, WAYS, PairedChild
from services.monitoring.domain.errors import InvalidDayError
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {
    ("pair", "listed"): "paired",
    ("pair", "paired"): "paired",
    ("end", "listed"): "ended",
    ("end", "paired"): "ended",
}
TAKE = {"pair": lambda one: one.pair("T-1", on=DAY), "end": lambda one: one.end(on=DAY)}


def child(**given):
    told: dict[str, Any] = {"id": "k1", "household_id": "h1", "area_code": "610327109203", "person_id": "p1"}
    return PairedChild(**told | {"child_class": "poor", "listed_on": DAY, "due_on": DAY} | given)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """A listed child gets a teacher, perhaps another later, until it leaves the list."""
    check(child(state=state), TAKE[step], leads_to)


def test_another_teacher_is_not_earlier_than_the_first():
    """A change of teacher of the day before the pairing is refused, and the teacher stays."""
    one = child()
    one.pair("T-1", on=DAY)
    with pytest.raises(InvalidDayError):
        one.pair("T-2", on=date(2022, 6, 14))
    assert "T-1" == one.teacher
