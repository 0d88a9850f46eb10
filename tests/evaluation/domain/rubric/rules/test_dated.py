from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.errors import RubricError, WrongValueError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.rules.dated import Checkpoint, Deadline, Lagged
from services.evaluation.domain.rubric.rules.target import Proportional, Stepped
from tests.evaluation.domain.rubric.case_book import award

F = Fraction
BY = date(2022, 7, 31)
LATE = Deadline(BY, Stepped(F(0), F(30), F(1), "ceil", "<="))
YEAR_END = date(2022, 12, 31)
DAYS = st.integers(-200, 400)


@given(days=DAYS, more=st.integers(0, 100))
def test_later_is_never_better(days, more):
    """M12: full up to the day itself, then falling to nothing."""
    done = BY + timedelta(days=days)
    first, second = (award(LATE, day).points for day in (done, done + timedelta(days=more)))
    assert 10 >= first >= second >= 0
    assert (days <= 0) == (first == 10)


@pytest.mark.parametrize(
    ("done", "points"),
    [(BY, 10), (BY + timedelta(days=1), 9), (BY + timedelta(days=30), 9), (BY + timedelta(days=31), 8)],
)
def test_the_days_around_a_deadline(done, points):
    """The day itself is in time; each begun thirty days cost one point."""
    assert points == award(LATE, done).points


@pytest.mark.parametrize(("not_done", "points"), [("zero", 0), ("late", 4)])
def test_never_done(not_done, points):
    """What was not done earns nothing, or is as late as the day of scoring (153 days: six begun months)."""
    assert points == award(Deadline(BY, LATE.late, not_done=not_done), value=False, as_of=YEAR_END).points


def test_a_day_without_its_year_is_told_how_to_be_written():
    """M12: “7月31日” is refused with the form that is wanted."""
    with pytest.raises(WrongValueError, match="日期须带年份，如 2022-07-31"):
        award(LATE, "7月31日")


def test_a_day_without_a_deadline_is_refused():
    """A day can only be late against another."""
    with pytest.raises(RubricError):
        award(Deadline(), BY)


@given(days=st.integers(0, 400))
def test_days_late_may_be_given(days):
    """The value may be the number of days late instead of the day."""
    assert award(LATE, BY + timedelta(days=days)).points == award(LATE, days).points


@given(day=st.dates(date(2022, 1, 1), YEAR_END), value=st.fractions(0, 100, max_denominator=10))
def test_the_last_checkpoint_reached_counts(day, value):
    """M16: before the first date nothing applies; after it the target of the last one reached."""
    rule = Checkpoint(((date(2022, 11, 30), F(80)), (BY, F(40))), Proportional(Expression.parse("target")))
    expected = None if day < BY else min(value / (80 if day >= date(2022, 11, 30) else 40), F(1)) * 10
    assert expected == award(rule, value, as_of=day).points


@pytest.mark.parametrize(
    ("as_of", "status"),
    [(date(2022, 8, 30), "not_applicable"), (date(2022, 8, 31), "scored"), (date(2023, 2, 28), "scored")],
)
def test_a_cohort_must_have_had_its_time(as_of, status):
    """M20: a cohort of 28 February counts from 31 August on, half a year later by the calendar."""
    rule = Lagged(6, Proportional(F(100)))
    cohort_on = date(2022, 2, 28) if as_of.month == 8 and as_of.day == 31 else date(2022, 3, 1)
    cohort_on = date(2022, 8, 28) if as_of.year == 2023 else cohort_on
    assert status == award(rule, 40, as_of=as_of, cohort_on=cohort_on).status


def test_a_checkpoint_needs_its_day():
    """Without a day of scoring a target by date is refused, not guessed."""
    with pytest.raises(RubricError):
        award(Checkpoint(((BY, F(40)),), Proportional(F(1))), 1)
    with pytest.raises(RubricError):
        award(Lagged(6, Proportional(F(1))), 1, cohort_on=BY)
