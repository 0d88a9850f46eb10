from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.environment.cleaning import CleaningInspection, UnknownCleaningItemError
from tests.monitoring.domain.environment.test_policy import POLICY
from tests.monitoring.process_kit import DAY

ITEMS = POLICY.items_on(DAY)
KEYS = [item.key for item in ITEMS]


def inspect(failed):
    return CleaningInspection.make(
        items=ITEMS, failed=failed, inspected_on=DAY, id="i1", area_code="610327109203"
    )


def test_score_is_what_is_left():
    """All in order is 100; rubbish lying about costs its twelve points, once."""
    assert (Decimal(100), Decimal(88)) == (inspect([]).score, inspect(["rubbish", "rubbish"]).score)
    assert "202206" == inspect([]).month


@given(st.sets(st.sampled_from(KEYS)))
def test_score_lies_between_nothing_and_a_hundred(failed):
    """Whatever is ticked, the points add up with those lost."""
    lost = sum(item.points for item in ITEMS if item.key in failed)
    assert Decimal(100) - lost == inspect(failed).score >= 0


def test_unknown_item_is_refused():
    """An item that the check-list of that day does not have is refused."""
    with pytest.raises(UnknownCleaningItemError):
        inspect(["nothing"])
