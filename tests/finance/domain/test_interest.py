from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.interest import (
    InterestPeriod,
    Stretch,
    interest_fen,
    schedule,
    settlement_on_or_after,
    subsidy_fen,
)
from shared.parameters.strict_yaml import read_document

CASES = read_document(Path(__file__).parent / "cases" / "interest.yaml").data
RATE = Decimal("0.0370")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_period_of_the_examples(case):
    """Each settlement period, and their sums, are those of the worked example."""
    periods = schedule(case["principal_fen"], case["annual_rate"], case["disbursed_on"], case["due_on"])
    assert [InterestPeriod(**expected) for expected in case["periods"]] == list(periods)
    assert (case["days"], case["interest_fen"]) == (
        sum(period.days for period in periods),
        sum(period.interest_fen for period in periods),
    )


def test_rounding_once_may_differ_by_a_fen():
    """50,000 yuan at 3.70 % for 365 days in one sum is 1,875.69; period by period 1,875.70."""
    assert 187_569 == interest_fen(5_000_000, RATE, 365)


def test_half_a_fen_rounds_up():
    """Exactly half a fen becomes one."""
    assert 1 == interest_fen(180, Decimal(1), 1)


@pytest.mark.parametrize(
    ("day", "settlement"),
    [
        (date(2022, 1, 1), date(2022, 3, 20)),
        (date(2022, 3, 20), date(2022, 3, 20)),
        (date(2022, 3, 21), date(2022, 6, 20)),
        (date(2022, 12, 20), date(2022, 12, 20)),
        (date(2022, 12, 21), date(2023, 3, 20)),
    ],
)
def test_settlement_days(day, settlement):
    """The 20th of March, June, September and December, itself included."""
    assert settlement == settlement_on_or_after(day)


@given(
    start=st.dates(date(2021, 1, 1), date(2023, 12, 31)),
    length=st.integers(0, 1096),
)
def test_the_periods_cover_every_day_once(start, length):
    """Whatever the days, the periods follow each other and add up to maturity minus disbursement."""
    due = date.fromordinal(start.toordinal() + length)
    periods = schedule(5_000_000, RATE, start, due)
    assert length == sum(period.days for period in periods)
    starts = [period.first for period in periods]
    assert starts == sorted(set(starts))
    assert all(period.days == (period.last - period.first).days + 1 for period in periods)


def test_a_loan_repaid_on_a_settlement_day():
    """Maturity on the 20th: that day does not count, the last period ends on the 19th."""
    (period,) = schedule(5_000_000, RATE, date(2022, 3, 21), date(2022, 6, 20))
    assert (date(2022, 6, 19), 91) == (period.last, period.days)


class TestSubsidy:
    STRETCH = Stretch(date(2022, 1, 1), date(2022, 4, 1), 8_000_000)

    def test_only_up_to_the_cap(self):
        """Of 80,000 yuan, 50,000 are subsidised: 90 days at 3.70 % are 462.50 yuan."""
        assert 46_250 == subsidy_fen([self.STRETCH], RATE, share=Decimal(1), cap_fen=5_000_000)

    def test_not_from_the_first_overdue_day(self):
        """Days on or after the first overdue day do not count: 45 of 90 remain."""
        overdue = date(2022, 2, 15)
        assert 23_125 == subsidy_fen(
            [self.STRETCH], RATE, share=Decimal(1), cap_fen=5_000_000, overdue_from=overdue
        )
        before = date(2021, 12, 1)
        assert 0 == subsidy_fen([self.STRETCH], RATE, share=Decimal(1), cap_fen=1, overdue_from=before)

    def test_the_share_applies(self):
        """At 70 % the subsidy is 70 % of the interest."""
        assert 32_375 == subsidy_fen([self.STRETCH], RATE, share=Decimal("0.7"), cap_fen=5_000_000)
