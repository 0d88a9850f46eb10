"""Month-end dispatch: the year at a glance, the reports, filing one and sending it back."""

import re
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.evaluation.adapters.read_models_dispatch import WHOLE, dispatch_on, find_reports
from services.evaluation.domain.dispatch.errors import UnknownDispatchError
from services.evaluation.domain.dispatch.progress import STATE_WORDS, Problem, ProgressReport, ProgressState
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.matrix import Act, Cell, Matrix, chosen
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.service_layer.dispatch.progress import (
    FileProgress,
    ReturnProgress,
    file_progress,
    return_progress,
)
from shared.kernel.period import Month
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("dispatch", prefix="/dispatch")
TITLE = Words("月调度", "Month-end dispatch")
SCOPES = {"action": ("牵头部门月调度", "lead department"), "town": ("镇进展上报", "town")}
NEAR_DAYS = 5
"""From how many days before its day what is owed is marked; nothing follows from the mark."""


class ProblemRow(Form):
    text: Annotated[str, Field(min_length=1, max_length=300), Label("问题", "Problem")]
    unit: Annotated[str, Field(max_length=64), Label("解决单位", "Who solves it", choices=unit_choices)]
    due_on: Annotated[date, Label("解决时限", "By")]


class FileForm(Form):
    """What is told of one month; name no person."""

    version: Version
    tasks_due: Annotated[int, Field(ge=0, le=100_000), Label("应完成任务数", "Tasks due")]
    tasks_done: Annotated[int, Field(ge=0, le=100_000), Label("已完成任务数", "Tasks done")]
    money_fen: Annotated[
        int, Field(ge=0, le=10**13), Label("本月投入资金（元）", "Money spent (yuan)", widget="yuan")
    ] = 0
    problems: Annotated[tuple[ProblemRow, ...], Label("存在问题", "Problems", rows=2)] = ()
    next_month: Annotated[str, Field(max_length=1000), Label("下月计划", "Next month", lines=3)] = ""
    help_asked: Annotated[str, Field(max_length=1000), Label("需协调事项", "Help asked", lines=2)] = ""


class ReturnForm(Form):
    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=500), Label("退回原因", "Reason", lines=2)]


def action_words(ask: EvaluationAsk, code: str) -> Words:
    """Return what an action is called today; its code where it no longer is one."""
    names = {one.code: Words(one.zh, one.en) for one in ask.service.dispatch.actions_on(ask.today)}
    return names.get(code, Words(code, code))


def action_names(ask: EvaluationAsk) -> dict[str, tuple[str, str]]:
    """Return the actions in force today, by code."""
    return {one.code: (one.zh, one.en) for one in ask.service.dispatch.actions_on(ask.today)}


_MONTH = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])")


def month_words(month: str) -> Words:
    """Return what people call a month written 202204."""
    return Words(f"{month[:4]}年{int(month[4:])}月", f"{month[:4]}-{month[4:]}")


def report_words(ask: EvaluationAsk, report: ProgressReport) -> Words:
    """Return what a report is called: action or town, and month."""
    about = action_words(ask, report.action) if report.scope == "action" else unit_words(report.unit)
    month = month_words(report.month)
    return Words(f"{about.zh}{month.zh}进展", f"{about.en}, {month.en}")


def report_badge(ask: EvaluationAsk, report: ProgressReport) -> Badge:
    """Return where a report stands: filed, late, missing, due soon."""
    words = Words(*STATE_WORDS[report.state])
    if report.state is ProgressState.FILED:
        late = Words("迟报", "filed late")
        return Badge("yellow", late) if report.late else Badge("green", words)
    if ask.today > report.due_on:
        return Badge("red", Words("逾期未报", "missing"))
    near = (report.due_on - ask.today).days <= NEAR_DAYS
    return Badge("yellow" if near or report.state is ProgressState.RETURNED else "blue", words)


def year_in(text: str, ask: EvaluationAsk) -> int:
    """Return the year asked for, today's where none is."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0  # noqa: PLR2004  (digits)
    return year if 2000 <= year <= 2100 else ask.today.year  # noqa: PLR2004  (years there are plans of)


@section.page("", "dispatch.read", "evaluation/work_list.html")
def list_reports(
    ask: EvaluationAsk,
    scope: str = "",
    month: str = "",
    state: str = "",
    year: str = "",
    unit: str = "",
    overdue: str = "",
) -> View:
    """Show the year as a table of months, and the reports themselves."""
    mine, asked = own_unit(ask), year_in(year, ask)
    month = month if _MONTH.fullmatch(month) else ""
    with reading(ask.service.engine) as connection:
        rows, total = find_reports(
            connection,
            unit=mine or unit,
            scope=scope,
            month=month,
            year=None if month else asked,
            state=state,
            due_before=ask.today if overdue else None,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        matrix = _matrix(ask, connection, asked, mine)
    months = {f"{asked}{number:02}": _pair(f"{asked}{number:02}") for number in range(1, 13)}
    filters = [
        chosen("scope", "种类", "Kind", SCOPES, scope),
        chosen("month", "月份", "Month", months, month),
        chosen("state", "状态", "State", {str(key): one for key, one in STATE_WORDS.items()}, state),
        chosen("overdue", "期限", "Deadline", {"1": ("逾期未报", "missing")}, overdue),
    ]
    data = {"acts": [], "matrix": matrix, "filters": filters, "notes": _notes(ask)}
    wanted = month or (rows[0].month if rows else f"{ask.today:%Y%m}")
    words = Words(f"{month_words(wanted).zh}调度表 (XLSX)", f"Dispatch of {month_words(wanted).en} (XLSX)")
    data["downloads"] = [(words, f"/dispatch/workbook.xlsx?month={wanted}")]
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


def _pair(month: str) -> tuple[str, str]:
    words = month_words(month)
    return words.zh, words.en


def _notes(ask: EvaluationAsk) -> list[tuple[Words, bool]]:
    actions = ask.service.dispatch.actions.entry_on(ask.today)
    return [
        (
            Words(
                "每个提升行动的牵头部门和各镇每月末报送进展。",
                "The lead department of each action, and each town, files progress at month end.",
            ),
            True,
        ),
        (
            Words("提升行动名称和牵头部门", "Names of the actions and their lead departments"),
            actions.confirmed,
        ),
    ]


def _matrix(ask: EvaluationAsk, connection: Connection, year: int, mine: str) -> Matrix:
    reports, _ = find_reports(connection, unit=mine, year=year, limit=WHOLE)
    subjects = sorted({(one.scope, one.action, one.unit) for one in reports})
    found = {(one.scope, one.action, one.unit, one.month): one for one in reports}
    rows = []
    for scope, action, unit in subjects:
        about = action_words(ask, action) if scope == "action" else unit_words(unit)
        lead = Words(f"{about.zh}（{unit}）", f"{about.en} ({unit})") if scope == "action" else about
        months = [found.get((scope, action, unit, f"{year}{number:02}")) for number in range(1, 13)]
        cells = [Cell(report_badge(ask, one), f"/dispatch/{one.id}") if one else None for one in months]
        rows.append((lead, cells))
    columns = [Words(f"{number}月", str(number)) for number in range(1, 13)]
    return Matrix(Words(f"{year}年月调度一览", f"Dispatch of {year}"), columns, rows)


def _columns(ask: EvaluationAsk) -> tuple[Column[ProgressReport], ...]:
    return (
        Column[ProgressReport](
            "调度事项", "Report", lambda row: report_words(ask, row), link=lambda row: f"/dispatch/{row.id}"
        ),
        Column[ProgressReport]("单位", "Unit", lambda row: unit_words(row.unit)),
        Column[ProgressReport]("期限", "Due", lambda row: row.due_on),
        Column[ProgressReport]("报送日期", "Filed", lambda row: row.filed_on),
        Column[ProgressReport]("应完成", "Tasks due", lambda row: row.tasks_due, "number"),
        Column[ProgressReport]("已完成", "Done", lambda row: row.tasks_done, "number"),
        Column[ProgressReport]("投入资金（元）", "Money (yuan)", lambda row: row.money_fen, "yuan"),
        Column[ProgressReport]("问题数", "Problems", lambda row: len(row.problems), "number"),
        Column[ProgressReport]("状态", "State", lambda row: report_badge(ask, row)),
    )


def _report_of(ask: EvaluationAsk, connection: Connection, report_id: str) -> ProgressReport:
    """Return a report the officer may see; another unit's is not there."""
    report = dispatch_on(connection).reports.get(report_id)
    if own_unit(ask) not in ("", report.unit):
        raise UnknownDispatchError
    return report


@section.page("/{report_id}", "dispatch.read", "evaluation/work_page.html")
def show_report(ask: EvaluationAsk, report_id: str) -> View:
    """Show a report; the month before fills in what is known when it is filed."""
    with reading(ask.service.engine) as connection:
        report = _report_of(ask, connection, report_id)
        before = _month_before(connection, report)
    title = report_words(ask, report)
    texts = [
        (Words("存在问题", "Problems"), "\n".join(_problem(one) for one in report.problems)),
        (Words("下月计划", "Next month"), report.next_month),
        (Words("需协调事项", "Help asked"), report.help_asked),
        (Words("退回原因", "Sent back because"), report.return_reason),
        (Words("上月提出的本月计划", "What the month before planned"), before.next_month if before else ""),
    ]
    data = {
        "facts": _facts(ask, report),
        "texts": texts,
        "acts": _acts(ask, report),
        "notes": [],
        "links": [],
    }
    return View(title, data, crumbs=(Crumb(TITLE, "/dispatch"), Crumb(title)))


def _facts(ask: EvaluationAsk, report: ProgressReport) -> list[tuple[Words, object]]:
    return [
        (Words("状态", "State"), report_badge(ask, report)),
        (Words("单位", "Unit"), unit_words(report.unit)),
        (Words("期限", "Due"), report.due_on),
        (Words("首次报送", "First filed"), report.filed_on),
        (Words("报送次数", "Times filed"), report.filings),
        (Words("应完成任务", "Tasks due"), report.tasks_due),
        (Words("已完成任务", "Tasks done"), report.tasks_done),
    ]


def _acts(ask: EvaluationAsk, report: ProgressReport) -> list[Act]:
    about = {"report_id": report.id, "version": report.version}
    if report.state is ProgressState.FILED:
        return [Act("dispatch.return", about)]
    if own_unit(ask) != report.unit:
        return []
    given: dict[str, object] = {"unfolded": True}
    if report.filings:
        given |= {
            "tasks_due": report.tasks_due,
            "tasks_done": report.tasks_done,
            "money_fen": report.money_fen,
            "next_month": report.next_month,
            "help_asked": report.help_asked,
        }
    return [Act("dispatch.file", about | given)]


def _month_before(connection: Connection, report: ProgressReport) -> ProgressReport | None:
    month = str(Month(int(report.month[:4]), int(report.month[4:])).plus(-1))
    rows, _ = find_reports(connection, unit=report.unit, scope=report.scope, month=month)
    return next((one for one in rows if one.action == report.action), None)


def _problem(one: dict[str, str]) -> str:
    return f"{one['text']}（{unit_words(one['unit']).zh}，{one['due_on']}）"


@section.action("/{report_id}/file", "dispatch.file", Words("报送进展", "File progress"), FileForm)
def file_one(act: EvaluationAct, form: FileForm, report_id: str) -> Done:
    with reading(act.service.engine) as connection:
        _report_of(act, connection, report_id)
    command = FileProgress(
        report_id=report_id,
        on=act.today,
        tasks_due=form.tasks_due,
        tasks_done=form.tasks_done,
        money_fen=form.money_fen,
        problems=[Problem(one.text, one.unit, one.due_on) for one in form.problems],
        next_month=form.next_month,
        help_asked=form.help_asked,
        by=act.officer.account_id,
        version=form.version,
    )
    file_progress(command, act.uow(), [unit.id for unit in act.service.units()])
    return Done(f"/dispatch/{report_id}", "进展已报送", "Progress is filed", {"id": report_id})


@section.action("/{report_id}/return", "dispatch.return", Words("退回重报", "Send back"), ReturnForm)
def send_back(act: EvaluationAct, form: ReturnForm, report_id: str) -> Done:
    command = ReturnProgress(report_id=report_id, on=act.today, reason=form.reason, version=form.version)
    return_progress(command, act.uow())
    return Done(f"/dispatch/{report_id}", "已退回", "Sent back", {"id": report_id})
