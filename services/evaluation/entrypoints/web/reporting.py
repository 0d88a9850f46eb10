"""Reports: what a unit owes, one report with its figures and files, handing in by form or by sheet."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.evaluation.adapters.read_models_reporting import (
    TaskSearch,
    TaskSummary,
    file_of,
    find_tasks,
    get_task,
    submissions_of,
)
from services.evaluation.adapters.reported_sheet import (
    IN_SHEETS,
    LARGEST_SHEET,
    read_report_sheet,
    write_report_sheet,
)
from services.evaluation.domain.reporting.figure import ReportedFigure, figure_from, figure_of
from services.evaluation.domain.reporting.file_kind import ENDINGS
from services.evaluation.domain.reporting.plan import rule_key, target_key
from services.evaluation.domain.reporting.task import STATE_WORDS, ReportingTask, TaskState
from services.evaluation.entrypoints.web.catalogue import figure_row
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.reporting_definitions import counted_words
from services.evaluation.entrypoints.web.reporting_forms import (
    CountForm,
    DayForm,
    DetachForm,
    FileForm,
    LevelsForm,
    ShareForm,
    SheetForm,
    YesNoForm,
    figures_of,
    first_rows,
)
from services.evaluation.entrypoints.web.reporting_words import (
    about_words,
    figure_text,
    rule_words,
    task_badge,
)
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.service_layer.reporting import (
    AttachReportFile,
    DetachReportFile,
    FileLimits,
    NewFile,
    SubmitReport,
    attach_report_file,
    detach_report_file,
    submit_report,
)
from shared.persistence.engine import reading
from shared.spreadsheet import file_pieces
from shared.web.access import OutsideAreaError
from shared.web.asking import Crumb, Done, FileAnswer, View
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.period_words import period_words
from shared.web.running import XLSX
from shared.web.section import Section

section = Section("reporting", prefix="/reporting")

REPORTS = Words("指标上报", "Reports")
LARGEST_FILE = 12_000_000
"""Bytes the form takes; the dated limit refuses below it, in words."""


def indicator_words(ask: EvaluationAsk, indicator: str) -> Words:
    name = ask.service.rulebook.indicator(indicator).name
    return Words(f"{indicator} {name.zh}", f"{indicator} {name.en}")


def seen_task(ask: EvaluationAsk, task_id: str) -> ReportingTask:
    """Return the task if it concerns the officer's unit; anybody else's is not there."""
    with reading(ask.service.engine) as connection:
        task = get_task(connection, task_id)
    mine = own_unit(ask)
    if mine and mine != task.reporter and mine not in task.about:
        raise OutsideAreaError
    return task


def task_columns(ask: EvaluationAsk) -> tuple[Column[TaskSummary], ...]:
    """Return the columns of a list of tasks."""
    return (
        Column[TaskSummary]("状态", "State", lambda one: task_badge(one, ask.today)),
        Column[TaskSummary](
            "指标",
            "Indicator",
            lambda one: indicator_words(ask, one.indicator),
            link=lambda one: path_to("reporting", "tasks", one.id),
        ),
        Column[TaskSummary]("上报单位", "Reported by", lambda one: unit_words(one.reporter)),
        Column[TaskSummary]("涉及单位数", "Units", lambda one: len(one.about), "number"),
        Column[TaskSummary]("期次", "Period", lambda one: period_words(one.period)),
        Column[TaskSummary]("截止日期", "Due", lambda one: one.due_on),
        Column[TaskSummary]("上报日期", "Reported on", lambda one: one.submitted_on),
    )


@section.page("", "report.read", "evaluation/reporting.html")
def list_tasks(
    ask: EvaluationAsk, state: str = "", unit: str = "", indicator: str = "", period: str = ""
) -> View:
    """List what the officer's unit reports; the evaluator sees every unit's."""
    mine = own_unit(ask)
    search = TaskSearch(mine or unit, indicator, period, state)
    with reading(ask.service.engine) as connection:
        rows, total = find_tasks(
            connection, search, today=ask.today, limit=ask.paging.size, offset=ask.paging.offset
        )
        counts = {
            name: find_tasks(connection, TaskSearch(mine or unit, state=name), today=ask.today, limit=0)[1]
            for name in ("open", "overdue", TaskState.RETURNED.value, TaskState.SUBMITTED.value)
        }
    data = {
        "counts": counts,
        "state": state,
        "unit": unit,
        "indicator": indicator,
        "period": period,
        "every": not mine,
        "states": [(one.value, Words(*STATE_WORDS[one])) for one in TaskState],
        "units": [] if mine else [(one.id, one.name) for one in ask.service.units()],
        "indicators": [(one, indicator_words(ask, one)) for one in _reported(ask)],
    }
    return View(REPORTS, data, Listing(task_columns(ask), rows, total, ask.paging))


def _reported(ask: EvaluationAsk) -> tuple[str, ...]:
    day = max(ask.today, ask.service.rulebook.since)
    return ask.service.reporting.indicators(day)


@section.page("/tasks/{task_id}", "report.read", "evaluation/reporting_task.html")
def show_task(ask: EvaluationAsk, task_id: str) -> View:
    """Show one report: what is asked, the figures, the files, what was handed in before, the next step."""
    task = seen_task(ask, task_id)
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        before = submissions_of(connection, task_id)
    whole = not mine or mine == task.reporter
    if not whole:
        task = _about_only(task, mine)
    data = {
        "task": task,
        "state": task_badge(task, ask.today),
        "period": period_words(task.period),
        "reporter": unit_words(task.reporter),
        "rule": _rule(ask, task),
        "rows": [_value_row(task, unit) for unit in task.about if whole or unit == mine],
        "mine": mine == task.reporter,
        "whole": whole,
        "form_name": _FORMS[task.shape],
        "first_rows": first_rows(task),
        "has_sheet": task.shape in IN_SHEETS and len(task.about) > 1,
        "before": [_submission(one, task) for one in before] if whole else [],
    }
    title = indicator_words(ask, task.indicator)
    return View(title, data, crumbs=(Crumb(REPORTS, "/reporting"), Crumb(title)))


def _about_only(task: ReportingTask, unit: str) -> ReportingTask:
    """Return of a report what *unit*, which it is about, may know: a program gets all a page is given."""
    return replace(
        task,
        about=(unit,),
        values={one: value for one, value in task.values.items() if one == unit},
        found={one: value for one, value in task.found.items() if one == unit},
        files=(),
        return_reason="",
    )


_FORMS = {
    "rate": "report.submit_share",
    "ratio": "report.submit_share",
    "count": "report.submit_count",
    "yes_no": "report.submit_answer",
    "done_on": "report.submit_day",
    "levels": "report.submit_levels",
}


def _rule(ask: EvaluationAsk, task: ReportingTask) -> dict[str, Any]:
    """Return what the plan and the policy say about this report, unconfirmed where nobody confirmed it."""
    rulebook = ask.service.rulebook
    point = rulebook.work_point(_item(ask, task))
    plan = next(one for one in point.indicators if one.id == task.indicator)
    day = max(task.opened_on, rulebook.since)
    figures = rulebook.figures
    entry = figures[rule_key(task.indicator)].entry_on(day)
    note = rulebook.indicator(task.indicator).note
    target = figures.get(target_key(task.indicator))
    return {
        "words": rule_words(entry.value),
        "source": entry.source,
        "confirmed": entry.confirmed,
        "counted": counted_words(plan.id, plan.numerator, plan.denominator),
        "point": Words(point.title.zh, point.title.en),
        "note": Words(note.zh, note.en) if note else None,
        "target": figure_row(target, day) if target else None,
        "item": _item(ask, task),
    }


def _item(ask: EvaluationAsk, task: ReportingTask) -> int:
    return ask.service.rulebook.indicator(task.indicator).item


def _value_row(task: ReportingTask, unit: str) -> dict[str, Any]:
    figure: ReportedFigure | None = task.values.get(unit)
    return {
        "unit": about_words(unit),
        "value": figure_text(figure) if figure else None,
        "found": figure_text(task.found[unit]) if unit in task.found else None,
    }


def _submission(one: Any, task: ReportingTask) -> dict[str, Any]:  # noqa: ANN401  (a row of the read model)
    names = {file.sha256: file.name for file in task.files}
    return {
        "number": one.number,
        "on": one.submitted_on,
        "by": one.submitted_by,
        "note": one.note,
        "values": [(about_words(unit), figure_text(figure_from(one.figures[unit]))) for unit in task.about],
        "files": [(sha256, names.get(sha256, sha256[:12])) for sha256 in one.files],
    }


@section.download("/tasks/{task_id}/files/{sha256}", "report.read")
def download_file(ask: EvaluationAsk, task_id: str, sha256: str) -> FileAnswer:
    """Give a file of a report to its reporter and to those who review it."""
    task = seen_task(ask, task_id)
    mine = own_unit(ask)
    if mine and mine != task.reporter:
        raise OutsideAreaError
    with reading(ask.service.engine) as connection:
        media_type, content = file_of(connection, task, sha256)
    known = {one.sha256: one.name for one in task.files}
    return FileAnswer(known.get(sha256, f"{sha256[:12]}.{ENDINGS[media_type]}"), media_type, [content])


@section.download("/tasks/{task_id}/sheet", "report.submit")
def download_sheet(ask: EvaluationAsk, task_id: str) -> FileAnswer:
    """Give the table form of a report, with its units."""
    task = seen_task(ask, task_id)
    names = {unit: about_words(unit).zh for unit in task.about}
    path = write_report_sheet(task, names)
    return FileAnswer(f"{task.indicator}-{task.period}.xlsx", XLSX, file_pieces(path))


def limits_of(ask: EvaluationAsk) -> FileLimits:
    """Return the limits of files as in force today."""
    day: date = max(ask.today, ask.service.rulebook.since)
    return FileLimits.of(ask.service.rulebook.figures["report_file_limits"].on(day))


def _submit(act: EvaluationAct, task_id: str, values: dict[str, ReportedFigure], form: Any) -> Done:  # noqa: ANN401
    command = SubmitReport(
        task_id=task_id,
        unit=own_unit(act),
        values=values,
        by=act.officer.login,
        note=getattr(form, "note", ""),
        version=form.version,
    )
    number = submit_report(command, act.uow(), limits_of(act))
    return _done(task_id, "已上报，等待审核", "Reported; it waits for review", number=number)


def _done(task_id: str, zh: str, en: str, **body: object) -> Done:
    return Done(path_to("reporting", "tasks", task_id), zh, en, {"id": task_id, **body})


@section.action(
    "/tasks/{task_id}/share",
    "report.submit_share",
    Words("上报", "Hand in"),
    ShareForm,
    permission="report.submit",
)
def submit_share(act: EvaluationAct, form: ShareForm, task_id: str) -> Done:
    return _submit(act, task_id, figures_of(seen_task(act, task_id), form), form)


@section.action(
    "/tasks/{task_id}/count",
    "report.submit_count",
    Words("上报", "Hand in"),
    CountForm,
    permission="report.submit",
)
def submit_count(act: EvaluationAct, form: CountForm, task_id: str) -> Done:
    return _submit(act, task_id, figures_of(seen_task(act, task_id), form), form)


def _single(act: EvaluationAct, task_id: str, figure: ReportedFigure, form: Any) -> Done:  # noqa: ANN401
    task = seen_task(act, task_id)
    return _submit(act, task_id, dict.fromkeys(task.about, figure), form)


@section.action(
    "/tasks/{task_id}/answer",
    "report.submit_answer",
    Words("上报", "Hand in"),
    YesNoForm,
    permission="report.submit",
)
def submit_answer(act: EvaluationAct, form: YesNoForm, task_id: str) -> Done:
    return _single(act, task_id, figure_of("yes_no", yes=form.answer == "yes"), form)


@section.action(
    "/tasks/{task_id}/day", "report.submit_day", Words("上报", "Hand in"), DayForm, permission="report.submit"
)
def submit_day(act: EvaluationAct, form: DayForm, task_id: str) -> Done:
    return _single(act, task_id, figure_of("done_on", done_on=form.done_on), form)


@section.action(
    "/tasks/{task_id}/levels",
    "report.submit_levels",
    Words("上报", "Hand in"),
    LevelsForm,
    permission="report.submit",
)
def submit_levels(act: EvaluationAct, form: LevelsForm, task_id: str) -> Done:
    figure = figure_of("levels", levels=(form.central, form.province, form.city))
    return _single(act, task_id, figure, form)


@section.action(
    "/tasks/{task_id}/sheet",
    "report.submit_sheet",
    Words("用表格上报", "Hand in by sheet"),
    SheetForm,
    permission="report.submit",
    largest_file=LARGEST_SHEET,
)
def submit_sheet(act: EvaluationAct, form: SheetForm, task_id: str) -> Done:
    task = seen_task(act, task_id)
    return _submit(act, task_id, read_report_sheet(form.file.path, task), form)


@section.action(
    "/tasks/{task_id}/files",
    "report.attach",
    Words("上传材料", "Add a file"),
    FileForm,
    permission="report.submit",
    largest_file=LARGEST_FILE,
)
def attach(act: EvaluationAct, form: FileForm, task_id: str) -> Done:
    file = NewFile(form.file.name, form.file.path.read_bytes())
    command = AttachReportFile(task_id=task_id, unit=own_unit(act), file=file, version=form.version)
    sha256 = attach_report_file(command, act.uow(), limits_of(act))
    return _done(
        task_id, "材料已上传，尚未上报", "The file is added, the report not handed in yet", sha256=sha256
    )


@section.action(
    "/tasks/{task_id}/detach",
    "report.detach",
    Words("撤下", "Remove"),
    DetachForm,
    permission="report.submit",
)
def detach(act: EvaluationAct, form: DetachForm, task_id: str) -> Done:
    command = DetachReportFile(task_id=task_id, unit=own_unit(act), sha256=form.sha256, version=form.version)
    detach_report_file(command, act.uow())
    return _done(task_id, "材料已撤下", "The file is removed")
