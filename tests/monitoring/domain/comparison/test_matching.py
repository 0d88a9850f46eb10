"""A number decides; a name is only ever a proposal; whoever is not found is listed with why."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.matching import match_row, name_key
from services.monitoring.domain.comparison.row import InsuredRow
from tests.monitoring.comparison_kit import registered
from tests.monitoring.kit import VILLAGE, id_number

BORN = date(1978, 3, 5)
NUMBER = id_number(BORN, "1")
KEY = ("赵甲一", BORN, VILLAGE)
NAMED = {"name": "赵甲一", "born_on": BORN, "area_code": VILLAGE}


def row(**given):
    return InsuredRow(insured=True, **given)


def test_number_on_record_decides():
    """A name that differs does not matter beside the number."""
    found = match_row(row(id_number=NUMBER, name="别名"), {NUMBER: [registered()]}, {})
    assert ("number", "p1") == (found.how, found.certain and found.certain.person_id)


def test_present_comes_before_who_has_left():
    """Somebody recorded in two households is the one who is there now."""
    known = [registered(person_id="old", present=False), registered(person_id="now")]
    found = match_row(row(id_number=NUMBER), {NUMBER: known}, {}).certain
    assert "now" == (found and found.person_id)


def test_name_is_a_proposal():
    """By name, birth date and village one person is found, but nobody is certain."""
    found = match_row(row(**NAMED), {}, {KEY: [registered()]})
    assert ("name", "p1", None) == (found.how, found.person and found.person.person_id, found.certain)


def test_birth_date_is_read_from_a_number_nobody_has():
    """A number typed wrong in its last digits still says when the person was born."""
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    assert KEY == name_key(row(id_number=wrong, name="赵甲一", area_code=VILLAGE))


@pytest.mark.parametrize(
    ("given", "by_number", "by_name", "why"),
    [
        ({}, {}, {}, "nothing_given"),
        ({"id_number": NUMBER}, {}, {}, "not_registered"),
        ({"id_number": NUMBER, **NAMED}, {}, {}, "not_registered"),
        ({"id_number": NUMBER}, {NUMBER: [registered(present=False)]}, {}, "has_left"),
        ({"name": "赵甲一", "born_on": BORN}, {}, {}, "number_missing"),
        ({"name": "赵甲一", "area_code": VILLAGE}, {}, {}, "number_missing"),
        (NAMED, {}, {}, "no_such_name"),
        (NAMED, {}, {KEY: [registered(present=False)]}, "no_such_name"),
        (NAMED, {}, {KEY: [registered(), registered(person_id="p2")]}, "several"),
    ],
)
def test_nobody_is_found_for_a_reason(given, by_number, by_name, why):
    """Each way of not finding anybody has its own reason."""
    found = match_row(row(**given), by_number, by_name)
    assert ("none", why, None) == (found.how, found.reason, found.person)
