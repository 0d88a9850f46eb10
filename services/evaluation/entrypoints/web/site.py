"""Demonstration sites: action by town at a glance, one site with its four elements and tasks."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.evaluation.adapters.read_models_dispatch import (
    WHOLE,
    dispatch_on,
    find_sites,
    find_undertakings,
)
from services.evaluation.domain.dispatch.errors import NotForThisUnitError, UnknownDispatchError
from services.evaluation.domain.dispatch.site import STATE_WORDS, DemonstrationSite, Elements, SiteState
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.dispatch import action_names, action_words, year_in
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.matrix import Act, Cell, Matrix, chosen
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.entrypoints.web.undertaking import DueOn, Text, undertaking_columns
from services.evaluation.service_layer.dispatch.site import (
    RegisterSite,
    SetElements,
    WithdrawSite,
    register_sites,
    set_elements,
    withdraw_site,
)
from services.evaluation.service_layer.dispatch.undertaking import MakeUndertaking, make_undertakings
from shared.areas import areas
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("site", prefix="/sites")
TITLE = Words("示范点", "Demonstration sites")
LEVELS = {"county": ("县级", "county"), "city": ("市级", "city")}


def village_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the villages inside the officer's area, for a form."""
    for village in areas().villages():
        if ask.officer.may_see(village.code):
            town = areas().get(village.code[:9]).name
            yield Choice(village.code, f"{town}{village.name}", f"{town} {village.name}")


class ElementsForm(Form):
    """The four elements (四定); what is not settled stays empty."""

    version: Version
    standard: Annotated[str, Field(max_length=500), Label("定标准", "Standard", lines=2)] = ""
    responsible: Annotated[
        str,
        Field(max_length=80),
        Label("定责任（单位）", "Responsible unit", hint_zh="不写个人", hint_en="no person"),
    ] = ""
    rule: Annotated[str, Field(max_length=500), Label("定制度", "Rule", lines=2)] = ""
    finish_on: Annotated[date | None, Label("定时限", "Date")] = None

    def elements(self) -> Elements:
        """Return what was settled."""
        return Elements(self.standard, self.responsible, self.rule, self.finish_on)


class SiteForm(Form):
    """Which site it is; asked first."""

    name: Annotated[str, Field(min_length=1, max_length=80), Label("示范点名称", "Name of the site")]
    area_code: Annotated[str, Field(max_length=12), Label("所在村", "Village", choices=village_choices)]


class RegisterForm(ElementsForm, SiteForm):
    """A site and what of its four elements is settled already."""


class WithdrawForm(Form):
    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=500), Label("调出原因", "Reason", lines=2)]


def _task_units(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return who may be given a task of the site: by the office everybody, else its town and its lead."""
    with reading(ask.service.engine) as connection:
        site = dispatch_on(connection).sites.get(ask.request.path_params["site_id"])
    for choice in unit_choices(ask):
        if not own_unit(ask) or choice.value in (site.lead, site.town or site.area_code[:9]):
            yield choice


class TaskForm(Form):
    text: Text
    unit: Annotated[str, Field(max_length=64), Label("责任单位", "Unit", choices=_task_units)]
    due_on: DueOn


def site_badge(site: DemonstrationSite) -> Badge:
    """Return where a site stands; active without all four elements is said."""
    words = Words(*STATE_WORDS[site.state])
    if site.state is SiteState.ACTIVE and not site.elements.complete:
        return Badge("yellow", Words("四定不全", "elements missing"))
    colours = {SiteState.ACTIVE: "green", SiteState.PLANNED: "yellow", SiteState.WITHDRAWN: "red"}
    return Badge(colours[site.state], words)  # type: ignore[arg-type]  # colours of Badge


def site_words(ask: EvaluationAsk, site: DemonstrationSite) -> Words:
    """Return what a site is called: its name, else where it is owed."""
    if site.name and site.state is SiteState.ACTIVE:
        return Words(site.name, site.name)
    action, place = (
        action_words(ask, site.action),
        unit_words(site.town) if site.town else Words("全市", "city"),
    )
    return Words(f"{place.zh}{action.zh}示范点", f"{action.en}, {place.en}")


@section.page("", "dispatch.read", "evaluation/work_list.html")
def list_sites(
    ask: EvaluationAsk, level: str = "", action: str = "", town: str = "", state: str = "", year: str = ""
) -> View:
    """Show action by town, and the sites themselves."""
    asked, limits = year_in(year, ask), _limits(ask)
    with reading(ask.service.engine) as connection:
        rows, total = find_sites(
            connection,
            year=asked,
            level=level,
            action=action,
            town=limits[0] or town,
            lead=limits[1],
            state=state,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        everything, _ = find_sites(connection, year=asked, town=limits[0], lead=limits[1], limit=WHOLE)
    states = {str(key): words for key, words in STATE_WORDS.items()}
    filters = [
        chosen("level", "层级", "Level", LEVELS, level),
        chosen("action", "提升行动", "Action", action_names(ask), action),
        chosen("state", "状态", "State", states, state),
    ]
    if not limits[0]:
        towns = {one.id: (one.name, one.name) for one in ask.service.towns}
        filters.append(chosen("town", "镇", "Town", towns, town))
    confirmed = ask.service.dispatch.actions.entry_on(ask.today).confirmed
    notes = [
        (
            Words(
                "每个行动在每镇一个县级示范点、全县一个市级示范点",
                "Each action has one county site in each town and one city site in the county",
            ),
            True,
        ),
        (Words("提升行动名称和牵头部门", "Names of the actions and their lead departments"), confirmed),
    ]
    data = {"notes": notes, "filters": filters, "matrix": _matrix(ask, everything, asked), "acts": []}
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


def _limits(ask: EvaluationAsk) -> tuple[str, str]:
    """Return the town and the lead department an officer is limited to; empty: not limited."""
    mine = own_unit(ask)
    if not mine:
        return "", ""
    if mine.isdigit():
        return mine, ""
    leads = {one.lead for one in ask.service.dispatch.actions_on(ask.today)}
    return "", mine if mine in leads else ""


def _matrix(ask: EvaluationAsk, sites: list[DemonstrationSite], year: int) -> Matrix:
    found = {(one.action, one.town): one for one in sites}
    towns = ["", *(one.id for one in ask.service.towns if any(key[1] == one.id for key in found))]
    rows = []
    for code in sorted({one.action for one in sites}):
        owed = [found.get((code, town)) for town in towns]
        cells = [Cell(site_badge(one), f"/sites/{one.id}") if one else None for one in owed]
        rows.append((action_words(ask, code), cells))
    heads = [unit_words(town) if town else Words("市级", "City") for town in towns]
    return Matrix(Words(f"{year}年示范点一览", f"Sites of {year}"), heads, rows)


def _columns(ask: EvaluationAsk) -> tuple[Column[DemonstrationSite], ...]:
    return (
        Column[DemonstrationSite](
            "示范点", "Site", lambda row: site_words(ask, row), link=lambda row: f"/sites/{row.id}"
        ),
        Column[DemonstrationSite]("层级", "Level", lambda row: Words(*LEVELS[row.level])),
        Column[DemonstrationSite]("提升行动", "Action", lambda row: action_words(ask, row.action)),
        Column[DemonstrationSite]("牵头部门", "Lead", lambda row: row.lead),
        Column[DemonstrationSite]("镇", "Town", lambda row: unit_words(row.town) if row.town else None),
        Column[DemonstrationSite]("确定日期", "Chosen on", lambda row: row.chosen_on),
        Column[DemonstrationSite](
            "四定", "Elements", lambda row: f"{sum(row.elements.set_now)}/4" if row.number else None
        ),
        Column[DemonstrationSite]("状态", "State", site_badge),
    )


def _site_of(
    ask: EvaluationAsk, connection: Connection, site_id: str, *, to_change: bool
) -> DemonstrationSite:
    """Return a site; to change one it must be the officer's own: the town's, or of an action it leads."""
    site = dispatch_on(connection).sites.get(site_id)
    mine = own_unit(ask)
    if to_change and mine not in ("", site.lead, site.town or site.area_code[:9]):
        raise UnknownDispatchError
    return site


@section.page("/{site_id}", "dispatch.read", "evaluation/work_page.html")
def show_site(ask: EvaluationAsk, site_id: str) -> View:
    """Show a site with its elements and tasks."""
    with reading(ask.service.engine) as connection:
        site = _site_of(ask, connection, site_id, to_change=False)
        rows, total = find_undertakings(
            connection, source_id=site_id, limit=ask.paging.size, offset=ask.paging.offset
        )
    title = site_words(ask, site)
    chosen_place = areas().get(site.area_code).name if site.area_code in areas() else None
    shown = [(one.words, one.value(site)) for one in _columns(ask)[1:]]
    shown += [
        (Words("所在村", "Village"), chosen_place),
        (Words("定责任", "Responsible unit"), site.responsible or None),
        (Words("定时限", "Date"), site.finish_on),
    ]
    texts = [
        (Words("定标准", "Standard"), site.standard),
        (Words("定制度", "Rule"), site.rule),
        (Words("调出原因", "Given up because"), site.withdraw_reason),
    ]
    data = {
        "facts": shown,
        "texts": texts,
        "acts": _acts(ask, site),
        "notes": [],
        "links": [],
        "listed": Words("示范点任务", "Tasks of the site"),
    }
    listing = Listing(undertaking_columns(ask), rows, total, ask.paging)
    return View(title, data, listing, crumbs=(Crumb(TITLE, "/sites"), Crumb(title)))


def _acts(ask: EvaluationAsk, site: DemonstrationSite) -> list[Act]:
    if own_unit(ask) not in ("", site.lead, site.town or site.area_code[:9]):
        return []
    about: dict[str, object] = {"site_id": site.id, "version": site.version}
    if site.state is not SiteState.ACTIVE:
        return [Act("site.register", {**about, "unfolded": True})]
    elements: dict[str, object] = {
        "standard": site.standard,
        "responsible": site.responsible,
        "rule": site.rule,
        "finish_on": site.finish_on,
    }
    return [
        Act("site.task", {"site_id": site.id}),
        Act("site.elements", about | elements),
        Act("site.withdraw", about),
    ]


@section.action(
    "/{site_id}/register",
    "site.register",
    Words("确定示范点", "Choose the place"),
    RegisterForm,
    permission="site.change",
)
def register(act: EvaluationAct, form: RegisterForm, site_id: str) -> Done:
    with reading(act.service.engine) as connection:
        _site_of(act, connection, site_id, to_change=True)
    command = RegisterSite(
        site_id=site_id,
        name=form.name,
        area_code=form.area_code,
        on=act.today,
        elements=form.elements(),
        version=form.version,
    )
    register_sites([command], act.uow())
    return Done(f"/sites/{site_id}", "示范点已确定", "The place is chosen", {"id": site_id})


@section.action(
    "/{site_id}/elements",
    "site.elements",
    Words("修改四定", "Set the elements"),
    ElementsForm,
    permission="site.change",
)
def change_elements(act: EvaluationAct, form: ElementsForm, site_id: str) -> Done:
    with reading(act.service.engine) as connection:
        _site_of(act, connection, site_id, to_change=True)
    command = SetElements(site_id=site_id, on=act.today, elements=form.elements(), version=form.version)
    set_elements(command, act.uow())
    return Done(f"/sites/{site_id}", "四定已更新", "The elements are set", {"id": site_id})


@section.action(
    "/{site_id}/withdraw",
    "site.withdraw",
    Words("调出", "Give it up"),
    WithdrawForm,
    permission="site.change",
    danger=True,
)
def withdraw(act: EvaluationAct, form: WithdrawForm, site_id: str) -> Done:
    with reading(act.service.engine) as connection:
        _site_of(act, connection, site_id, to_change=True)
    command = WithdrawSite(site_id=site_id, on=act.today, reason=form.reason, version=form.version)
    withdraw_site(command, act.uow())
    return Done(f"/sites/{site_id}", "已调出，可重新确定", "Given up; another may be chosen", {"id": site_id})


@section.action(
    "/{site_id}/tasks", "site.task", Words("增加任务", "Add a task"), TaskForm, permission="site.change"
)
def add_task(act: EvaluationAct, form: TaskForm, site_id: str) -> Done:
    with reading(act.service.engine) as connection:
        site = _site_of(act, connection, site_id, to_change=True)
    if form.unit not in {choice.value for choice in _task_units(act)}:
        raise NotForThisUnitError
    command = MakeUndertaking(
        kind="site_task",
        text=form.text,
        unit=form.unit,
        made_on=act.today,
        due_on=form.due_on,
        lead=site.lead,
        source_id=site.id,
        area_code=site.area_code,
    )
    (made,) = make_undertakings([command], act.uow(), [unit.id for unit in act.service.units()])
    return Done(f"/sites/{site_id}", "任务已增加", "The task is added", {"id": made}, created=True)
