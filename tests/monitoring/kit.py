"""Invented people and households, ready to be registered."""

from datetime import date
from typing import Any

from services.monitoring.service_layer.household import RegisterHousehold
from services.monitoring.service_layer.member import Person

VILLAGE = "610327109203"
OTHER_VILLAGE = "610327109205"
DAY = date(2022, 6, 15)
PERSONAL_KEYS: dict[str, Any] = {"personal_data_keys": ("k" * 32,)}
"""What a database on a server is opened with."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born_on: date, sex: str, number: int = 1, county: str = "610327") -> str:
    """Return a number that is valid by GB 11643 and belongs to nobody."""
    order = number * 2 + (1 if sex == "1" else 0)
    body = f"{county}{born_on:%Y%m%d}{order:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


def person(**given) -> Person:
    """Return a grown man who heads his household, or what *given* makes of him."""
    told: dict[str, Any] = {
        "name": "赵甲一",
        "sex": "1",
        "born_on": date(1978, 3, 5),
        "relation": "001",
        "labour_skill": "001",
    }
    told |= {"education": "003"} | given
    if "id_number" not in told:
        told["id_number"] = id_number(told["born_on"], told["sex"], told.pop("number", 1))
    told.pop("number", None)
    return Person(**told)


def wife(**given) -> Person:
    return person(**{"name": "钱乙二", "sex": "2", "born_on": date(1980, 9, 12), "relation": "002"} | given)


def son(**given) -> Person:
    told: dict[str, Any] = {
        "name": "孙丙三",
        "born_on": date(2011, 2, 1),
        "relation": "003",
        "labour_skill": "004",
    }
    return person(**told | {"education": None, "school_status": "003"} | given)


def family(household_no: str = "H001", **given) -> RegisterHousehold:
    """Return the registration of a man, his wife and their son at school."""
    told: dict[str, Any] = {"area_code": VILLAGE, "on": DAY, "persons": (person(), wife(), son())}
    return RegisterHousehold(household_no=household_no, **told | given)
