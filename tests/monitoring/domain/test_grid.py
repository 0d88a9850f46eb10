from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.grid import Grid, GridWorker
from services.monitoring.domain.matter_errors import (
    GridAreaError,
    GridTakesNoHouseholdsError,
    GridWithoutHeadError,
    GridWorkerTwiceError,
)

DAY = date(2022, 3, 1)
HEAD, WORKER = GridWorker("lihua", "李华", head=True), GridWorker("wangge1", "王格")


def grid(**given):
    told: dict[str, Any] = {
        "id": "g1",
        "name": "上岔村一组",
        "level": "group",
        "area_code": "610327109203",
        "duties": ("epidemic", "safety", "risk_watch"),
        "workers": (HEAD, WORKER),
        "recorded_on": DAY,
    }
    return Grid(**told | given)


def test_a_grid_is_told_without_names():
    """How many work there is told, who they are is not."""
    one = grid()
    one.record()
    (fact,) = one.facts
    assert (1, 2, 0) == (fact.version, fact.workers, fact.households)
    assert "李华" not in repr(one)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"level": "town"}, GridAreaError),
        ({"area_code": "610327109"}, GridAreaError),
        ({"workers": (WORKER,)}, GridWithoutHeadError),
        ({"workers": (HEAD, GridWorker("x", "乙", head=True))}, GridWithoutHeadError),
        ({"workers": (HEAD, GridWorker("lihua", "李华"))}, GridWorkerTwiceError),
    ],
)
def test_what_contradicts_itself_is_refused(given, error):
    """A wrong area for the level, no head or two, one account twice: nothing is told."""
    one = grid(**given)
    with pytest.raises(error):
        one.record()
    assert [] == one.facts


def test_a_grid_out_of_use_needs_no_head():
    """What is dissolved keeps no head."""
    one = grid(active=False, workers=())
    one.record()
    assert 1 == len(one.facts)


@pytest.mark.parametrize("given", [{"level": "town", "area_code": "610327109"}, {"active": False}])
def test_some_grids_take_no_households(given):
    """A town's grid contains those of its villages; one out of use takes none."""
    with pytest.raises(GridTakesNoHouseholdsError):
        grid(**given).expect_households()


def test_an_unchanged_number_is_no_news():
    """The count is told when it changes, and not again."""
    one = grid()
    one.count(5, on=DAY)
    one.count(5, on=DAY)
    assert [5] == [fact.households for fact in one.facts]
