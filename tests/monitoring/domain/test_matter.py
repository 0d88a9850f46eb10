"""Every kind of matter: opened once, closed once, in its own ways, with its limit."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.dispute import Dispute
from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.matter import Matter, MatterClosed, MatterOpened
from services.monitoring.domain.matter_errors import MatterClosedError, WayNotPossibleError
from services.monitoring.domain.relocation.finding import HousingShortage, RelocationReturn, ZeroEmployment
from services.monitoring.domain.relocation.site import FacilityTask
from services.monitoring.domain.timer import TimerState, timer_state
from services.monitoring.service_layer.publishing import publish
from shared.contracts.codes import codes

FOUND, DUE = date(2022, 3, 1), date(2022, 3, 31)
_TOLD: dict[str, Any] = {
    "id": "m1",
    "area_code": "610327109203",
    "opened_on": FOUND,
    "due_on": DUE,
    "limit_confirmed": False,
}
KINDS: dict[type[Matter], tuple[dict[str, Any], str]] = {
    Dispute: ({"kind": "land"}, "dispute_way"),
    FacilityTask: ({"site_id": "s1", "kind": "living"}, "facility_task_way"),
    RelocationReturn: (
        {"household_id": "h1", "site_id": "s1", "kind": "two_places"},
        "relocation_return_way",
    ),
    HousingShortage: (
        {"household_id": "h1", "site_id": "", "persons": 5, "floor_area": 60},
        "housing_solution",
    ),
    ZeroEmployment: ({"household_id": "h1", "willing": 1}, "zero_employment_way"),
}
STEPS = [(kind, way) for kind in KINDS for way in kind.ways]


def opened(kind):
    matter = kind(**_TOLD, **KINDS[kind][0])
    matter.open()
    return matter


@pytest.mark.parametrize("kind", KINDS)
def test_the_ways_are_those_of_the_list(kind):
    """Each kind ends in the ways its code list names, so that pages can offer them."""
    assert set(kind.ways) == {code.value for code in codes()[KINDS[kind][1]]}


@pytest.mark.parametrize(("kind", "way"), STEPS)
def test_every_permitted_step(kind, way):
    """Opened, then closed in each of its ways; both are told to the county with the matter's id."""
    matter = opened(kind)
    matter.close(way, on=DUE, by="a1")
    assert (DUE, way, False) == (matter.closed_on, matter.way, matter.is_open)
    first, last = matter.facts
    assert (MatterOpened, MatterClosed) == (type(first), type(last))
    (told,), (ended,) = publish(first), publish(last)
    assert {"m1"} == {
        value for event in (told, ended) for name, value in event if name.endswith("_id") and value == "m1"
    }
    said = told.model_dump()
    assert (FOUND, DUE, False) == (told.occurred_on, said["due_on"], said["limit_confirmed"])
    assert DUE == ended.occurred_on


@pytest.mark.parametrize(("kind", "way"), STEPS)
@pytest.mark.parametrize("before", ["closed", "wrong way", "too early"])
def test_every_other_step_is_refused(kind, way, before):
    """What is closed does not close again, nor in another kind's way, nor before it was found."""
    matter = opened(kind)
    if before == "closed":
        matter.close(way, on=FOUND)
    wrong = {
        "closed": (MatterClosedError, way, DUE),
        "wrong way": (WayNotPossibleError, "forgotten", DUE),
        "too early": (InvalidDayError, way, date(2022, 2, 28)),
    }
    error, given, day = wrong[before]
    facts = len(matter.facts)
    with pytest.raises(error):
        matter.close(given, on=day)
    assert (before != "closed", facts) == (matter.is_open, len(matter.facts))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2022, 3, 27), TimerState.BLUE),
        (date(2022, 3, 28), TimerState.YELLOW),
        (date(2022, 3, 31), TimerState.YELLOW),
        (date(2022, 4, 1), TimerState.RED),
    ],
)
def test_the_limit_at_its_boundary(day, state):
    """Blue, yellow in the last three days and on the day itself, red the day after."""
    assert state == timer_state(DUE, day, done_on=None, near_days=3)
