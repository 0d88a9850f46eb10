"""A row of a national table as the registry understands it: a person, the household, and what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.monitoring.domain.exchange.cell import CellProblem
from services.monitoring.domain.exchange.format import TypedRow
from services.monitoring.domain.household import LIFTED_OUT, MONITORED, NOT_ENTITLED, ORDINARY, UNSTABLE
from services.monitoring.domain.particulars import DISABILITY_CARD, IDENTITY_CARD, identity_of

HOUSEHOLD = {
    "natural_village": "natural_village",
    "address": "address",
    "household_phone": "phone",
    "lifted_out_year": "lifted_out_year",
    "relocated": "relocated",
    "last_resort": "last_resort",
    "poverty_cause": "poverty_cause",
    "first_identified_on": "first_identified",
    "house_dangerous": "house_dangerous",
    "safe_water": "safe_water",
}
"""What a row says of the household: field of the format → field of the registry."""
PERSON = {
    "name": "name",
    "sex": "sex",
    "born_on": "born_on",
    "relation": "relation",
    "labour_skill": "labour_skill",
    "ethnicity": "ethnicity",
    "political": "political",
    "education": "education",
    "school_status": "school_status",
    "absence_reason": "absence_reason",
    "health": "health",
    "disability_kind": "disability_kind",
    "disability_grade": "disability_grade",
    "resident_insurance": "resident_insurance",
    "low_income": "low_income",
    "destitute": "destitute",
    "serious_illness_insurance": "serious_illness_insurance",
    "work_months": "work_months",
    "person_identified_on": "identified_month",
    "phone": "phone",
}
"""What a row says of a person. Income, class and risk are kept elsewhere and come from there alone."""
_MONTHS = frozenset({"first_identified_on", "person_identified_on"})
_PHONE_DIGITS = 11
_ID_LENGTH, _CARD_LENGTHS = 18, (20, 22)

WRONG_NUMBER = CellProblem("id_number_wrong", "证件号码不正确（位数或校验码）", "is no valid document number")
WRONG_PHONE = CellProblem("phone_wrong", "应为 11 位手机号码", "must be a mobile number of 11 digits")
UNKNOWN_VILLAGE = CellProblem(
    "village_unknown", "乡镇、行政村名称与本县区划不符", "no village of this county has this name"
)
OUTSIDE = CellProblem("outside_area", "不在您的辖区", "lies outside your area")
NUMBER_CONTRADICTS = CellProblem("number_contradicts", "与证件号码不一致", "contradicts the document number")


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """*person* is empty in a table of households. A blank cell is left out: it changes nothing."""

    number: int
    household_no: str
    person_no: str
    identity: str = field(repr=False)
    person: Mapping[str, Any] = field(repr=False)
    household: Mapping[str, Any] = field(repr=False)
    problems: tuple[tuple[str, CellProblem], ...]


def registry_row(
    row: TypedRow,
    village_of: Callable[[str, str], str | None],
    id_number_valid: Callable[[str], bool],
    own_area: str,
) -> RegistryRow:
    """Return what *row* says; *village_of* finds a village's code by town and village."""
    values, problems = row.values, list(row.problems)
    household = _given(values, HOUSEHOLD)
    household |= _type_of(values)
    village = _area(values, village_of, own_area, problems)
    if village is not None:
        household["area_code"] = village
    person: dict[str, Any] = {}
    identity = ""
    if "id_number" in values:
        person = _given(values, PERSON)
        identity = _identify(values, person, id_number_valid, problems)
    for name in ("household_phone", "phone"):
        given = values.get(name)
        if given is not None and not (str(given).isdigit() and len(str(given)) == _PHONE_DIGITS):
            problems.append((name, WRONG_PHONE))
    return RegistryRow(
        row.number,
        str(values.get("household_no") or ""),
        str(values.get("person_no") or ""),
        identity,
        person,
        household,
        tuple(problems),
    )


def _given(values: Mapping[str, object], fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        to: f"{value:%Y%m}" if name in _MONTHS and isinstance(value, date) else value
        for name, to in fields.items()
        if (value := values.get(name)) is not None
    }


def _type_of(values: Mapping[str, object]) -> dict[str, Any]:
    """Return the household's type without its monitored class, which only a case gives (domain 1.1)."""
    given = values.get("household_type")
    if given is None:
        return {}
    if given in MONITORED:
        lifted = given == UNSTABLE
        return {"household_type": LIFTED_OUT if lifted else ORDINARY, "lifted_out": lifted}
    return {"household_type": given, "lifted_out": given in (LIFTED_OUT, NOT_ENTITLED)}


def _area(
    values: Mapping[str, object],
    village_of: Callable[[str, str], str | None],
    own_area: str,
    problems: list[tuple[str, CellProblem]],
) -> str | None:
    town, village = values.get("town_name"), values.get("village_name")
    if not isinstance(town, str) or not isinstance(village, str):
        return None
    code = village_of(town, village)
    if code is None:
        problems.append(("village_name", UNKNOWN_VILLAGE))
    elif not code.startswith(own_area):
        problems.append(("village_name", OUTSIDE))
    return code


def _identify(
    values: Mapping[str, object],
    person: dict[str, Any],
    id_number_valid: Callable[[str], bool],
    problems: list[tuple[str, CellProblem]],
) -> str:
    """Complete *person* by what the number says: birth, sex, and of a disability card its two digits."""
    number = values.get("id_number")
    if not isinstance(number, str):
        return ""
    card = len(number) in _CARD_LENGTHS
    if not id_number_valid(number[:_ID_LENGTH]) or not (card or len(number) == _ID_LENGTH):
        problems.append(("id_number", WRONG_NUMBER))
        return ""
    says: dict[str, Any] = {
        "id_number": number,
        "document": DISABILITY_CARD if card else IDENTITY_CARD,
        "born_on": date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
        "sex": "1" if int(number[16]) % 2 else "2",
    }
    if card:
        says |= {"disability_kind": number[18], "disability_grade": number[19]}
    for name, value in says.items():
        if person.get(name, value) != value:
            problems.append((name, NUMBER_CONTRADICTS))
    person |= says
    return identity_of(str(says["document"]), number)
