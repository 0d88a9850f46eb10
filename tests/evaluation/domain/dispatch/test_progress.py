from datetime import date

import pytest

from services.evaluation.domain.dispatch.errors import DispatchStepError, TasksDoneError
from services.evaluation.domain.dispatch.progress import (
    Filed,
    Problem,
    Progress,
    ProgressReport,
    ProgressState,
    ProgressStep,
    SentBack,
)
from shared.kernel.period import Month
from tests.evaluation.dispatch_kit import ACTION, TOWN, check, policy, tries

S, T = ProgressState, ProgressStep
PERMITTED = {
    (T.FILE, S.DUE): S.FILED,
    (T.FILE, S.RETURNED): S.FILED,
    (T.RETURN, S.FILED): S.RETURNED,
}
ON = date(2022, 4, 29)


def owed():
    """Return what the town owes for April."""
    return ProgressReport.owed_by_town(TOWN, Month(2022, 4), policy(), on=date(2022, 4, 1))


def take(step):
    """Return how a step is taken."""
    if step is T.FILE:
        return lambda one: one.file(Progress(2, 1), on=ON)
    return lambda one: one.send_back("不清楚", on=ON)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(T, S, PERMITTED))
def test_each_step_in_each_state(step, state, leads_to):
    """A permitted step leads on, any other is refused."""
    one = owed()
    one.state = state
    check(one, take(step), leads_to, DispatchStepError)


@pytest.mark.parametrize(("day", "late"), [(date(2022, 4, 30), False), (date(2022, 5, 1), True)])
def test_late_from_the_day_after(day, late):
    """Filed on the last day it is in time, the day after it is late."""
    one = owed()
    assert date(2022, 4, 30) == one.due_on
    one.file(Progress(2, 1), on=day)
    assert late == one.late


def test_filed_again_keeps_its_first_day():
    """A report sent back and filed late stays in time by its first filing, and says each filing."""
    one = owed()
    one.file(Progress(2, 1), on=ON)
    one.send_back("补充问题", on=ON)
    one.file(Progress(2, 2), on=date(2022, 5, 9))
    assert (ON, False, "") == (one.filed_on, one.late, one.return_reason)
    assert [1, 2] == [fact.number for fact in one.facts if isinstance(fact, Filed)]
    assert [1] == [fact.number for fact in one.facts if isinstance(fact, SentBack)]


@pytest.mark.parametrize(("due", "done"), [(1, 2), (0, 1), (3, -1)])
def test_more_done_than_due(due, done):
    """More tasks done than due, or fewer than none, is refused and nothing is filed."""
    one = owed()
    with pytest.raises(TasksDoneError):
        one.file(Progress(due, done), on=ON)
    assert (S.DUE, 0) == (one.state, one.filings)


def test_problems_name_unit_and_day():
    """What is in the way is kept with who solves it by when."""
    one = ProgressReport.owed_by_lead(ACTION, Month(2022, 4), policy(), on=date(2022, 4, 1))
    one.file(Progress(2, 1, problems=(Problem("缺水管", "县水利局", date(2022, 5, 20)),)), on=ON)
    assert [{"text": "缺水管", "unit": "县水利局", "due_on": "2022-05-20"}] == one.problems
    assert ("action", "县农业农村局") == (one.scope, one.unit)


def test_the_same_is_owed_whoever_asks():
    """The id depends on what is owed, not on the day it is noticed nor, for an action, on who leads it."""
    later = ProgressReport.owed_by_town(TOWN, Month(2022, 4), policy(), on=date(2022, 4, 9))
    assert owed().id == later.id
    assert owed().id != ProgressReport.owed_by_town(TOWN, Month(2022, 5), policy(), on=ON).id
