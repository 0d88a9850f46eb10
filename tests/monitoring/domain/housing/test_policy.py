from datetime import date

import pytest

from services.monitoring.adapters.place_policy import load_housing_policy
from services.monitoring.settings import Settings

POLICY = load_housing_policy(Settings.model_fields["policy_dir"].default)


def test_appraisal_has_fifteen_unconfirmed_days():
    """An alert of 15 June is due on 30 June; nobody confirmed that limit."""
    assert (date(2022, 6, 30), False) == POLICY.appraise_by(date(2022, 6, 15))


@pytest.mark.parametrize(("grade", "due"), [("C", date(2022, 9, 15)), ("D", date(2022, 12, 15))])
def test_months_to_a_safe_house(grade, due):
    """A C house is safe within three months, a D house within six."""
    assert (due, False) == POLICY.safe_by(grade, date(2022, 6, 15))


def test_people_leave_a_d_house_at_once():
    """Evacuation is due on the day of the appraisal."""
    assert (date(2022, 6, 15), False) == POLICY.evacuate_by(date(2022, 6, 15))


def test_watched_house_is_looked_at_each_quarter():
    """A house of grade B is looked at again within three months, or at the month's last day."""
    assert (date(2022, 2, 28), False) == POLICY.look_by(date(2021, 11, 30))


def test_disaster_of_2021_has_the_day_of_the_plan():
    """Whenever it was listed, a house of the disaster is due on 30 June 2022: the plan's own day."""
    for listed in (date(2021, 11, 1), date(2022, 6, 30), date(2022, 8, 1)):
        assert (date(2022, 6, 30), True) == POLICY.rebuilt_by("disaster_2021", listed)
    assert (date(2022, 12, 15), False) == POLICY.rebuilt_by("other", date(2022, 6, 15))
