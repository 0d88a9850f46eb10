"""Hospital stays: the register with the three layers, one stay, recording and settling."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import Entry
from services.monitoring.adapters.tables import hospital_stays
from services.monitoring.domain.medical.hospital_stay import MOST, STATES, Bill
from services.monitoring.entrypoints.web.cover import INSURANCE, TABS, section
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.guarantee import (
    entry_area,
    is_unit,
    listed,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    task_of,
    waiting_entries,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.people import persons
from services.monitoring.entrypoints.web.register_page import (
    ActForm,
    Filter,
    Link,
    Mark,
    entry_data,
    limit_mark,
    list_data,
)
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.medical import hospital_stay
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column

TITLE = Words("住院结算", "Hospital stays")
_area = entry_area(hospital_stays, "stay_id")


class StayForm(Form):
    person_id: Annotated[str, Label("住院成员", "Patient", choices=persons)]
    hospital: Annotated[str, Field(min_length=1, max_length=100), Label("医疗机构", "Hospital")]
    in_county: Annotated[bool, Label("县域内住院", "In the county")] = True
    left_on: Annotated[
        date | None, Label("出院日期", "Left on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class SettleForm(Form):
    version: Version
    total: Annotated[
        int, Field(gt=0, le=MOST), Label("医疗总费用（元）", "Cost in all (yuan)", widget="yuan")
    ]
    basic: Annotated[
        int, Field(ge=0, le=MOST), Label("基本医保支付（元）", "Basic (yuan)", widget="yuan")
    ] = 0
    critical: Annotated[
        int, Field(ge=0, le=MOST), Label("大病保险支付（元）", "Serious illness (yuan)", widget="yuan")
    ] = 0
    relief: Annotated[int, Field(ge=0, le=MOST), Label("医疗救助（元）", "Relief (yuan)", widget="yuan")] = 0
    said_self_paid: Annotated[
        int | None,
        Label(
            "名单上的个人自付（元）",
            "Self-paid by the list (yuan)",
            hint_zh="可不填；填写后与计算值核对，差额显示但不阻止",
            hint_en="may be left out; a difference to what is computed is shown, not refused",
            widget="yuan",
        ),
    ] = None
    on: OnDay = None


def stay_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the stays the insurance office is to settle."""
    if is_unit(ask, INSURANCE):
        for one in waiting_entries(ask, connection, hospital_stays, hospital_stays.c.state == "open"):
            words = Words("结算住院费用", "Settle a hospital stay")
            yield task_of(one, words, f"/medical/stays/{one.id}")


@section.page("/medical/stays", "stay.read", "monitoring/register_list.html", area_of=own_area)
def list_stays(ask: MonitoringAsk, state: str = "", at_once: str = "") -> View:
    """List the stays in hospital with what each layer paid."""
    columns = hospital_stays.c
    conditions = [columns.state == state] if state in STATES else []
    conditions += [columns.at_once == (at_once == "yes"), columns.state == "settled"] if at_once else []
    shown = (
        *whose_columns(ask, lambda one: f"/medical/stays/{one.id}"),
        Column[Entry]("医疗机构", "Hospital", lambda one: one["hospital"]),
        Column[Entry]("出院", "Left", lambda one: one["left_on"]),
        Column[Entry]("总费用（元）", "Cost", lambda one: one["total"], "yuan"),
        Column[Entry]("基本医保", "Basic", lambda one: one["basic"], "yuan"),
        Column[Entry]("大病保险", "Serious", lambda one: one["critical"], "yuan"),
        Column[Entry]("医疗救助", "Relief", lambda one: one["relief"], "yuan"),
        Column[Entry]("个人自付", "Self-paid", lambda one: _bill(one).self_paid, "yuan"),
        Column[Entry]("与名单差额", "Difference", lambda one: _bill(one).difference or None, "yuan"),
        Column[Entry]("一站式", "At once", lambda one: one["at_once"] if one["settled_on"] else None),
        state_column(ask, STATES, ("open",)),
    )
    with read(ask) as connection:
        order = (columns.state, columns.left_on.desc())
        listing = listed(ask, connection, hospital_stays, shown, conditions=conditions, order=order)
    yes_no = [("yes", Words("是", "yes")), ("no", Words("否", "no"))]
    data = list_data(
        tabs=TABS,
        filters=[
            Filter("state", Words("状态", "State"), state_choices(STATES), state),
            Filter("at_once", Words("一站式结算", "Settled at once"), yes_no, at_once),
        ],
        note=Words(
            "个人自付＝总费用－基本医保－大病保险－医疗救助；出院当日结算即为一站式。在农户保障页登记住院。",
            "Self-paid is the cost less the three layers; settled on the day of leaving counts as at once.",
        ),
        empty=Words("没有住院记录。", "There are no hospital stays."),
    )
    return View(TITLE, data, listing)


def _bill(one: Entry) -> Bill:
    return Bill(one["total"], one["basic"], one["critical"], one["relief"], one["said_self_paid"])


@section.page("/medical/stays/{stay_id}", "stay.read", "monitoring/register_entry.html", area_of=_area)
def show_stay(ask: MonitoringAsk, stay_id: str) -> View:
    """Show one stay with its settlement, and the form to settle it."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, hospital_stays, stay_id)
    bill, settled = _bill(one), one["state"] == "settled"
    facts: list[tuple[Words, object]] = [
        (Words("状态", "State"), state_badge(STATES, one["state"])),
        (Words("医疗机构", "Hospital"), one["hospital"]),
        (Words("县域内", "In the county"), one["in_county"]),
        (Words("出院", "Left"), one["left_on"]),
        (Words("结算期限", "To be settled by"), one["due_on"]),
    ]
    if settled:
        facts += [
            (Words("总费用（元）", "Cost (yuan)"), yuan_text(bill.total)),
            (Words("基本医保（元）", "Basic (yuan)"), yuan_text(bill.basic)),
            (Words("大病保险（元）", "Serious illness (yuan)"), yuan_text(bill.critical)),
            (Words("医疗救助（元）", "Relief (yuan)"), yuan_text(bill.relief)),
            (Words("个人自付（元）", "Self-paid (yuan)"), yuan_text(bill.self_paid)),
            (Words("一站式结算", "Settled at once"), one["at_once"]),
        ]
    steps = ((one["settled_on"], Words("结算", "Settled")), (one["left_on"], Words("出院", "Left hospital")))
    data = entry_data(
        facts,
        acts=()
        if settled
        else [ActForm("stay.settle", {"stay_id": one.id, "version": one["version"], "unfolded": True})],
        marks=_marks(ask, one, bill),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
        entries=[TimelineEntry(day, words) for day, words in steps if day is not None],
    )
    return View(whose(ask, one), data, crumbs=(Crumb(TITLE, "/medical/stays"), Crumb(whose(ask, one))))


def _marks(ask: MonitoringAsk, one: Entry, bill: Bill) -> list[Mark]:
    limit = ask.service.medical.settle_days.entry_on(one["left_on"])
    marks = [limit_mark(f"结算时限{limit.value}天", f"settled within {limit.value} days", limit)]
    if bill.difference:
        said, differs = yuan_text(bill.said_self_paid or 0), yuan_text(bill.difference)
        zh = f"名单上的个人自付为 {said} 元，与计算值相差 {differs} 元，请与医保局核对"
        marks.append(Mark(Words(zh, f"The list says {said} yuan self-paid: {differs} yuan apart")))
    return marks


@section.action(
    "/households/{household_id}/stays",
    "stay.record",
    Words("登记住院", "Record a hospital stay"),
    StayForm,
    area_of=household_area,
)
def record(act: MonitoringAct, form: StayForm, household_id: str) -> Done:
    command = hospital_stay.RecordStay(
        household_id=household_id,
        person_id=form.person_id,
        hospital=form.hospital,
        in_county=form.in_county,
        left_on=form.left_on or act.today,
    )
    stay_id = hospital_stay.record_stay(command, act.uow(), act.service.medical)
    path = f"/medical/stays/{stay_id}"
    return Done(path, "住院已登记，待结算", "Recorded, to be settled", {"id": stay_id}, created=True)


@section.action(
    "/medical/stays/{stay_id}/settle",
    "stay.settle",
    Words("三重保障结算", "Settle through the three layers"),
    SettleForm,
    area_of=_area,
)
def settle(act: MonitoringAct, form: SettleForm, stay_id: str) -> Done:
    bill = Bill(form.total, form.basic, form.critical, form.relief, form.said_self_paid)
    command = hospital_stay.SettleStay(
        stay_id=stay_id, on=form.on or act.today, bill=bill, version=form.version
    )
    hospital_stay.settle_stay(command, act.uow())
    zh = f"已结算，个人自付 {yuan_text(bill.self_paid)} 元"
    return Done(f"/medical/stays/{stay_id}", zh, "Settled", {"self_paid_fen": bill.self_paid})
