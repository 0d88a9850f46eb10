"""The list of who maintains which information: how fresh each item is, a new line, its approval."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.report.entry import TRACED, EntryRow, entries_of
from services.monitoring.adapters.report.responsibility import ResponsibilityRow, line_of, lines_of
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import name_for
from services.monitoring.service_layer.responsibility import (
    ApproveResponsibility,
    WriteResponsibility,
    approve_responsibility,
    write_responsibility,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("responsibility")
TITLE = Words("信息更新维护责任清单", "Who maintains which information")


def every_area(ask: MonitoringAsk) -> list[Choice]:
    """Return the officer's area and everything in it, to choose from."""
    inside = areas().inside(ask.officer.area_code)
    return [Choice(one.code, areas().full_name(one.code), areas().full_name(one.code)) for one in inside]


class LineForm(Form):
    item: Annotated[str, Label("信息项目", "Item", choices=choices_of("responsibility_item"))]
    area_code: Annotated[str, Field(pattern="^[0-9]{6,12}$"), Label("范围", "Area", choices=every_area)]
    unit: Annotated[str, Field(min_length=2, max_length=40), Label("责任单位", "Unit")]
    person: Annotated[str, Field(min_length=2, max_length=60), Label("责任人", "Person")]
    within_days: Annotated[int, Field(ge=0, le=366), Label("变动后几日内更新", "Days after a change")] = 5
    duties: Annotated[str, Field(max_length=500), Label("职责说明", "Duties", lines=3)] = ""
    on: OnDay = None


class ApproveForm(Form):
    version: Version


def _given_area(_act: MonitoringAct, given: Mapping[str, Any]) -> str:
    return str(given["area_code"])


def _state(row: ResponsibilityRow) -> Badge:
    line = row.line
    if line.until is not None:
        return Badge("grey", Words(f"{line.until} 起由新责任替换", f"replaced from {line.until}"))
    if line.approved_on is None:
        return Badge("yellow", Words("待批准", "to be approved"))
    return Badge("green", Words(f"{line.approved_on} 起生效", f"in force from {line.approved_on}"))


@section.page(
    "/responsibilities", "responsibility.read", "monitoring/responsibilities.html", area_of=own_area
)
def list_responsibilities(ask: MonitoringAsk, state: str = "current") -> View:
    """List who answers for what, and when anything of it was recorded last."""
    with read(ask) as connection:
        rows = lines_of(connection, ask.officer.area_code, only_current=state != "all")
    data = {
        "state": state,
        "rows": [
            {
                "id": one.line.id,
                "version": one.line.version,
                "item": words_of("responsibility_item", one.line.item),
                "area": areas().full_name(one.line.area_code),
                "unit": one.line.unit,
                "person": name_for(ask.officer, one.line.person),
                "duties": one.line.duties,
                "within_days": one.line.within_days,
                "last_change": one.last_change,
                "idle": (ask.today - one.last_change).days if one.last_change else None,
                "mark": _state(one),
                "open": one.line.approved_on is None and one.line.until is None,
            }
            for one in rows
        ],
    }
    return View(TITLE, data)


def line_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Be the officer's own area for a line the officer's list shows, nothing for any other."""
    own = ask.officer.area_code
    with read(ask) as connection:
        shown = {one.line.id for one in lines_of(connection, own, only_current=False)}
    return own if given["responsibility_id"] in shown else None


_ENTRIES = (
    Column[EntryRow]("日期", "Day", lambda row: row.day),
    Column[EntryRow](
        "户编号",
        "Household no.",
        lambda row: row.household_no,
        link=lambda row: f"/households/{row.household_id}",
    ),
    Column[EntryRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
    Column[EntryRow]("录入账号", "Entered by", lambda row: row.by or "—"),
)


@section.page(
    "/responsibilities/{responsibility_id}/entries",
    "responsibility.read",
    "monitoring/responsibility_entries.html",
    area_of=line_area,
)
def list_entries(ask: MonitoringAsk, responsibility_id: str) -> View:
    """List the entries a line answers for, inside the officer's own area, the newest first."""
    with read(ask) as connection:
        line = line_of(connection, responsibility_id)
        area = max(line.area_code, ask.officer.area_code, key=len)
        rows: list[EntryRow] = []
        total = 0
        if line.item in TRACED:
            size, offset = ask.paging.size, ask.paging.offset
            rows, total = entries_of(connection, line.item, area, limit=size, offset=offset)
    words = words_of("responsibility_item", line.item)
    data = {
        "unit": line.unit,
        "person": name_for(ask.officer, line.person),
        "area": areas().full_name(area),
        "traced": line.item in TRACED,
    }
    crumbs = (Crumb(TITLE, "/responsibilities"), Crumb(words))
    return View(words, data, Listing(_ENTRIES, rows, total, ask.paging), crumbs)


@section.action(
    "/responsibilities",
    "responsibility.write",
    Words("新增或替换责任", "Add or replace a line"),
    LineForm,
    area_of=_given_area,
)
def write(act: MonitoringAct, form: LineForm) -> Done:
    line_id = write_responsibility(
        WriteResponsibility(
            item=form.item,
            area_code=form.area_code,
            unit=form.unit,
            person=form.person,
            duties=form.duties,
            within_days=form.within_days,
            on=form.on or act.today,
            by=act.officer.account_id,
        ),
        act.uow(),
    )
    return Done(
        "/responsibilities", "已登记，待批准", "Recorded, to be approved", {"id": line_id}, created=True
    )


@section.action(
    "/responsibilities/{responsibility_id}/approve",
    "responsibility.approve",
    Words("批准", "Approve"),
    ApproveForm,
    area_of=own_area,
)
def approve(act: MonitoringAct, form: ApproveForm, responsibility_id: str) -> Done:
    command = ApproveResponsibility(
        responsibility_id=responsibility_id, on=act.today, by=act.officer.account_id, version=form.version
    )
    approve_responsibility(command, act.uow())
    return Done("/responsibilities", "已批准生效", "Approved and in force", {"id": responsibility_id})
