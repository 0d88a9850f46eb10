"""Family L: a village's own record."""

from collections.abc import Mapping
from decimal import Decimal

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import VillageRule
from services.monitoring.domain.quality.view import LAND, VillageView

_KILOMETRE = 1000


def _missing(*names: str) -> VillageRule:
    def rule(village: VillageView, _given: Given) -> bool:
        return any(getattr(village, name) is None for name in names)

    return rule


def _nothing(name: str) -> VillageRule:
    def rule(village: VillageView, _given: Given) -> bool:
        return not getattr(village, name)

    return rule


def _more(part: Decimal | int | None, whole: Decimal | int | None) -> bool:
    return part is not None and whole is not None and part > whole


def no_road(village: VillageView, _given: Given) -> bool:
    return village.hard_road_to_town is False


def unsafe(village: VillageView, _given: Given) -> bool:
    return _more((village.without_water or 0) + (village.unsafe_houses or 0), village.households)


def land(village: VillageView, _given: Given) -> bool:
    """The village has less of a kind of land than its households together."""
    own = (getattr(village, name) for name in LAND)
    return any(_more(sum_, mine) for mine, sum_ in zip(own, village.land_of_households, strict=False))


def residents(village: VillageView, _given: Given) -> bool:
    return _more(village.resident_households, village.households) or _more(
        village.resident_population, village.population
    )


def new_road(village: VillageView, _given: Given) -> bool:
    return _more((village.hardened_km or 0) + (village.new_road_km or 0), village.road_km)


def hamlets(village: VillageView, _given: Given) -> bool:
    return _more(village.large_hamlets_with_road, village.large_hamlets)


def damaged(village: VillageView, _given: Given) -> bool:
    return _more(village.damaged_km, village.road_km)


def planned(village: VillageView, _given: Given) -> bool:
    return _more(village.unsafe_planned, village.unsafe_houses)


def other_energy(village: VillageView, _given: Given) -> bool:
    return _more(village.other_clean_energy_households, village.clean_energy_households)


def toilets(village: VillageView, _given: Given) -> bool:
    return _more(village.toilets_rebuilt, village.households)


def energy_kind(village: VillageView, _given: Given) -> bool:
    return village.clean_energy is True and not village.clean_energy_kind


def many_toilets(village: VillageView, given: Given) -> bool:
    return _more(village.public_toilets, given.figures.village_toilets_most)


def long_road(village: VillageView, given: Given) -> bool:
    return _more(village.road_km, given.figures.village_road_most_km)


def lamps(village: VillageView, _given: Given) -> bool:
    """Lamps on both sides of the road reach further than the road is long."""
    if village.lamps is None or village.lamp_distance_m is None or village.road_km is None:
        return False
    return village.lamps * village.lamp_distance_m * 2 > village.road_km * _KILOMETRE


VILLAGE: Mapping[str, VillageRule] = {
    "L-1": _nothing("population"),
    "L-2": _nothing("households"),
    "L-3": _nothing("collective_income_fen"),
    "L-4": _missing("primary_schools"),
    "L-5": _missing("clinics"),
    "L-6": _missing("doctors"),
    "L-7": _missing("public_toilets"),
    "L-8": _missing("rubbish_points"),
    "L-9": _missing("libraries"),
    "L-10": _missing("low_income_households", "low_income_persons"),
    "L-11": _missing("destitute_persons"),
    "L-12": _missing("disabled_persons"),
    "L-13": _missing("pension_insured"),
    "L-14": _missing("bus"),
    "L-15": no_road,
    "L-16": unsafe,
    "L-17": land,
    "L-18": residents,
    "L-19": new_road,
    "L-20": hamlets,
    "L-21": damaged,
    "L-22": planned,
    "L-23": other_energy,
    "L-24": toilets,
    "L-25": energy_kind,
    "L-26": many_toilets,
    "L-27": long_road,
    "L-28": lamps,
}
