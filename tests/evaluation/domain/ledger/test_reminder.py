from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.ledger.reminder import Colour, Limits, Running, colour_of
from services.evaluation.domain.ledger.state import ENDED, State
from tests.evaluation.domain.ledger.made import POLICY

TODAY = date(2022, 6, 15)
LIMITS = Limits(near=7, silence=15, plan=5)
FAR = Running(State.RECTIFYING, TODAY + timedelta(days=60), TODAY, None)


def in_days(days):
    return TODAY + timedelta(days=days)


def colour(**about):
    return colour_of(replace(FAR, **about), TODAY, LIMITS)


@pytest.mark.parametrize(
    ("days", "expected"), [(8, Colour.NONE), (7, Colour.BLUE), (0, Colour.BLUE), (-1, Colour.RED)]
)
def test_near_and_overdue(days, expected):
    """Blue from seven days before the limit to the day itself, red from the day after."""
    assert expected == colour(due_on=in_days(days))


@pytest.mark.parametrize(("days", "expected"), [(-15, Colour.NONE), (-16, Colour.YELLOW)])
def test_silence(days, expected):
    """Fifteen days without progress are allowed; from the sixteenth it is yellow."""
    assert expected == colour(moved_on=in_days(days))


@pytest.mark.parametrize(("days", "expected"), [(-5, Colour.NONE), (-6, Colour.YELLOW)])
def test_no_plan(days, expected):
    """A plan is due five days after handing over; from the sixth it is yellow."""
    assert expected == colour(state=State.HANDED_OVER, moved_on=in_days(days))


@pytest.mark.parametrize(
    ("days", "expected"), [(8, Colour.NONE), (7, Colour.BLUE), (0, Colour.BLUE), (-1, Colour.YELLOW)]
)
def test_a_stage_of_the_plan(days, expected):
    """A stage reminds as the limit does, and is yellow from the day after it: the problem has still time."""
    assert expected == colour(next_node_on=in_days(days))


def test_what_waits_for_a_recheck_is_not_behind():
    """Once close-out is asked the unit owes nothing, but the limit runs on."""
    assert Colour.NONE is colour(state=State.IN_CHECK, moved_on=in_days(-90), next_node_on=in_days(-9))
    assert Colour.RED is colour(state=State.IN_CHECK, due_on=in_days(-1))


def test_the_limits_are_those_of_the_policy():
    """The policy file gives the days in force."""
    assert LIMITS == Limits.of(POLICY, TODAY)


@given(
    st.sampled_from(sorted(State)),
    st.one_of(st.none(), st.integers(-40, 40)),
    st.integers(-40, 0),
    st.one_of(st.none(), st.integers(-40, 40)),
)
def test_what_is_over_or_has_no_day_reminds_of_nothing(state, due, moved, node):
    """Closed, rejected or not handed over: no colour. Past its day and open: red, whatever else."""
    one = Running(
        state,
        None if due is None else in_days(due),
        in_days(moved),
        None if node is None else in_days(node),
    )
    found = colour_of(one, TODAY, LIMITS)
    if state in ENDED or due is None:
        assert Colour.NONE is found
    else:
        assert (due < 0) == (found is Colour.RED)
