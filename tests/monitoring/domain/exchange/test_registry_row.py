from datetime import date

import pytest

from services.monitoring.adapters.id_number import id_number_valid
from services.monitoring.domain.exchange.format import TypedRow
from services.monitoring.domain.exchange.registry_row import registry_row
from tests.monitoring.kit import VILLAGE, id_number

NUMBER = id_number(date(1978, 3, 5), "1")


def read(own_area="", **values):
    told = {"household_no": "H1", "person_no": "H101", "id_number": NUMBER, "name": "赵甲"} | values
    row = TypedRow(2, told, (), ())
    return registry_row(row, _village, id_number_valid, own_area)


def _village(town, village):
    return VILLAGE if (town, village) == ("固关镇", "上岔村") else None


def codes(row):
    return [(name, one.code) for name, one in row.problems]


def test_the_number_says_birth_and_sex():
    """What the list does not say comes from the ID number."""
    row = read()
    assert (date(1978, 3, 5), "1", "01", NUMBER) == (
        row.person["born_on"],
        row.person["sex"],
        row.person["document"],
        row.identity,
    )


@pytest.mark.parametrize("length", [20, 22])
def test_a_disability_card_says_kind_and_grade(length):
    """The digits behind the ID number are kind and grade; the person is who the number says."""
    row = read(id_number=(NUMBER + "4201")[:length])
    assert ("02", "4", "2", NUMBER) == (
        row.person["document"],
        row.person["disability_kind"],
        row.person["disability_grade"],
        row.identity,
    )


@pytest.mark.parametrize("number", [NUMBER[:-1], NUMBER[:-1] + "Z", NUMBER + "4", "H" * 18])
def test_a_wrong_number_is_a_problem(number):
    """Length and check digit are those of GB 11643."""
    assert [("id_number", "id_number_wrong")] == codes(read(id_number=number))


def test_what_contradicts_the_number_is_a_problem():
    """Sex and birth given otherwise than the number says are wrong."""
    assert [("born_on", "number_contradicts"), ("sex", "number_contradicts")] == codes(
        read(sex="2", born_on=date(1979, 1, 1))
    )


@pytest.mark.parametrize(
    ("expected", "own_area", "village"),
    [
        ([], "", "上岔村"),
        ([], "610327109", "上岔村"),
        ([("village_name", "outside_area")], "610327112", "上岔村"),
        ([("village_name", "village_unknown")], "", "无此村"),
    ],
)
def test_a_village_is_of_the_county_and_of_the_senders_area(expected, own_area, village):
    """Unknown villages and those of other areas are wrong."""
    assert expected == codes(read(own_area, town_name="固关镇", village_name=village))


def test_a_telephone_has_eleven_digits():
    """Short numbers are wrong, for the household and for the person."""
    assert [("household_phone", "phone_wrong"), ("phone", "phone_wrong")] == codes(
        read(household_phone="8801234", phone="1")
    )


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (("100A03A03", True), "100A03A03"),
        (("100A03A02", True), "100A03A02"),
        (("100A03A01", False), "100A03A01"),
        (("100A03A03", True), "100A03001"),
        (("100A03A01", False), "100A03002"),
        (("100A03A01", False), "100A03003"),
    ],
)
def test_a_monitored_class_is_not_taken_from_a_list(expected, given):
    """Only a case gives it: the household counts as what it is besides (domain 1.1)."""
    row = read(household_type=given)
    assert expected == (row.household["household_type"], row.household["lifted_out"])


def test_a_table_of_households_has_no_person():
    """Without a document number a row is about the household alone; blanks are left out."""
    row = registry_row(
        TypedRow(2, {"household_no": "H1", "address": "沟口", "household_phone": None}, (), ()),
        _village,
        id_number_valid,
        "",
    )
    assert ({}, {"address": "沟口"}, "") == (row.person, row.household, row.identity)


def test_months_are_kept_as_the_registry_keeps_them():
    """A month is YYYYMM."""
    row = read(first_identified_on=date(2014, 3, 1), person_identified_on=date(2015, 4, 1))
    assert ("201403", "201504") == (row.household["first_identified"], row.person["identified_month"])
