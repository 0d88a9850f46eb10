from datetime import UTC, date, datetime, timedelta

import pytest

from services.evaluation.adapters.supervision_policy import load_supervision_policy
from services.evaluation.settings import Settings
from shared.kernel.clock import at_hour
from shared.parameters.figure import FigureNotInForceError


@pytest.fixture(name="policy", scope="module")
def _policy():
    return load_supervision_policy(Settings.model_fields["rulebook_dir"].default)


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_due_the_next_day_at_eighteen(policy, hour):
    """Whatever the hour of issue, the default is the next county day at 18:00, that is 10:00 UTC."""
    now = at_hour(date(2022, 5, 20), hour, 30)
    assert datetime(2022, 5, 21, 10, tzinfo=UTC) == policy.default_deadline(now)


def test_nothing_is_guessed_before_the_policy_began(policy):
    """Before its first day no deadline is made up."""
    with pytest.raises(FigureNotInForceError):
        policy.default_deadline(at_hour(date(2021, 12, 31), 9))


@pytest.mark.parametrize(("times", "expected"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_third_recurrence_proposes(policy, times, expected):
    """Not the second, but the third and each after it."""
    assert expected is policy.recurrence_proposes(times, date(2022, 5, 20))


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(hours=-1), 0),
        (timedelta(0), 0),
        (timedelta(days=3, seconds=-1), 2),
        (timedelta(days=3), 3),
    ],
)
def test_whole_days_overdue(policy, after, days):
    """Days overdue are whole ones, to the second."""
    due = at_hour(date(2022, 5, 21), 18)
    assert days == policy.overdue_days(due, due + after)


def test_fifteen_subjects_none_of_them_confirmed(policy):
    """The check-list has fifteen subjects, each with its category of the ledger, shown as unconfirmed."""
    entry = policy.subjects.entry_on(date(2022, 5, 20))
    assert 15 == len({one["code"] for one in entry.value})
    assert all(one["category"] for one in entry.value)
    assert not entry.confirmed
