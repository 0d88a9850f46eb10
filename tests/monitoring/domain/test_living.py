from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.errors import LivingContradictsError
from services.monitoring.domain.living import FORM_2022, UNKNOWN, LivingConditions

ANSWERED = LivingConditions(
    road_hardened=True,
    tap_water=True,
    supply_gap_under_day=True,
    safe_water=True,
    clean_energy=False,
    house_dangerous=False,
    shower=False,
    sanitary_toilet=False,
    courtyard=False,
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"road_type": "1", "road_hardened": True},
        {"road_type": "3", "road_hardened": False},
        {"house_grade": "C", "house_dangerous": False},
        {"house_grade": "D", "house_dangerous": False},
        {"sanitary_toilet": False, "toilet_usable": True},
        {"clean_energy": False, "clean_energy_kind": "100"},
    ],
)
def test_answers_that_cannot_both_be_true(wrong):
    """A hardened way of earth, a safe house of grade C, a working toilet that is not there are refused."""
    with pytest.raises(LivingContradictsError):
        LivingConditions(**wrong).check()


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"road_type": "3", "road_hardened": True},
        {"road_type": "3"},
        {"house_grade": "B", "house_dangerous": False},
        {"house_grade": "D", "house_dangerous": True},
        {"house_grade": "D"},
    ],
)
def test_what_nobody_has_said_contradicts_nothing(right):
    """Answers that fit, and blanks, are accepted."""
    LivingConditions(**right).check()


@pytest.mark.parametrize("name", FORM_2022)
def test_every_question_of_the_form_counts(name):
    """The form is complete with every question answered, no matter how, and not with one blank."""
    blank: dict[str, Any] = {name: None}
    assert ANSWERED.complete
    assert not replace(ANSWERED, **blank).complete


@pytest.mark.parametrize(
    ("yes", "follow"),
    [
        ("house_dangerous", {"house_in_plan": False}),
        ("clean_energy", {"clean_energy_kind": "100"}),
        (
            "sanitary_toilet",
            {
                "toilet_usable": True,
                "toilet_in_house": True,
                "toilet_in_yard": False,
                "toilet_kind": "100",
            },
        ),
    ],
)
def test_a_yes_asks_further(yes, follow):
    """A dangerous house, clean energy and a toilet bring questions of their own: all of them count."""
    said_yes: dict[str, Any] = {yes: True}
    said = replace(ANSWERED, **said_yes)
    assert not said.complete
    assert replace(said, **follow).complete
    assert not [name for name in follow if replace(said, **follow | {name: None}).complete]


def test_nothing_said_is_not_complete():
    """A household nobody has asked has no complete record."""
    assert not UNKNOWN.complete
