"""Working methods as check-lists: edited by the county, filled in for households and villages."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_follow_up import method_records_of, methods_edited
from services.monitoring.domain.method import MethodRecord, MethodText
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.people import called, notes_for
from services.monitoring.service_layer.method import (
    EditMethod,
    FillInMethod,
    edit_method,
    fill_in_method,
    method_in_use,
    methods_in_use,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Note
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("method")
_LIST = Crumb(Words("工作法清单", "Methods"), "/methods")
_VILLAGE = 12


def _items(ask: MonitoringAsk) -> Sequence[Choice]:
    with read(ask) as connection:
        edited = methods_edited(connection)
    _number, text = method_in_use(ask.request.path_params["method"], edited, ask.service.methods)
    return [Choice(item, item, item) for item in text.items]


class EditForm(Form):
    zh: Annotated[str, Field(min_length=1, max_length=60), Label("名称", "Name")]
    en: Annotated[str, Field(min_length=1, max_length=120), Label("英文名称", "English name")]
    items: Annotated[
        str, Field(max_length=4500), Label("清单内容（每行一项）", "Items, one a line", lines=12)
    ]
    confirmed: Annotated[bool, Label("已有正式文件确认", "A paper of the county has this wording")] = False
    source: Annotated[str, Field(max_length=300), Label("文件", "Paper")] = ""


class FillForm(Form):
    ticked: Annotated[tuple[str, ...], Label("已做到的", "Done", choices=_items)] = ()
    on: OnDay = None
    note: Note = ""


def village_area(_ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Be the area of what is filled in for a village."""
    code = str(given["area_code"])
    return code if code in areas() and len(code) == _VILLAGE else None


@section.page("/methods", "method.read", "monitoring/methods.html", area_of=own_area)
def list_methods(ask: MonitoringAsk) -> View:
    """Show every check-list in use."""
    with read(ask) as connection:
        found = methods_in_use(methods_edited(connection), ask.service.methods)
    shown = [(key, number, text) for key, number, text in found]
    return View(Words("工作法清单", "Methods"), {"methods": shown})


@section.page("/methods/{method}", "method.read", "monitoring/method.html", area_of=own_area)
def show_method(ask: MonitoringAsk, method: str) -> View:
    """Show one check-list, where it was filled in last, and its forms."""
    code = ask.officer.area_code
    with read(ask) as connection:
        number, text = method_in_use(method, methods_edited(connection), ask.service.methods)
        records = method_records_of(connection, method=method, area_code=code)
    title = Words(text.zh, text.en)
    data = {
        "method": method,
        "number": number,
        "text": text,
        "lines": "\n".join(text.items),
        "village": code if len(code) == _VILLAGE else "",
    }
    listing = Listing(_records(text), notes_for(ask.officer, records), len(records), ask.paging)
    return View(title, data, listing, (_LIST, Crumb(title)))


@section.action("/methods/{method}/edit", "method.edit", Words("修订清单", "Edit the check-list"), EditForm)
def edit(act: MonitoringAct, form: EditForm, method: str) -> Done:
    edit_method(
        EditMethod(
            method=method,
            zh=form.zh,
            en=form.en,
            items=tuple(form.items.splitlines()),
            confirmed=form.confirmed,
            source=form.source,
            by=act.officer.account_id,
        ),
        act.uow(),
        act.service.methods,
    )
    return Done(f"/methods/{method}", "清单已修订", "The check-list is edited")


@section.action(
    "/methods/{method}/villages/{area_code}",
    "method.fill_village",
    Words("按清单登记本村情况", "Fill in for the village"),
    FillForm,
    permission="method.fill",
    area_of=village_area,
)
def fill_village(act: MonitoringAct, form: FillForm, method: str, area_code: str) -> Done:
    return _fill(act, form, method, area_code, None, f"/methods/{method}")


@section.page(
    "/households/{household_id}/methods/{method}",
    "method.fill",
    "monitoring/method_form.html",
    area_of=household_area,
)
def household_form(ask: MonitoringAsk, household_id: str, method: str) -> View:
    """Show a check-list to be filled in for a household, and what was filled in before."""
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
        _version, text = method_in_use(method, methods_edited(connection), ask.service.methods)
        records = [
            one for one in method_records_of(connection, household_id=household_id) if one.method == method
        ]
    here, title = called(ask.officer, number, name), Words(text.zh, text.en)
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(title),
    )
    data = {"household_id": household_id, "household": here, "method": method, "text": text}
    return View(
        title,
        data,
        Listing(_records(text), notes_for(ask.officer, records), len(records), ask.paging),
        crumbs,
    )


@section.action(
    "/households/{household_id}/methods/{method}",
    "method.fill",
    Words("登记清单", "Fill in the check-list"),
    FillForm,
    area_of=household_area,
)
def fill_household(act: MonitoringAct, form: FillForm, household_id: str, method: str) -> Done:
    area = household_area(act, {"household_id": household_id}) or ""
    return _fill(act, form, method, area, household_id, f"/households/{household_id}")


def _fill(
    act: MonitoringAct, form: FillForm, method: str, area_code: str, household_id: str | None, back: str
) -> Done:
    record_id = fill_in_method(
        FillInMethod(
            method=method,
            ticked=form.ticked,
            on=form.on or act.today,
            area_code=area_code,
            household_id=household_id,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.methods,
    )
    return Done(back, "清单已登记", "Recorded", {"id": record_id}, created=True)


def _records(text: MethodText) -> tuple[Column[MethodRecord], ...]:
    return (
        Column[MethodRecord]("日期", "Day", lambda row: row.made_on),
        Column[MethodRecord]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[MethodRecord](
            "对象",
            "For",
            lambda row: Words("农户", "household") if row.household_id else Words("全村", "the village"),
            link=lambda row: f"/households/{row.household_id}" if row.household_id else "/methods",
        ),
        Column[MethodRecord]("版本", "Version", lambda row: row.number, "number"),
        Column[MethodRecord]("已做到", "Done", lambda row: "；".join(row.ticked) or None),
        Column[MethodRecord]("项数", "Items", lambda row: f"{len(row.ticked)} / {len(text.items)}", "number"),
    )
