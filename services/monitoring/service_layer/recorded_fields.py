"""What every recorded field is checked for before it reaches the registry: its code, length and range."""

import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from services.monitoring.domain.errors import InvalidMonthError, OutOfRangeError
from services.monitoring.domain.household import Household, month_text
from services.monitoring.domain.living import LIVING_CODES, LIVING_FIELDS
from services.monitoring.domain.particulars import CODE_LISTS, SEVERAL_CODES
from services.monitoring.service_layer.given import code_in, text_in
from shared.areas import UnknownAreaError, areas
from shared.kernel.errors import InvalidInputError

_NOT_CORRECTED = frozenset(
    {"id", "version", "facts", "household_no", "members", "living", "helpers", "registered_on", "recorded_on"}
)
HOUSEHOLD_FIELDS = frozenset(
    {one.name for one in fields(Household)} - _NOT_CORRECTED | set(LIVING_FIELDS),
)
"""What may be given of a household, and how it lives, by field name."""

_HOUSEHOLD_CODES: Mapping[str, str] = {
    "household_type": "household_type",
    "identification_standard": "identification_standard",
    "poverty_cause": "poverty_cause",
    "development_help": "development_help",
    **LIVING_CODES,
}
_HOUSEHOLD_SEVERAL = {"industry_help": "industry_help"}
_HOUSEHOLD_TEXTS = {
    "natural_village": (60, "自然村", "natural village"),
    "village_group": (30, "村民小组", "group"),
    "address": (200, "家庭住址", "address"),
    "bank": (60, "开户行", "bank"),
    "bank_account": (40, "银行账号", "bank account"),
    "resettlement_address": (200, "安置区地址", "address in the resettlement site"),
    "collector_name": (60, "信息采集人", "collector"),
    "contact_name": (60, "监测联系人", "contact"),
    "living_note": (200, "备注", "note"),
}
_PERSON_TEXTS = {
    "id_number": (24, "证件号码", "document number"),
    "work_place_name": (60, "务工所在地", "place of work"),
    "employer": (100, "务工企业名称", "employer"),
    "industry": (60, "产业分类", "industry"),
}
_PERSON_RANGES = {
    "disability_card_year": (1985, 2100, "残疾证办证年度", "year of the disability card"),
    "work_months": (0, 12, "务工时间（月）", "months of work"),
    "post_months": (0, 12, "公益性岗位（月数）", "months in a post"),
    "destitute_support_fen": (0, 10**9, "特困供养金", "support of the destitute"),
}
_LARGEST = Decimal(100_000)
_MOST_NAME = 60
_WORK_PLACE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")
_FIELD_WORDS = {
    "farmland_mu": ("耕地面积", "farmland"),
    "irrigated_mu": ("有效灌溉面积", "irrigated land"),
    "forest_mu": ("林地面积", "forest"),
    "returned_forest_mu": ("退耕还林面积", "land returned to forest"),
    "orchard_mu": ("林果面积", "orchard"),
    "grassland_mu": ("牧草地面积", "grassland"),
    "water_mu": ("水面面积", "water surface"),
    "road_distance_km": ("与村主干路距离", "distance to the main road"),
    "floor_m2": ("住房面积", "floor area"),
}


class UnknownFieldError(InvalidInputError):
    """Raised when a correction names a field that is not recorded, or may not be corrected."""

    code = "unknown_field"
    zh = "不能更正这一项：{field}"
    en = "This field cannot be corrected: {field}"


def known_fields(changes: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a field that is not among *known*."""
    for name in changes:
        if name not in known:
            raise UnknownFieldError(field=name[:32])


def check_household_fields(given: Mapping[str, Any]) -> None:
    """Refuse unknown fields, codes outside their lists, texts too long, figures that cannot be."""
    known_fields(given, HOUSEHOLD_FIELDS)
    if "area_code" in given:
        village_in(given["area_code"])
    _check_codes(given, _HOUSEHOLD_CODES, _HOUSEHOLD_SEVERAL)
    _check_texts(given, _HOUSEHOLD_TEXTS)
    for name, words in _FIELD_WORDS.items():
        value = given.get(name)
        if value is not None and not (value.is_finite() and 0 <= value < _LARGEST):
            raise OutOfRangeError(field_zh=words[0], field_en=words[1])


def check_person_fields(given: Mapping[str, Any]) -> None:
    """Refuse codes outside their lists, texts too long, figures that cannot be."""
    _check_codes(given, CODE_LISTS, SEVERAL_CODES)
    if "name" in given:
        text_in(given["name"].strip(), ("姓名", "name"), least=1, most=_MOST_NAME)
    _check_texts(given, _PERSON_TEXTS)
    for name, (least, most, zh, en) in _PERSON_RANGES.items():
        if given.get(name) is not None and not least <= given[name] <= most:
            raise OutOfRangeError(field_zh=zh, field_en=en)
    month = given.get("identified_month")
    if month is not None and not month_text(month):
        raise InvalidMonthError(field_zh="人员识别时间", field_en="month of identification")
    place = given.get("work_place")
    if place is not None and not _WORK_PLACE.fullmatch(place):
        raise OutOfRangeError(field_zh="务工所在地代码", field_en="code of the place of work")


def village_in(area_code: str) -> str:
    """Return *area_code* if it is a village of this county; raises UnknownAreaError."""
    if areas().get(area_code).level != "village":
        raise UnknownAreaError(area_code=area_code[:20])
    return area_code


def _check_codes(given: Mapping[str, Any], one: Mapping[str, str], several: Mapping[str, str]) -> None:
    for name, key in one.items():
        if given.get(name) is not None:
            code_in(key, given[name])
    for name, key in several.items():
        for value in given.get(name, ()):
            code_in(key, value)


def _check_texts(given: Mapping[str, Any], texts: Mapping[str, tuple[int, str, str]]) -> None:
    for name, (most, zh, en) in texts.items():
        if name in given:
            text_in(given[name], (zh, en), most=most)
