"""Reopenings: named by what they doubt, settled once."""

from datetime import date

import pytest

from services.monitoring.domain.reopening import Reopening, Settled
from services.monitoring.domain.screening_errors import ReopeningOutcomeError, ReopeningSettledError

DAY = date(2022, 7, 1)


def raised(reason="too_early", origin="sample:x"):
    return Reopening.raised(
        case_id="c1",
        reason=reason,
        origin=origin,
        household_id="h1",
        area_code="610327109203",
        raised_on=DAY,
        due_on=date(2022, 7, 16),
        limit_confirmed=False,
    )


def test_the_same_doubt_is_the_same_reopening():
    """Case, reason and origin name it; another origin is another."""
    assert raised().id == raised().id
    assert raised().id != raised(origin="sample:y").id


@pytest.mark.parametrize(
    ("reason", "outcome", "possible"),
    [
        ("too_early", "rolled_back", True),
        ("no_labour", "rolled_back", True),
        ("unstable", "rolled_back", True),
        ("wrong_class", "rolled_back", False),
        ("wrong_measure", "rolled_back", False),
        ("record_differs", "rolled_back", False),
        ("wrong_class", "corrected", True),
        ("too_early", "stands", True),
    ],
)
def test_outcomes(reason, outcome, possible):
    """Only a doubt about an elimination is settled by rolling it back."""
    one = raised(reason)
    if not possible:
        with pytest.raises(ReopeningOutcomeError):
            one.settle(outcome, on=DAY, by="acc", note="理由")
        assert one.settled_on is None
        return
    one.settle(outcome, on=DAY, by="acc", note="理由")
    assert [Settled(one)] == one.facts


@pytest.mark.parametrize("outcome", ["rolled_back", "corrected", "stands"])
def test_settled_once(outcome):
    """A settled reopening takes no outcome any more."""
    one = raised()
    one.settle("stands", on=DAY, by="acc", note="理由")
    with pytest.raises(ReopeningSettledError):
        one.settle(outcome, on=DAY, by="acc", note="理由")
