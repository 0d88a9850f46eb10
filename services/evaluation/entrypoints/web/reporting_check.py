"""Sampled checks of reports on pages: freeze, draw, the drawn reports, what was found."""

from services.evaluation.adapters.read_models_reporting import (
    TaskSearch,
    TaskSummary,
    find_tasks,
    get_sample,
    samples_of,
)
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.reporting.sample import ListedReport, ReportSample
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import same, unit_words
from services.evaluation.entrypoints.web.reporting import REPORTS, seen_task, task_columns
from services.evaluation.entrypoints.web.reporting_forms import CheckForm, FreezeForm, SeedForm, found_figure
from services.evaluation.service_layer.reporting_check import (
    CheckReport,
    DrawReportSample,
    FreezeReportSample,
    check_report,
    draw_report_sample,
    freeze_report_sample,
)
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing, Paging
from shared.web.section import Section

section = Section("reporting_check", prefix="/reporting")

CHECKS = Words("上报抽查", "Sampled checks of reports")
_MOST = 200


def _state(one: ReportSample) -> Badge:
    if one.drawn_on is None:
        return Badge("yellow", Words("待抽取", "to be drawn"))
    return Badge("blue", Words(f"已抽取 {len(one.drawn)} 项", f"{len(one.drawn)} drawn"))


@section.page("/checks", "report.check", "evaluation/report_checks.html")
def list_checks(ask: EvaluationAsk) -> View:
    """List the sampled checks, and every report that is drawn, by sample or by review."""
    with reading(ask.service.engine) as connection:
        samples = samples_of(connection)
        drawn, total = find_tasks(
            connection,
            TaskSearch(drawn=True),
            today=ask.today,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    columns = (
        Column[ReportSample](
            "名称", "Title", lambda one: one.title, link=lambda one: f"/reporting/checks/{one.id}"
        ),
        Column[ReportSample]("名单冻结", "List frozen", lambda one: one.frozen_on),
        Column[ReportSample]("名单项数", "On the list", lambda one: len(one.listed), "number"),
        Column[ReportSample]("抽取日期", "Drawn", lambda one: one.drawn_on),
        Column[ReportSample]("状态", "State", _state),
    )
    limit = ask.service.rulebook.figures["report_review_percent"].entry_on(
        max(ask.today, ask.service.rulebook.since)
    )
    data = {
        "samples": Listing(columns, samples[:_MOST], len(samples), Paging(1, _MOST)),
        "limit": limit.value,
        "limit_source": limit.source,
        "limit_confirmed": limit.confirmed,
    }
    crumbs = (Crumb(REPORTS, "/reporting"), Crumb(CHECKS))
    return View(CHECKS, data, Listing((*task_columns(ask), *_DRAWN), drawn, total, ask.paging), crumbs)


_DRAWN = (
    Column[TaskSummary](
        "来由",
        "Why",
        lambda one: (
            Words("差异复查", "review") if one.drawn_by.startswith("review:") else Words("抽中", "drawn")
        ),
    ),
    Column[TaskSummary]("核查日期", "Checked on", lambda one: one.checked_on),
)


@section.page("/checks/{sample_id}", "report.check", "evaluation/report_check.html")
def show_check(ask: EvaluationAsk, sample_id: str) -> View:
    """Show what anyone needs to draw the same again: list, digest, seed; the list can be exported."""
    with reading(ask.service.engine) as connection:
        one = get_sample(connection, sample_id)
    drawn = frozenset(one.drawn)
    columns = (
        Column[ListedReport]("reporter", "reporter", lambda row: row.reporter),
        Column[ListedReport](
            "task_id",
            "task_id",
            lambda row: row.task_id,
            link=lambda row: path_to("reporting", "tasks", row.task_id),
        ),
        Column[ListedReport]("单位", "Unit", lambda row: unit_words(row.reporter)),
        Column[ListedReport](
            "抽中", "Drawn", lambda row: Badge("blue", Words("抽中", "drawn")) if row.task_id in drawn else ""
        ),
    )
    rows = sorted(one.listed, key=lambda row: (row.task_id not in drawn, row.line.encode()))
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {"sample": one, "state": _state(one), "percent": percent_text(one)}
    title = same(one.title)
    crumbs = (Crumb(REPORTS, "/reporting"), Crumb(CHECKS, "/reporting/checks"), Crumb(title))
    return View(title, data, Listing(columns, part, len(rows), ask.paging), crumbs)


def percent_text(one: ReportSample) -> str:
    """Return the share that is drawn, in percent."""
    return f"{one.share * 100:.0f}%"


@section.action(
    "/checks", "report.freeze", Words("形成抽查名单", "Freeze a list"), FreezeForm, permission="report.check"
)
def freeze(act: EvaluationAct, form: FreezeForm) -> Done:
    figures = act.service.rulebook.figures
    sample_id = freeze_report_sample(FreezeReportSample(title=form.title), act.uow(), figures)
    zh, en = (
        "名单已冻结，请公布摘要后当众产生种子",
        "The list is frozen: publish its digest, then find the seed",
    )
    return Done(path_to("reporting", "checks", sample_id), zh, en, {"id": sample_id}, created=True)


@section.action(
    "/checks/{sample_id}/draw", "report.draw", Words("抽取", "Draw"), SeedForm, permission="report.check"
)
def draw(act: EvaluationAct, form: SeedForm, sample_id: str) -> Done:
    number = draw_report_sample(DrawReportSample(sample_id=sample_id, seed=form.seed), act.uow())
    path = path_to("reporting", "checks", sample_id)
    return Done(path, f"已抽取 {number} 项", f"{number} drawn", {"drawn": number})


@section.action(
    "/tasks/{task_id}/check",
    "report.record_check",
    Words("登记核查结果", "Record the check"),
    CheckForm,
    permission="report.check",
)
def record(act: EvaluationAct, form: CheckForm, task_id: str) -> Done:
    task = seen_task(act, task_id)
    found = {row.unit: found_figure(task.shape, row) for row in form.found}
    command = CheckReport(task_id=task_id, found=found, how=form.how, version=form.version)
    off_by, others = check_report(command, act.uow(), act.service.rulebook.figures)
    percent = two_decimals(100 * off_by)
    zh, en = "核查属实", "Upheld"
    if found:
        zh, en = f"已更正，最大差异 {percent}%", f"Corrected; off by {percent} % at the most"
    if others:
        zh += f"；差异较大，该单位其余 {others} 项上报列入核查（办法未确认）"
        en += f"; {others} other reports of the unit are to be checked (unconfirmed rule)"
    body = {"id": task_id, "off_by_percent": str(percent), "reviewed": others}
    return Done(path_to("reporting", "tasks", task_id), zh, en, body)
