from datetime import date

import pytest

from services.monitoring.adapters.id_number import id_number_valid
from tests.monitoring.kit import id_number

BORN = date(1978, 3, 5)


@pytest.mark.parametrize("number", range(60))
def test_invented_numbers_of_this_county_pass(number):
    """Numbers made by the rule for people of Longxian are valid, with X as check digit too."""
    assert id_number_valid(id_number(BORN, "1", number))


def test_every_single_wrong_digit_is_noticed():
    """No digit of a number can be replaced by another unnoticed."""
    right = id_number(BORN, "1")
    wrong = [
        right[:place] + digit + right[place + 1 :]
        for place in range(18)
        for digit in "0123456789"
        if digit != right[place]
    ]
    assert [] == [number for number in wrong if id_number_valid(number)]


@pytest.mark.parametrize(
    "number",
    ["", "610327", "61032719780305001x", " 610327197803050012", "610327780305001", "610327197813050013"],
)
def test_other_forms_are_refused(number):
    """Nothing, a part, a small x, blanks, fifteen digits and a thirteenth month are refused."""
    assert not id_number_valid(number)
