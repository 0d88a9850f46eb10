from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.judged_day import JudgedDay

DAY = date(2022, 6, 30)
days = st.dates(date(2022, 1, 1), date(2023, 12, 31))
spans = st.timedeltas(timedelta(-400), timedelta(400)).map(lambda span: timedelta(span.days))

ASKED = {
    "after": lambda day, other, _: day > other,
    "from": lambda day, other, _: day >= other,
    "before": lambda day, other, _: day < other,
    "until": lambda day, other, _: day <= other,
    "on": lambda day, other, _: day == other,
    "not on": lambda day, other, _: day != other,
    "other first": lambda day, other, _: other < day,
    "moved on": lambda day, other, span: day + span > other,
    "moved back": lambda day, other, span: other <= day - span,
    "the greater": lambda day, other, _: max(other, day) == other,
    "in a span": lambda day, other, span: other <= day <= other + abs(span),
    "how long ago": lambda day, other, _: (day - other).days,
    "how long to go": lambda day, other, _: (other - day).days,
    "its month": lambda day, _, __: day.month,
    "its weekday": lambda day, _, __: day.weekday(),
    "its text": lambda day, _, __: f"{day} {day.isoformat()}",
    "among others": lambda day, other, _: day in {other, other + timedelta(9)},
    "a pair": lambda day, other, span: (other + span, other) < (day, other),
}


@pytest.mark.parametrize("asked", ASKED)
@given(day=days, other=days, span=spans)
def test_what_was_answered_stands_until_the_day_noted(asked, day, other, span):
    """On every day up to the one noted, the same question has the same answer."""
    judged = JudgedDay.of(day)
    answer = ASKED[asked](judged, other, span)
    assert ASKED[asked](day, other, span) == answer
    last = min(judged.until, day + timedelta(450))
    assert last >= day
    for number in range((last - day).days + 1):
        assert answer == ASKED[asked](day + timedelta(number), other, span)


@pytest.mark.parametrize("asked", ["after", "from", "before", "until", "on", "moved on", "moved back"])
@given(day=days, other=days, span=spans)
def test_a_comparison_notes_the_very_last_day(asked, day, other, span):
    """The day after the one noted the answer is another: nothing is judged again too early."""
    judged = JudgedDay.of(day)
    answer = ASKED[asked](judged, other, span)
    if judged.until < date.max:
        assert answer != ASKED[asked](judged.until + timedelta(1), other, span)


def test_a_new_book_begins_empty():
    """What was asked for one subject says nothing about the next."""
    judged = JudgedDay.of(DAY)
    assert judged.month == DAY.month
    assert judged.until == DAY
    judged.begin()
    assert judged.until == date.max
