"""Resettlement sites: the register, one site with its needs, duties, tasks and households."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from services.monitoring.adapters.read_models import head_of, household_of
from services.monitoring.adapters.read_models_governance import matters_at
from services.monitoring.adapters.relocation.invented import invented_sites
from services.monitoring.adapters.relocation.read_models import (
    SiteRow,
    area_of_site,
    find_sites,
    relocated,
    site_shown,
)
from services.monitoring.adapters.tables import facility_tasks
from services.monitoring.domain.relocation.finding import half_of
from services.monitoring.domain.relocation.site import SiteDuty
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.household import villages
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.matter_pages import columns
from services.monitoring.entrypoints.web.people import called, rows_for
from services.monitoring.entrypoints.web.relocation.finding import COLUMNS, RETURN, SHORTAGE, TASK, ZERO
from services.monitoring.service_layer.relocation.site import (
    PlanFacilityTask,
    PlanSiteNeeds,
    RecordSite,
    SettleHouseholds,
    SignSiteDuties,
    plan_facility_task,
    plan_site_needs,
    record_site,
    register_sites,
    settle_households,
    sign_site_duties,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing, Paging
from shared.web.section import NoInput, Section

section = Section("site")
_TITLE = Words("易地搬迁安置点", "Resettlement sites")
_MOST_TASKS = 100
_Text = Annotated[str, Field(max_length=500)]


class SiteForm(Form):
    name: Annotated[str, Field(min_length=2, max_length=60), Label("安置点名称", "Name")]
    area_code: Annotated[str, Field(pattern="^[0-9]{12}$"), Label("所在村", "Village", choices=villages)]
    address: Annotated[str, Field(max_length=200), Label("地址", "Address")] = ""
    on: OnDay = None


class CorrectSiteForm(SiteForm):
    version: Version


class NeedsForm(Form):
    """One text for each kind of need; an empty one needs nothing."""

    version: Version
    production: Annotated[_Text, Label("群众生产", "Production", lines=2)] = ""
    living: Annotated[_Text, Label("群众生活", "Living", lines=2)] = ""
    park: Annotated[_Text, Label("产业园区", "Industrial park", lines=2)] = ""
    services: Annotated[_Text, Label("公共服务", "Public services", lines=2)] = ""
    infrastructure: Annotated[_Text, Label("基础设施", "Infrastructure", lines=2)] = ""
    on: OnDay = None


class DutyFields(Form):
    duty: Annotated[str, Label("管理事项", "Duty", choices=choices_of("site_duty"))]
    side: Annotated[
        Literal["residence", "registration"], Label("责任方", "Who answers", choices=choices_of("duty_side"))
    ] = "residence"
    unit: Annotated[str, Field(min_length=2, max_length=40), Label("责任单位", "Unit")]


class DutiesForm(Form):
    version: Version
    duties: Annotated[tuple[DutyFields, ...], Field(max_length=20), Label("管理责任清单", "Duties", rows=8)]
    on: OnDay = None


class TaskForm(Form):
    kind: Annotated[str, Label("配套类别", "Kind", choices=choices_of("site_need"))]
    due_on: Annotated[date, Label("完成期限", "Due")]
    note: Note = ""


class SettleForm(Form):
    household_nos: Annotated[
        str,
        Field(min_length=1, max_length=2000),
        Label("户编号", "Household numbers", hint_zh="一行一个", hint_en="one a line", lines=4),
    ]


def site_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the site an address names."""
    with read(ask) as connection:
        return area_of_site(connection, given["site_id"])


def _given_area(_act: MonitoringAct, given: Mapping[str, Any]) -> str:
    return str(given["area_code"])


def _name(row: SiteRow) -> Words:
    if not row.invented or "示例" in row.name:
        return Words(row.name, row.name)
    return Words(f"{row.name}（示例）", f"{row.name} (invented)")


_COLUMNS = (
    Column[SiteRow]("安置点", "Site", _name, link=lambda row: f"/relocation/sites/{row.id}"),
    Column[SiteRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
    Column[SiteRow]("搬迁户（户）", "Households", lambda row: row.households, "number"),
    Column[SiteRow]("需求规划", "Needs planned", lambda row: row.planned_on),
    Column[SiteRow]("责任清单", "Duties signed", lambda row: row.duties_signed_on),
    Column[SiteRow]("未完成任务", "Open tasks", lambda row: row.open_tasks, "number"),
    Column[SiteRow]("回流", "Returns", lambda row: row.open_returns, "number"),
    Column[SiteRow]("住房困难", "Want of room", lambda row: row.open_shortages, "number"),
)


@section.page("/relocation/sites", "relocation.read", "monitoring/sites.html", area_of=own_area)
def list_sites(ask: MonitoringAsk) -> View:
    """List the sites of the officer's area, with what is open there."""
    with read(ask) as connection:
        rows = find_sites(connection, ask.officer.area_code)
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {
        "registered": len(rows),
        "planned": sum(row.planned_on is not None for row in rows),
        "signed": sum(row.duties_signed_on is not None for row in rows),
        "invented": any(row.invented for row in rows),
    }
    return View(_TITLE, data, Listing(_COLUMNS, part, len(rows), ask.paging))


@section.page("/relocation/sites/{site_id}", "relocation.read", "monitoring/site.html", area_of=site_area)
def show_site(ask: MonitoringAsk, site_id: str) -> View:
    """Show one site: what it needs, who answers for what, its tasks and its households."""
    with read(ask) as connection:
        site = site_shown(connection, site_id)
        tasks = matters_at(connection, facility_tasks, site_id=site_id)
        rows, total = relocated(
            connection,
            area_code="",
            half=half_of(ask.today),
            site_id=site_id,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    duties = [
        (words_of("site_duty", one.duty), words_of("duty_side", one.side), one.unit) for one in site.duties
    ]
    data = {
        "place": site,
        "village": areas().full_name(site.area_code),
        "needs": [(words_of("site_need", kind), text) for kind, text in site.needs.items()],
        "duties": duties,
        "first": [{"duty": one.duty, "side": one.side, "unit": one.unit} for one in site.duties],
        "tasks": Listing(columns(ask, TASK), tasks[:_MOST_TASKS], len(tasks), Paging(1, _MOST_TASKS)),
        "mark": Badge("grey", Words("示例名称", "invented name")) if site.invented else None,
    }
    crumbs = (Crumb(_TITLE, "/relocation/sites"), Crumb(Words(site.name, site.name)))
    listing = Listing(COLUMNS, rows_for(ask.officer, rows), total, ask.paging)
    return View(Words(site.name, site.name), data, listing, crumbs)


@section.page(
    "/relocation/households/{household_id}",
    "relocation.read",
    "monitoring/relocated_household.html",
    area_of=household_area,
)
def show_household(ask: MonitoringAsk, household_id: str) -> View:
    """Show what follows the relocation of one household, and record what is found there."""
    with read(ask) as connection:
        household = household_of(connection, household_id)
        number, name = head_of(connection, household_id)
        found = [
            (kind, matters_at(connection, kind.table, household_id=household_id))
            for kind in (RETURN, SHORTAGE, ZERO)
        ]
        site = (
            site_shown(connection, household.resettlement_site_id) if household.resettlement_site_id else None
        )
    here = called(ask.officer, number, name)
    able = sum(one.labour_skill in ("001", "002", "005") for one in household.present)
    data = {
        "household_id": household_id,
        "is_relocated": household.relocated,
        "settled": site,
        "able": able,
        "found": [
            (
                kind.words,
                Listing(
                    columns(ask, kind), rows_for(ask.officer, rows), len(rows), Paging(1, max(1, len(rows)))
                ),
            )
            for kind, rows in found
        ],
    }
    return View(here, data, crumbs=(Crumb(_TITLE, "/relocation/sites"), Crumb(here)))


@section.action(
    "/relocation/sites", "site.record", Words("登记安置点", "Register a site"), SiteForm, area_of=_given_area
)
def record(act: MonitoringAct, form: SiteForm) -> Done:
    site_id = record_site(
        RecordSite(
            name=form.name,
            area_code=form.area_code,
            address=form.address,
            on=form.on or act.today,
            by=act.officer.account_id,
        ),
        act.uow(),
    )
    return Done(
        f"/relocation/sites/{site_id}",
        "安置点已登记",
        "The site is registered",
        {"id": site_id},
        created=True,
    )


@section.action(
    "/relocation/invented-sites",
    "site.load_invented",
    Words("载入33个示例安置点", "Load 33 invented sites"),
    NoInput,
    danger=True,
)
def load_invented(act: MonitoringAct, _form: NoInput) -> Done:
    """Fill the empty register of a county that only tries the software: every town's list shows them."""
    count = register_sites(invented_sites(act.today), act.uow())
    return Done(
        "/relocation/sites",
        f"已载入 {count} 个示例安置点",
        f"{count} invented sites loaded",
        {"sites": count},
    )


@section.action(
    "/relocation/sites/{site_id}/correct",
    "site.correct",
    Words("更正安置点", "Correct the site"),
    CorrectSiteForm,
    permission="site.record",
    area_of=site_area,
)
def correct(act: MonitoringAct, form: CorrectSiteForm, site_id: str) -> Done:
    act.ensure_area(form.area_code)
    command = RecordSite(
        site_id=site_id,
        version=form.version,
        name=form.name,
        area_code=form.area_code,
        address=form.address,
        on=form.on or act.today,
        by=act.officer.account_id,
    )
    record_site(command, act.uow())
    return Done(f"/relocation/sites/{site_id}", "已更正", "Corrected", {"id": site_id})


@section.action(
    "/relocation/sites/{site_id}/needs",
    "site.plan_needs",
    Words("登记需求规划", "Record the plan of needs"),
    NeedsForm,
    permission="site.record",
    area_of=site_area,
)
def plan_needs(act: MonitoringAct, form: NeedsForm, site_id: str) -> Done:
    needs = {one.value: getattr(form, one.value) for one in choices_of("site_need")}
    command = PlanSiteNeeds(site_id=site_id, needs=needs, on=form.on or act.today, version=form.version)
    plan_site_needs(command, act.uow())
    return Done(f"/relocation/sites/{site_id}", "需求规划已登记", "The plan is recorded", {"id": site_id})


@section.action(
    "/relocation/sites/{site_id}/duties",
    "site.sign_duties",
    Words("签订管理责任清单", "Sign the list of duties"),
    DutiesForm,
    permission="site.record",
    area_of=site_area,
)
def sign_duties(act: MonitoringAct, form: DutiesForm, site_id: str) -> Done:
    duties = tuple(SiteDuty(one.duty, one.side, one.unit) for one in form.duties)
    command = SignSiteDuties(site_id=site_id, duties=duties, on=form.on or act.today, version=form.version)
    sign_site_duties(command, act.uow())
    return Done(f"/relocation/sites/{site_id}", "责任清单已签订", "The list is signed", {"id": site_id})


@section.action(
    "/relocation/sites/{site_id}/tasks",
    "site.plan_task",
    Words("安排配套任务", "Plan a facility task"),
    TaskForm,
    permission="site.record",
    area_of=site_area,
)
def plan_task(act: MonitoringAct, form: TaskForm, site_id: str) -> Done:
    command = PlanFacilityTask(
        site_id=site_id,
        kind=form.kind,
        due_on=form.due_on,
        on=act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    task_id = plan_facility_task(command, act.uow())
    return Done(
        f"/relocation/sites/{site_id}", "任务已安排", "The task is planned", {"id": task_id}, created=True
    )


@section.action(
    "/relocation/sites/{site_id}/households",
    "site.settle",
    Words("登记入住户", "Link its households"),
    SettleForm,
    permission="site.record",
    area_of=site_area,
)
def settle(act: MonitoringAct, form: SettleForm, site_id: str) -> Done:
    numbers = tuple(dict.fromkeys(form.household_nos.split()))
    own = act.officer.area_code if act.officer.role == "town" else ""
    command = SettleHouseholds(site_id=site_id, household_nos=numbers, own_area=own)
    count = settle_households(command, act.uow())
    return Done(
        f"/relocation/sites/{site_id}", f"已登记 {count} 户", f"{count} households linked", {"settled": count}
    )
