from datetime import date
from decimal import Decimal

import pytest

from services.finance.domain.policy import CreditPolicy

CONFIRMED = {
    "household_types",
    "lowest_age",
    "highest_age",
    "amount_highest",
    "term_highest_months",
    "rating_needed",
    "forbidden_uses",
    "overdue_red_percent",
}


def test_which_figures_are_confirmed(policy):
    """Exactly the figures whose paper is known may refuse a household; the rest are unconfirmed."""
    names = CreditPolicy.__dataclass_fields__
    day = date(2022, 6, 1)
    assert CONFIRMED == {name for name in names if getattr(policy, name).entry_on(day).confirmed}


@pytest.mark.parametrize(
    ("day", "one", "five"),
    [
        (date(2021, 12, 19), "0.0385", "0.0465"),
        (date(2021, 12, 20), "0.0380", "0.0465"),
        (date(2022, 5, 19), "0.0370", "0.0460"),
        (date(2022, 5, 20), "0.0370", "0.0445"),
        (date(2022, 8, 22), "0.0365", "0.0430"),
    ],
)
def test_the_lpr_by_day(policy, day, one, five):
    """Each value holds from its own day on."""
    assert (Decimal(one), Decimal(five)) == (policy.lpr_one_year.on(day), policy.lpr_five_years.on(day))
