"""The check of a resident's ID number by GB 11643: digits, date, county and check digit."""

from stdnum.cn import ric


def id_number_valid(number: str) -> bool:
    """Say whether *number* can be an ID number; whose it is, nobody asks here."""
    return bool(ric.is_valid(number)) and number == number.strip().upper()
