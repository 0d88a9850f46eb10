from decimal import Decimal

import pytest

from services.monitoring.domain.quality import land as family
from tests.monitoring.domain.quality.records import (
    Case,
    breaks,
    home,
    tables_of,
)

CASES = (
    Case("K-1", True, home(cultivated=Decimal("-0.1")), note="0"),
    Case("K-1", True, home(cultivated=Decimal("100.1")), note="1"),
    Case("K-1", False, home(cultivated=Decimal(0)), note="0"),
    Case("K-1", False, home(cultivated=Decimal(100)), note="1"),
    Case("K-1", False, home(cultivated=None), note="2"),
    Case("K-2", True, home(forest=Decimal("-0.1")), note="0"),
    Case("K-2", True, home(forest=Decimal("200.1")), note="1"),
    Case("K-2", False, home(forest=Decimal(0)), note="0"),
    Case("K-2", False, home(forest=Decimal(200)), note="1"),
    Case("K-2", False, home(forest=None), note="2"),
    Case("K-3", True, home(returned=Decimal("-0.1")), note="0"),
    Case("K-3", True, home(returned=Decimal("100.1")), note="1"),
    Case("K-3", False, home(returned=Decimal(0)), note="0"),
    Case("K-3", False, home(returned=Decimal(100)), note="1"),
    Case("K-3", False, home(returned=None), note="2"),
    Case("K-4", True, home(orchard=Decimal("-0.1")), note="0"),
    Case("K-4", True, home(orchard=Decimal("200.1")), note="1"),
    Case("K-4", False, home(orchard=Decimal(0)), note="0"),
    Case("K-4", False, home(orchard=Decimal(200)), note="1"),
    Case("K-4", False, home(orchard=None), note="2"),
    Case("K-5", True, home(pasture=Decimal("-0.1")), note="0"),
    Case("K-5", True, home(pasture=Decimal("100.1")), note="1"),
    Case("K-5", False, home(pasture=Decimal(0)), note="0"),
    Case("K-5", False, home(pasture=Decimal(100)), note="1"),
    Case("K-5", False, home(pasture=None), note="2"),
    Case("K-6", True, home(water_area=Decimal("-0.1")), note="0"),
    Case("K-6", True, home(water_area=Decimal("100.1")), note="1"),
    Case("K-6", False, home(water_area=Decimal(0)), note="0"),
    Case("K-6", False, home(water_area=Decimal(100)), note="1"),
    Case("K-6", False, home(water_area=None), note="2"),
    Case("K-7", True, home(road_km=Decimal("-0.1")), note="0"),
    Case("K-7", True, home(road_km=Decimal("5.1")), note="1"),
    Case("K-7", False, home(road_km=Decimal(0)), note="0"),
    Case("K-7", False, home(road_km=Decimal(5)), note="1"),
    Case("K-7", False, home(road_km=None), note="2"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
