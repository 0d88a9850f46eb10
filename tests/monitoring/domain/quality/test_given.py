from datetime import date

import pytest

from services.monitoring.domain.quality.given import month_of
from shared.kernel.period import Month
from tests.monitoring.domain.quality.records import POLICY


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 8, 31), date(2021, 9, 1)),
        (date(2022, 9, 1), date(2022, 9, 1)),
        (date(2022, 12, 31), date(2022, 9, 1)),
    ],
)
def test_last_first_of(day, expected):
    """The latest 1 September is this year's from that very day on, and last year's before."""
    assert expected == POLICY.given(day).last_first_of(9)


def test_month_of_a_figure():
    """A figure's YYYYMM is that month."""
    assert Month(2022, 4) == month_of(202204)
