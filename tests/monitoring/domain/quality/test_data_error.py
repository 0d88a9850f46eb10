from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.quality.data_error import DataError, ErrorFixed, ErrorState
from services.monitoring.domain.quality.errors import (
    DataErrorAnsweredError,
    OnlyAskedCanBeRejectedError,
    RuleStillBrokenError,
)

DAY = date(2022, 7, 1)
STEPS = {
    "correct": lambda one, on=DAY: one.correct(still_broken=False, on=on),
    "explain": lambda one, on=DAY: one.explain("已入户核实", on=on),
    "reject": lambda one, on=DAY: one.reject("材料齐全，无误", on=on),
    "vanish": lambda one, on=DAY: one.vanish(on=on, corrected=False),
    "vanish by a change": lambda one, on=DAY: one.vanish(on=on, corrected=True),
}
ENDS = {
    "correct": ErrorState.CORRECTED,
    "explain": ErrorState.EXPLAINED,
    "reject": ErrorState.REJECTED,
    "vanish": ErrorState.GONE,
    "vanish by a change": ErrorState.CORRECTED,
}


def error(**given):
    told: dict[str, Any] = {"id": "e1", "origin": "person", "severity": 2, "area_code": "610327109203"}
    return DataError(**told | {"found_on": DAY, "due_on": date(2022, 7, 16)} | given)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_open(step):
    """From open every step leads where it says, and the county is told once."""
    one = error()
    STEPS[step](one)
    assert (ENDS[step], 1, DAY) == (
        one.state,
        sum(isinstance(f, ErrorFixed) for f in one.facts),
        one.answered_on,
    )


@pytest.mark.parametrize("state", [state for state in ErrorState if state is not ErrorState.OPEN])
@pytest.mark.parametrize("step", STEPS)
def test_no_step_once_answered(step, state):
    """What was answered, or is gone, cannot be answered again, in any way; nothing changes."""
    one = error(state=state)
    with pytest.raises(DataErrorAnsweredError):
        STEPS[step](one)
    assert error(state=state) == one


@pytest.mark.parametrize("step", STEPS)
def test_not_answered_before_it_was_found(step):
    """The day before it was found is refused; on the day itself it is possible (above)."""
    with pytest.raises(InvalidDayError):
        STEPS[step](error(), date(2022, 6, 30))


def test_not_corrected_while_the_rule_is_broken():
    """A rule's error stays open while the record still breaks the rule."""
    one = error(origin="rule", rule="D-1")
    with pytest.raises(RuleStillBrokenError):
        one.correct(still_broken=True, on=DAY)
    assert one.is_open


def test_a_rule_is_not_rejected():
    """What a rule found is corrected or explained, never rejected."""
    with pytest.raises(OnlyAskedCanBeRejectedError):
        error(origin="rule", rule="D-1").reject("规则有误，不予理会", on=DAY)


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2022, 7, 15), True), (date(2022, 7, 16), True), (date(2022, 7, 17), False)]
)
def test_in_time(on, expected):
    """Answered the day before or on the day it is in time, the day after it is not."""
    one = error()
    one.explain("已入户核实", on=on)
    assert expected is one.in_time
