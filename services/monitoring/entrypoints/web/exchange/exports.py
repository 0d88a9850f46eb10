"""Exports of national lists: asked for with a reason, kept who did, fetched as a file."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field

from services.monitoring.adapters.exchange.exported_file import new_file, write_national
from services.monitoring.adapters.read_models_exchange import EXPORTED, ExportShown, find_exports
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.service_layer.exchange.exporting import (
    AskForExport,
    ask_for_export,
    export_to_fetch,
)
from shared.areas import areas
from shared.spreadsheet import file_pieces
from shared.web.asking import Ask, Done, FileAnswer, View, own_area
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.running import XLSX
from shared.web.section import Section

section = Section("export", "/exports")

EXPORTS = Words("导出", "Exports")


def _lists(ask: Ask[Any]) -> Iterable[Choice]:
    return [Choice(key, ask.service.formats[key].zh, ask.service.formats[key].en) for key in EXPORTED]


def _places(ask: Ask[Any]) -> Iterable[Choice]:
    inside = areas().inside(ask.officer.area_code)
    return [Choice(one.code, areas().full_name(one.code), areas().full_name(one.code)) for one in inside]


class AskForm(Form):
    format: Annotated[str, Field(max_length=40), Label("名单", "List", choices=_lists)]
    area_code: Annotated[str, Field(pattern="^[0-9]{6,12}$"), Label("范围", "Area", choices=_places)]
    file_kind: Annotated[
        Literal["xlsx", "csv"],
        Label("文件", "File", choices=(Choice("xlsx", "Excel", "Excel"), Choice("csv", "CSV", "CSV"))),
    ] = "xlsx"
    whole_numbers: Annotated[
        bool,
        Label(
            "完整证件号码和电话",
            "Whole numbers",
            hint_zh="不勾选则部分隐去；勾选须填写用途，并留下记录",
            hint_en="masked unless ticked; ticking needs a reason and is kept on record",
        ),
    ] = False
    reason: Annotated[str, Field(max_length=200), Label("用途", "Reason")] = ""


@section.page("", "export.read", "monitoring/exchange/exports.html", area_of=own_area)
def list_exports(ask: MonitoringAsk) -> View:
    """List who exported what of the officer's area, when and why."""
    with read(ask) as connection:
        rows, total = find_exports(
            connection, area_code=ask.officer.area_code, limit=ask.paging.size, offset=ask.paging.offset
        )
    columns = (
        Column[ExportShown]("名单", "List", lambda one: _list_words(ask, one.format)),
        Column[ExportShown]("范围", "Area", lambda one: areas().full_name(one.area_code)),
        Column[ExportShown]("文件", "File", lambda one: one.file_kind.upper()),
        Column[ExportShown]("完整号码", "Whole numbers", lambda one: one.whole_numbers),
        Column[ExportShown]("用途", "Reason", lambda one: one.reason or None),
        Column[ExportShown]("申请人", "By", lambda one: one.asked_by),
        Column[ExportShown]("时间", "At", lambda one: one.asked_at),
    )
    given = {"area_code": ask.officer.area_code, "format": EXPORTED[0]}
    return View(EXPORTS, {"given": given}, Listing(columns, rows, total, ask.paging))


def _list_words(ask: MonitoringAsk, key: str) -> Words:
    one = ask.service.formats.get(key)
    return Words(one.zh, one.en) if one else Words(key, key)


@section.action(
    "",
    "export.ask",
    Words("导出名单", "Export a list"),
    AskForm,
    area_of=lambda _ask, given: given["area_code"],
)
def ask_for(act: MonitoringAct, form: AskForm) -> Done:
    areas().get(form.area_code)
    command = AskForExport(
        format=form.format if form.format in EXPORTED else EXPORTED[0],
        file_kind=form.file_kind,
        area_code=form.area_code,
        by=act.officer.account_id,
        whole_numbers=form.whole_numbers,
        reason=form.reason,
    )
    export_id = ask_for_export(command, act.uow())
    body = {"id": export_id, "file": f"/api/exports/{export_id}/file"}
    return Done(
        f"/exports/{export_id}", "已登记，请下载", "Kept on record; fetch the file", body, created=True
    )


@section.page("/{export_id}", "export.ask", "monitoring/exchange/export.html", area_of=own_area)
def show_export(ask: MonitoringAsk, export_id: str) -> View:
    """Show where an export is fetched."""
    export = export_to_fetch(export_id, ask.officer.account_id, ask.service.uow())
    data = {
        "export": export,
        "list": _list_words(ask, export.format),
        "area": areas().full_name(export.area_code),
    }
    return View(EXPORTS, data)


@section.download("/{export_id}/file", "export.ask", area_of=own_area)
def fetch(ask: MonitoringAsk, export_id: str) -> FileAnswer:
    """Give the file of an export to whoever asked for it."""
    export = export_to_fetch(export_id, ask.officer.account_id, ask.service.uow())
    ask.ensure_area(export.area_code)
    wanted = ask.service.formats[export.format]
    path = new_file(export.file_kind)
    write_national(path, ask.service.engine, wanted, export.area_code, whole_numbers=export.whole_numbers)
    name = f"{wanted.zh}-{areas().get(export.area_code).name}-{ask.today.isoformat()}.{export.file_kind}"
    kind = XLSX if export.file_kind == "xlsx" else "text/csv; charset=utf-8"
    return FileAnswer(name, kind, file_pieces(path))
