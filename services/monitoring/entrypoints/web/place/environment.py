"""Public toilets by site, sewage facilities with their checks, and the monthly inspection of villages."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models_place import (
    SiteCheckRow,
    last_check_days,
    record_of,
    records_in,
    site_checks_of,
)
from services.monitoring.adapters.tables import cleaning_inspections, public_toilets, sewage_facilities
from services.monitoring.domain.environment.cleaning import CleaningInspection
from services.monitoring.domain.environment.public_toilet import (
    PublicToilet,
    PublicToiletNotFoundError,
    PublicToiletStep,
)
from services.monitoring.domain.environment.sewage import SewageFacility, SewageFacilityNotFoundError
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.place.frame import (
    PUBLIC_TOILETS,
    SEWAGE,
    TOILETS,
    FormShown,
    StepForm,
    Village,
    given_village,
    own_list,
    process_data,
    process_list,
    reads_notes,
    village_of,
)
from services.monitoring.service_layer.environment import cleaning, public_toilet, sewage
from shared.areas import areas
from shared.kernel.period import Month
from shared.web.asking import Ask, Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Note
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("environment")

_PUBLIC, _SEWAGE = Words("农村公厕", "Public toilets"), Words("污水治理设施", "Sewage facilities")
_CLEANING = Words("村庄清洁考评", "Village inspections")
_ACTIONS: dict[str, str] = {step: f"public_toilet.{step}" for step in PublicToiletStep}
public_area = village_of(public_toilets, "public_toilet_id", PUBLIC_TOILETS)
facility_area = village_of(sewage_facilities, "facility_id", SEWAGE)


def items(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the check-list in force, with the points of each line."""
    return [
        Choice(one.key, f"{one.zh}（{one.points}分）", f"{one.en} ({one.points})")
        for one in ask.service.environment_policy.items_on(ask.today)
    ]


class PublicToiletForm(Form):
    area_code: Village
    site: Annotated[str, Field(min_length=1, max_length=100), Label("选址", "Site")]
    kind: Annotated[str, Label("类型", "Kind", choices=choices_of("public_toilet_kind"), widget="radio")] = (
        "02"
    )
    place: Annotated[
        str, Label("位置", "Where", choices=choices_of("public_toilet_place"), widget="radio")
    ] = "01"
    caretaker: Annotated[bool, Label("有专人管护", "Somebody looks after it")] = False
    on: OnDay = None
    note: Note = ""


class SiteCheckForm(Form):
    fine: Annotated[
        bool,
        Label(
            "正常",
            "In order",
            hint_zh="不正常的不勾选，并写明情况",
            hint_en="leave empty and say what is wrong",
        ),
    ] = False
    on: OnDay = None
    note: Note = ""


class FacilityForm(Form):
    facility_no: Annotated[str, Field(max_length=20), Label("设施编号", "Facility no.")]
    name: Annotated[str, Field(min_length=1, max_length=100), Label("设施名称", "Name")]
    area_code: Village
    kind: Annotated[str, Label("类型", "Kind", choices=choices_of("sewage_kind"), widget="radio")] = "station"
    households: Annotated[int, Field(ge=0, le=100_000), Label("服务户数", "Households served")] = 0


class InspectForm(Form):
    area_code: Village
    failed: Annotated[
        tuple[str, ...],
        Field(max_length=100),
        Label(
            "不到位的项目",
            "Items not in order",
            hint_zh="全部到位就不勾选",
            hint_en="none when all is in order",
            choices=items,
        ),
    ] = ()
    on: OnDay = None
    note: Note = ""


@section.page(
    "/public-toilets", "public_toilet.read", "monitoring/places.html", area_of=own_list(PUBLIC_TOILETS)
)
def list_public(ask: MonitoringAsk, state: str = "all") -> View:
    """List the new public toilets by site."""
    listing, data = process_list(
        ask, public_toilets, PublicToilet, "/public-toilets", ("site", "选址", "Site", ""), state
    )
    task = ask.service.environment_policy.public_toilets.entry_on(ask.today)
    wanted = Words(f"全县本年任务 {task.value} 座", f"The county's task of the year: {task.value}")
    data["notes"] = [{"words": wanted, "source": "" if task.confirmed else task.source}]
    data["forms"] = [FormShown("public_toilet.plan", {})]
    return View(_PUBLIC, data, listing)


@section.page(
    "/public-toilets/{public_toilet_id}", "public_toilet.read", "monitoring/place.html", area_of=public_area
)
def show_public(ask: MonitoringAsk, public_toilet_id: str) -> View:
    """Show one site with its steps and checks."""
    with read(ask) as connection:
        one = record_of(connection, public_toilets, PublicToilet, PublicToiletNotFoundError, public_toilet_id)
        checks = site_checks_of(connection, one.id)
    facts = [
        (Words("选址", "Site"), one.site),
        (Words("类型", "Kind"), words_of("public_toilet_kind", one.kind)),
        (Words("位置", "Where"), words_of("public_toilet_place", one.place)),
        (Words("有专人管护", "Looked after"), one.caretaker),
        (Words("选址日期", "Planned"), one.planned_on),
        (Words("开放日期", "Open since"), one.opened_on),
    ]
    data = process_data(ask, one, _ACTIONS, facts, public_toilet_id=one.id)
    if not one.is_open:
        data["forms"] = [FormShown("public_toilet.check", {"public_toilet_id": one.id})]
    data["extra"] = [(Words("检查记录", "Checks"), _checks(ask, checks))]
    name = Words(one.site, one.site)
    return View(name, data, crumbs=(Crumb(_PUBLIC, "/public-toilets"), Crumb(name)))


def _checks(ask: MonitoringAsk, rows: Sequence[SiteCheckRow]) -> Listing[SiteCheckRow]:
    columns = (
        Column[SiteCheckRow]("检查日期", "Day", lambda row: row.checked_on),
        Column[SiteCheckRow]("结果", "Found", lambda row: _fine(fine=row.fine)),
        Column[SiteCheckRow]("情况", "What", lambda row: (row.note or None) if reads_notes(ask) else None),
    )
    return Listing(columns, rows, len(rows), ask.paging)


def _fine(*, fine: bool) -> Badge:
    return (
        Badge("green", Words("正常", "in order")) if fine else Badge("red", Words("不正常", "not in order"))
    )


@section.page("/sewage", "sewage.read", "monitoring/places.html", area_of=own_list(SEWAGE))
def list_sewage(ask: MonitoringAsk) -> View:
    """List the sewage facilities with their last check."""
    with read(ask) as connection:
        rows, total = records_in(
            connection,
            sewage_facilities,
            SewageFacility,
            area_code=ask.officer.area_code,
            order="facility_no",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        last = last_check_days(connection, [row.id for row in rows])

    def state(row: SewageFacility) -> Badge:
        if row.id not in last or Month.of(last[row.id][0]) < Month.of(ask.today):
            return Badge("yellow", Words("本月未检查", "not checked this month"))
        return _fine(fine=last[row.id][1])

    columns = (
        Column[SewageFacility]("设施编号", "Facility no.", lambda row: row.facility_no),
        Column[SewageFacility]("名称", "Name", lambda row: row.name, link=lambda row: f"/sewage/{row.id}"),
        Column[SewageFacility]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[SewageFacility]("类型", "Kind", lambda row: words_of("sewage_kind", row.kind)),
        Column[SewageFacility]("服务户数", "Households", lambda row: row.households, "number"),
        Column[SewageFacility](
            "最近检查", "Last check", lambda row: last[row.id][0] if row.id in last else None
        ),
        Column[SewageFacility]("运行", "Runs", state),
    )
    data = {"state": "", "states": [], "counts": [], "notes": [], "forms": [FormShown("sewage.record", {})]}
    return View(_SEWAGE, data, Listing(columns, rows, total, ask.paging))


@section.page("/sewage/{facility_id}", "sewage.read", "monitoring/works.html", area_of=facility_area)
def show_sewage(ask: MonitoringAsk, facility_id: str) -> View:
    """Show one facility with its checks."""
    with read(ask) as connection:
        one = record_of(
            connection, sewage_facilities, SewageFacility, SewageFacilityNotFoundError, facility_id
        )
        checks = site_checks_of(connection, one.id)
    facts = [
        (Words("设施编号", "Facility no."), one.facility_no),
        (Words("所在村", "Village"), areas().full_name(one.area_code)),
        (Words("类型", "Kind"), words_of("sewage_kind", one.kind)),
        (Words("服务户数", "Households"), one.households),
    ]
    data = {"facts": facts, "forms": [FormShown("sewage.check", {"facility_id": one.id})]}
    name = Words(one.name, one.name)
    return View(name, data, _checks(ask, checks), crumbs=(Crumb(_SEWAGE, "/sewage"), Crumb(name)))


@section.page("/cleaning", "cleaning.read", "monitoring/places.html", area_of=own_list(TOILETS))
def list_cleaning(ask: MonitoringAsk, month: str = "") -> View:
    """List the inspections of a month (this one unless another is named), the lowest score first."""
    wanted = month if len(month) == 6 and month.isdigit() else str(Month.of(ask.today))  # noqa: PLR2004  (YYYYMM)
    with read(ask) as connection:
        rows, _ = records_in(
            connection,
            cleaning_inspections,
            CleaningInspection,
            area_code=ask.officer.area_code,
            order="area_code",
            where=cleaning_inspections.c.month == wanted,
            limit=1000,
            offset=0,
        )
    if not reads_notes(ask):
        for row in rows:
            row.note = ""
    names = {one.key: Words(one.zh, one.en) for one in ask.service.environment_policy.items_on(ask.today)}

    def failed(row: CleaningInspection) -> Words | None:
        known = [names.get(key, Words(key, key)) for key in row.failed]
        return (
            Words("、".join(one.zh for one in known), ", ".join(one.en for one in known)) if known else None
        )

    columns = (
        Column[CleaningInspection]("村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[CleaningInspection]("得分", "Points", lambda row: row.score, "number"),
        Column[CleaningInspection]("不到位的项目", "Not in order", failed),
        Column[CleaningInspection]("考评日期", "Day", lambda row: row.inspected_on),
    )
    ordered = sorted(rows, key=lambda row: (row.score, row.area_code))
    part = ordered[ask.paging.offset : ask.paging.offset + ask.paging.size]
    source = ask.service.environment_policy.cleaning_items.entry_on(ask.today).source
    title = Words(
        f"{wanted[:4]}年{int(wanted[4:])}月考评，满分100分",
        f"Month {wanted[4:]}/{wanted[:4]}, out of 100 points",
    )
    data = {
        "state": "",
        "states": [],
        "month": wanted,
        "counts": [],
        "notes": [{"words": title, "source": source}],
        "forms": [FormShown("cleaning.inspect", {})],
    }
    return View(_CLEANING, data, Listing(columns, part, len(ordered), ask.paging))


@section.action(
    "/public-toilets",
    "public_toilet.plan",
    Words("登记公厕选址", "Plan a public toilet"),
    PublicToiletForm,
    area_of=given_village(PUBLIC_TOILETS),
)
def plan(act: MonitoringAct, form: PublicToiletForm) -> Done:
    given = form.model_dump() | {"on": form.on or act.today, "by": act.officer.account_id}
    toilet_id = public_toilet.plan_public_toilet(public_toilet.PlanPublicToilet(**given), act.uow())
    return Done(f"/public-toilets/{toilet_id}", "已登记", "Recorded", {"id": toilet_id}, created=True)


def _declare(step: PublicToiletStep) -> None:
    rule = PublicToilet.STEPS[step]

    @section.action(
        f"/public-toilets/{{public_toilet_id}}/{step}",
        f"public_toilet.{step}",
        Words(rule.zh, rule.en),
        StepForm,
        area_of=public_area,
    )
    def advance(act: MonitoringAct, form: StepForm, public_toilet_id: str) -> Done:
        command = public_toilet.AdvancePublicToilet(
            public_toilet_id=public_toilet_id,
            step=step,
            on=form.on,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        )
        public_toilet.advance_public_toilet(command, act.uow())
        return Done(f"/public-toilets/{public_toilet_id}", f"已登记：{rule.zh}", f"Recorded: {rule.en}")


for _step in PublicToiletStep:
    _declare(_step)


@section.action(
    "/public-toilets/{public_toilet_id}/checks",
    "public_toilet.check",
    Words("登记公厕检查", "Record a check"),
    SiteCheckForm,
    area_of=public_area,
)
def check_public(act: MonitoringAct, form: SiteCheckForm, public_toilet_id: str) -> Done:
    command = sewage.CheckPublicToilet(
        public_toilet_id=public_toilet_id,
        fine=form.fine,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    sewage.check_public_toilet(command, act.uow())
    return Done(f"/public-toilets/{public_toilet_id}", "已登记", "Recorded", created=True)


@section.action(
    "/sewage",
    "sewage.record",
    Words("登记污水设施", "Record a facility"),
    FacilityForm,
    area_of=given_village(SEWAGE),
)
def record_facility(act: MonitoringAct, form: FacilityForm) -> Done:
    (facility_id,) = sewage.record_sewage_facilities(
        [sewage.RecordSewageFacility(**form.model_dump())], act.today, act.uow()
    )
    return Done(f"/sewage/{facility_id}", "已登记", "Recorded", {"id": facility_id}, created=True)


@section.action(
    "/sewage/{facility_id}/checks",
    "sewage.check",
    Words("登记运行检查", "Record a check"),
    SiteCheckForm,
    area_of=facility_area,
)
def check_facility(act: MonitoringAct, form: SiteCheckForm, facility_id: str) -> Done:
    command = sewage.CheckSewageFacility(
        facility_id=facility_id,
        running=form.fine,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    sewage.check_sewage_facilities([command], act.uow())
    return Done(f"/sewage/{facility_id}", "已登记", "Recorded", created=True)


@section.action(
    "/cleaning",
    "cleaning.inspect",
    Words("登记村庄考评", "Record an inspection"),
    InspectForm,
    area_of=given_village(TOILETS),
)
def inspect(act: MonitoringAct, form: InspectForm) -> Done:
    command = cleaning.InspectVillage(
        area_code=form.area_code,
        on=form.on or act.today,
        failed=form.failed,
        by=act.officer.account_id,
        note=form.note,
    )
    (inspection_id,) = cleaning.inspect_villages([command], act.uow(), act.service.environment_policy)
    return Done("/cleaning", "考评已登记", "The inspection is recorded", {"id": inspection_id}, created=True)
