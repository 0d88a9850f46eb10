from datetime import date

import pytest

from services.monitoring.domain.environment.toilet import RebuiltToilet, ToiletYearError
from services.monitoring.domain.errors import InvalidDayError
from tests.monitoring.process_kit import DAY


def toilet(**given):
    told = {"id": "t1", "toilet_no": "HC01", "household_id": "h1", "area_code": "610327109203", "kind": "1"}
    return RebuiltToilet.record(**told | {"place": "yard", "built_year": 2019, "recorded_on": DAY} | given)


@pytest.mark.parametrize("year", [2012, 2023])
def test_year_outside_the_survey_is_refused(year):
    """The survey begins with 2013; a year to come is none."""
    with pytest.raises(ToiletYearError):
        toilet(built_year=year)


@pytest.mark.parametrize("year", [2013, 2022])
def test_first_and_present_year_are_inside(year):
    """2013 and this year belong to the survey."""
    assert year == toilet(built_year=year).built_year


def test_refused_correction_changes_nothing():
    """A wrong year leaves the toilet as it was; a day before the record is refused."""
    one = toilet()
    with pytest.raises(ToiletYearError):
        one.correct({"built_year": 1999, "usable": False}, on=DAY)
    assert (2019, True) == (one.built_year, one.usable)
    with pytest.raises(InvalidDayError):
        one.correct({"usable": False}, on=date(2022, 6, 14))
