"""The official calendar as the library has it."""

from datetime import date

import pytest

from services.monitoring.adapters.working_calendar import OfficialCalendar


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2022, 1, 28), True),  # a Friday
        (date(2022, 1, 29), True),  # a Saturday worked instead
        (date(2022, 1, 30), True),  # a Sunday worked instead
        (date(2022, 1, 31), False),  # New Year's Eve, a Monday
        (date(2022, 2, 6), False),
        (date(2022, 2, 7), True),
        (date(2022, 4, 2), True),  # a Saturday worked for the Qingming days
        (date(2022, 4, 5), False),
        (date(2022, 10, 7), False),
        (date(2022, 10, 8), True),  # a Saturday worked instead
        (date(2022, 10, 9), True),
        (date(2022, 10, 15), False),  # a plain Saturday
    ],
)
def test_2022(day, working):
    """The holidays of 2022 and the weekends worked for them are those the State Council published."""
    assert working is OfficialCalendar().working(day)


def test_years_not_published():
    """A year the library has nothing of is unknown, not guessed."""
    assert OfficialCalendar().working(date(2060, 3, 1)) is None
