from datetime import date

import pytest

from services.evaluation.domain.field_work.errors import FieldWorkStepError
from services.evaluation.domain.field_work.training import (
    Attendance,
    ClassHeld,
    ClassState,
    ClassStep,
    TrainingClass,
)
from tests.evaluation.dispatch_kit import check, tries

S, T = ClassState, ClassStep
ON = date(2022, 5, 20)
PERMITTED = {(T.HOLD, S.PLANNED): S.HELD, (T.CANCEL, S.PLANNED): S.CANCELLED}
TAKE = {T.HOLD: lambda one: one.hold([], on=ON), T.CANCEL: lambda one: one.cancel(on=ON)}


def planned():
    """Return a class of the plan."""
    return TrainingClass.plan(
        class_id="k1",
        name="政策培训",
        unit="县委组织部",
        level="county",
        method="online",
        due_on=date(2022, 5, 31),
        on=date(2022, 1, 10),
    )


def person(cadre_id, passed=None):
    """Return that somebody attended."""
    return Attendance(cadre_id, "610327109", "cadre", "610327109", passed)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(T, S, PERMITTED))
def test_each_step_in_each_state(step, state, leads_to):
    """A permitted step leads on, any other is refused."""
    one = planned()
    one.state = state
    check(one, TAKE[step], leads_to, FieldWorkStepError)


def test_people_are_counted_once():
    """Who is named twice attended once; who was not tested did not fail."""
    one = planned()
    one.hold(
        [person("a", True), person("b", False), person("c"), person("a", True)], on=ON, method="exchange"
    )
    assert (3, 2, 1, "exchange") == (one.attended, one.tested, one.passed, one.method)
    (held,) = [fact for fact in one.facts if isinstance(fact, ClassHeld)]
    assert ["a", "b", "c"] == [attended.cadre_id for attended in held.attended]
