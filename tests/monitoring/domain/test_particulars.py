import pytest

from services.monitoring.domain.particulars import CODE_LISTS, SEVERAL_CODES, identity_of
from shared.contracts.codes import codes
from tests.monitoring.kit import person

NUMBER = "610327197803050012"


@pytest.mark.parametrize(
    ("resident", "employee", "insured"),
    [
        (True, None, True),
        (True, False, True),
        (False, True, True),
        (None, True, True),
        (True, True, False),
        (False, False, False),
        (None, None, False),
        (None, False, False),
    ],
)
def test_insured_is_in_exactly_one(resident, employee, insured):
    """Two basic insurances are as wrong as none, and what nobody knows does not count (H-1, H-2)."""
    assert insured == person(resident_insurance=resident, employee_insurance=employee).insured


@pytest.mark.parametrize(("code", "aided"), [(None, False), ("0", False), ("1", True), ("2", True)])
def test_aid_is_known_aid(code, aided):
    """Urban and rural aid are aid; none, and nobody knows, are not."""
    one = person(low_income=code, destitute=code)
    assert (aided, aided) == (one.low_income_aid, one.destitute_aid)


def test_a_person_is_the_same_with_either_document():
    """A disability card, first or renewed, is of the person of its first 18 digits."""
    assert {NUMBER} == {
        identity_of("01", NUMBER),
        identity_of("02", NUMBER + "42"),
        identity_of("02", NUMBER + "42B1"),
    }
    assert "x" * 20 == identity_of("03", "x" * 20)
    assert "61032719780305001X" == identity_of("01", "61032719780305001x")


def test_every_coded_field_has_its_list():
    """The lists that fields name exist."""
    assert [] == [key for key in (*CODE_LISTS.values(), *SEVERAL_CODES.values()) if key not in codes()]
