from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.water.works import WaterWorks
from tests.monitoring.process_kit import DAY


def works(**given):
    told = {"id": "w1", "works_no": "GC01", "name": "上岔供水站", "area_code": "610327109203", "supply": "1"}
    return WaterWorks.record(**told | {"in_use": True, "recorded_on": DAY} | given)


@pytest.mark.parametrize(
    ("supply", "in_use", "expected"), [("1", True, True), ("1", False, False), ("2", True, False)]
)
def test_only_centralised_works_in_use_are_tested(supply, in_use, expected):
    """The plan's yearly test is of centralised works that run."""
    assert expected == works(supply=supply, in_use=in_use).must_be_tested


def test_correction_is_told_with_the_next_version():
    """A change of the works is a fact with the version it will have."""
    one = works(version=3)
    one.facts.clear()
    one.correct({"pipes": "renovating"}, on=DAY)
    assert [4] == [fact.version for fact in one.facts]
    with pytest.raises(InvalidDayError):
        one.correct({"pipes": "renovated"}, on=date(2022, 6, 14))
