from datetime import date

import pytest

from shared.kernel.period import Month
from tests.monitoring.domain.quality.records import DAY, POLICY


@pytest.mark.parametrize(
    ("severity", "due"),
    [(1, date(2022, 7, 8)), (2, date(2022, 7, 16)), (3, date(2022, 7, 16)), (5, date(2022, 7, 31))],
)
def test_due_by_severity(severity, due):
    """What must be fixed is due in a week, what is only suspicious in a month; no paper says so."""
    assert (due, False) == POLICY.due(severity, DAY)


def test_given_is_of_the_day():
    """The rules are given the month and the line of the day they run for."""
    given = POLICY.given(date(2021, 12, 31))
    assert (Month(2021, 12), 600_000) == (given.month, given.line_fen)
