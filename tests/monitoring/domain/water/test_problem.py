from datetime import date

import pytest

from services.monitoring.domain.timer import TimerState, timer_state
from services.monitoring.domain.water.problem import CRITERION_OF_CHANGE, ProblemStep, WaterProblem
from shared.contracts.codes import codes
from tests.monitoring.domain.water.test_policy import POLICY
from tests.monitoring.process_kit import ACTING, led, stated


def found():
    return WaterProblem.find(
        ACTING, POLICY, id="p1", household_id="h1", area_code="610327109203", criterion="quality"
    )


def take(problem, step):
    if step is ProblemStep.ARRANGE:
        problem.arrange(ACTING)
    else:
        problem.close(ACTING)


def test_every_permitted_step_and_no_other():
    """A problem is arranged and solved, or solved at once; nothing leads out of solved."""
    assert stated(WaterProblem) == led(found(), take)


def test_every_recorded_change_is_a_problem_of_a_criterion():
    """Each kind of water change in the code list names a criterion of the list of criteria."""
    assert {one.value for one in codes()["change_water"]} == set(CRITERION_OF_CHANGE)
    assert all(one in codes()["water_criterion"] for one in CRITERION_OF_CHANGE.values())


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2022, 7, 11), TimerState.BLUE),
        (date(2022, 7, 12), TimerState.YELLOW),
        (date(2022, 7, 15), TimerState.YELLOW),
        (date(2022, 7, 16), TimerState.RED),
    ],
)
def test_boundary_days(today, state):
    """Thirty days; arranging does not move the limit."""
    problem = found()
    problem.arrange(ACTING)
    assert state == timer_state(problem.due_on, today, done_on=None, near_days=3)
