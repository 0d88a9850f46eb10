from datetime import date

import pytest

from services.evaluation.domain.counted.due import Course, closed_at_all, closed_in_time, field_is, open_still
from services.evaluation.domain.counting import Question
from services.evaluation.domain.fact import Fact

COURSE = Course(
    "a.opened",
    "a.closed",
    "key",
    which=field_is("kind", "x"),
    closes=field_is("stage", "done"),
    drops=field_is("stage", "mistaken"),
    reopened="a.reopened",
    dropped="a.dropped",
)


def fact(name, day, **about):
    return Fact(f"{name}{day}", name, "h1", "t1", day, {"key": "k", **about})


def share(counting, *facts, as_of=date(2022, 12, 31)):
    found = counting.judge(list(facts), Question(as_of, date(2022, 1, 1), {}))
    return None if found is None else (found.numerator, found.denominator)


def opened(**about):
    return fact("a.opened", date(2022, 3, 1), **{"kind": "x", "due_on": "2022-03-11", **about})


def closed(day, stage="done"):
    return fact("a.closed", day, stage=stage)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2022, 3, 10), None), (date(2022, 3, 11), None), (date(2022, 3, 12), (0, 1))],
)
def test_open_is_counted_when_its_day_is_over(as_of, expected):
    """What is not closed counts from the day after its day."""
    assert expected == share(closed_in_time("n", COURSE), opened(), as_of=as_of)


@pytest.mark.parametrize(("day", "expected"), [(10, (1, 1)), (11, (1, 1)), (12, (0, 1))])
def test_closed_by_its_day_is_met(day, expected):
    """Closed on its day is in time, a day later is not."""
    assert expected == share(closed_in_time("n", COURSE), opened(), closed(date(2022, 3, day)))


def test_what_does_not_close_it_leaves_it_open():
    """A step that is not the last closes nothing."""
    assert (0, 1) == share(closed_at_all("n", COURSE), opened(), closed(date(2022, 3, 5), "half"))


@pytest.mark.parametrize(
    "ending", [closed(date(2022, 3, 5), "mistaken"), fact("a.dropped", date(2022, 3, 5))]
)
def test_dropped_does_not_count(ending):
    """What was a mistake, or withdrawn, counts nowhere."""
    assert share(closed_in_time("n", COURSE), opened(), ending) is None
    assert share(closed_at_all("n", COURSE), opened(), ending) is None
    assert share(open_still("n", COURSE), opened(), ending) is None


def test_reopened_needs_another_closing():
    """A closing before the last reopening no longer stands; one of that day does."""
    first, again = closed(date(2022, 3, 5)), fact("a.reopened", date(2022, 3, 6))
    assert (0, 1) == share(closed_at_all("n", COURSE), opened(), first, again)
    assert (1, 1) == share(closed_at_all("n", COURSE), opened(), first, again, closed(date(2022, 3, 6)))


def test_others_and_earlier_years_do_not_count():
    """Another kind, and what was opened before the plan, are left out."""
    assert share(closed_at_all("n", COURSE), opened(kind="y")) is None
    old = fact("a.opened", date(2021, 12, 31), kind="x", due_on="2022-01-05")
    assert share(closed_at_all("n", COURSE), old) is None


def test_open_still_counts_until_closed():
    """One while it is open, none after."""
    assert (1, 0) == share(open_still("n", COURSE), opened())
    assert share(open_still("n", COURSE), opened(), closed(date(2022, 9, 1))) is None
