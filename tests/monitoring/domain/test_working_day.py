"""Counting working days, with a calendar written here."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.working_day import CountedDay, add_working_days

SUNDAY_WORKED = date(2022, 1, 30)
HOLIDAYS = {date(2022, 1, 31) + timedelta(days=number) for number in range(7)}


class Written:
    """Spring Festival of 2022; nothing is known of any day after that year."""

    def working(self, day):
        if day.year > 2022:
            return None
        if day in HOLIDAYS:
            return False
        return day.weekday() < 5 or day == SUNDAY_WORKED


class TestCounting:
    def test_a_worked_sunday_counts(self):
        """The day after a Saturday counts when that Sunday is worked."""
        assert CountedDay(SUNDAY_WORKED, known=True) == add_working_days(date(2022, 1, 29), 1, Written())

    def test_the_day_before_the_day_and_the_day_after_a_holiday(self):
        """One working day after the last day before the festival is the first day after it."""
        expected = CountedDay(date(2022, 2, 7), known=True)
        assert expected == add_working_days(date(2022, 1, 30), 1, Written())
        assert expected == add_working_days(date(2022, 2, 6), 1, Written())
        assert CountedDay(date(2022, 2, 8), known=True) == add_working_days(date(2022, 2, 7), 1, Written())

    def test_no_days(self):
        """Nothing to count is the day itself, worked or not."""
        assert CountedDay(date(2022, 2, 1), known=True) == add_working_days(date(2022, 2, 1), 0, Written())

    def test_beyond_the_calendar(self):
        """Where the calendar ends Mondays to Fridays are counted, and the answer says so."""
        assert CountedDay(date(2023, 1, 6), known=False) == add_working_days(date(2022, 12, 30), 5, Written())

    @given(st.dates(date(2022, 1, 1), date(2022, 10, 1)), st.integers(0, 20), st.integers(0, 20))
    def test_counting_on(self, day, first, then):
        """Counting in two goes is counting in one."""
        at_once = add_working_days(day, first + then, Written())
        assert at_once == add_working_days(add_working_days(day, first, Written()).on, then, Written())
