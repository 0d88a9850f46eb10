from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.housing.alert import (
    AlertRaised,
    AlertState,
    AlertStep,
    Appraised,
    HouseAlert,
    MadeSafe,
    WayNotEnoughError,
)
from services.monitoring.domain.timer import TimerState, timer_state
from tests.monitoring.domain.housing.test_policy import POLICY
from tests.monitoring.process_kit import ACTING, DAY, led, stated


def raised():
    return HouseAlert.raise_(
        ACTING, POLICY, id="a1", household_id="h1", area_code="610327109203", source="visit"
    )


def take(alert, step):
    grades = {
        AlertStep.GRADE_A: "A",
        AlertStep.GRADE_B: "B",
        AlertStep.GRADE_C: "C",
        AlertStep.GRADE_D: "D",
    }
    if step in grades:
        alert.appraise(grades[step], ACTING, POLICY)
    elif step is AlertStep.MAKE_SAFE:
        alert.make_safe("resettled", ACTING)
    elif step is AlertStep.EVACUATE:
        alert.evacuate(ACTING)
    elif step is AlertStep.LOOK:
        alert.look(ACTING, POLICY)
    else:
        alert.supersede(ACTING)


def test_every_permitted_step_and_no_other():
    """Each step leads where its table says, and is refused from every other state."""
    assert stated(HouseAlert) == led(raised(), take)


def test_c_house_is_repaired():
    """Raised, C, repaired: three facts, and the day each is due."""
    alert = raised()
    assert (date(2022, 6, 30), False) == (alert.due_on, alert.limit_confirmed)
    alert.appraise("C", Acting(date(2022, 6, 20)), POLICY)
    assert (date(2022, 9, 20), date(2022, 9, 20)) == (alert.due_on, alert.repair_due_on)
    alert.make_safe("repaired", Acting(date(2022, 8, 1)))
    assert (AlertState.SAFE, "repaired", date(2022, 8, 1), None) == (
        alert.state,
        alert.way,
        alert.safe_on,
        alert.due_on,
    )
    kinds = (AlertRaised, Appraised, MadeSafe)
    assert list(kinds) == [type(fact) for fact in alert.facts if isinstance(fact, kinds)]


def test_d_house_is_left_before_it_is_rebuilt():
    """A D house must be left on the day; then the months of rebuilding run."""
    alert = raised()
    alert.appraise("D", Acting(date(2022, 6, 20)), POLICY)
    assert (date(2022, 6, 20), date(2022, 12, 20)) == (alert.due_on, alert.repair_due_on)
    alert.evacuate(Acting(date(2022, 6, 21)))
    assert date(2022, 12, 20) == alert.due_on


def test_d_house_is_not_made_safe_by_repair():
    """Repair is not enough for a wholly dangerous house; nothing changes."""
    alert = raised()
    alert.appraise("D", ACTING, POLICY)
    alert.evacuate(ACTING)
    with pytest.raises(WayNotEnoughError):
        alert.make_safe("repaired", ACTING)
    assert AlertState.EVACUATED == alert.state


def test_c_house_may_become_worse():
    """A C house that is graded D must be left, and its months run from that day."""
    alert = raised()
    alert.appraise("C", ACTING, POLICY)
    alert.appraise("D", Acting(date(2022, 7, 1)), POLICY)
    assert (AlertState.ENDANGERED, date(2023, 1, 1)) == (alert.state, alert.repair_due_on)


def test_a_needs_nothing_and_b_is_watched():
    """A closes the alert; B is looked at again and again, each look sets the next day."""
    sound, watched = raised(), raised()
    sound.appraise("A", ACTING, POLICY)
    watched.appraise("B", ACTING, POLICY)
    assert (False, None, None) == (sound.is_open, sound.due_on, sound.repair_due_on)
    assert (True, date(2022, 9, 15), None) == (watched.is_open, watched.due_on, watched.repair_due_on)
    watched.look(Acting(date(2022, 9, 1)), POLICY)
    assert date(2022, 12, 1) == watched.due_on


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2022, 6, 26), TimerState.BLUE),
        (date(2022, 6, 27), TimerState.YELLOW),
        (date(2022, 6, 30), TimerState.YELLOW),
        (date(2022, 7, 1), TimerState.RED),
    ],
)
def test_boundary_days_of_the_appraisal(today, state):
    """Blue, yellow in the last three days, red the day after the limit."""
    assert state == timer_state(raised().due_on, today, done_on=None, near_days=3)
    assert DAY == raised().raised_on
