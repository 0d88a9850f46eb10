"""The villages' own records: which are entered, and the form of one village."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.quality_run import VillageRecords
from services.monitoring.adapters.read_models_quality import ErrorSearch, find_errors, village_states
from services.monitoring.domain.quality.view import VillageView
from services.monitoring.domain.quality.village_record import VILLAGE_FIELDS
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.quality import TITLE
from services.monitoring.entrypoints.web.quality_shown import shown_of
from services.monitoring.service_layer.quality.village import RecordVillage, record_village
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("village_record")
_TITLE = Words("行政村信息", "Village records")
_MOST = 1000
_ANSWERS = (Choice("", "未填", "not filled in"), Choice("yes", "是", "yes"), Choice("no", "否", "no"))

Count = Annotated[int | None, Field(ge=0, le=1_000_000)]
Fen = Annotated[int | None, Field(ge=0, le=10**13)]
Amount = Annotated[Decimal | None, Field(ge=0, le=1_000_000, max_digits=10, decimal_places=2)]
YesNo = Annotated[str, Field(pattern="^(yes|no)?$")]


class VillageForm(Form):
    version: Version
    year: Annotated[int, Field(ge=2014, le=2100), Label("年度", "Year")]
    households: Annotated[Count, Label("总户数（户籍）", "Households registered")] = None
    population: Annotated[Count, Label("总人口（户籍）", "People registered")] = None
    resident_households: Annotated[Count, Label("常住户数", "Households resident")] = None
    resident_population: Annotated[Count, Label("常住人口", "People resident")] = None
    collective_income_fen: Annotated[
        Fen, Label("村级集体经济收入（元）", "Collective income (yuan)", widget="yuan")
    ] = None
    low_income_households: Annotated[Count, Label("低保户数", "Households on allowance")] = None
    low_income_persons: Annotated[Count, Label("低保人数", "People on allowance")] = None
    destitute_persons: Annotated[Count, Label("特困供养人数", "Destitute people")] = None
    disabled_persons: Annotated[Count, Label("残疾人数", "Disabled people")] = None
    pension_insured: Annotated[Count, Label("参加居民养老保险人数", "In the pension scheme")] = None
    primary_schools: Annotated[Count, Label("村小学（个）", "Primary schools")] = None
    clinics: Annotated[Count, Label("卫生室（个）", "Clinics")] = None
    doctors: Annotated[Count, Label("执业（助理）医师（人）", "Doctors")] = None
    public_toilets: Annotated[Count, Label("公共卫生厕所（个）", "Public toilets")] = None
    rubbish_points: Annotated[Count, Label("垃圾集中堆放点（个）", "Rubbish points")] = None
    libraries: Annotated[Count, Label("文化（图书）室（个）", "Reading rooms")] = None
    bus: Annotated[YesNo, Label("是否通客运班车", "A bus comes", choices=_ANSWERS)] = ""
    hard_road_to_town: Annotated[
        YesNo, Label("到乡镇是否通硬化路", "Hard road to the town", choices=_ANSWERS)
    ] = ""
    road_km: Annotated[Amount, Label("道路总里程（公里）", "Road (km)")] = None
    hardened_km: Annotated[Amount, Label("其中硬化（公里）", "Hardened (km)")] = None
    new_road_km: Annotated[Amount, Label("其中新修（公里）", "New (km)")] = None
    damaged_km: Annotated[Amount, Label("其中损毁（公里）", "Damaged (km)")] = None
    lamps: Annotated[Count, Label("路灯（盏）", "Street lamps")] = None
    lamp_distance_m: Annotated[Count, Label("路灯间距（米）", "Distance of lamps (m)")] = None
    large_hamlets: Annotated[Count, Label("较大自然村（个）", "Large hamlets")] = None
    large_hamlets_with_road: Annotated[Count, Label("其中通路（个）", "With a road")] = None
    without_water: Annotated[Count, Label("未实现饮水安全户数", "Households without safe water")] = None
    unsafe_houses: Annotated[Count, Label("危房户数", "Unsafe houses")] = None
    unsafe_planned: Annotated[Count, Label("列入改造计划的危房户数", "Unsafe houses planned for")] = None
    clean_energy: Annotated[YesNo, Label("是否使用清洁能源", "Clean energy is used", choices=_ANSWERS)] = ""
    clean_energy_kind: Annotated[
        str, Label("清洁能源类型", "Kind of clean energy", choices=choices_of("clean_energy_kind"))
    ] = ""
    clean_energy_households: Annotated[Count, Label("使用清洁能源户数", "Households with clean energy")] = (
        None
    )
    other_clean_energy_households: Annotated[
        Count, Label("其中使用其他清洁能源户数", "With other clean energy")
    ] = None
    toilets_rebuilt: Annotated[Count, Label("改造户厕（户）", "Toilets rebuilt")] = None
    cultivated: Annotated[Amount, Label("耕地（亩）", "Cultivated (mu)")] = None
    forest: Annotated[Amount, Label("林地（亩）", "Forest (mu)")] = None
    returned: Annotated[Amount, Label("退耕还林（亩）", "Returned to forest (mu)")] = None
    orchard: Annotated[Amount, Label("林果（亩）", "Orchards (mu)")] = None
    pasture: Annotated[Amount, Label("牧草地（亩）", "Pasture (mu)")] = None
    water_area: Annotated[Amount, Label("水面（亩）", "Water (mu)")] = None
    on: OnDay = None


_YES_NO = ("bus", "hard_road_to_town", "clean_energy")
_SAID = {"": None, "yes": True, "no": False}
_WRITTEN = {None: "", True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village, and the day its record was entered."""

    area_code: str
    recorded_on: date | None


def village_area(_ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Return the village the address names; None when there is no such village."""
    code = str(given["village_code"])
    return code if code in areas() and areas().get(code).level == "village" else None


def _columns() -> tuple[Column[VillageLine], ...]:
    return (
        Column[VillageLine](
            "村",
            "Village",
            lambda row: areas().full_name(row.area_code),
            link=lambda row: f"/villages/{row.area_code}",
        ),
        Column[VillageLine]("登记日期", "Entered", lambda row: row.recorded_on),
        Column[VillageLine](
            "状态",
            "State",
            lambda row: (
                Badge("green", Words("已登记", "entered"))
                if row.recorded_on
                else Badge("yellow", Words("未登记", "not entered"))
            ),
        ),
    )


@section.page("/villages", "quality.read", "monitoring/quality/villages.html", area_of=own_area)
def list_villages(ask: MonitoringAsk) -> View:
    """List the villages of the officer's area, with the day each was entered."""
    with read(ask) as connection:
        entered = village_states(connection, ask.officer.area_code)
    every = [
        VillageLine(one.code, entered.get(one.code))
        for one in areas().inside(ask.officer.area_code)
        if one.level == "village"
    ]
    part = every[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {"entered": len(entered), "villages": len(every)}
    crumbs = (Crumb(TITLE, "/quality"), Crumb(_TITLE))
    return View(_TITLE, data, Listing(_columns(), part, len(every), ask.paging), crumbs=crumbs)


@section.page(
    "/villages/{village_code}", "quality.read", "monitoring/quality/village.html", area_of=village_area
)
def show_village(ask: MonitoringAsk, village_code: str) -> View:
    """Show one village's record with what is wrong with it."""
    with read(ask) as connection:
        record = VillageRecords(connection).find(village_code)
        rows, _ = find_errors(connection, ErrorSearch(area_code=village_code), limit=_MOST, offset=0)
    first: dict[str, Any] = {"year": ask.today.year}
    if record is not None:
        first = {name: getattr(record.view, name) for name in VILLAGE_FIELDS} | {"year": record.year}
        first |= {name: _WRITTEN[first[name]] for name in _YES_NO}
    data = {
        "village_code": village_code,
        "recorded_on": record.recorded_on if record else None,
        "first": first,
        "version": record.version if record else 0,
        "errors": [shown_of(row, ask) for row in rows if not row.household_id],
    }
    here = Words(areas().full_name(village_code), areas().full_name(village_code))
    return View(here, data, crumbs=(Crumb(TITLE, "/quality"), Crumb(_TITLE, "/villages"), Crumb(here)))


@section.action(
    "/villages/{village_code}",
    "village_record.enter",
    Words("登记行政村信息", "Enter the village's record"),
    VillageForm,
    area_of=village_area,
)
def enter(act: MonitoringAct, form: VillageForm, village_code: str) -> Done:
    given = form.model_dump(exclude={"version", "year", "on"})
    given |= {name: _SAID[given[name]] for name in _YES_NO}
    given["clean_energy_kind"] = given["clean_energy_kind"] or None
    command = RecordVillage(
        view=VillageView(area_code=village_code, **given),
        year=form.year,
        on=form.on or act.today,
        by=act.officer.account_id,
        version=form.version,
    )
    broken = record_village(command, act.uow(), act.service.quality)
    zh = f"已登记，规则查出 {broken} 条问题" if broken else "已登记，未发现问题"
    en = f"Recorded; the rules find {broken} errors" if broken else "Recorded; nothing found wrong"
    return Done(f"/villages/{village_code}", zh, en, {"errors": broken})
