"""A warning's states: every permitted step, and every other refused."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from services.monitoring.domain.comparison.errors import WarningStepError
from services.monitoring.domain.comparison.warning import (
    STEPS,
    Checked,
    DepartmentWarning,
    Finding,
    WarningState,
)

DAY = date(2022, 6, 10)


def warning(**given):
    told: dict[str, Any] = {
        "id": "w1",
        "rule": "YB-01",
        "department": "县医保局",
        "list_id": "l1",
        "month": "202205",
        "household_id": "h1",
        "area_code": "610327109203",
        "person_id": "p1",
        "risk": "100A27001",
        "raised_on": DAY,
        "threshold_confirmed": False,
    }
    return DepartmentWarning(**told | given)


@pytest.mark.parametrize(("finding", "step"), STEPS.items())
def test_every_permitted_step(finding, step):
    """Each finding leads from the state it needs to the one it leads to, and is told in sequence."""
    needed, leads_to = step
    one = warning(state=needed, checks=3)
    one.find(finding, on=DAY, case_id="c1")
    (told,) = one.facts
    assert (leads_to, 4, "c1") == (one.state, told.sequence, one.case_id)


@pytest.mark.parametrize(
    ("state", "finding"),
    [(state, finding) for state, finding in product(WarningState, Finding) if STEPS[finding][0] is not state],
)
def test_every_other_step_is_refused(state, finding):
    """No finding follows from any other state, and nothing is told."""
    one = warning(state=state)
    with pytest.raises(WarningStepError):
        one.find(finding, on=DAY)
    assert (state, []) == (one.state, one.facts)


def test_path_from_the_check_to_the_decision():
    """The first check's day stays; the decision ends the warning; sequences rise."""
    one = warning()
    one.find(Finding.RISK, on=DAY, case_id="c1")
    one.find(Finding.IDENTIFIED, on=date(2022, 6, 20))
    assert (DAY, date(2022, 6, 20)) == (one.checked_on, one.ended_on)
    assert [1, 2] == [fact.sequence for fact in one.facts if isinstance(fact, Checked)]


def test_procedure_is_no_end():
    """While the case is open the warning has not ended."""
    one = warning()
    one.find(Finding.RISK, on=DAY)
    assert one.ended_on is None
