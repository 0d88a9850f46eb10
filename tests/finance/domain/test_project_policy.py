from datetime import date

import pytest

from services.finance.adapters.policy import load_project_policy
from services.finance.settings import Settings
from shared.kernel.period import Month


@pytest.fixture(name="figures", scope="module")
def _figures():
    return load_project_policy(Settings.model_fields["policy_dir"].default)


@pytest.mark.parametrize(
    ("source", "on", "due"),
    [
        ("county", date(2022, 1, 20), date(2022, 4, 30)),
        ("county", date(2022, 4, 30), date(2022, 4, 30)),
        ("county", date(2022, 5, 1), date(2022, 5, 1)),
        ("province", date(2022, 1, 20), date(2022, 2, 19)),
    ],
)
def test_when_money_is_to_be_issued(figures, source, on, due):
    """County matching by 30 April, other money within thirty days."""
    assert due == figures.issue_by(source, 2022, on)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2022, 2, 1), date(2022, 3, 31)),
        (date(2022, 3, 31), date(2022, 3, 31)),
        (date(2022, 4, 1), date(2022, 5, 1)),
    ],
)
def test_when_projects_start(figures, on, due):
    """By 31 March; what is arranged later, thirty days later."""
    assert due == figures.start_by(2022, on)


def test_when_assets_are_handed_over(figures):
    """Those of 2021's projects by 31 March 2022."""
    assert date(2022, 3, 31) == figures.hand_over_by(2021, date(2021, 12, 20))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2022, 6, 30), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2022, 12, 31)),
    ],
)
def test_when_firms_projects_are_decided_on(figures, on, due):
    """By 30 June; what comes later by the year's end."""
    assert due == figures.decide_by(on)


def test_limits_in_days(figures):
    """Acceptance thirty days after completion, pay on the fifteenth of the next month."""
    assert date(2022, 10, 1) == figures.accept_by(date(2022, 9, 1))
    assert date(2022, 2, 15) == figures.pay_by(Month(2022, 1), date(2022, 2, 1))
