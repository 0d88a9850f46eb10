"""Rounds: days, visits that count, closing."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.monitoring.domain.screening.round import Closed, Coverage, Opened, ScreeningRound
from services.monitoring.domain.screening_errors import (
    RoundClosedError,
    RoundDaysError,
    RoundNotOverError,
    VisitOutsideRoundError,
)

FIRST, LAST = date(2022, 3, 1), date(2022, 3, 31)


def a_round(**given):
    told: dict[str, Any] = {"id": "r1", "name": "第一轮", "first_on": FIRST, "last_on": LAST}
    told |= {"focus": ("01",), "on": FIRST}
    return ScreeningRound.open(**told | given)


def test_opening_is_told():
    """A round raises that it was opened; without a paper it is unconfirmed."""
    one = a_round()
    assert [Opened(one, FIRST)] == one.facts
    assert (False, True) == (one.plan_confirmed, a_round(paper="陇乡振发〔2022〕8号").plan_confirmed)


def test_a_round_of_one_day_and_one_that_ends_before():
    """A round may last a day; one that ends before it begins is refused."""
    assert a_round(last_on=FIRST).covers(FIRST)
    with pytest.raises(RoundDaysError):
        a_round(last_on=FIRST - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_boundary_days(day, counts):
    """Both first and last day belong to the round, the days beside them do not."""
    one = a_round()
    assert counts is one.covers(day)
    if counts:
        one.require_visit(day)
    else:
        with pytest.raises(VisitOutsideRoundError):
            one.require_visit(day)


@pytest.mark.parametrize(("on", "left", "closes"), [(0, 5, False), (0, 0, True), (1, 5, True), (-9, 0, True)])
def test_closing(on, left, closes):
    """On its last day a round closes only with nobody left; the day after it closes as it stands."""
    one = a_round()
    found = Coverage(20, 20 - left)
    if not closes:
        with pytest.raises(RoundNotOverError):
            one.close(found, on=LAST + timedelta(days=on))
        assert one.closed_on is None
        return
    one.close(found, on=LAST + timedelta(days=on))
    assert Closed(one, 20, 20 - left) == one.facts[-1]


def test_a_closed_round_takes_nothing():
    """A closed round is not closed again and takes no visit."""
    one = a_round()
    one.close(Coverage(1, 1), on=LAST)
    with pytest.raises(RoundClosedError):
        one.close(Coverage(1, 1), on=LAST)
    with pytest.raises(RoundClosedError):
        one.require_visit(FIRST)
