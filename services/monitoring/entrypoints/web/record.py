"""What else is recorded of a household: its registration, how it lives, who helps it; shown and put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.domain.household import Household
from services.monitoring.domain.living import LIVING_FIELDS
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, household_area
from services.monitoring.entrypoints.web.field_words import (
    HOUSEHOLD_WORDS,
    LIVING_WORDS,
    YES_NO,
    offered,
    value_shown,
)
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.people import sees_names
from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from services.monitoring.service_layer.responsible import (
    AssignResponsible,
    ReleaseResponsible,
    assign_responsible,
    release_responsible,
)
from shared.web.asking import Done
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("record")

KEPT = "不填则保留原号码", "left empty, it stays as it is"
_MOST_AREA = Decimal(99_999)


def _yes_no(name: str) -> Label:
    words = HOUSEHOLD_WORDS.get(name) or LIVING_WORDS[name]
    return Label(words.zh, words.en, choices=YES_NO, widget="select")


def _text(name: str) -> Label:
    words = HOUSEHOLD_WORDS.get(name) or LIVING_WORDS[name]
    return Label(words.zh, words.en)


def _kept(name: str) -> Label:
    words = HOUSEHOLD_WORDS[name]
    return Label(words.zh, words.en, hint_zh=KEPT[0], hint_en=KEPT[1])


def _one_of(name: str, key: str) -> Label:
    words = HOUSEHOLD_WORDS.get(name) or LIVING_WORDS[name]
    return Label(words.zh, words.en, choices=choices_of(key))


Area = Annotated[Decimal | None, Field(ge=0, le=_MOST_AREA, decimal_places=3)]
Phone = Annotated[str | None, Field(pattern="^[0-9]{11}$")]


class RecordForm(Form):
    """What is recorded of the household besides its village, type and address."""

    version: Version
    natural_village: Annotated[str, Field(max_length=60), _text("natural_village")] = ""
    village_group: Annotated[str, Field(max_length=30), _text("village_group")] = ""
    lifted_out_year: Annotated[int | None, Field(ge=2014, le=2020), _text("lifted_out_year")] = None
    identification_standard: Annotated[
        str | None, _one_of("identification_standard", "identification_standard")
    ] = None
    first_identified: Annotated[
        str | None,
        Field(pattern="^[0-9]{6}$"),
        Label("首次识别时间", "First identified", hint_zh="六位年月，如201406", hint_en="YYYYMM"),
    ] = None
    poverty_cause: Annotated[str | None, _one_of("poverty_cause", "poverty_cause")] = None
    veteran_family: Annotated[bool | None, _yes_no("veteran_family")] = None
    last_resort: Annotated[bool | None, _yes_no("last_resort")] = None
    development_help: Annotated[str | None, _one_of("development_help", "development_help")] = None
    in_resettlement_site: Annotated[bool | None, _yes_no("in_resettlement_site")] = None
    resettlement_address: Annotated[str, Field(max_length=200), _text("resettlement_address")] = ""
    bank: Annotated[str, Field(max_length=60), _text("bank")] = ""
    bank_account: Annotated[str | None, Field(max_length=40, pattern="^[0-9 -]+$"), _kept("bank_account")] = (
        None
    )
    contact_name: Annotated[str, Field(max_length=60), _text("contact_name")] = ""
    contact_phone: Annotated[Phone, _kept("contact_phone")] = None
    collector_name: Annotated[str, Field(max_length=60), _text("collector_name")] = ""
    collector_phone: Annotated[Phone, _kept("collector_phone")] = None
    signed_by_head: Annotated[bool | None, _yes_no("signed_by_head")] = None
    filled_on: Annotated[date | None, _text("filled_on")] = None


class LivingForm(Form):
    """How the household lives: first what every household is asked (2022), then the rest."""

    version: Version
    road_hardened: Annotated[bool | None, _yes_no("road_hardened")] = None
    tap_water: Annotated[bool | None, _yes_no("tap_water")] = None
    supply_gap_under_day: Annotated[bool | None, _yes_no("supply_gap_under_day")] = None
    safe_water: Annotated[bool | None, _yes_no("safe_water")] = None
    clean_energy: Annotated[bool | None, _yes_no("clean_energy")] = None
    clean_energy_kind: Annotated[str | None, _one_of("clean_energy_kind", "clean_energy_kind")] = None
    house_dangerous: Annotated[bool | None, _yes_no("house_dangerous")] = None
    house_in_plan: Annotated[bool | None, _yes_no("house_in_plan")] = None
    shower: Annotated[bool | None, _yes_no("shower")] = None
    sanitary_toilet: Annotated[bool | None, _yes_no("sanitary_toilet")] = None
    toilet_kind: Annotated[str | None, _one_of("toilet_kind", "sanitary_toilet_kind")] = None
    toilet_usable: Annotated[bool | None, _yes_no("toilet_usable")] = None
    toilet_in_house: Annotated[bool | None, _yes_no("toilet_in_house")] = None
    toilet_in_yard: Annotated[bool | None, _yes_no("toilet_in_yard")] = None
    courtyard: Annotated[bool | None, _yes_no("courtyard")] = None
    house_grade: Annotated[str | None, _one_of("house_grade", "house_grade")] = None
    floor_m2: Annotated[Area, _text("floor_m2")] = None
    road_type: Annotated[str | None, _one_of("road_type", "road_type")] = None
    road_distance_km: Annotated[Area, _text("road_distance_km")] = None
    fuel: Annotated[str | None, _one_of("fuel", "fuel")] = None
    home_electricity: Annotated[bool | None, _yes_no("home_electricity")] = None
    work_electricity: Annotated[bool | None, _yes_no("work_electricity")] = None
    broadcast: Annotated[bool | None, _yes_no("broadcast")] = None
    farmland_mu: Annotated[Area, _text("farmland_mu")] = None
    irrigated_mu: Annotated[Area, _text("irrigated_mu")] = None
    forest_mu: Annotated[Area, _text("forest_mu")] = None
    returned_forest_mu: Annotated[Area, _text("returned_forest_mu")] = None
    orchard_mu: Annotated[Area, _text("orchard_mu")] = None
    grassland_mu: Annotated[Area, _text("grassland_mu")] = None
    water_mu: Annotated[Area, _text("water_mu")] = None
    cooperative: Annotated[bool | None, _yes_no("cooperative")] = None
    leading_enterprise: Annotated[bool | None, _yes_no("leading_enterprise")] = None
    entrepreneur: Annotated[bool | None, _yes_no("entrepreneur")] = None
    industry_help: Annotated[tuple[str, ...], _one_of("industry_help", "industry_help")] = ()
    living_note: Annotated[str, Field(max_length=200), _text("living_note")] = ""


class AssignForm(Form):
    """Who answers for the household from a day on (domain 1.5)."""

    version: Version
    helper_no: Annotated[
        str, Field(max_length=20, pattern="^[0-9A-Za-z-]+$"), Label("帮扶责任人编号", "Helper's number")
    ]
    name: Annotated[str, Field(min_length=1, max_length=60), Label("姓名", "Name")]
    unit: Annotated[str, Field(min_length=1, max_length=60), Label("帮扶（选派）单位", "Unit")]
    sex: Annotated[str | None, Label("性别", "Sex", choices=choices_of("sex"), widget="radio")] = None
    political: Annotated[str | None, Label("政治面貌", "Affiliation", choices=choices_of("political"))] = None
    phone: Annotated[Phone, Label("联系电话", "Telephone")] = None
    since: Annotated[
        date | None,
        Label("帮扶开始时间", "Since", hint_zh="不填即为今天", hint_en="today when left empty"),
    ] = None


class ReleaseForm(Form):
    version: Version
    on: Annotated[
        date | None,
        Label("帮扶结束时间", "Until", hint_zh="不填即为今天", hint_en="today when left empty"),
    ] = None


@dataclass(frozen=True, slots=True)
class Said:
    """One field and what is recorded of it, in words."""

    field: Words
    value: Words


@dataclass(frozen=True, slots=True)
class HelperShown:
    """A responsible helper, in words; the telephone is masked."""

    helper_no: str
    name: Words
    unit: str
    phone: Words
    political: Words
    since: date
    until: date | None


_NOT_AGAIN = frozenset({"household_no", "household_type", "lifted_out", "relocated", "area_code", "phone"})
"""What the head of the page says already."""


def record_shown(household: Household, ask: MonitoringAsk, places: Mapping[str, str]) -> dict[str, Any]:
    """Return the sections of the page and the first values of its forms."""
    names = sees_names(ask.officer)
    hidden = frozenset() if names else frozenset({"address", "resettlement_address"})
    registered = [name for name in HOUSEHOLD_WORDS if name not in _NOT_AGAIN | hidden]
    return {
        "complete": household.complete,
        "registration": [
            _said(household, name, HOUSEHOLD_WORDS, names=names, places=places)
            for name in registered
            if _has(household, name)
        ],
        "living": [
            _said(household.living, name, LIVING_WORDS, names=names)
            for name in LIVING_WORDS
            if _has(household.living, name)
        ],
        "unsaid": sum(not _has(household.living, name) for name in LIVING_FIELDS),
        "helpers": [
            HelperShown(
                helper_no=one.helper_no,
                name=value_shown("name", one.name, names=names),
                unit=one.unit or "—",
                phone=value_shown("phone", one.phone),
                political=value_shown("political", one.political),
                since=one.since,
                until=one.until,
            )
            for one in reversed(household.helpers)
        ],
        "record_first": _first(RecordForm, household),
        "living_first": _first(LivingForm, household.living),
    }


def _has(record: object, name: str) -> bool:
    value = getattr(record, name)
    return value is not None and value not in {"", ()}


def _said(
    record: object,
    name: str,
    words: Mapping[str, Words],
    *,
    names: bool,
    places: Mapping[str, str] = MappingProxyType({}),
) -> Said:
    return Said(words[name], value_shown(name, getattr(record, name), names=names, places=places))


def _first(form: type[Form], record: object) -> dict[str, object]:
    """Return what *form* starts with: all that is known, except the numbers that pages mask."""
    masked_too = {"version", "bank_account", "contact_phone", "collector_phone"}
    return {name: offered(getattr(record, name)) for name in form.model_fields if name not in masked_too}


@section.action(
    "/households/{household_id}/record",
    "household.correct_record",
    Words("更正登记信息", "Correct the registration"),
    RecordForm,
    permission="household.correct",
    area_of=household_area,
)
def correct_record(act: MonitoringAct, form: RecordForm, household_id: str) -> Done:
    changes = form.model_dump(exclude={"version"})
    for name in ("bank_account", "contact_phone", "collector_phone"):
        if changes[name] is None:
            del changes[name]
    return _correct(act, changes, household_id, form.version)


@section.action(
    "/households/{household_id}/living",
    "household.correct_living",
    Words("填报生产生活条件", "Say how the household lives"),
    LivingForm,
    permission="household.correct",
    area_of=household_area,
)
def correct_living(act: MonitoringAct, form: LivingForm, household_id: str) -> Done:
    return _correct(act, form.model_dump(exclude={"version"}), household_id, form.version)


def _correct(act: MonitoringAct, changes: Mapping[str, Any], household_id: str, version: int) -> Done:
    command = CorrectHousehold(household_id=household_id, changes=changes, on=act.today, version=version)
    correct_household(command, act.uow())
    return Done(f"/households/{household_id}", "已更正", "Corrected", {"id": household_id})


@section.action(
    "/households/{household_id}/helpers",
    "helper.assign",
    Words("确定帮扶责任人", "Fix who is responsible"),
    AssignForm,
    permission="household.assign_helper",
    area_of=household_area,
)
def assign(act: MonitoringAct, form: AssignForm, household_id: str) -> Done:
    command = AssignResponsible(
        household_id=household_id,
        helper_no=form.helper_no,
        name=form.name,
        unit=form.unit,
        sex=form.sex,
        political=form.political,
        phone=form.phone or "",
        since=form.since or act.today,
        version=form.version,
    )
    helper_id = assign_responsible(command, act.uow())
    return Done(f"/households/{household_id}", "已确定帮扶责任人", "The helper is fixed", {"id": helper_id})


@section.action(
    "/households/{household_id}/helpers/release",
    "helper.release",
    Words("结束帮扶", "End the present helper's time"),
    ReleaseForm,
    permission="household.assign_helper",
    area_of=household_area,
)
def release(act: MonitoringAct, form: ReleaseForm, household_id: str) -> Done:
    command = ReleaseResponsible(household_id=household_id, on=form.on or act.today, version=form.version)
    release_responsible(command, act.uow())
    return Done(f"/households/{household_id}", "已结束帮扶", "Nobody is responsible any more")
