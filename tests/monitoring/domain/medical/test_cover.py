from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.medical.cover import Cover, CoverRecorded, cover_id_of, subsidy_doubtful

DAY = date(2022, 3, 1)


def cover(**given):
    told: dict[str, Any] = {
        "id": cover_id_of("p1", 2022),
        "household_id": "h1",
        "area_code": "610327109203",
        "person_id": "p1",
    }
    return Cover(**told | {"year": 2022, "scheme": "resident", "subsidy_fen": 0, "recorded_on": DAY} | given)


def test_news_is_told_with_the_next_version():
    """A first entry is version 1; a change of a stored one is the next."""
    first, later = cover(), cover(version=4)
    assert (True, True) == (first.record("resident", 0, on=DAY), later.record("none", 0, on=DAY))
    assert [CoverRecorded(first, 1)] == first.facts
    assert [CoverRecorded(later, 5)] == later.facts
    assert (True, False) == (first.insured, later.insured)


def test_the_same_again_is_no_news():
    """The same list twice tells nobody."""
    one = cover(version=1)
    assert not one.record("resident", 0, on=date(2022, 4, 1))
    assert ([], DAY) == (one.facts, one.recorded_on)


@pytest.mark.parametrize(
    ("subsidy", "identified_on", "doubtful"),
    [
        (100, date(2022, 3, 31), False),
        (100, date(2022, 4, 1), True),
        (0, date(2022, 4, 1), False),
        (100, None, False),
    ],
)
def test_a_subsidy_after_the_cut_off_is_doubtful(subsidy, identified_on, doubtful):
    """Who was identified from the month of the cut-off on has no subsidy that year (1111_06)."""
    assert doubtful == subsidy_doubtful(subsidy, identified_on, 2022, 4)
