"""Sample inspections: frozen, then drawn once, then inspected, then closed."""

from datetime import date
from decimal import Decimal

import pytest

from services.monitoring.domain.sample.draw import Listed, Quota, draw
from services.monitoring.domain.sample.inspection import SampledHousehold, SampleInspection, SamplePolicy
from services.monitoring.domain.screening_errors import (
    SampleDrawnError,
    SampleEmptyError,
    SampleInspectedError,
    SampleNotDrawnError,
    SampleOpenError,
    SampleSeedError,
)

DAY = date(2022, 7, 1)
POLICY = SamplePolicy({"other": Quota(Decimal("0.1"))}, confirmed=False, source="推定")
LISTED = [Listed(f"h{number}", "610327109", "other") for number in range(50)]


def frozen_one():
    return SampleInspection.freeze(LISTED, POLICY, id="s1", title="七月抽样", on=DAY, by="acc")


def drawn_one():
    one = frozen_one()
    one.draw(LISTED, "20220701", on=DAY, by="acc")
    return one


def test_the_draw_uses_the_quotas_of_the_freeze():
    """What was in force when the list was frozen is kept, so that the draw can be repeated later."""
    one = frozen_one()
    drawn = one.draw(LISTED, "20220701", on=DAY, by="acc")
    assert draw(LISTED, "20220701", POLICY.quotas) == drawn
    assert (5, "20220701", False) == (one.size, one.seed, one.policy_confirmed)


def test_drawn_once():
    """A sample nobody likes is not drawn again, not even with another seed."""
    one = drawn_one()
    with pytest.raises(SampleDrawnError):
        one.draw(LISTED, "other-seed", on=DAY, by="acc")
    assert "20220701" == one.seed


@pytest.mark.parametrize("seed", ["", "123", "a" * 65, "12 34", "一二三四"])
def test_seeds(seed):
    """A seed has four to sixty-four letters or digits."""
    with pytest.raises(SampleSeedError):
        frozen_one().draw(LISTED, seed, on=DAY, by="acc")


def test_nobody_to_draw_from():
    """An empty list is not frozen."""
    with pytest.raises(SampleEmptyError):
        SampleInspection.freeze([], POLICY, id="s1", title="空", on=DAY, by="")


def test_closing():
    """An inspection ends when it was drawn and nobody waits."""
    with pytest.raises(SampleNotDrawnError):
        frozen_one().close(0, on=DAY)
    one = drawn_one()
    with pytest.raises(SampleOpenError):
        one.close(1, on=DAY)
    one.close(0, on=DAY)
    assert DAY == one.closed_on


def test_inspected_once():
    """What was found at a household stays found."""
    one = SampledHousehold(
        id="x", inspection_id="s1", household_id="h1", area_code="610327109203", stratum="other", position=1
    )
    one.inspect({"identified": False}, "missed", on=DAY, by="acc", note="")
    with pytest.raises(SampleInspectedError):
        one.inspect({}, "", on=DAY, by="acc", note="")
    assert "missed" == one.finding
