"""A difference's states, what is compared, and what it means to be left out of a complete list."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from services.monitoring.domain.comparison.difference import (
    LISTED,
    REGISTERED,
    STEPS,
    WHOLE_LISTS,
    ComparisonDifference,
    DifferenceClosed,
    DifferenceStep,
    Disagreement,
    Side,
    disagreement,
    left_out,
)
from services.monitoring.domain.comparison.errors import DifferenceStepError, ExplanationMissingError
from services.monitoring.domain.comparison.row import (
    AssistanceRow,
    DisabilityRow,
    EmploymentRow,
    HousingRow,
    InsuredRow,
    PostRow,
    RosterChangeRow,
    SchoolRollRow,
)
from shared.contracts.codes import codes
from tests.monitoring.comparison_kit import registered

DAY = date(2022, 6, 10)
ALLOWED = {(side, step) for step, (sides, _, _) in STEPS.items() for side in sides}


def difference(**given):
    told: dict[str, Any] = {
        "id": "d1",
        "list_id": "l1",
        "department": "县医保局",
        "about": "insured",
        "household_id": "h1",
        "area_code": "610327109203",
        "person_id": "p1",
        "listed": "no",
        "registered": "yes",
        "found_on": DAY,
        "due_on": date(2022, 6, 24),
        "limit_confirmed": False,
    }
    return ComparisonDifference(**told | given)


@pytest.mark.parametrize(("side", "step"), sorted(ALLOWED))
def test_every_permitted_step(side, step):
    """Each step leads where it says; what closes is told with how it closed."""
    one = difference(side=side)
    one.take(step, on=DAY, note="说明原因")
    _, leads_to, how = STEPS[step]
    told = [fact.how for fact in one.facts if isinstance(fact, DifferenceClosed)]
    assert (leads_to, how, [how] if how else []) == (one.side, one.how, told)


@pytest.mark.parametrize(
    ("side", "step"), [one for one in product(Side, DifferenceStep) if one not in ALLOWED]
)
def test_every_other_step_is_refused(side, step):
    """A step of the other side, and any step of a closed difference, is refused."""
    one = difference(side=side)
    with pytest.raises(DifferenceStepError):
        one.take(step, on=DAY, note="说明原因")
    assert (side, []) == (one.side, one.facts)


@pytest.mark.parametrize(
    ("side", "step"),
    [
        (Side.REGISTER, DifferenceStep.ASK_DEPARTMENT),
        (Side.DEPARTMENT, DifferenceStep.ASK_REGISTER),
        (Side.REGISTER, DifferenceStep.EXPLAIN),
    ],
)
def test_reason_is_needed(side, step):
    """Handing over and explaining say why."""
    with pytest.raises(ExplanationMissingError):
        difference(side=side).take(step, on=DAY, note=" 无 ")


def test_one_open_difference_per_person_and_matter():
    """What the database keeps unique is there while it is open, and not afterwards."""
    one = difference()
    before = one.open_person
    one.take(DifferenceStep.GONE, on=DAY)
    assert ("insured:p1", None) == (before, one.open_person)


@pytest.mark.parametrize(
    ("kind", "row", "person", "expected"),
    [
        ("insured", InsuredRow(insured=False), {"insured": True}, Disagreement("insured", "no", "yes")),
        ("insured", InsuredRow(insured=True), {"insured": True}, None),
        ("insured", InsuredRow(insured=True), {"insured": None}, None),
        ("low_income_aid", AssistanceRow(status="new"), {}, Disagreement("low_income", "yes", "no")),
        (
            "low_income_aid",
            AssistanceRow(status="stop"),
            {"low_income_aid": True},
            Disagreement("low_income", "no", "yes"),
        ),
        ("destitute_aid", AssistanceRow(), {"destitute_aid": True}, None),
        (
            "school_roll",
            SchoolRollRow(enrolled=True, attending=True),
            {},
            Disagreement("school_roll", "yes", "no"),
        ),
        (
            "disability",
            DisabilityRow(kind="4", grade="2", issued_on=DAY),
            {"disability_kind": "4", "disability_grade": "3"},
            Disagreement("disability", "4-2", "4-3"),
        ),
        (
            "disability",
            DisabilityRow(kind="4", grade="2", issued_on=DAY),
            {"health": ("004",)},
            Disagreement("disability", "4-2", "yes"),
        ),
        (
            "housing",
            HousingRow(house_no="F1", grade="D", sole=True),
            {"dangerous_house": False},
            Disagreement("house_grade", "yes", "no"),
        ),
        ("housing", HousingRow(house_no="F1", grade="D", sole=True), {}, None),
        ("housing", HousingRow(house_no="F1", grade="D", sole=False), {"dangerous_house": False}, None),
        ("employment", EmploymentRow(working=False), {"working": True}, Disagreement("work", "no", "yes")),
        ("employment", EmploymentRow(working=True), {}, None),
        ("public_post", PostRow(on_post=True), {}, Disagreement("public_post", "yes", "no")),
        (
            "roster_change",
            RosterChangeRow(event_no="G1", what="death", happened_on=DAY),
            {},
            Disagreement("membership", "left", "present"),
        ),
        ("roster_change", RosterChangeRow(event_no="G1", what="marriage", happened_on=DAY), {}, None),
        ("temporary_relief", AssistanceRow(), {}, None),
    ],
)
def test_what_differs(kind, row, person, expected):
    """The list and the register are compared about one matter; where one says nothing, nothing differs."""
    assert expected == disagreement(kind, row, registered(**person))


@pytest.mark.parametrize(
    ("kind", "person", "expected"),
    [
        ("insured", {}, Disagreement("insured", "no", "yes")),
        ("low_income_aid", {}, None),
        ("low_income_aid", {"low_income_aid": True}, Disagreement("low_income", "no", "yes")),
        (
            "disability",
            {"disability_kind": "4", "disability_grade": "2"},
            Disagreement("disability", "no", "4-2"),
        ),
    ],
)
def test_left_out_of_a_complete_list(kind, person, expected):
    """Whom a complete list leaves out it says no of."""
    assert expected == left_out(kind, registered(**person))


def test_agreement_is_what_the_list_said():
    """Corrected to what the list says, the register agrees."""
    one = difference()
    assert (False, True) == (
        one.agrees_with(registered(insured=True)),
        one.agrees_with(registered(insured=False)),
    )


def test_matters_are_codes_and_can_be_asked_of_the_register():
    """Each matter has a code and a question to the register; each whole list is compared."""
    matters = {about for about, _ in LISTED.values()}
    assert (matters, True) == (set(REGISTERED), matters <= set(codes()["difference"].codes))
    assert set(LISTED) >= WHOLE_LISTS
