"""Judged marks on pages: what people judged, with their reasons."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.evaluation.adapters.read_models_assessment import MarkSummary
from services.evaluation.entrypoints.web.assessment import may_see_unit, unit_sought
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import same, unit_words
from services.evaluation.service_layer.mark import RecordMark, mark_items, record_mark
from shared.web.asking import Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("mark", prefix="/marks")

MARKS = Words("评鉴评分", "Judged marks")
ITEMS = {
    "review": Words("评鉴评价", "Review"),
    "satisfaction": Words("群众满意度", "Public satisfaction"),
    "daily": Words("日常督查（按月）", "Daily supervision (by month)"),
    "year_end": Words("年终实地考核", "Year-end check on the spot"),
    "common": Words("共性工作（部门）", "Common work (departments)"),
    "bonus": Words("加分", "Bonus"),
    "falsified": Words("弄虚作假认定（1为属实）", "Data found falsified (1: yes)"),
    "committee": Words(
        "名额并列时领导小组研定（1为入选）", "Committee's decision on a tie at a quota (1: gets the place)"
    ),
}


def item_words(item: str) -> Words:
    """Return what a judged item is called; one the policy adds goes by its name."""
    return ITEMS.get(item, same(item))


def _items(ask: EvaluationAsk) -> list[Choice]:
    return [
        Choice(
            item, f"{item_words(item).zh}（0–{given['most']}）", f"{item_words(item).en} (0–{given['most']})"
        )
        for item, given in mark_items(ask.service.rulebook, ask.today).items()
    ]


class MarkForm(Form):
    """One mark; a later one of the same unit, item and month takes its place."""

    unit: Annotated[str, Field(max_length=64), Label("单位", "Unit", choices=unit_choices)]
    item: Annotated[str, Field(max_length=32), Label("项目", "Item", choices=_items)]
    period: Annotated[
        str,
        Field(pattern=r"^([0-9]{4}-[0-9]{2})?$"),
        Label(
            "月份",
            "Month",
            hint_zh="按月评鉴的项目填，如 2022-05",
            hint_en="of monthly items only, e.g. 2022-05",
        ),
    ] = ""
    value: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2), Label("评分", "Mark")]
    as_of: Annotated[date, Label("评鉴截至日", "Judged as of")]
    reason: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Label("理由", "Reason", lines=3, hint_zh="不写个人姓名", hint_en="name no person"),
    ]


COLUMNS = (
    Column[MarkSummary]("单位", "Unit", lambda row: unit_words(row.unit)),
    Column[MarkSummary]("项目", "Item", lambda row: item_words(row.item)),
    Column[MarkSummary]("月份", "Month", lambda row: row.period or "—"),
    Column[MarkSummary]("评分", "Mark", lambda row: row.value, "number"),
    Column[MarkSummary]("截至", "As of", lambda row: row.as_of),
    Column[MarkSummary]("评鉴日期", "Judged on", lambda row: row.judged_on),
    Column[MarkSummary]("评鉴单位", "Assessor", lambda row: same(row.assessor)),
    Column[MarkSummary]("理由", "Reason", lambda row: row.reason),
)


@section.page("", "mark.read", "evaluation/marks.html")
def list_marks(ask: EvaluationAsk, unit: str = "") -> View:
    """List the marks that were given, the newest first; to who is assessed, its own."""
    sought, reads = unit_sought(ask.officer, unit), ask.service.reads
    rows = [] if sought is None else reads.marks(sought, ask.paging.size, ask.paging.offset)
    total = 0 if sought is None else reads.count_marks(sought)
    units = [(one.id, one.name) for one in ask.service.units() if may_see_unit(ask.officer, one.id)]
    data = {"unit": unit, "units": units, "today": ask.today}
    return View(MARKS, data, Listing(COLUMNS, rows, total, ask.paging))


@section.action("", "mark.give", Words("评分", "Give a mark"), MarkForm)
def give(act: EvaluationAct, form: MarkForm) -> Done:
    command = RecordMark(
        unit=form.unit,
        item=form.item,
        period=form.period,
        value=form.value,
        as_of=form.as_of,
        assessor=act.officer.unit,
        judged_by=act.officer.account_id,
        reason=form.reason,
    )
    units = [unit.id for unit in act.service.units()]
    mark_id = record_mark(command, act.uow(), act.service.rulebook, units)
    return Done("/marks", "评分已记录", "The mark is recorded", {"id": mark_id}, created=True)
