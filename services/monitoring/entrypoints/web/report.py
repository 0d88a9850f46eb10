"""Reports: what is owed, one report with its figures, what a figure counts, handing in and reviewing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.report.counting import ReportFigures, codes_of
from services.monitoring.adapters.report.read_models import (
    SubjectRow,
    area_of_report,
    find_reports,
    named,
    submissions_of,
    waiting_reports,
)
from services.monitoring.adapters.report.report import Reports, subjects_of, values_of
from services.monitoring.domain.report.errors import ReportNotFoundError
from services.monitoring.domain.report.figure import SOURCE, Figure, figure_of, lines_of, shares_of
from services.monitoring.domain.report.report import STATE_WORDS, Report, ReportState
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import choices_of, due_badge, words_of
from services.monitoring.entrypoints.web.people import rows_for
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.report import (
    LockReport,
    ReturnReport,
    SubmitReport,
    lock_report,
    period_of_report,
    return_report,
    submit_report,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("report")
TITLE = Words("统计报表", "Reports")
KIND_WORDS = {
    "weekly": Words("周报", "weekly"),
    "monthly": Words("月报", "monthly"),
    "quarterly": Words("季报", "quarterly"),
}
_QUARTERS = "一二三四"
_COLOURS = {ReportState.RETURNED: "red", ReportState.LOCKED: "green"}
_PAGES = {
    "clue": "/clues",
    "case": "/cases",
    "dispute": "/disputes",
    "error": "/quality/errors",
}
"""Where the link of a subject leads; of any other kind it is the household."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a report; *before* is what the last submission said, None where there was none."""

    words: Words
    unit: Words
    value: int
    before: int | None
    path: str
    within: bool
    """Whether it is one value of a figure that is divided."""

    @property
    def changed(self) -> bool:
        return self.before is not None and self.before != self.value


class SubmitForm(Form):
    version: Version
    note: Note = ""


class ReturnForm(Form):
    version: Version
    reason: Annotated[
        str, Field(max_length=16), Label("退回原因", "Reason", choices=choices_of("return_reason"))
    ]
    note: Note = ""


class LockForm(Form):
    version: Version


def report_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the town that owes the report an address names."""
    with read(ask) as connection:
        return area_of_report(connection, given["report_id"])


def report_state(ask: MonitoringAsk, report: Report) -> Badge:
    """Return where a report stands; what was handed in late says so."""
    words = Words(*STATE_WORDS[report.state])
    if report.state is ReportState.DUE:
        near = ask.service.case_policy.limits.near_days.on(ask.today)
        return due_badge(report.due_on, ask.today, min(near, 1))
    if report.late:
        words = Words(f"{words.zh}（迟报）", f"{words.en} (late)")
    return Badge(_COLOURS.get(report.state, "yellow" if report.late else "blue"), words)  # type: ignore[arg-type]


def period_words(key: str) -> Words:
    """Return what people call the period of *key*: 2022W07, 202202 or 2022Q1."""
    year, rest = key[:4], key[4:]
    if rest[0] == "W":
        return Words(f"{year}年第{int(rest[1:])}周", key)
    if rest[0] == "Q":
        return Words(f"{year}年{_QUARTERS[int(rest[1:]) - 1]}季度", key)
    return Words(f"{year}年{int(rest)}月", key)


def called(report: Report) -> Words:
    """Return what a report is called: town, period, kind."""
    town, kind = areas().get(report.unit).name, KIND_WORDS[report.kind]
    period = period_words(report.period)
    return Words(f"{town} {period.zh}{kind.zh}", f"{town}, {kind.en} {period.en}")


def _columns(ask: MonitoringAsk) -> tuple[Column[Report], ...]:
    return (
        Column[Report]("报表", "Report", called, link=lambda row: f"/reports/{row.id}"),
        Column[Report]("报告期首日", "From", lambda row: row.first),
        Column[Report]("报告期末日", "To", lambda row: row.last),
        Column[Report]("报送期限", "Due", lambda row: row.due_on),
        Column[Report]("首次报送", "Handed in", lambda row: row.submitted_on),
        Column[Report]("报送次数", "Times", lambda row: row.submissions, "number"),
        Column[Report]("状态", "State", lambda row: report_state(ask, row)),
    )


@section.page("/reports", "report.read", "monitoring/reports.html", area_of=own_area)
def list_reports(ask: MonitoringAsk, kind: str = "", state: str = "") -> View:
    """List the reports of the officer's towns, what is owed on top."""
    with read(ask) as connection:
        rows, total = find_reports(
            connection,
            area_code=ask.officer.area_code,
            kind=kind,
            state=state,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    data = {
        "kind": kind,
        "state": state,
        "kinds": list(KIND_WORDS.items()),
        "states": [(str(one), Words(*words)) for one, words in STATE_WORDS.items()],
    }
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


@section.page("/reports/{report_id}", "report.read", "monitoring/report.html", area_of=report_area)
def show_report(ask: MonitoringAsk, report_id: str, number: int = 0) -> View:
    """Show a report: the figures as they were handed in, or as they would be now, and what has changed."""
    with read(ask) as connection:
        report = report_of(connection, report_id)
        handed_in = submissions_of(connection, report_id)
        open_now = report.state in (ReportState.DUE, ReportState.RETURNED) and not number
        at = number if 0 < number <= report.submissions else report.submissions
        values = current_values(ask, connection, report) if open_now else values_of(connection, report_id, at)
        last = at if open_now else at - 1
        before = values_of(connection, report_id, last) if last > 0 else None
    data = {
        "report": report,
        "town": areas().get(report.unit).name,
        "state": report_state(ask, report),
        "preview": open_now,
        "over": ask.today > report.last,
        "at": at,
        "submissions": handed_in,
        "rows": figure_rows(report, values, before, number=None if open_now else at),
        "shares": [(Words(one.zh, one.en), one.of(values)) for one in shares_of(report.kind)],
        "reason": words_of("return_reason", report.return_reason),
        "source": SOURCE,
    }
    return View(called(report), data, crumbs=(Crumb(TITLE, "/reports"), Crumb(called(report))))


@section.page(
    "/reports/{report_id}/figures/{code}", "report.read", "monitoring/report_figure.html", area_of=report_area
)
def show_figure(ask: MonitoringAsk, report_id: str, code: str, number: int = 0) -> View:
    """List exactly what a figure counts: of a submission, or (number 0) as it would be counted now."""
    with read(ask) as connection:
        report = report_of(connection, report_id)
        if code not in codes_of(report.kind):
            raise ReportNotFoundError
        if number:
            found = subjects_of(connection, report_id, number, code)
        else:
            found = _counting(ask, connection).count(period_of_report(report), report.unit)[code]
        part = found[ask.paging.offset : ask.paging.offset + ask.paging.size]
        rows = rows_for(ask.officer, named(connection, part))
    figure = figure_of(code)
    words = figure_words(figure, code)
    back = f"/reports/{report_id}" + (f"?number={number}" if number else "")
    crumbs = (Crumb(TITLE, "/reports"), Crumb(called(report), back), Crumb(words))
    data = {"report": report, "number": number, "county": False}
    return View(words, data, Listing(subject_columns(figure, ask), rows, len(found), ask.paging), crumbs)


def subject_columns(figure: Figure, ask: MonitoringAsk) -> tuple[Column[SubjectRow], ...]:
    # Who only assesses reads no clues.
    closed = ask.officer.role == "evaluator" and figure.subject == "clue"
    page = None if closed else _PAGES.get(figure.subject)

    def link(row: SubjectRow) -> str:
        return f"{page}/{row.id}" if page else f"/households/{row.household_id}"

    return (
        Column[SubjectRow]("编号", "Id", lambda row: row.id, link=link),
        Column[SubjectRow]("户编号", "Household no.", lambda row: row.household_no or "—"),
        Column[SubjectRow]("户主", "Head", lambda row: row.head_name or "—"),
    )


def report_of(connection: Connection, report_id: str) -> Report:
    """Return the report, for reading only; raises ReportNotFoundError."""
    return Reports(connection, no_facts).get(report_id)


def current_values(ask: MonitoringAsk, connection: Connection, report: Report) -> dict[str, int]:
    """Return the figures as they would be handed in now."""
    counted = _counting(ask, connection).count(period_of_report(report), report.unit)
    return {code: len(found) for code, found in counted.items()}


def figure_words(figure: Figure, code: str) -> Words:
    """Return what a figure, or one value of it, is called."""
    _, _, value = code.partition(".")
    if not value:
        return Words(figure.zh, figure.en)
    named_value = words_of(figure.by, value)
    return Words(f"{figure.zh}：{named_value.zh}", f"{figure.en}: {named_value.en}")


def line_words(code: str, value: int, before: int | None = None) -> Words:
    """Return what a line is called; of a divided figure that counts nothing, the figure's own name."""
    figure = figure_of(code)
    return figure_words(figure, code) if value or before else Words(figure.zh, figure.en)


def figure_rows(
    report: Report, values: Mapping[str, int], before: Mapping[str, int] | None, *, number: int | None
) -> Sequence[FigureRow]:
    """Return the lines of a report; *number* is the submission its links lead into, None the present."""
    ending = f"?number={number}" if number else ""
    rows = []
    known = {code: max(value, (before or {}).get(code, 0)) for code, value in values.items()}
    for code in lines_of(codes_of(report.kind), known):
        figure = figure_of(code)
        value = values.get(code, 0)
        then = None if before is None else before.get(code, 0)
        rows.append(
            FigureRow(
                line_words(code, value, then),
                Words(figure.unit_zh, figure.unit_en),
                value,
                then,
                f"/reports/{report.id}/figures/{code}{ending}",
                bool(figure.by),
            )
        )
    return rows


def _counting(ask: MonitoringAsk, connection: Connection) -> ReportFigures:
    return ReportFigures(connection, ask.service.case_policy.limits, ask.service.line)


@section.action(
    "/reports/{report_id}/submit",
    "report.submit",
    Words("核对无误，报送", "Checked: hand it in"),
    SubmitForm,
    area_of=report_area,
)
def submit(act: MonitoringAct, form: SubmitForm, report_id: str) -> Done:
    command = SubmitReport(
        report_id=report_id,
        on=act.today,
        by=act.officer.account_id,
        note=form.note,
        version=form.version,
    )
    with read(act) as connection:
        number = submit_report(command, act.uow(), _counting(act, connection))
    body = {"id": report_id, "number": number}
    return Done(f"/reports/{report_id}", f"已报送（第{number}次）", f"Handed in (number {number})", body)


@section.action(
    "/reports/{report_id}/return",
    "report.return",
    Words("退回", "Send it back"),
    ReturnForm,
    permission="report.review",
    area_of=report_area,
)
def send_back(act: MonitoringAct, form: ReturnForm, report_id: str) -> Done:
    command = ReturnReport(
        report_id=report_id, reason=form.reason, on=act.today, note=form.note, version=form.version
    )
    return_report(command, act.uow())
    return Done("/reports?state=submitted", "已退回", "Sent back", {"id": report_id})


@section.action(
    "/reports/{report_id}/lock",
    "report.lock",
    Words("审核通过并锁定", "Accept and lock it"),
    LockForm,
    permission="report.review",
    area_of=report_area,
    danger=True,
)
def lock(act: MonitoringAct, form: LockForm, report_id: str) -> Done:
    lock_report(LockReport(report_id=report_id, on=act.today, version=form.version), act.uow())
    return Done("/reports?state=submitted", "已锁定", "Locked", {"id": report_id})


def report_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield what a town has to hand in, and what the county has to review."""
    wanted = {
        "town": ((ReportState.DUE, ReportState.RETURNED), Words("报送", "Hand in")),
        "county": ((ReportState.SUBMITTED,), Words("审核", "Review")),
    }.get(ask.officer.role)
    if wanted is None:
        return
    states, doing = wanted
    for one in waiting_reports(connection, ask.officer.area_code, states):
        name = called(one)
        words = Words(f"{doing.zh}{name.zh}", f"{doing.en}: {name.en}")
        yield Task(words, f"/reports/{one.id}", "", "", one.unit, one.due_on)
