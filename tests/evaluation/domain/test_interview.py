from datetime import date, timedelta

import pytest

from services.evaluation.domain.interview import Interview
from services.evaluation.domain.supervision_errors import DayOutOfOrderError, WithoutWordsError

DAY = date(2022, 5, 20)


def recorded(**about):
    given = {"interview_id": "t1", "kind": "interview", "unit": "610327109", "held_on": DAY, "matter": "逾期"}
    return Interview.record(**{**given, **about})


def test_who_answers_is_not_written_in_a_log():
    """The name of who answers is not in what is printed of a record."""
    assert "李甲" not in repr(recorded(responsible="李甲", matter="李甲逾期"))


def test_a_record_has_a_matter_and_days_in_order():
    """No talk about nothing, and nothing to be put right before the talk."""
    with pytest.raises(WithoutWordsError):
        recorded(matter=" ")
    with pytest.raises(DayOutOfOrderError):
        recorded(due_on=DAY - timedelta(days=1))
    assert DAY == recorded(due_on=DAY).due_on
