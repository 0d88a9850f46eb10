from datetime import date

import pytest

from services.monitoring.domain.education.home_teaching import (
    STATES,
    WAYS,
    Began,
    Ended,
    HomePupil,
    HomeVisit,
    Visited,
    behind,
    whole_month,
)
from services.monitoring.domain.errors import InvalidDayError
from shared.kernel.period import Month
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {("visit", "running"): "running", ("end", "running"): "ended"}
TAKE = {
    "visit": lambda one: one.visit(visit_on(DAY)),
    "end": lambda one: one.end("returned", on=DAY),
}


def visit_on(day):
    return HomeVisit("v1", "u1", day, "T-1", 1)


def pupil(**given):
    told = {"id": "u1", "household_id": "h1", "area_code": "610327109203", "person_id": "p1"}
    return HomePupil.begin(**told | {"teacher": "T-1", "visits_a_month": 2, "began_on": DAY} | given)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """Lessons are given until teaching at home ends."""
    check(pupil(state=state), TAKE[step], leads_to)


def test_beginning_lessons_and_end_are_told():
    """Each raises its fact."""
    one = pupil()
    one.visit(visit_on(DAY))
    one.end("finished", on=DAY)
    assert [Began, Visited, Ended] == [type(fact) for fact in one.facts]


def test_no_lesson_before_it_began():
    """A lesson of the day before it began is refused."""
    with pytest.raises(InvalidDayError):
        pupil().visit(visit_on(date(2022, 6, 14)))


@pytest.mark.parametrize(("made", "missing"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_twice_a_month(made, missing):
    """Two lessons a month are wanted (plan item 6); more are no debt of the next."""
    assert missing == behind(2, {"u1": made}, "u1")


@pytest.mark.parametrize(
    ("began_on", "ended_on", "whole"),
    [
        (date(2022, 6, 1), None, True),
        (date(2022, 6, 2), None, False),
        (date(2022, 5, 1), date(2022, 6, 30), True),
        (date(2022, 5, 1), date(2022, 6, 29), False),
    ],
)
def test_only_whole_months_count(began_on, ended_on, whole):
    """A month counts when it was taught from its first to its last day."""
    assert whole == whole_month(began_on, ended_on, Month(2022, 6))
