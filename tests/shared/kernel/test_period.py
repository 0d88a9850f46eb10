"""Months, spans and ages."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.period import Days, Month, add_months, age_on, reference_period

DATES = st.dates(date(1950, 1, 1), date(2050, 12, 31))


def test_reference_period_of_the_published_example():
    """Identified in 2021-06: the income of 2020-06-01 to 2021-05-31 counts (domain 2.3)."""
    assert Days(date(2020, 6, 1), date(2021, 5, 31)) == reference_period(date(2021, 6, 18))


def test_half_a_year_is_counted_in_months():
    """The six-month test is month arithmetic: from any day of January to any of July is six."""
    assert 6 == Month.of(date(2022, 7, 1)).since(Month.of(date(2022, 1, 31)))


def test_month_end_does_not_overflow():
    """A month after 31 January is the last of February."""
    assert date(2022, 2, 28) == add_months(date(2022, 1, 31), 1)
    assert date(2024, 2, 29) == add_months(date(2024, 1, 30), 1)


@given(DATES, st.integers(-240, 240))
def test_adding_months_lands_in_that_month(day, months):
    """Adding months moves exactly that many months, on the same day or the last one."""
    moved = add_months(day, months)
    assert Month.of(day).plus(months) == Month.of(moved)
    assert moved.day == min(day.day, Month.of(moved).last_day.day)


def test_birthday_counts_from_its_morning():
    """A child turns 16 on the birthday, not the day before; a 29 February waits for 1 March."""
    assert 15 == age_on(date(2006, 5, 2), date(2022, 5, 1))
    assert 16 == age_on(date(2006, 5, 2), date(2022, 5, 2))
    assert 17 == age_on(date(2004, 2, 29), date(2022, 2, 28))
