"""A push is answered once."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.errors import PushAnsweredError
from services.monitoring.domain.comparison.push import Answered, Push, Sent

DAY = date(2022, 6, 10)


@pytest.fixture
def push():
    return Push(
        id="u1",
        department="县医保局",
        kind="results",
        rows=3,
        sent_on=DAY,
        sent_by="a1",
        due_on=date(2022, 6, 17),
        limit_confirmed=False,
    )


def test_sent_and_answered_are_told(push):
    """The county is told of both, with the department and the day."""
    push.send()
    push.answer(on=date(2022, 6, 14), note="已阅")
    sent, answered = push.facts
    assert (Sent, 3, Answered, date(2022, 6, 14)) == (type(sent), sent.rows, type(answered), answered.on)


def test_answered_once(push):
    """A second answer is refused and the first one stays."""
    push.answer(on=date(2022, 6, 14))
    with pytest.raises(PushAnsweredError):
        push.answer(on=date(2022, 6, 15))
    assert date(2022, 6, 14) == push.answered_on
