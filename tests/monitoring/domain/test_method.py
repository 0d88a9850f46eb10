"""Check-lists of methods."""

from datetime import date

import pytest

from services.monitoring.domain.method import MOST_ITEMS, MOST_LENGTH, MethodRecord, items_in
from services.monitoring.domain.screening_errors import MethodItemsError, MethodTicksError


def test_items():
    """Blank lines and margins go, the order stays."""
    assert ("必访脱贫不稳定户", "必核收入") == items_in([" 必访脱贫不稳定户 ", "", "必核收入"])


@pytest.mark.parametrize(
    "lines", [[], [" "], ["a", "a"], ["字" * (MOST_LENGTH + 1)], [str(n) for n in range(MOST_ITEMS + 1)]]
)
def test_items_refused(lines):
    """None, one twice, one too long, and too many are refused."""
    with pytest.raises(MethodItemsError):
        items_in(lines)


def fill_in(*ticked):
    return MethodRecord.fill_in(
        ("甲", "乙", "丙"),
        ticked,
        id="m1",
        method="grid",
        number=1,
        area_code="610327109203",
        household_id=None,
        made_on=date(2022, 7, 1),
    )


def test_nothing_done_blocks_nothing():
    """A list with nothing ticked is kept all the same; ticks are kept in the list's order."""
    assert ((), ("甲", "丙")) == (fill_in().ticked, fill_in("丙", "甲").ticked)


def test_ticks_of_another_version():
    """Something this version does not ask for is refused."""
    with pytest.raises(MethodTicksError):
        fill_in("丁")
