"""Family K: how much land there can be, and how far the road."""

from collections.abc import Mapping
from decimal import Decimal

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import HouseholdRule
from services.monitoring.domain.quality.view import HouseholdView


def _outside(amount: Decimal | None, most: int) -> bool:
    return amount is not None and not 0 <= amount <= most


def k1(household: HouseholdView, given: Given) -> bool:
    return _outside(household.cultivated, given.figures.cultivated_most)


def k2(household: HouseholdView, given: Given) -> bool:
    return _outside(household.forest, given.figures.forest_most)


def k3(household: HouseholdView, given: Given) -> bool:
    return _outside(household.returned, given.figures.returned_most)


def k4(household: HouseholdView, given: Given) -> bool:
    return _outside(household.orchard, given.figures.orchard_most)


def k5(household: HouseholdView, given: Given) -> bool:
    return _outside(household.pasture, given.figures.pasture_most)


def k6(household: HouseholdView, given: Given) -> bool:
    return _outside(household.water_area, given.figures.water_most)


def k7(household: HouseholdView, given: Given) -> bool:
    return _outside(household.road_km, given.figures.road_most_km)


HOUSEHOLD: Mapping[str, HouseholdRule] = {
    "K-1": k1,
    "K-2": k2,
    "K-3": k3,
    "K-4": k4,
    "K-5": k5,
    "K-6": k6,
    "K-7": k7,
}
