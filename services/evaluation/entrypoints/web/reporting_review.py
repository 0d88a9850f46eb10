"""The evaluator's side of reports: the queue, accepting and returning, and the overview of all units."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection

from services.evaluation.adapters.read_models_reporting import (
    TaskSearch,
    TaskSummary,
    find_tasks,
    tasks_of_periods,
    waiting_tasks,
)
from services.evaluation.domain.reporting.plan import COUNTY, periods_of
from services.evaluation.domain.reporting.task import TaskState
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.reporting import REPORTS, indicator_words, task_columns
from services.evaluation.entrypoints.web.reporting_forms import ReturnForm, StepForm
from services.evaluation.entrypoints.web.reporting_words import state_badge
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.entrypoints.web.task_item import Task
from services.evaluation.service_layer.reporting import (
    AcceptReport,
    ReturnReport,
    accept_report,
    accept_reports,
    return_report,
)
from shared.persistence.engine import reading
from shared.web.asking import Ask, Crumb, Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.period_words import period_words
from shared.web.section import Section

section = Section("reporting_review", prefix="/reporting")

QUEUE = Words("上报审核", "Reports to review")
MATRIX = Words("上报总览", "Overview of reports")
_AT_ONCE = 100


def _submitted(ask: Ask[Any]) -> Iterable[Choice]:
    """Offer the reports that wait for review, the earliest due first."""
    with reading(ask.service.engine) as connection:
        found, _ = find_tasks(
            connection, TaskSearch(state=TaskState.SUBMITTED.value), today=ask.today, limit=_AT_ONCE
        )
    for one in found:
        unit, period = unit_words(one.reporter), period_words(one.period)
        yield Choice(
            f"{one.id}@{one.version}",
            f"{one.indicator} {unit.zh} {period.zh}",
            f"{one.indicator} {unit.en} {period.en}",
        )


class AcceptManyForm(Form):
    """Each report as ``id@version``: what was handed in again since the page was read is not accepted."""

    tasks: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[^@]{1,64}@[0-9]{1,9}$")], ...],
        Field(min_length=1, max_length=_AT_ONCE),
        Label("采用哪些", "Which", choices=_submitted),
    ]


@section.page("/review", "report.review", "evaluation/reporting_review.html")
def show_queue(ask: EvaluationAsk) -> View:
    """Show what units have handed in and nobody has reviewed yet."""
    search = TaskSearch(state=TaskState.SUBMITTED.value)
    with reading(ask.service.engine) as connection:
        rows, total = find_tasks(
            connection, search, today=ask.today, limit=ask.paging.size, offset=ask.paging.offset
        )
    listing = Listing(task_columns(ask), rows, total, ask.paging)
    return View(QUEUE, {}, listing, (Crumb(REPORTS, "/reporting"), Crumb(QUEUE)))


@section.action(
    "/review",
    "report.accept_many",
    Words("成批采用", "Accept several"),
    AcceptManyForm,
    permission="report.review",
)
def accept_many(act: EvaluationAct, form: AcceptManyForm) -> Done:
    seen = [one.split("@") for one in form.tasks]
    commands = [AcceptReport(task_id=task_id, version=int(version)) for task_id, version in seen]
    accept_reports(commands, act.uow())
    number = len(form.tasks)
    return Done("/reporting/review", f"已采用 {number} 项", f"{number} accepted", {"accepted": number})


@section.action(
    "/tasks/{task_id}/accept",
    "report.accept",
    Words("采用", "Accept"),
    StepForm,
    permission="report.review",
)
def accept(act: EvaluationAct, form: StepForm, task_id: str) -> Done:
    accept_report(AcceptReport(task_id=task_id, version=form.version), act.uow())
    return Done(
        "/reporting/review", "已采用，数值自今日起计分", "Accepted: its values count", {"id": task_id}
    )


@section.action(
    "/tasks/{task_id}/return",
    "report.return",
    Words("退回", "Return"),
    ReturnForm,
    permission="report.review",
)
def send_back(act: EvaluationAct, form: ReturnForm, task_id: str) -> Done:
    return_report(ReturnReport(task_id=task_id, reason=form.reason, version=form.version), act.uow())
    return Done("/reporting/review", "已退回，等待重新上报", "Returned to the unit", {"id": task_id})


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One indicator in one period: a mark for each town, one for the county, and departments by number."""

    indicator: str
    name: Words
    period: Words
    cells: dict[str, Badge]
    departments: str
    missing: int
    path: str


def _row(ask: EvaluationAsk, key: tuple[str, str], tasks: list[TaskSummary], mine: str) -> MatrixRow:
    indicator, period = key
    cells: dict[str, Badge] = {}
    done = owed = missing = 0
    for task in tasks:
        for unit in task.about:
            if mine and unit != mine:
                continue
            cells[unit] = state_badge(task.state, task.due_on, ask.today)
            missing += task.waits_for_unit
            if not unit.isdigit():
                owed, done = owed + 1, done + (not task.waits_for_unit)
    return MatrixRow(
        indicator=indicator,
        name=indicator_words(ask, indicator),
        period=period_words(period),
        cells=cells,
        departments=f"{done} / {owed}" if owed else "",
        missing=missing,
        path=f"/reporting?indicator={indicator}&period={period}",
    )


def _periods(ask: EvaluationAsk, quarter: str) -> tuple[str, list[str]]:
    """Return the quarter shown, and every period that ends in it: its months, and the year with the last."""
    year = ask.service.rulebook.since.year
    quarters = periods_of("quarter", year)
    day = min(max(ask.today, ask.service.rulebook.since), date(year, 12, 31))
    chosen = next((one for one in quarters if one.key == quarter), None)
    chosen = chosen or next(one for one in quarters if one.first <= day <= one.last)
    every = [*quarters, *periods_of("month", year), *periods_of("year", year)]
    return chosen.key, [one.key for one in every if chosen.first <= one.last <= chosen.last]


@section.page("/matrix", "report.read", "evaluation/reporting_matrix.html")
def show_matrix(ask: EvaluationAsk, quarter: str = "") -> View:
    """Show who has reported what in a quarter; a unit sees its own column."""
    chosen, periods = _periods(ask, quarter)
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        tasks = tasks_of_periods(connection, periods)
    groups: dict[tuple[str, str], list[TaskSummary]] = defaultdict(list)
    for task in tasks:
        if not mine or mine in task.about or mine == task.reporter:
            groups[task.indicator, task.period].append(task)
    rows = [_row(ask, key, found, mine) for key, found in sorted(groups.items())]
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {
        "quarter": chosen,
        "quarters": [
            (one.key, period_words(one.key)) for one in periods_of("quarter", ask.service.rulebook.since.year)
        ],
        "missing": sum(row.missing for row in rows),
        "tasks": len(tasks),
    }
    listing = Listing(_matrix_columns(ask, mine), part, len(rows), ask.paging)
    return View(MATRIX, data, listing, (Crumb(REPORTS, "/reporting"), Crumb(MATRIX)))


def _matrix_columns(ask: EvaluationAsk, mine: str) -> tuple[Column[MatrixRow], ...]:
    places = [(town.id, town.name) for town in ask.service.towns if not mine or town.id == mine]
    if not mine:
        places.append((COUNTY, "全县"))
    elif not mine.isdigit():
        places = [(mine, mine)]
    return (
        Column[MatrixRow]("指标", "Indicator", lambda row: row.name, link=lambda row: row.path),
        Column[MatrixRow]("期次", "Period", lambda row: row.period),
        *(_place_column(unit, name) for unit, name in places),
        *(() if mine else (Column[MatrixRow]("部门", "Departments", lambda row: row.departments),)),
        Column[MatrixRow]("尚未上报", "Not reported", lambda row: row.missing, "number"),
    )


def _place_column(unit: str, name: str) -> Column[MatrixRow]:
    english = "County" if unit == COUNTY else name
    return Column[MatrixRow](name, english, lambda row: row.cells.get(unit, ""))


def reporting_tasks(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    """Give what a unit owes, or what the evaluator has to review and to check."""
    mine = own_unit(ask)
    if not mine and ask.officer.role != "evaluator":
        return
    for one in waiting_tasks(connection, reporter=mine):
        yield Task(
            what=_to_do(one),
            path=path_to("reporting", "tasks", one.id),
            about=_about(ask, one),
            unit=one.reporter,
            due_on=one.due_on if mine else (one.submitted_on or one.due_on),
        )


def _about(ask: EvaluationAsk, one: TaskSummary) -> Words:
    name, period = indicator_words(ask, one.indicator), period_words(one.period)
    return Words(f"{name.zh}（{period.zh}）", f"{name.en} ({period.en})")


def _to_do(one: TaskSummary) -> Words:
    if one.state is TaskState.RETURNED:
        return Words("修改退回的上报", "Correct a returned report")
    if one.waits_for_unit:
        return Words("上报指标数值", "Report a value")
    if one.state is TaskState.SUBMITTED:
        return Words("审核上报", "Review a report")
    return Words("核查抽中的上报", "Check a drawn report")
