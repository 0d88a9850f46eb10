"""Timers and reminders (逾期与催办): every limit that runs, by unit and person, and what was told upwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models_follow_up import escalation_of, waiting_escalations, whose
from services.monitoring.adapters.running_timers import running_timers
from services.monitoring.domain.escalation import Escalation, RunningTimer
from services.monitoring.domain.timer import TimerState, timer_state
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import choices_of, due_badge, words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.service_layer.escalation import AnswerEscalation, answer_escalation
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("reminder")


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One limit that runs, as page and printed list show it. *days* is negative once it has passed."""

    kind: str
    unit: Words
    person: str
    household: Words
    area_code: str
    due_on: date
    days: int
    path: str
    state: str


class AnswerForm(Form):
    version: Version
    note: Annotated[str, Field(min_length=4, max_length=200), Label("督办处理情况", "What was done", lines=3)]


def unit_words(timer_unit: str) -> Words:
    """Return what people call a unit: an area by its name, a department by its own."""
    if timer_unit.isdigit():
        name = areas().full_name(timer_unit)
        return Words(name, name)
    return Words(timer_unit, timer_unit)


def timers_for(ask: MonitoringAsk) -> list[RunningTimer]:
    """Return the limits that run in the officer's area; a department sees those it was given."""
    officer, service = ask.officer, ask.service
    with read(ask) as connection:
        timers = running_timers(
            connection, service.case_policy.limits, service.screening_policy, officer.area_code
        )
    if officer.role == "department":
        return [timer for timer in timers if timer.unit == officer.unit]
    return timers


@section.page("/reminders", "reminder.read", "monitoring/reminders.html", area_of=own_area)
def list_reminders(ask: MonitoringAsk, state: str = "", kind: str = "", unit: str = "") -> View:
    """List the limits that run: what is overdue and due soon unless all are asked for; to print or export."""
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    timers = timers_for(ask)
    states = [timer_state(one.due_on, ask.today, done_on=None, near_days=near) for one in timers]
    wanted = {state} if state in set(TimerState) else {TimerState.RED, TimerState.YELLOW}
    if state == "all":
        wanted = set(TimerState)
    chosen = [
        (one, is_)
        for one, is_ in zip(timers, states, strict=True)
        if is_ in wanted and kind in ("", one.kind) and unit in ("", one.unit)
    ]
    chosen.sort(key=lambda pair: (pair[0].due_on, pair[0].unit, pair[0].subject_id))
    part = chosen[ask.paging.offset : ask.paging.offset + ask.paging.size]
    with read(ask) as connection:
        names = whose(connection, {one.household_id for one, _ in part})
    rows = []
    for one, is_ in part:
        known = names[one.household_id]
        here = called(ask.officer, known.household_no, known.head_name)
        rows.append(_row(one, here, ask.today, is_))
    data = {
        "red": states.count(TimerState.RED),
        "yellow": states.count(TimerState.YELLOW),
        "blue": states.count(TimerState.BLUE),
        "state": state,
        "kind": kind,
        "unit": unit,
        "kinds": [(one.value, Words(one.zh, one.en)) for one in choices_of("timer_kind")],
        "units": _units(timers),
        "figures": [
            ask.service.screening_policy.to_town_days.entry_on(ask.today),
            ask.service.screening_policy.to_county_days.entry_on(ask.today),
        ],
    }
    listing = Listing(_columns(ask.today, near), rows, len(chosen), ask.paging)
    return View(Words("逾期与催办", "Timers and reminders"), data, listing)


@section.page("/escalations", "escalation.read", "monitoring/escalations.html", area_of=own_area)
def list_escalations(ask: MonitoringAsk) -> View:
    """List what this level was told is late below it and has not dealt with."""
    with read(ask) as connection:
        rows = waiting_escalations(connection, ask.officer.role, ask.officer.area_code)
        names = whose(connection, {row.household_id for row in rows})

    def household(row: Escalation) -> Words:
        known = names[row.household_id]
        return called(ask.officer, known.household_no, known.head_name)

    columns = (
        Column[Escalation](
            "督办事项",
            "What is late",
            lambda row: words_of("timer_kind", row.timer_kind),
            link=lambda row: f"/escalations/{row.id}",
        ),
        Column[Escalation]("责任单位", "Whose", lambda row: unit_words(row.unit)),
        Column[Escalation]("农户", "Household", household),
        Column[Escalation]("期限", "Was due", lambda row: row.due_on),
        Column[Escalation]("逾期天数", "Days late", lambda row: (ask.today - row.due_on).days, "number"),
        Column[Escalation]("上报日期", "Told on", lambda row: row.raised_on),
    )
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(Words("督办", "Escalations"), {}, Listing(columns, part, len(rows), ask.paging))


def escalation_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the escalation a page or action names."""
    with read(ask) as connection:
        return escalation_of(connection, given["escalation_id"]).area_code


@section.page(
    "/escalations/{escalation_id}",
    "escalation.read",
    "monitoring/escalation.html",
    area_of=escalation_area,
)
def show_escalation(ask: MonitoringAsk, escalation_id: str) -> View:
    """Show what is late, whose it is, and let this level say what it did."""
    with read(ask) as connection:
        one = escalation_of(connection, escalation_id)
        known = whose(connection, {one.household_id})[one.household_id]
    title = words_of("timer_kind", one.timer_kind)
    data = {
        "escalation": one,
        "what": title,
        "unit": unit_words(one.unit),
        "household": called(ask.officer, known.household_no, known.head_name),
        "days": (ask.today - one.due_on).days,
        "waits": one.answered_on is None and one.ended_on is None and one.level == ask.officer.role,
    }
    return View(title, data, crumbs=(Crumb(Words("督办", "Escalations"), "/escalations"), Crumb(title)))


@section.action(
    "/escalations/{escalation_id}/answer",
    "escalation.answer",
    Words("登记督办处理情况", "Record what was done"),
    AnswerForm,
    area_of=escalation_area,
)
def answer(act: MonitoringAct, form: AnswerForm, escalation_id: str) -> Done:
    answer_escalation(
        AnswerEscalation(
            escalation_id=escalation_id, by=act.officer.account_id, note=form.note, version=form.version
        ),
        act.uow(),
    )
    return Done("/escalations", "督办情况已登记", "Recorded")


def _row(one: RunningTimer, household: Words, today: date, state: TimerState) -> ReminderRow:
    return ReminderRow(
        one.kind,
        unit_words(one.unit),
        one.person,
        household,
        one.area_code,
        one.due_on,
        (one.due_on - today).days,
        one.path,
        str(state),
    )


def _units(timers: list[RunningTimer]) -> list[tuple[str, Words, int]]:
    counts: dict[str, int] = {}
    for one in timers:
        counts[one.unit] = counts.get(one.unit, 0) + 1
    return [(unit, unit_words(unit), count) for unit, count in sorted(counts.items())]


def _columns(today: date, near: int) -> tuple[Column[ReminderRow], ...]:
    return (
        Column[ReminderRow]("期限状态", "State", lambda row: due_badge(row.due_on, today, near)),
        Column[ReminderRow]("截止日期", "By", lambda row: row.due_on),
        Column[ReminderRow]("剩余天数", "Days left", lambda row: row.days, "number"),
        Column[ReminderRow](
            "事项", "What", lambda row: words_of("timer_kind", row.kind), link=lambda row: row.path
        ),
        Column[ReminderRow]("责任单位", "Unit", lambda row: row.unit),
        Column[ReminderRow]("责任人编号", "Person no.", lambda row: row.person or None),
        Column[ReminderRow]("农户", "Household", lambda row: row.household),
        Column[ReminderRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
    )
