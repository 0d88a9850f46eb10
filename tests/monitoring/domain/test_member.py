from datetime import date
from typing import Any

import pytest

from services.monitoring.adapters.id_number import id_number_valid
from services.monitoring.domain.errors import (
    HealthError,
    IdNumberContradictsError,
    InvalidIdNumberError,
    InvalidPhoneError,
    RelationSexError,
)
from services.monitoring.domain.member import Member, MemberChecks, check_member, masked
from shared.contracts.codes import codes, relation_sex
from tests.monitoring.kit import id_number

CHECKS = MemberChecks(relation_sex, id_number_valid)
BORN = date(1978, 3, 5)
DAY = date(2022, 6, 15)


def member(**given):
    told: dict[str, Any] = {
        "id": "p1",
        "person_no": "H00101",
        "name": "甲某",
        "sex": "1",
        "born_on": BORN,
        "relation": "001",
        "labour_skill": "001",
        "education": "003",
        "id_number": id_number(BORN, "1"),
        "joined_on": DAY,
    }
    return Member(**told | given)


def test_a_sound_record_passes():
    """A grown man with a valid number is not refused."""
    check_member(member(), CHECKS)


@pytest.mark.parametrize("relation", [code.value for code in codes()["relation"] if relation_sex(code.value)])
def test_relation_of_the_other_sex_is_refused(relation):
    """Each relation with one sex refuses the other and takes its own."""
    right = relation_sex(relation) or ""
    wrong = "2" if right == "1" else "1"
    check_member(member(relation=relation, sex=right, id_number=id_number(BORN, right)), CHECKS)
    with pytest.raises(RelationSexError):
        check_member(member(relation=relation, sex=wrong, id_number=id_number(BORN, wrong)), CHECKS)


def test_wrong_check_digit_is_refused_without_repeating_the_number():
    """A mistyped number is refused and does not appear in the refusal."""
    number = id_number(BORN, "1")
    mistyped = number[:-1] + ("0" if number[-1] != "0" else "1")
    with pytest.raises(InvalidIdNumberError) as refused:
        check_member(member(id_number=mistyped), CHECKS)

    assert {} == refused.value.details


@pytest.mark.parametrize(("field", "value"), [("born_on", date(1978, 3, 6)), ("sex", "2")])
def test_number_must_agree_with_birth_and_sex(field, value):
    """A number that says another birthday or sex is refused."""
    with pytest.raises(IdNumberContradictsError):
        check_member(member(**{field: value, "relation": "021", "id_number": id_number(BORN, "1")}), CHECKS)


def test_disability_card_is_the_number_and_two_digits():
    """A card whose digits say limbs, grade 2 belongs to a person recorded so, and to nobody else."""
    card = {"document": "02", "id_number": id_number(BORN, "1") + "42", "health": ("004",)}
    check_member(member(**card, disability_kind="4", disability_grade="2"), CHECKS)
    with pytest.raises(IdNumberContradictsError):
        check_member(member(**card, disability_kind="4", disability_grade="1"), CHECKS)


@pytest.mark.parametrize("length", [18, 19, 21, 23])
def test_disability_card_has_20_or_22_digits(length):
    """A disability card of another length is refused."""
    number = (id_number(BORN, "1") + "4211111")[:length]
    with pytest.raises(InvalidIdNumberError):
        check_member(
            member(document="02", id_number=number, disability_kind="4", disability_grade="2"), CHECKS
        )


@pytest.mark.parametrize("health", [(), ("001", "003"), ("001", "004")])
def test_healthy_stands_alone(health):
    """Healthy beside an illness, and no health at all, are refused."""
    with pytest.raises(HealthError):
        check_member(member(health=health), CHECKS)


@pytest.mark.parametrize("phone", ["1390917000", "139091700001", "1390917000x"])
def test_telephone_has_eleven_digits(phone):
    """Ten digits, twelve, and a letter are refused."""
    with pytest.raises(InvalidPhoneError):
        check_member(member(phone=phone), CHECKS)


def test_nothing_personal_in_the_repr():
    """Name, number and telephone stay out of what is printed of a member."""
    shown = repr(member(phone="13909170000"))
    assert not [part for part in ("甲某", id_number(BORN, "1"), "13909170000") if part in shown]


@pytest.mark.parametrize(
    ("number", "shown"), [("610327197803050012", "610*************12"), ("12345", "*****"), ("", "")]
)
def test_masked(number, shown):
    """Three characters at the front and two at the end are all that is shown."""
    assert shown == masked(number)
