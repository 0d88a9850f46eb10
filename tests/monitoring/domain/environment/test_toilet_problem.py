from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.environment.toilet_problem import (
    ExplanationMissingError,
    ProblemClosed,
    ProblemReopened,
    ProblemState,
    ProblemStep,
    RectificationPlanError,
    ToiletProblem,
)
from services.monitoring.domain.timer import TimerState, timer_state
from tests.monitoring.domain.environment.test_policy import POLICY
from tests.monitoring.process_kit import ACTING, DAY, at, led, stated

SILENT = Acting(DAY, "acc1")


def found():
    return ToiletProblem.find(
        ACTING, POLICY, id="p1", toilet_id="t1", household_id="h1", area_code="610327109203", kind="2"
    )


def take(problem, step):
    if step is ProblemStep.ORDER:
        problem.order("at_once", ACTING, POLICY)
    elif step in (ProblemStep.NEED_REBUILD, ProblemStep.NOTE_UNWILLING):
        problem.set_aside(step, ACTING)
    elif step is ProblemStep.RETURN:
        problem.send_back(ACTING, POLICY)
    elif step is ProblemStep.REOPEN:
        problem.reopen(ACTING, POLICY)
    else:
        problem.check(step, ACTING)


def test_every_permitted_step_and_no_other():
    """Each step, the side states and the way back lead where the table says, and nowhere else."""
    assert stated(ToiletProblem) == led(found(), take)


def test_the_whole_way():
    """Ordered, checked by village, town and county: closed on the county's day."""
    problem = found()
    problem.order("by_deadline", ACTING, POLICY, plan="换化粪池", route="三格式", cost=80_000)
    assert (date(2022, 9, 13), 80_000) == (problem.due_on, problem.cost)
    for step in (ProblemStep.VILLAGE_CHECK, ProblemStep.TOWN_CHECK, ProblemStep.COUNTY_CHECK):
        problem.check(step, Acting(date(2022, 8, 1)))
    assert (ProblemState.CLOSED, date(2022, 8, 1), None) == (problem.state, problem.closed_on, problem.due_on)
    assert 1 == len([fact for fact in problem.facts if isinstance(fact, ProblemClosed)])


@pytest.mark.parametrize("given", [{}, {"plan": "换池"}, {"route": "三格式"}])
def test_deadline_needs_plan_and_route(given):
    """By a deadline without plan or route is refused and nothing changes."""
    problem = found()
    with pytest.raises(RectificationPlanError):
        problem.order("by_deadline", ACTING, POLICY, **given)
    assert ProblemState.REGISTERED == problem.state


def test_plan_may_name_its_own_day():
    """The plan's day counts for a deadline; at once has its own limit whatever is said."""
    own = date(2022, 10, 31)
    by_plan, at_once = found(), found()
    by_plan.order("by_deadline", ACTING, POLICY, plan="换池", route="三格式", due_on=own)
    at_once.order("at_once", ACTING, POLICY, due_on=own)
    assert (own, date(2022, 6, 30)) == (by_plan.due_on, at_once.due_on)


@pytest.mark.parametrize("step", [ProblemStep.NEED_REBUILD, ProblemStep.NOTE_UNWILLING])
def test_setting_aside_is_explained(step):
    """That a household is unwilling, or a toilet must be rebuilt, needs a reason."""
    with pytest.raises(ExplanationMissingError):
        found().set_aside(step, SILENT)
    problem = found()
    problem.set_aside(step, ACTING)
    problem.order("at_once", ACTING, POLICY)
    assert ProblemState.RECTIFYING == problem.state


def test_returned_is_not_reopened():
    """A check that fails before the end returns it and tells nobody; it needs a reason and a new day."""
    problem = at(found(), ProblemState.TOWN_CHECKED)
    with pytest.raises(ExplanationMissingError):
        problem.send_back(SILENT, POLICY)
    problem.send_back(ACTING, POLICY)
    assert (ProblemState.RECTIFYING, 0, date(2022, 6, 30)) == (
        problem.state,
        problem.reopened,
        problem.due_on,
    )
    assert [] == [fact for fact in problem.facts if isinstance(fact, ProblemReopened)]


def test_each_reopening_has_its_number():
    """Reopened twice: the facts are numbered, and it is no longer closed."""
    problem = at(found(), ProblemState.CLOSED, closed_on=DAY)
    for _ in range(2):
        problem.reopen(ACTING, POLICY)
        for step in (ProblemStep.VILLAGE_CHECK, ProblemStep.TOWN_CHECK, ProblemStep.COUNTY_CHECK):
            problem.check(step, ACTING)
    assert [1, 2] == [fact.sequence for fact in problem.facts if isinstance(fact, ProblemReopened)]
    with pytest.raises(ExplanationMissingError):
        problem.reopen(SILENT, POLICY)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2022, 6, 26), TimerState.BLUE),
        (date(2022, 6, 30), TimerState.YELLOW),
        (date(2022, 7, 1), TimerState.RED),
    ],
)
def test_boundary_days_of_at_once(today, state):
    """Fifteen days; the day after is red."""
    assert state == timer_state(found().due_on, today, done_on=None, near_days=3)
