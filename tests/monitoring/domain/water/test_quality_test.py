from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.timer import TimerState, timer_state
from services.monitoring.domain.water.quality_test import FailedItemsError, QualityStep, WaterTest
from tests.monitoring.domain.water.test_policy import POLICY
from tests.monitoring.process_kit import ACTING, led, stated


def make(*, passed, items="", retest_of=None, acting=ACTING):
    return WaterTest.make(
        passed=passed,
        failed_items=items,
        acting=acting,
        policy=POLICY,
        id="t1",
        works_id="w1",
        area_code="610327109203",
        retest_of=retest_of,
    )


def take(test, step):
    if step is QualityStep.FIX:
        test.fix(ACTING)
    else:
        passed = step is QualityStep.RETEST_PASSED
        test.repeated_by(make(passed=passed, items="" if passed else "浊度", retest_of="t1"), ACTING)


def test_every_permitted_step_and_no_other():
    """A failed test is fixed, then repeated; nothing else leads on."""
    assert stated(WaterTest) == led(make(passed=False, items="浊度"), take)


def test_passed_test_is_done():
    """A test that passed has no limit and nothing to do."""
    test = make(passed=True)
    assert (False, None, True) == (test.is_open, test.due_on, test.passed)


def test_failed_retest_lets_the_first_wait_again():
    """A retest that fails is never open itself: the first failure has a new limit."""
    first = make(passed=False, items="浊度")
    first.fix(ACTING)
    later = Acting(date(2022, 7, 10))
    again = make(passed=False, items="浊度", retest_of="t1", acting=later)
    first.repeated_by(again, later)
    assert (False, "failed", date(2022, 8, 9)) == (again.is_open, first.state, first.due_on)


@pytest.mark.parametrize(("passed", "items"), [(True, "浊度"), (False, "")])
def test_what_failed_belongs_to_a_failure(passed, items):
    """A failure says what failed; a pass says nothing."""
    with pytest.raises(FailedItemsError):
        make(passed=passed, items=items)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2022, 7, 14), TimerState.YELLOW),
        (date(2022, 7, 15), TimerState.YELLOW),
        (date(2022, 7, 16), TimerState.RED),
    ],
)
def test_boundary_days_of_a_failure(today, state):
    """Thirty days to fix and repeat; the day after it is red."""
    assert state == timer_state(make(passed=False, items="浊度").due_on, today, done_on=None, near_days=3)
