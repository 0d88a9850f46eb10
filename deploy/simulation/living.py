"""How an invented family lives, and what is recorded of its people beyond who they are.

Most forms are filled in well; a small share lacks an answer or has a wrong one, as real forms do.
"""

from decimal import Decimal
from typing import Any

from deploy.simulation.chance import Chance, rates
from deploy.simulation.people import Family, Person

_DISABLED = "004"
_ADULT = 16
_LIMB = "4"


def living_conditions(seed: str, family: Family) -> dict[str, Any]:
    """Return the living conditions of *family* by the registry's field names."""
    chance = Chance(seed, "living", family.number)
    hardened = chance.number(0, 19) > 0
    clean = chance.number(0, 9) in range(7)
    sanitary = chance.number(0, 9) > 1
    found: dict[str, Any] = {
        "farmland_mu": Decimal(chance.number(0, 150)) / 10,
        "irrigated_mu": Decimal(0),
        "forest_mu": Decimal(chance.number(0, 300)) / 10,
        "returned_forest_mu": Decimal(chance.number(0, 60)) / 10,
        "orchard_mu": Decimal(chance.number(0, 40)) / 10,
        "grassland_mu": Decimal(0),
        "water_mu": Decimal(0),
        "road_type": "3" if hardened else "2",
        "road_hardened": hardened,
        "road_distance_km": Decimal(chance.number(0, 40)) / 10,
        "cooperative": chance.number(0, 3) == 0,
        "house_dangerous": False,
        "floor_m2": Decimal(chance.number(60, 160)),
        "safe_water": True,
        "tap_water": chance.number(0, 19) > 0,
        "supply_gap_under_day": True,
        "shower": chance.number(0, 2) > 0,
        "sanitary_toilet": sanitary,
        "fuel": "4" if clean else "1",
        "clean_energy": clean,
        "clean_energy_kind": "100" if clean else None,
        "home_electricity": True,
        "work_electricity": True,
        "broadcast": True,
        "courtyard": chance.number(0, 3) == 0,
    }
    if sanitary:
        toilet = {
            "toilet_usable": True,
            "toilet_in_house": False,
            "toilet_in_yard": True,
            "toilet_kind": "100",
        }
        found |= toilet
    if chance.happens(rates()["records"]["household_blank"]):
        found[chance.one_of(("shower", "courtyard", "road_distance_km", "floor_m2"))] = None
    return found


def particulars(seed: str, person: Person, family: Family) -> dict[str, Any]:
    """Return what is recorded of *person* besides name, birth, relation, labour and school."""
    chance = Chance(seed, "particulars", person.id_number)
    further: dict[str, Any] = {
        "phone": person.phone,
        "mandarin": True,
        "low_income": "2" if family.minimum_living else "0",
        "destitute": "0",
        "employee_insurance": False,
        "serious_illness_insurance": True,
        "commercial_insurance": False,
        "resident_pension": person.school_status is None and person.labour_skill != "004",
        "employee_pension": False,
        "medical_relief": False,
        "abroad": False,
    }
    if _DISABLED in person.health:
        grade = str(chance.number(1, 4))
        card = f"{person.id_number}{_LIMB}{grade}"
        further |= {"document": "02", "id_number": card, "disability_kind": _LIMB, "disability_grade": grade}
    if chance.happens(rates()["records"]["person_blank"]):
        further[chance.one_of(("mandarin", "ethnicity", "serious_illness_insurance"))] = None
    return further
