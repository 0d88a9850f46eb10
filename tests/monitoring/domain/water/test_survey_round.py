from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.water.survey_round import (
    OutsideRoundError,
    RoundIncompleteError,
    WaterRound,
    WaterRoundOverlapsError,
)

FIRST, LAST = date(2022, 3, 1), date(2022, 6, 30)


def opened(first=FIRST, last=LAST, after=None):
    return WaterRound.open(after=after, id="r1", year=first.year, number=1, first_on=first, last_on=last)


def test_rounds_do_not_overlap():
    """A round begins after the one before has ended: not on its last day, but the day after."""
    with pytest.raises(WaterRoundOverlapsError):
        opened(LAST, date(2022, 9, 1), opened())
    assert date(2022, 7, 1) == opened(date(2022, 7, 1), date(2022, 9, 1), opened()).first_on


def test_round_ends_after_it_begins():
    """A last day before the first is refused; one day is a round."""
    with pytest.raises(InvalidDayError):
        opened(LAST, FIRST)
    assert FIRST == opened(FIRST, FIRST).last_on


@pytest.mark.parametrize("day", [date(2022, 2, 28), date(2022, 7, 1)])
def test_days_outside_are_refused(day):
    """The day before the first and the day after the last are not the round's."""
    with pytest.raises(OutsideRoundError):
        opened().expect_inside(day)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_first_and_last_day_are_inside(day):
    """Both ends belong to the round."""
    opened().expect_inside(day)
    assert opened().first_on <= day <= opened().last_on


@pytest.mark.parametrize("day", [date(2022, 6, 29), LAST])
def test_until_the_last_day_only_full_coverage_closes(day):
    """One household missing: refused up to and on the last day, accepted the day after as it is."""
    with pytest.raises(RoundIncompleteError) as refused:
        opened().closing("610327109", households=10, checked=9, on=day)
    assert 1 == refused.value.details["missing"]
    late = opened().closing("610327109", households=10, checked=9, on=date(2022, 7, 1))
    assert (10, 9) == (late.households, late.checked)
    assert day == opened().closing("610327109", households=10, checked=10, on=day).closed_on
