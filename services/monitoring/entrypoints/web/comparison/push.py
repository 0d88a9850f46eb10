"""Pushes to departments: what is to be sent, what was sent, one push with what it holds, the answer."""

from datetime import date, timedelta
from typing import Annotated, Literal

from services.monitoring.adapters.read_models_comparison import (
    PushShown,
    find_differences,
    find_pushes,
    find_warnings,
    push_shown,
    to_push,
)
from services.monitoring.domain.comparison.errors import PushNotFoundError
from services.monitoring.domain.working_day import WorkingCalendar
from services.monitoring.entrypoints.web.comparison import difference, warning
from services.monitoring.entrypoints.web.comparison.place import due, known, require_own, unit_of
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.service_layer.comparison.push import (
    AnswerPush,
    PushToDepartment,
    answer_push,
    push_to_all,
    push_to_department,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import NoInput, Section

section = Section("push")

PUSHES = Words("数据推送", "Pushes")
_SATURDAY = 5


class PushForm(Form):
    department: Annotated[str, Label("部门", "Department", widget="hidden")]
    kind: Annotated[
        Literal["results", "differences"],
        Label(
            "推送内容",
            "What",
            choices=(
                Choice("results", "预警核查结果反馈", "results of warnings"),
                Choice("differences", "比对差异待答复", "differences to answer"),
            ),
        ),
    ]


class AnswerForm(Form):
    version: Version
    note: Note = ""


@section.page("/pushes", "push.read", "monitoring/pushes.html")
def list_pushes(ask: MonitoringAsk, state: str = "waiting") -> View:
    """List what was pushed to the department; for the county to all, and what is still to be pushed."""
    unit = unit_of(ask.officer)
    with read(ask) as connection:
        rows, total = find_pushes(
            connection,
            department=unit,
            only_waiting=state != "all",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        waiting = {} if unit else to_push(connection)
    data = {"state": state, "unit": unit, "to_push": sorted(waiting.items())}
    return View(PUSHES, data, Listing(_columns(ask), rows, total, ask.paging))


@section.page("/pushes/{push_id}", "push.read", "monitoring/push.html")
def show_push(ask: MonitoringAsk, push_id: str) -> View:
    """Show what a push holds, and how the department answers it."""
    with read(ask) as connection:
        one = known(push_shown(connection, push_id), PushNotFoundError)
        require_own(ask, one.department)
        part = {"area_code": "", "department": one.department, "push_id": push_id}
        size = {"limit": ask.paging.size, "offset": ask.paging.offset}
        if one.kind == "results":
            rows, total = find_warnings(connection, **part, **size)  # type: ignore[arg-type]  # both maps fit
            listing: Listing[object] = Listing(warning.columns(ask), rows, total, ask.paging)  # type: ignore[arg-type]  # rows of one kind
        else:
            found, total = find_differences(connection, **part, **size)  # type: ignore[arg-type]  # both maps fit
            listing = Listing(difference.columns(ask), found, total, ask.paging)  # type: ignore[arg-type]  # rows of one kind
    title = words_of("push_kind", one.kind)
    data = {
        "push": one,
        "kind": title,
        "state": _state(ask, one),
        "mine": unit_of(ask.officer) == one.department,
        "working_days": working_days(
            one.sent_on, one.answered_on or ask.today, ask.service.comparison.calendar
        ),
    }
    return View(title, data, listing, (Crumb(PUSHES, "/pushes"), Crumb(title)))


@section.action("/pushes/send", "push.send", Words("推送给该部门", "Push to this department"), PushForm)
def send(act: MonitoringAct, form: PushForm) -> Done:
    command = PushToDepartment(department=form.department, kind=form.kind, by=act.officer.account_id)
    push_id = push_to_department(command, act.uow(), act.service.comparison)
    return Done(f"/pushes/{push_id}", "已推送", "Pushed", {"id": push_id}, created=True)


@section.action(
    "/pushes/send-all",
    "push.send_all",
    Words("全部推送", "Push everything"),
    NoInput,
    permission="push.send",
)
def send_all(act: MonitoringAct, form: NoInput) -> Done:  # noqa: ARG001  (the frame's shape)
    with read(act) as connection:
        departments = sorted(to_push(connection))
    made = push_to_all(act.uow(), act.service.comparison, departments=departments, by=act.officer.account_id)
    return Done("/pushes", f"已推送{len(made)}项", f"{len(made)} pushed", {"ids": made})


@section.action("/pushes/{push_id}/answer", "push.answer", Words("答复", "Answer"), AnswerForm)
def answer(act: MonitoringAct, form: AnswerForm, push_id: str) -> Done:
    answer_push(
        AnswerPush(
            push_id=push_id,
            unit=act.officer.unit,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        ),
        act.uow(),
    )
    return Done("/pushes", "已答复", "Answered", {"id": push_id})


def working_days(first: date, last: date, calendar: WorkingCalendar) -> int:
    """Return how many working days lie after *first* up to *last*; beyond the calendar Mondays to Fridays."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    known_days = ((day, calendar.working(day)) for day in days)
    return sum(day.weekday() < _SATURDAY if working is None else working for day, working in known_days)


def _state(ask: MonitoringAsk, row: PushShown) -> Badge:
    if row.answered_on is None:
        return due(ask, row)
    late = row.answered_on > row.due_on
    return (
        Badge("yellow", Words("逾期答复", "answered late"))
        if late
        else Badge("green", Words("已答复", "answered"))
    )


def _columns(ask: MonitoringAsk) -> tuple[Column[PushShown], ...]:
    calendar = ask.service.comparison.calendar
    return (
        Column[PushShown](
            "内容", "What", lambda row: words_of("push_kind", row.kind), link=lambda row: f"/pushes/{row.id}"
        ),
        Column[PushShown]("部门", "Department", lambda row: row.department),
        Column[PushShown]("条数", "Rows", lambda row: row.rows, "number"),
        Column[PushShown]("推送日期", "Sent", lambda row: row.sent_on),
        Column[PushShown]("答复期限", "By", lambda row: row.due_on),
        Column[PushShown]("答复日期", "Answered", lambda row: row.answered_on),
        Column[PushShown](
            "办理工作日",
            "Working days",
            lambda row: working_days(row.sent_on, row.answered_on or ask.today, calendar),
            "number",
        ),
        Column[PushShown]("状态", "State", lambda row: _state(ask, row)),
    )
