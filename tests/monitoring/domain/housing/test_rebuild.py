from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.housing.rebuild import Listed, Rebuild, RebuildAdvanced, RebuildStep
from services.monitoring.domain.timer import TimerState, timer_state
from tests.monitoring.domain.housing.test_policy import POLICY
from tests.monitoring.process_kit import ACTING, led, stated


def listed(cause="disaster_2021", on=date(2022, 2, 1)):
    acting = Acting(on, "acc1")
    return Rebuild.list_(acting, POLICY, cause=cause, id="r1", household_id="h1", area_code="610327109203")


def test_every_permitted_step_and_no_other():
    """No stage can be left out or taken twice."""
    assert stated(Rebuild) == led(listed(), lambda one, step: one.advance(step, ACTING))


def test_it_ends_when_it_is_lived_in():
    """Built and accepted is not the end: the house is lived in, and every stage is told."""
    rebuild = listed()
    for step in RebuildStep:
        assert rebuild.is_open
        rebuild.advance(step, ACTING)
    assert (False, ACTING.on) == (rebuild.is_open, rebuild.occupied_on)
    told = [str(fact.stage) for fact in rebuild.facts if isinstance(fact, RebuildAdvanced)]
    assert ["started", "built", "accepted", "occupied"] == told
    assert 1 == len([fact for fact in rebuild.facts if isinstance(fact, Listed)])


@pytest.mark.parametrize(
    ("occupied", "state"),
    [
        (date(2022, 6, 29), TimerState.DONE),
        (date(2022, 6, 30), TimerState.DONE),
        (date(2022, 7, 1), TimerState.LATE),
    ],
)
def test_thirtieth_of_june_exactly(occupied, state):
    """A house of the disaster lived in on 30 June 2022 is in time, a day later it is late."""
    rebuild = listed()
    for step in RebuildStep:
        rebuild.advance(step, Acting(occupied))
    assert (date(2022, 6, 30), True) == (rebuild.due_on, rebuild.limit_confirmed)
    assert state == timer_state(rebuild.due_on, occupied, done_on=rebuild.occupied_on, near_days=3)
