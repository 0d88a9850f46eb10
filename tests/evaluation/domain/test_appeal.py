from datetime import date, timedelta

import pytest

from services.evaluation.domain.appeal import (
    OPEN,
    STEPS,
    Accepted,
    Appeal,
    AppealState,
    Decided,
    Filed,
    Point,
    Withdrawn,
)
from services.evaluation.domain.assessment import Assessment, Stage
from services.evaluation.domain.assessment_errors import (
    AppealReasonMissingError,
    AppealStepError,
    AppealTooLateError,
    NotOpenToAppealError,
)
from services.evaluation.domain.correction import Correction

DAY, UNTIL = date(2022, 12, 25), date(2022, 12, 29)
POINT = Point("a1", 2, "610327109", "I01-5")
CORRECTION = Correction("c1", "case_counted", DAY, numerator="1")


def assessment(stage=Stage.PRELIMINARY, *, confirmed=False):
    return Assessment(
        id="a1",
        year=2022,
        as_of=DAY,
        begun_on=DAY,
        stage=stage,
        number=2,
        appeals_until=UNTIL,
        period_confirmed=confirmed,
    )


def filed(on=UNTIL, *, of=None, reason="漏计一户"):
    return Appeal.file(
        "p1", of or assessment(), "610327109", "I01-5", on=on, reason=reason, evidence="台账第3页"
    )


def appeal(state):
    made = filed()
    made.facts.clear()
    made.state = state
    return made


DO = {
    "accept": lambda one: one.accept(UNTIL),
    "uphold": lambda one: one.uphold(CORRECTION, UNTIL, "属实"),
    "reject": lambda one: one.reject(UNTIL, "无依据"),
    "withdraw": lambda one: one.withdraw(UNTIL),
}
LEADS_TO = {
    "accept": (AppealState.UNDER_REVIEW, Accepted("p1", POINT, UNTIL)),
    "uphold": (AppealState.UPHELD, Decided("p1", POINT, UNTIL, CORRECTION)),
    "reject": (AppealState.REJECTED, Decided("p1", POINT, UNTIL, None)),
    "withdraw": (AppealState.WITHDRAWN, Withdrawn("p1", POINT, UNTIL)),
}


def test_every_permitted_step():
    """Each step from each state that permits it leads where it should and is told."""
    for step, (states, _) in STEPS.items():
        for state in sorted(states):
            one = appeal(state)
            DO[step](one)
            assert (step, *LEADS_TO[step]) == (step, one.state, *one.facts)


@pytest.mark.parametrize("step", sorted(STEPS))
@pytest.mark.parametrize("state", sorted(AppealState))
def test_every_other_step_is_refused(step, state):
    """A step in a state that does not permit it changes nothing and tells nobody."""
    if state in STEPS[step][0]:
        return
    one = appeal(state)
    with pytest.raises(AppealStepError):
        DO[step](one)
    assert (state, [], None, "") == (one.state, one.facts, one.decided_on, one.ruling)


def test_the_point_is_frozen_until_it_is_decided():
    """Filed and under review freeze the point; nothing else does."""
    assert OPEN == {state for state in AppealState if appeal(state).open}


@pytest.mark.parametrize(
    ("days", "late"), [(-3, False), (0, False), (1, True), (30, True)], ids=["first", "last", "after", "long"]
)
def test_the_last_day(days, late):
    """On the last day an appeal is in time, on the next it is late; unconfirmed, it is taken all the same."""
    one = filed(UNTIL + timedelta(days=days))
    assert (late, [Filed("p1", POINT, one.filed_on, late)]) == (one.late, one.facts)


def test_a_confirmed_period_refuses_from_the_day_after():
    """Where a paper confirms the period, the last day still counts and the next does not."""
    assert not filed(UNTIL, of=assessment(confirmed=True)).late
    with pytest.raises(AppealTooLateError):
        filed(UNTIL + timedelta(days=1), of=assessment(confirmed=True))


@pytest.mark.parametrize("stage", sorted({*Stage} - {Stage.PRELIMINARY}))
def test_only_a_preliminary_result_can_be_appealed_against(stage):
    """Neither a draft nor a final or published result."""
    with pytest.raises(NotOpenToAppealError):
        filed(of=assessment(stage))


def test_a_reason_is_needed():
    """Neither an appeal nor a ruling goes without words."""
    with pytest.raises(AppealReasonMissingError):
        filed(reason="  ")
    one = appeal(AppealState.UNDER_REVIEW)
    for silent in (lambda: one.uphold(CORRECTION, UNTIL, " "), lambda: one.reject(UNTIL, "")):
        with pytest.raises(AppealReasonMissingError):
            silent()
    assert AppealState.UNDER_REVIEW is one.state
