from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.ledger.parts import Recurrence
from services.evaluation.domain.ledger.recurrence import (
    Earlier,
    Likes,
    consequence_of,
    found_again,
    reopened,
    times_within,
    within_period,
)
from shared.kernel.period import add_months
from tests.evaluation.domain.ledger.made import POLICY

CLOSED = date(2022, 2, 28)
DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("found_on", "expected"),
    [
        (date(2022, 2, 27), False),
        (date(2022, 2, 28), True),
        (date(2023, 2, 28), True),
        (date(2023, 3, 1), False),
    ],
)
def test_the_period_ends_on_the_same_day_a_year_later(found_on, expected):
    """Twelve months from the closing, first and last day included; before the closing nothing recurs."""
    assert expected == within_period(CLOSED, found_on, 12)


@pytest.mark.parametrize(
    ("times", "expected"), [(0, "none"), (1, "none"), (2, "notice"), (3, "trigger"), (4, "trigger")]
)
def test_what_is_proposed(times, expected):
    """The second time a notice is proposed, from the third an accountability trigger."""
    assert expected == consequence_of(times, notice_at=2, trigger_at=3)


def test_the_nearest_closing_is_the_earlier_problem():
    """Of several closed before, the one closed last is what has come back."""
    likes = Likes((Earlier("a", date(2022, 1, 5)), Earlier("b", date(2022, 3, 5))))
    found = found_again(date(2022, 5, 1), likes, POLICY)
    assert found is not None
    assert "b" == found.earlier_id


@pytest.mark.parametrize(
    ("found_on", "expected"),
    [(date(2022, 2, 27), False), (CLOSED, True), (date(2022, 6, 1), True), (date(2022, 6, 2), False)],
)
def test_a_closing_counts_until_it_was_reopened(found_on, expected):
    """From the day of closing to the day of reopening; what is found later is beside an open problem."""
    likes = Likes((Earlier("a", CLOSED, date(2022, 6, 1)),))
    assert expected == (found_again(found_on, likes, POLICY) is not None)


def test_reopened_after_the_period():
    """What is reopened later than twelve months after closing is kept but does not count."""
    one = reopened(date(2023, 3, 1), Earlier("a", CLOSED), Likes(), POLICY)
    assert (False, 0, "none") == (one.counts, one.times, one.consequence)


@given(st.lists(DAYS, max_size=8), DAYS)
def test_found_again_means_one_closed_within_the_period(closed, found_on):
    """It is a recurrence exactly when some like problem was closed in the twelve months up to that day."""
    likes = Likes(tuple(Earlier(f"p{number}", day) for number, day in enumerate(closed)))
    expected = any(day <= found_on <= add_months(day, 12) for day in closed)
    assert expected == (found_again(found_on, likes, POLICY) is not None)


@given(st.lists(DAYS, max_size=8), DAYS, DAYS)
def test_one_more_never_counts_for_less(days, on, further):
    """A recurrence more never lowers the number, nor what is proposed; order is irrelevant."""
    rank = {"none": 0, "notice": 1, "trigger": 2}
    before, after = times_within(days, on, 12), times_within([*days, further], on, 12)
    assert before <= after <= before + 1
    assert times_within(list(reversed(days)), on, 12) == before
    one, more = (consequence_of(times, notice_at=2, trigger_at=3) for times in (before, after))
    assert rank[one] <= rank[more]


@pytest.mark.parametrize("order", list(permutations((date(2022, 6, 1), date(2022, 7, 1), date(2022, 8, 30)))))
def test_confirmed_in_any_order_they_add_up(order):
    """Three that came back in one period are one, two (notice), three (trigger) in whatever order."""
    found: list[Recurrence] = []
    for day in order:
        likes = Likes((Earlier("a", CLOSED),), tuple(one.on for one in found))
        one = found_again(day, likes, POLICY)
        assert one is not None
        found.append(one)
    assert [(1, "none"), (2, "notice"), (3, "trigger")] == [(one.times, one.consequence) for one in found]
