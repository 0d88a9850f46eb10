from datetime import date
from decimal import Decimal

from services.monitoring.adapters.place_policy import load_water_policy
from services.monitoring.domain.water.policy import Tier, tier_of
from services.monitoring.settings import Settings

POLICY = load_water_policy(Settings.model_fields["policy_dir"].default)
DAY = date(2022, 6, 15)


def test_tiers_are_those_of_the_drier_zone():
    """20 and 40 litres, 20 and 10 minutes, 800 and 400 m, 80 and 40 m, 36 and 18 dry days."""
    assert (Tier(Decimal(20), 20, 800, 80, 36), Tier(Decimal(40), 10, 400, 40, 18)) == POLICY.tiers(DAY)


def test_nothing_but_the_plans_numbers_is_confirmed():
    """Two rounds and one test a year are the plan's; every other figure is unconfirmed."""
    figures = (POLICY.basic, POLICY.met, POLICY.fix_days, POLICY.problem_days)
    assert [False] * 4 == [figure.entry_on(DAY).confirmed for figure in figures]
    for figure, value in ((POLICY.rounds_a_year, 2), (POLICY.tests_a_year, 1)):
        assert (value, True) == (figure.entry_on(DAY).value, figure.entry_on(DAY).confirmed)


def test_limits_run_from_the_day():
    """A failed test and a household's problem have thirty days."""
    assert (date(2022, 7, 15), False) == POLICY.fixed_by(DAY) == POLICY.solved_by(DAY)


def test_tier_needs_every_figure():
    """A tier is read whole from what the policy says."""
    assert 800 == tier_of(POLICY.basic.entry_on(DAY)).horizontal
