from datetime import date, timedelta

import pytest

from services.evaluation.domain.inspection import (
    STEPS,
    CheckItem,
    Finding,
    Inspection,
    InspectionState,
    InspectionStep,
)
from services.evaluation.domain.supervision_errors import (
    DayOutOfOrderError,
    FindingWithoutTextError,
    InspectionIncompleteError,
    InspectionStepError,
    NothingToInspectError,
    UnknownSubjectError,
    WithoutWordsError,
)

DAY = date(2022, 5, 20)
WATER = CheckItem("water", "饮水", "water", category="water")


def planned(**about):
    given = {
        "inspection_id": "i1",
        "kind": "planned",
        "unit": "610327109",
        "on": DAY,
        "due_on": date(2022, 5, 31),
        "team": "第一督查组",
        "members": "",
        "items": (WATER,),
    }
    return Inspection.plan(**{**given, **about})


def do(inspection, step, on=DAY):
    """Take a step with everything it needs."""
    match step:
        case InspectionStep.START:
            inspection.start(on)
        case InspectionStep.RECORD:
            inspection.record(Finding("water", "good"), on=on)
        case InspectionStep.FILE:
            inspection.file(on=on)
        case InspectionStep.CANCEL:
            inspection.cancel(on=on, reason="并入下月")


_T = InspectionStep
WAYS = {
    InspectionState.PLANNED: (),
    InspectionState.UNDER_WAY: (_T.START, _T.RECORD),
    InspectionState.FILED: (_T.START, _T.RECORD, _T.FILE),
    InspectionState.CANCELLED: (_T.CANCEL,),
}


def in_state(state):
    inspection = planned()
    for step in WAYS[state]:
        do(inspection, step)
    return inspection


PERMITTED = sorted((state, step) for step, (before, _) in STEPS.items() for state in before)
REFUSED = sorted((state, step) for step in _T for state in InspectionState if state not in STEPS[step][0])


@pytest.mark.parametrize(("state", "step"), PERMITTED)
def test_permitted_steps_lead_on(state, step):
    """Each permitted step leads to its state."""
    inspection = in_state(state)
    assert inspection.permits(step)
    do(inspection, step)
    assert STEPS[step][1] is inspection.state


@pytest.mark.parametrize(("state", "step"), REFUSED)
def test_other_steps_are_refused(state, step):
    """Any other step is refused and changes nothing."""
    inspection, same = in_state(state), in_state(state)
    with pytest.raises(InspectionStepError):
        do(inspection, step)
    assert same == inspection


def test_nothing_is_filed_half():
    """With a subject nobody has looked at it is not filed, and stays under way."""
    inspection = planned(items=(WATER, CheckItem("work", "就业", "work")))
    inspection.start(DAY)
    do(inspection, InspectionStep.RECORD)
    with pytest.raises(InspectionIncompleteError) as refused:
        inspection.file(on=DAY)
    assert {"missing": 1} == refused.value.details
    assert InspectionState.UNDER_WAY is inspection.state


def test_a_finding_replaces_the_one_before():
    """What was taken down can be put right, and keeps the subject's category."""
    inspection = in_state(InspectionState.UNDER_WAY)
    inspection.record(Finding("water", "problem", "水压不足"), on=DAY)
    (item,) = inspection.problems
    assert ("水压不足", "water") == (item.text, item.category)


def test_a_problem_is_said_in_words():
    """A problem without words is refused."""
    with pytest.raises(FindingWithoutTextError):
        in_state(InspectionState.UNDER_WAY).record(Finding("water", "problem", " "), on=DAY)


def test_only_what_is_on_the_list_is_found():
    """A subject that is not on the check-list is refused."""
    with pytest.raises(UnknownSubjectError):
        in_state(InspectionState.UNDER_WAY).record(Finding("moon", "good"), on=DAY)


def test_a_plan_needs_subjects_and_days_in_order():
    """No inspection of nothing, none to be filed before it is planned, none cancelled without a reason."""
    with pytest.raises(NothingToInspectError):
        planned(items=())
    with pytest.raises(DayOutOfOrderError):
        planned(due_on=DAY - timedelta(days=1))
    with pytest.raises(DayOutOfOrderError):
        planned().start(DAY - timedelta(days=1))
    with pytest.raises(WithoutWordsError):
        planned().cancel(on=DAY, reason="")


def test_the_ledger_number_is_remembered():
    """Under which number a problem was entered stands beside its subject."""
    inspection = in_state(InspectionState.UNDER_WAY)
    inspection.entered("water", "p1")
    assert "p1" == inspection.items[0].problem_id
