from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.report.period import KINDS, ended, period_of

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("kind", "day", "key", "first", "last"),
    [
        ("weekly", date(2022, 1, 2), "2021W52", date(2021, 12, 27), date(2022, 1, 2)),
        ("weekly", date(2022, 1, 3), "2022W01", date(2022, 1, 3), date(2022, 1, 9)),
        ("weekly", date(2021, 1, 1), "2020W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("monthly", date(2022, 2, 28), "202202", date(2022, 2, 1), date(2022, 2, 28)),
        ("quarterly", date(2022, 4, 1), "2022Q2", date(2022, 4, 1), date(2022, 6, 30)),
        ("quarterly", date(2022, 12, 31), "2022Q4", date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_the_period_of_a_day(kind, day, key, first, last):
    """Weeks are ISO weeks from Monday to Sunday; months and quarters those of the calendar."""
    one = period_of(kind, day)
    assert (key, first, last) == (one.key, one.first, one.last)


@given(st.sampled_from(KINDS), DAYS)
def test_periods_follow_one_another(kind, day):
    """Every day lies in exactly one period, and the next period begins on the day after its last."""
    one = period_of(kind, day)
    assert one.first <= day <= one.last
    assert {one} == {period_of(kind, one.first), period_of(kind, one.last)}
    assert one.last + timedelta(days=1) == period_of(kind, one.last + timedelta(days=1)).first


@given(st.sampled_from(KINDS), DAYS, st.integers(0, 800))
def test_no_period_is_left_out(kind, after, days):
    """From the end of one period, all that ended before today, without gap and without the running one."""
    start, today = period_of(kind, after).last, after + timedelta(days=days)
    found = list(ended(kind, start, today))
    assert all(one.last < today for one in found)
    edges = [start, *(one.last for one in found)]
    assert [one.first for one in found] == [day + timedelta(days=1) for day in edges[:-1]]
    assert period_of(kind, edges[-1] + timedelta(days=1)).last >= today


@pytest.mark.parametrize(("today", "key"), [(date(2022, 7, 3), "2022W25"), (date(2022, 7, 4), "2022W26")])
def test_the_first_time_only_the_last_period(today, key):
    """A Sunday still lies in its week; on Monday the week is over."""
    assert [key] == [one.key for one in ended("weekly", None, today)]
