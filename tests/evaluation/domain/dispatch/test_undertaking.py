from datetime import date

import pytest

from services.evaluation.domain.dispatch.errors import DispatchStepError, DueBeforeError, EmptyTextError
from services.evaluation.domain.dispatch.undertaking import Undertaking, UndertakingState, UndertakingStep
from tests.evaluation.dispatch_kit import TOWN, check, tries

S, T = UndertakingState, UndertakingStep
MADE, DUE = date(2022, 3, 20), date(2022, 4, 20)
PERMITTED = {(T.FINISH, S.OPEN): S.DONE, (T.DROP, S.OPEN): S.DROPPED}
TAKE = {
    T.FINISH: lambda one: one.finish("完成", on=DUE),
    T.DROP: lambda one: one.drop("重复", on=DUE),
}


def made(**about):
    """Return a decision for a town."""
    given = {"undertaking_id": "u1", "kind": "decision", "text": "修渠", "unit": TOWN, "made_on": MADE}
    return Undertaking.make(**{**given, "due_on": DUE, **about})


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(T, S, PERMITTED))
def test_each_step_in_each_state(step, state, leads_to):
    """A permitted step leads on, any other is refused."""
    one = made()
    one.state = state
    check(one, TAKE[step], leads_to, DispatchStepError)


@pytest.mark.parametrize(("day", "overdue"), [(DUE, False), (date(2022, 4, 21), True)])
def test_overdue_from_the_day_after(day, overdue):
    """Open on its day it is in time, the day after it is not; done by then it is judged by that day."""
    one = made()
    assert overdue == one.overdue(day)
    one.finish("完成", on=day)
    assert overdue == one.overdue(date(2022, 12, 31))


def test_what_was_dropped_is_never_overdue():
    """Nobody owes it any more."""
    one = made()
    one.drop("重复", on=DUE)
    assert not one.overdue(date(2022, 12, 31))


def test_words_and_days_are_needed():
    """An empty text, a day before it was undertaken, and an end without a result are refused."""
    with pytest.raises(EmptyTextError):
        made(text=" ")
    with pytest.raises(DueBeforeError):
        made(due_on=date(2022, 3, 19))
    assert MADE == made(due_on=MADE).due_on
    with pytest.raises(EmptyTextError):
        made().finish(" ", on=DUE)
