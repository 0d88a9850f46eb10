"""Grids: the list, how far they cover the villages, one grid with its workers and households."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from services.monitoring.adapters.read_models_governance import (
    CoverageRow,
    GridRow,
    WatchedRow,
    area_of_grid,
    coverage,
    find_grids,
    grid_of,
    watched,
)
from services.monitoring.domain.grid import GridWorker
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, several, words_of
from services.monitoring.entrypoints.web.people import name_for, rows_for
from services.monitoring.service_layer.grid import (
    AssignHouseholds,
    RecordGrid,
    assign_households,
    record_grid,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("grid")
_TITLE = Words("网格", "Grids")


def places(ask: MonitoringAsk) -> list[Choice]:
    """Return the towns and villages of the officer's area, to choose from."""
    inside = (area for area in areas().inside(ask.officer.area_code) if area.level != "county")
    return [Choice(one.code, areas().full_name(one.code), areas().full_name(one.code)) for one in inside]


class WorkerFields(Form):
    name: Annotated[str, Field(max_length=60), Label("姓名", "Name")]
    login: Annotated[
        str,
        Field(max_length=40, pattern="^[a-z0-9._-]*$"),
        Label(
            "登录账号", "Account", hint_zh="没有账号可不填", hint_en="empty for somebody without an account"
        ),
    ] = ""
    head: Annotated[bool, Label("网格长", "Head")] = False


_Workers = Annotated[
    tuple[WorkerFields, ...], Field(min_length=1, max_length=20), Label("网格长和网格员", "Workers", rows=3)
]
_Duties = Annotated[tuple[str, ...], Label("合并后的职责", "Merged duties", choices=choices_of("grid_duty"))]
_ALL_DUTIES = ("epidemic", "safety", "risk_watch")


class GridForm(Form):
    name: Annotated[str, Field(min_length=1, max_length=60), Label("网格名称", "Name")]
    level: Annotated[
        Literal["town", "village", "group"], Label("层级", "Level", choices=choices_of("grid_level"))
    ] = "group"
    area_code: Annotated[
        str, Field(pattern="^[0-9]{9,12}$"), Label("所在镇或村", "Town or village", choices=places)
    ]
    duties: _Duties = _ALL_DUTIES
    workers: _Workers
    on: OnDay = None


class CorrectGridForm(Form):
    version: Version
    name: Annotated[str, Field(min_length=1, max_length=60), Label("网格名称", "Name")]
    duties: _Duties = _ALL_DUTIES
    workers: _Workers
    active: Annotated[bool, Label("启用", "In use")] = True
    on: OnDay = None


class AssignForm(Form):
    rest_of_village: Annotated[
        bool, Label("本村尚未划入网格的全部农户", "Every household of the village that lies in no grid")
    ] = False
    household_nos: Annotated[
        str,
        Field(max_length=2000),
        Label("户编号", "Household numbers", hint_zh="一行一个", hint_en="one a line", lines=4),
    ] = ""
    on: OnDay = None


def grid_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the area of the grid an address names."""
    with read(ask) as connection:
        return area_of_grid(connection, given["grid_id"])


def _given_area(_act: MonitoringAct, given: Mapping[str, Any]) -> str:
    return str(given["area_code"])


def _link(row: GridRow) -> str:
    return f"/grids/{row.id}"


_COLUMNS = (
    Column[GridRow]("网格", "Grid", lambda row: row.name, link=_link),
    Column[GridRow]("层级", "Level", lambda row: words_of("grid_level", row.level)),
    Column[GridRow]("所在地", "Area", lambda row: areas().full_name(row.area_code)),
    Column[GridRow]("网格长", "Head", lambda row: row.head_name or "—"),
    Column[GridRow]("网格员（人）", "Workers", lambda row: row.workers, "number"),
    Column[GridRow]("农户（户）", "Households", lambda row: row.households, "number"),
    Column[GridRow](
        "状态",
        "State",
        lambda row: (
            Badge("green", Words("启用", "in use"))
            if row.active
            else Badge("grey", Words("停用", "not in use"))
        ),
    ),
)


@section.page("/grids", "grid.read", "monitoring/grids.html", area_of=own_area)
def list_grids(ask: MonitoringAsk, level: str = "") -> View:
    """List the grids of the officer's area."""
    with read(ask) as connection:
        rows, total = find_grids(
            connection,
            area_code=ask.officer.area_code,
            level=level,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    data = {"level": level, "levels": [(one.value, one.words) for one in choices_of("grid_level")]}
    return View(_TITLE, data, Listing(_COLUMNS, rows_for(ask.officer, rows), total, ask.paging))


def _share(row: CoverageRow) -> Badge:
    if row.workers and row.covered == row.households:
        return Badge("green", Words("全覆盖", "covered"))
    return Badge("red" if not row.covered else "yellow", Words("未全覆盖", "not covered"))


_COVERAGE = (
    Column[CoverageRow]("村", "Village", lambda row: areas().full_name(row.area_code)),
    Column[CoverageRow]("网格（个）", "Grids", lambda row: row.grids, "number"),
    Column[CoverageRow]("网格员（人）", "Workers", lambda row: row.workers, "number"),
    Column[CoverageRow]("农户（户）", "Households", lambda row: row.households, "number"),
    Column[CoverageRow]("已划入（户）", "In a grid", lambda row: row.covered, "number"),
    Column[CoverageRow]("状态", "State", _share),
)


@section.page("/grids/coverage", "grid.read", "monitoring/grid_coverage.html", area_of=own_area)
def show_coverage(ask: MonitoringAsk) -> View:
    """Show how far the villages of the officer's area lie in grids."""
    with read(ask) as connection:
        rows = coverage(connection, ask.officer.area_code)
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {
        "households": sum(row.households for row in rows),
        "covered": sum(row.covered for row in rows),
        "villages": len(rows),
        "with_workers": sum(bool(row.workers) for row in rows),
    }
    words = Words("网格覆盖情况", "Coverage by grids")
    crumbs = (Crumb(_TITLE, "/grids"), Crumb(words))
    return View(words, data, Listing(_COVERAGE, part, len(rows), ask.paging), crumbs)


WATCHED = (
    Column[WatchedRow]("户编号", "Number", lambda row: row.household_no),
    Column[WatchedRow]("户主", "Head", lambda row: row.head_name),
    Column[WatchedRow]("村民小组", "Group", lambda row: row.village_group or "—"),
    Column[WatchedRow]("最近走访", "Last visit", lambda row: row.visited_on),
    Column[WatchedRow]("待核实线索", "Open clues", lambda row: row.open_clues, "number"),
)


@section.page("/grids/{grid_id}", "grid.read", "monitoring/grid.html", area_of=grid_area)
def show_grid(ask: MonitoringAsk, grid_id: str) -> View:
    """Show one grid: who works there, and which households they watch over."""
    with read(ask) as connection:
        grid = grid_of(connection, grid_id)
        rows, total = watched(connection, grid_id=grid_id, limit=ask.paging.size, offset=ask.paging.offset)
    names = [(name_for(ask.officer, one.name), one.login, one.head) for one in grid.workers]
    data = {
        "grid": grid,
        "level": words_of("grid_level", grid.level),
        "area": areas().full_name(grid.area_code),
        "duties": several("grid_duty", grid.duties),
        "workers": names,
        "first": [{"name": one.name, "login": one.login, "head": one.head} for one in grid.workers],
    }
    crumbs = (Crumb(_TITLE, "/grids"), Crumb(Words(grid.name, grid.name)))
    listing = Listing(WATCHED, rows_for(ask.officer, rows), total, ask.paging)
    return View(Words(grid.name, grid.name), data, listing, crumbs)


@section.action("/grids", "grid.record", Words("新建网格", "Set up a grid"), GridForm, area_of=_given_area)
def record(act: MonitoringAct, form: GridForm) -> Done:
    grid_id = record_grid(
        RecordGrid(
            name=form.name,
            level=form.level,
            area_code=form.area_code,
            duties=form.duties,
            workers=_workers(form.workers),
            on=form.on or act.today,
        ),
        act.uow(),
    )
    return Done(f"/grids/{grid_id}", "网格已建立", "The grid is set up", {"id": grid_id}, created=True)


@section.action(
    "/grids/{grid_id}/correct",
    "grid.correct",
    Words("更正网格", "Correct the grid"),
    CorrectGridForm,
    permission="grid.record",
    area_of=grid_area,
)
def correct(act: MonitoringAct, form: CorrectGridForm, grid_id: str) -> Done:
    with read(act) as connection:
        before = grid_of(connection, grid_id)
    record_grid(
        RecordGrid(
            grid_id=grid_id,
            version=form.version,
            name=form.name,
            level=before.level,
            area_code=before.area_code,
            duties=form.duties,
            workers=_workers(form.workers),
            active=form.active,
            on=form.on or act.today,
        ),
        act.uow(),
    )
    return Done(f"/grids/{grid_id}", "网格已更正", "The grid is corrected", {"id": grid_id})


@section.action(
    "/grids/{grid_id}/households",
    "grid.assign",
    Words("划入农户", "Give it households"),
    AssignForm,
    permission="grid.record",
    area_of=grid_area,
)
def assign(act: MonitoringAct, form: AssignForm, grid_id: str) -> Done:
    given = assign_households(
        AssignHouseholds(
            grid_id=grid_id,
            household_nos=tuple(dict.fromkeys(form.household_nos.split())),
            rest_of_village=form.rest_of_village,
            on=form.on or act.today,
        ),
        act.uow(),
    )
    return Done(f"/grids/{grid_id}", f"已划入 {given} 户", f"{given} households given", {"given": given})


def _workers(given: tuple[WorkerFields, ...]) -> tuple[GridWorker, ...]:
    return tuple(GridWorker(one.login, one.name, head=one.head) for one in given)
