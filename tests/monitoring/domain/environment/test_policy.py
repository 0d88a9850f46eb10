from datetime import date

from services.monitoring.adapters.place_policy import load_environment_policy
from services.monitoring.settings import Settings
from shared.areas import areas

POLICY = load_environment_policy(Settings.model_fields["policy_dir"].default)
DAY = date(2022, 6, 15)


def test_task_is_the_plans_thousand():
    """The split over the ten towns adds up to 1,000 and is unconfirmed; 20 public toilets are the plan's."""
    task = POLICY.toilet_task.entry_on(DAY)
    assert (1000, {town.code for town in areas().towns()}, False) == (
        sum(task.value.values()),
        set(task.value),
        task.confirmed,
    )
    assert (20, True) == (POLICY.public_toilets.on(DAY), POLICY.public_toilets.entry_on(DAY).confirmed)


def test_check_list_is_worth_a_hundred():
    """The points of the check-list add up to 100; the list is unconfirmed."""
    assert 100 == sum(item.points for item in POLICY.items_on(DAY))
    assert not POLICY.cleaning_items.entry_on(DAY).confirmed


def test_limits_by_way():
    """At once is fifteen days, by a deadline ninety; both unconfirmed."""
    assert (date(2022, 6, 30), False) == POLICY.rectified_by("at_once", DAY) == POLICY.begun_by(DAY)
    assert (date(2022, 9, 13), False) == POLICY.rectified_by("by_deadline", DAY)
