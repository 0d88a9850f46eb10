"""The check of a resident's ID number by GB 11643: digits, date, county and check digit."""

from functools import lru_cache

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

_LENGTH = 18


def id_number_valid(number: str) -> bool:
    """Say whether *number* can be an ID number; whose it is, nobody asks here."""
    digits = number[:-1]
    if len(number) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        return False
    if number[-1] != ric.calc_check_digit(number):
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return _assigned(number[:6], number[6:10])


@lru_cache(maxsize=10_000)
def _assigned(county: str, year: str) -> bool:
    """Say whether the code was a county's in that year; the library's list takes long to look through."""
    try:
        return bool(ric.get_birth_place(f"{county}{year}01010000"))
    except ValidationError:
        return False
