"""Inspections on pages: the year's plan, carrying one out on a telephone, filing it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_supervision import (
    find_inspections,
    inspection_of,
    inspections_by_month,
    orders_of_origin,
)
from services.evaluation.domain.inspection import STATE_WORDS, Finding, Inspection, InspectionStep
from services.evaluation.domain.supervision_errors import InspectionNotFoundError
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.order import default_due
from services.evaluation.entrypoints.web.supervision import order_badge, own_unit, whole
from services.evaluation.service_layer.inspection import (
    CancelInspection,
    FileInspection,
    PlanInspection,
    PlanMonth,
    RecordFindings,
    StartInspection,
    cancel_inspection,
    file_inspection,
    plan_inspection,
    plan_month,
    record_findings,
    start_inspection,
)
from shared.kernel.period import Days, Month
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("inspection", prefix="/inspections")
TITLE = Words("督查", "Inspections")
KINDS = {"planned": Words("计划督查", "planned"), "unannounced": Words("临时督查", "unannounced")}
RESULTS = {
    "good": Badge("green", Words("符合要求", "good")),
    "problem": Badge("red", Words("发现问题", "problem")),
    "not_applicable": Badge("grey", Words("不涉及", "not applicable")),
    "": Badge("yellow", Words("未检查", "not looked at")),
}
_COLOURS = {"planned": "blue", "under_way": "yellow", "filed": "green", "cancelled": "grey"}


def subject_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the subjects of the check-list in force."""
    for one in ask.service.supervision.subjects.on(ask.today):
        yield Choice(one["code"], one["zh"], one["en"])


def category_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the ledger's categories."""
    for code, one in ask.service.ledger.categories.on(ask.today).items():
        yield Choice(code, str(one["zh"]), str(one["en"]))


Subjects = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Field(max_length=60),
    Label("督查内容", "Subjects", choices=subject_choices),
]
Further = Annotated[
    str,
    Field(max_length=1000),
    Label("自定内容", "Further subjects", lines=3, hint_zh="每行一项", hint_en="one a line"),
]
Team = Annotated[
    str,
    Field(min_length=1, max_length=64),
    Label("督查组", "Team", hint_zh="如：第一督查组，不写姓名", hint_en="no names"),
]
Members = Annotated[
    str,
    Field(max_length=300),
    Label("成员", "Members", lines=2, hint_zh="只留在本单位", hint_en="stays in this office"),
]


class PlanForm(Form):
    """The plan of a month: the same check-list for several units."""

    units: Annotated[
        list[Annotated[str, Field(max_length=64)]],
        Field(min_length=1, max_length=200),
        Label("被督查单位", "Units", choices=unit_choices),
    ]
    due_on: Annotated[date, Label("归档期限", "To be filed by")]
    team: Team
    members: Members = ""
    subjects: Subjects = []  # noqa: RUF012  (pydantic copies it)
    further: Further = ""


class UnannouncedForm(Form):
    """Begun at once, in nobody's plan."""

    unit: Annotated[str, Field(max_length=64), Label("被督查单位", "Unit", choices=unit_choices)]
    due_on: Annotated[date, Label("归档期限", "To be filed by")]
    team: Team
    members: Members = ""
    subjects: Subjects = []  # noqa: RUF012  (pydantic copies it)
    further: Further = ""


class StepForm(Form):
    version: Version


class FindingForm(Form):
    version: Version
    code: Annotated[str, Field(max_length=40), Label("项目", "Subject", widget="hidden")]
    result: Annotated[
        Literal["good", "problem", "not_applicable"],
        Label(
            "检查结果",
            "Result",
            widget="radio",
            choices=[Choice(key, one.words.zh, one.words.en) for key, one in RESULTS.items() if key],
        ),
    ]
    text: Annotated[
        str,
        Field(max_length=1000),
        Label(
            "问题",
            "Problem",
            lines=3,
            hint_zh="查出问题的必填，不写个人姓名",
            hint_en="for a problem; no names",
        ),
    ] = ""
    category: Annotated[
        str, Field(max_length=32), Label("问题类别", "Category", choices=category_choices)
    ] = ""


class FileForm(Form):
    version: Version
    summary: Annotated[str, Field(max_length=2000), Label("总体情况", "Summary", lines=3)] = ""


class CancelForm(Form):
    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=500), Label("取消原因", "Reason", lines=2)]


def state_badge(row: Inspection, today: date) -> Badge:
    """Return where an inspection stands; red when it should have been filed."""
    words = Words(*STATE_WORDS[row.state])
    if row.due_on < today and row.state in ("planned", "under_way"):
        return Badge("red", Words(f"{words.zh}，已超期", f"{words.en}, overdue"))
    return Badge(_COLOURS[row.state], words)  # type: ignore[arg-type]  # only colours are in the table


def _columns(ask: EvaluationAsk) -> tuple[Column[Inspection], ...]:
    return (
        Column[Inspection]("状态", "State", lambda row: state_badge(row, ask.today)),
        Column[Inspection](
            "被督查单位", "Unit", lambda row: unit_words(row.unit), link=lambda row: f"/inspections/{row.id}"
        ),
        Column[Inspection]("方式", "Kind", lambda row: KINDS[row.kind]),
        Column[Inspection]("督查组", "Team", lambda row: row.team),
        Column[Inspection]("归档期限", "To be filed by", lambda row: row.due_on),
        Column[Inspection]("归档日期", "Filed on", lambda row: row.filed_on),
        Column[Inspection]("检查项", "Subjects", lambda row: len(row.items), "number"),
        Column[Inspection]("问题", "Problems", lambda row: len(row.problems), "number"),
    )


@section.page("", "inspection.read", "evaluation/inspections.html")
def list_inspections(ask: EvaluationAsk, year: int = 0, month: int = 0, state: str = "") -> View:
    """Show the year's plan by month and the inspections of the year or of one month.

    A unit sees its own that are filed: an unannounced one must not be known beforehand.
    """
    shown = year if 2000 <= year <= ask.today.year + 1 else ask.today.year  # noqa: PLR2004  (a year)
    whole_year = Days(date(shown, 1, 1), date(shown, 12, 31))
    one = Month(shown, month) if 1 <= month <= 12 else None  # noqa: PLR2004  (months)
    due = Days(one.first_day, one.last_day) if one else whole_year
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        rows, total = find_inspections(
            connection, due, state="filed" if mine else state, unit=mine, **whole(ask.paging)
        )
        if mine:
            rows = [replace(row, members="") for row in rows]
        months = {} if mine else inspections_by_month(connection, whole_year)
    data = {
        "year": shown,
        "month": month,
        "months": months,
        "state": state,
        "states": [(str(key), Words(*words)) for key, words in STATE_WORDS.items()],
        "mine": bool(mine),
        "month_end": Month.of(ask.today).last_day,
        "subjects": [choice.value for choice in subject_choices(ask)],
        "check_list": ask.service.supervision.subjects.entry_on(ask.today),
    }
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


@section.page("/{inspection_id}", "inspection.read", "evaluation/inspection.html")
def show_inspection(ask: EvaluationAsk, inspection_id: str) -> View:
    """Show the check-list; while it is under way each open subject has its form, one below the other."""
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        inspection = inspection_of(connection, inspection_id)
        if mine and (mine != inspection.unit or inspection.state != "filed"):
            raise InspectionNotFoundError
        orders = orders_of_origin(connection, "inspection", inspection_id)
    if mine:
        inspection = replace(inspection, members="")
    name = unit_words(inspection.unit)
    title = Words(
        f"{name.zh}：{KINDS[inspection.kind].zh}", f"{name.en}: {KINDS[inspection.kind].en} inspection"
    )
    due = default_due(ask)
    data = {
        "inspection": inspection,
        "badge": state_badge(inspection, ask.today),
        "unit": name,
        "results": RESULTS,
        "next": next((item.code for item in inspection.items if not item.result), ""),
        "can": {str(step): inspection.permits(step) for step in InspectionStep},
        "orders": [(one, order_badge(ask, one)) for one in orders],
        "mine": bool(mine),
        "due_on": due.date(),
        "due_hour": due.hour,
    }
    return View(title, data, crumbs=(Crumb(TITLE, "/inspections"), Crumb(title)))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _units(act: EvaluationAct) -> list[str]:
    return [unit.id for unit in act.service.units()]


@section.action(
    "",
    "inspection.plan",
    Words("列入督查计划", "Plan inspections"),
    PlanForm,
    permission="inspection.carry_out",
)
def plan(act: EvaluationAct, form: PlanForm) -> Done:
    command = PlanMonth(
        units=tuple(form.units),
        due_on=form.due_on,
        team=form.team,
        members=form.members,
        subjects=tuple(form.subjects),
        further=_lines(form.further),
    )
    ids = plan_month(command, act.uow(), _units(act), act.service.supervision)
    where = f"/inspections?year={form.due_on.year}&month={form.due_on.month}"
    return Done(where, f"已列入计划{len(ids)}次", f"{len(ids)} planned", {"ids": ids}, created=True)


@section.action(
    "/unannounced",
    "inspection.unannounced",
    Words("临时督查，现在开始", "Inspect unannounced, now"),
    UnannouncedForm,
    permission="inspection.carry_out",
)
def unannounced(act: EvaluationAct, form: UnannouncedForm) -> Done:
    command = PlanInspection(
        unit=form.unit,
        kind="unannounced",
        due_on=form.due_on,
        team=form.team,
        members=form.members,
        subjects=tuple(form.subjects),
        further=_lines(form.further),
    )
    found = plan_inspection(command, act.uow(), _units(act), act.service.supervision)
    return Done(f"/inspections/{found}", "已开始督查", "Begun", {"id": found}, created=True)


@section.action(
    "/{inspection_id}/start",
    "inspection.start",
    Words("开始督查", "Begin"),
    StepForm,
    permission="inspection.carry_out",
)
def start(act: EvaluationAct, form: StepForm, inspection_id: str) -> Done:
    start_inspection(StartInspection(inspection_id, form.version), act.uow())
    return Done(f"/inspections/{inspection_id}", "已开始", "Begun", {"id": inspection_id})


@section.action(
    "/{inspection_id}/findings",
    "inspection.record",
    Words("填写检查结果", "Fill in the result"),
    FindingForm,
    permission="inspection.carry_out",
)
def record(act: EvaluationAct, form: FindingForm, inspection_id: str) -> Done:
    finding = Finding(form.code, form.result, form.text, form.category)
    left = record_findings(RecordFindings(inspection_id, (finding,), form.version), act.uow())
    body = {"id": inspection_id, "open": left}
    where = f"/inspections/{inspection_id}#next"
    return Done(where, f"已保存，还剩{left}项", f"Saved; {left} left", body)


@section.action(
    "/{inspection_id}/file",
    "inspection.file",
    Words("全部查完，归档并录入台账", "All done: file it"),
    FileForm,
    permission="inspection.carry_out",
)
def file(act: EvaluationAct, form: FileForm, inspection_id: str) -> Done:
    command = FileInspection(inspection_id, form.summary, form.version)
    problems = file_inspection(command, act.uow(), act.service.ledger)
    body = {"id": inspection_id, "problems": list(problems)}
    text = f"已归档，{len(problems)}个问题已录入台账", f"Filed; {len(problems)} problems are in the ledger"
    return Done(f"/inspections/{inspection_id}", *text, body)


@section.action(
    "/{inspection_id}/cancel",
    "inspection.cancel",
    Words("取消", "Cancel"),
    CancelForm,
    permission="inspection.carry_out",
    danger=True,
)
def cancel(act: EvaluationAct, form: CancelForm, inspection_id: str) -> Done:
    cancel_inspection(CancelInspection(inspection_id, form.reason, form.version), act.uow())
    return Done("/inspections", "已取消", "Cancelled", {"id": inspection_id})
