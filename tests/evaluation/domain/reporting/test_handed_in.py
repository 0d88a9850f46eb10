from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.fact import Fact
from services.evaluation.domain.reporting.handed_in import CHECKED, HANDED_IN, SENT_BACK, HandedIn

Q1, Q2 = "2022Q1", "2022Q2"


def fact(name, period=Q1, number=1, result="upheld"):
    data = {
        "indicator": "I10-5",
        "reporter": "610327109",
        "period": period,
        "number": number,
        "result": result,
    }
    return Fact(f"{name}-{period}-{number}", name, "", "610327109", date(2022, 4, 5), data)


COURSES = {
    "nothing": (False, []),
    "handed in": (True, [fact(HANDED_IN)]),
    "sent back": (False, [fact(HANDED_IN), fact(SENT_BACK)]),
    "handed in again": (True, [fact(HANDED_IN), fact(SENT_BACK), fact(HANDED_IN, number=2)]),
    "found right": (True, [fact(HANDED_IN), fact(CHECKED)]),
    "found wrong and withdrawn": (False, [fact(HANDED_IN), fact(CHECKED, result="withdrawn")]),
}


@pytest.mark.parametrize(("expected", "facts"), COURSES.values(), ids=COURSES)
@given(data=st.data())
def test_what_is_with_the_office(expected, facts, data):
    """Handed in and not sent back is in hand, in whatever order the office's journal tells it."""
    handed = HandedIn()
    handed.add(data.draw(st.permutations(facts)))
    assert expected is handed.in_hand("I10-5", "610327109", [Q1], every=True)


@pytest.mark.parametrize(("expected", "every"), [(True, False), (False, True)])
def test_the_last_one_or_every_one(expected, every):
    """Where the newest value counts an older gap is filled by it; where all are added up it is not."""
    handed = HandedIn()
    handed.add([fact(HANDED_IN, Q2)])
    assert expected is handed.in_hand("I10-5", "610327109", [Q1, Q2], every=every)


def test_another_unit_and_a_copy():
    """A report is in hand for who handed it in, and a copy goes its own way."""
    handed = HandedIn()
    copy = handed.copied()
    copy.add([fact(HANDED_IN)])
    assert not copy.in_hand("I10-5", "610327100", [Q1], every=False)
    assert (False, True) == tuple(
        one.in_hand("I10-5", "610327109", [Q1], every=False) for one in (handed, copy)
    )
