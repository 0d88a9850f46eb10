from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.education.dropout import (
    SEVEN,
    STATES,
    WAYS,
    Dropout,
    Ended,
    Found,
    Persuasion,
)
from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.guarantee_errors import UnknownResponsibleError
from tests.monitoring.machine_kit import check, tries

DAY = date(2022, 6, 15)
PERMITTED = {
    ("name", "found"): "found",
    ("name", "notified"): "notified",
    ("persuade", "found"): "found",
    ("persuade", "notified"): "notified",
    ("notify", "found"): "notified",
    ("end", "found"): "ended",
    ("end", "notified"): "ended",
}
TAKE = {
    "name": lambda one: one.name({"head": "X-1"}),
    "persuade": lambda one: one.persuade(Persuasion(DAY, "teacher")),
    "notify": lambda one: one.notify("T-1", on=DAY, return_by=DAY),
    "end": lambda one: one.end("returned", on=DAY),
}


def dropout(**given):
    told: dict[str, Any] = {"id": "d1", "household_id": "h1", "area_code": "610327109203", "person_id": "p1"}
    told |= {"change_id": "c1", "reason": "04", "found_on": DAY, "due_on": date(2022, 6, 30)}
    return Dropout.open(**told | {"limit_confirmed": False} | given)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """A child is persuaded and the seven named until the case ends; one notice is served."""
    check(dropout(state=state), TAKE[step], leads_to)


def test_found_and_ended_are_told():
    """Opening and ending raise one fact each; what lies between stays inside."""
    one = dropout()
    one.name({"head": "X-1"})
    one.persuade(Persuasion(DAY, "head"))
    one.end("returned", on=DAY)
    assert [Found, Ended] == [type(fact) for fact in one.facts]


def test_the_seven_are_named_one_by_one():
    """Naming adds to who is named; an empty text takes one away; the rest is missing."""
    one = dropout()
    one.name({"head": "X-1", "teacher": "B-2"})
    one.name({"teacher": "", "parent": "J-3"})
    assert {"head": "X-1", "parent": "J-3"} == dict(one.responsible)
    assert tuple(role for role in SEVEN if role not in ("head", "parent")) == one.missing


@pytest.mark.parametrize(
    "take", [lambda one: one.name({"king": "K"}), lambda one: one.persuade(Persuasion(DAY, "king"))]
)
def test_nobody_but_the_seven(take):
    """A role outside the seven is refused."""
    with pytest.raises(UnknownResponsibleError):
        take(dropout())


def test_the_end_is_not_before_the_last_persuasion():
    """A case ends on the day of the last thing done for it, or later."""
    one = dropout()
    one.persuade(Persuasion(date(2022, 6, 20), "teacher"))
    with pytest.raises(InvalidDayError):
        one.end("returned", on=date(2022, 6, 19))
    one.end("returned", on=date(2022, 6, 20))
    assert date(2022, 6, 20) == one.ended_on
