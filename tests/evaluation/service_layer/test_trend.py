from datetime import date

import pytest

from services.evaluation.service_layer.trend import Trend, month_ends
from tests.evaluation.samples import TODAY, Year, sealed


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (date(2022, 1, 1), date(2022, 3, 31), ["2022-01-31", "2022-02-28", "2022-03-31"]),
        (date(2022, 1, 20), date(2022, 2, 10), ["2022-01-31", "2022-02-10"]),
        (date(2022, 11, 1), date(2023, 1, 1), ["2022-11-30", "2022-12-31", "2023-01-01"]),
        (date(2022, 1, 1), date(2022, 1, 1), ["2022-01-01"]),
    ],
)
def test_month_ends(first, last, ends):
    """Each month has its last day, the last one the day asked for."""
    assert ends == [day.isoformat() for day in month_ends(first, last)]


def test_each_month_is_the_board_of_its_day(service, tell):
    """The run through the year gives what scoring each month's end from the beginning gives."""
    tell(service, sealed(Year(4).events))
    months = Trend(service.scores).until(date(2022, 6, 15), TODAY)
    assert 6 == len(months)
    for month in (months[2], months[-1]):
        board = service.scores.board(month.day, TODAY)
        assert {score.unit.id: score.total for score in board.units()} == month.totals
        assert {score.unit.id: score.rank for score in board.units()} == month.ranks


def test_a_year_is_counted_once(service, tell):
    """Asked again for the same days the months are those kept; for other days they are counted."""
    tell(service, sealed(Year(4).events))
    trend = Trend(service.scores)
    first = trend.until(date(2022, 2, 28), TODAY)
    assert trend.until(date(2022, 2, 28), TODAY) is first
    assert 3 == len(trend.until(date(2022, 3, 31), TODAY))
