"""What a department answers about a household: every permitted step, and every other refused."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.comparison.case_comparison import (
    CaseComparison,
    CheckAnswer,
    ComparisonAnswer,
    RequestState,
)
from services.monitoring.domain.comparison.errors import (
    CaseComparisonClosedError,
    FindingNoteMissingError,
    ForeignCheckError,
)

DAY = date(2022, 6, 10)
CAR = CheckAnswer(ComparisonAnswer.FOUND, "p1", "名下有小轿车一辆")


def asked(**given):
    told: dict[str, Any] = {
        "id": "r1",
        "case_id": "c1",
        "household_id": "h1",
        "area_code": "610327109203",
        "department": "县公安局",
        "round": 1,
        "checks": ("vehicle", "separation"),
        "persons": 3,
        "asked_on": DAY,
        "due_on": date(2022, 6, 15),
        "limit_confirmed": False,
    }
    return CaseComparison(**told | given)


def test_answer_names_every_check():
    """What is not named has no finding; what is found is a hit to be explained."""
    one = asked()
    one.answer({"vehicle": CAR}, on=DAY)
    assert (RequestState.ANSWERED, ("vehicle",), ComparisonAnswer.NONE) == (
        one.state,
        one.hits,
        one.answers["separation"].answer,
    )


def test_nothing_found():
    """An answer without findings has no hit."""
    one = asked()
    one.answer({}, on=DAY)
    assert (RequestState.ANSWERED, ()) == (one.state, one.hits)


def test_withdrawn_without_an_answer():
    """The comparison went on: nothing is told as answered."""
    one = asked()
    one.withdraw(on=DAY)
    assert (RequestState.WITHDRAWN, []) == (one.state, one.facts)


@pytest.mark.parametrize("state", [RequestState.ANSWERED, RequestState.WITHDRAWN])
@pytest.mark.parametrize("step", [lambda one: one.answer({}, on=DAY), lambda one: one.withdraw(on=DAY)])
def test_every_other_step_is_refused(state, step):
    """Closed is closed, for an answer and for a withdrawal."""
    one = asked(state=state)
    with pytest.raises(CaseComparisonClosedError):
        step(one)


def test_check_that_was_not_asked_is_refused():
    """A department answers what it owns."""
    with pytest.raises(ForeignCheckError):
        asked().answer({"company": CAR}, on=DAY)


def test_finding_says_what():
    """The household must be able to explain it."""
    with pytest.raises(FindingNoteMissingError):
        asked().answer({"vehicle": CheckAnswer(ComparisonAnswer.FOUND, note="有")}, on=DAY)
