"""Quarterly meetings: which action met in which quarter, the meetings, their minutes and decisions."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.evaluation.adapters.read_models_dispatch import (
    WHOLE,
    dispatch_on,
    duties_of,
    find_meetings,
    find_undertakings,
)
from services.evaluation.domain.dispatch.action import Quarter
from services.evaluation.domain.dispatch.errors import (
    DecisionElsewhereError,
    UnknownActionError,
    UnknownDispatchError,
)
from services.evaluation.domain.dispatch.meeting import MeetingDuty, QuarterlyMeeting
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.dispatch import NEAR_DAYS, action_words, year_in
from services.evaluation.entrypoints.web.matrix import Act, Cell, Matrix
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.entrypoints.web.undertaking import undertaking_columns
from services.evaluation.service_layer.dispatch.meeting import Decision, HoldMeeting, hold_meeting
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.period_words import period_words
from shared.web.section import Section

section = Section("meeting", prefix="/meetings")
TITLE = Words("季例会", "Quarterly meetings")


def action_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the actions in force today, for a form."""
    for one in ask.service.dispatch.actions_on(ask.today):
        yield Choice(one.code, one.zh, one.en)


def _own_actions(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the actions the officer may hold a meeting on: a department those it leads."""
    mine = own_unit(ask)
    for one in ask.service.dispatch.actions_on(ask.today):
        if mine in ("", one.lead):
            yield Choice(one.code, one.zh, one.en)


class DecisionRow(Form):
    action: Annotated[str, Field(max_length=16), Label("提升行动", "Action", choices=action_choices)]
    text: Annotated[str, Field(min_length=1, max_length=500), Label("议定事项", "Decision")]
    unit: Annotated[str, Field(max_length=64), Label("责任单位", "Unit", choices=unit_choices)]
    due_on: Annotated[date, Label("时限", "Due")]


class MeetingForm(Form):
    """A meeting with its minutes; each decision becomes a supervision order."""

    held_on: Annotated[date, Label("召开日期", "Held on")]
    actions: Annotated[
        tuple[str, ...], Field(min_length=1), Label("涉及的提升行动", "Actions", choices=_own_actions)
    ]
    attended: Annotated[
        str,
        Field(max_length=500),
        Label("参会单位", "Units present", hint_zh="不写个人姓名", hint_en="no person"),
    ] = ""
    minutes: Annotated[str, Field(min_length=1, max_length=2000), Label("会议纪要", "Minutes", lines=6)]
    decisions: Annotated[tuple[DecisionRow, ...], Label("议定事项", "Decisions", rows=3)] = ()


def duty_badge(ask: EvaluationAsk, duty: MeetingDuty) -> Badge:
    """Return whether an action met in a quarter."""
    if duty.held_on is not None:
        late = duty.held_on > duty.due_on
        return Badge("yellow" if late else "green", Words("迟开", "late") if late else Words("已开", "held"))
    if ask.today > duty.due_on:
        return Badge("red", Words("未开", "missing"))
    near = (duty.due_on - ask.today).days <= NEAR_DAYS
    return Badge("yellow" if near else "blue", Words("待开", "due"))


@section.page("", "dispatch.read", "evaluation/work_list.html")
def list_meetings(ask: EvaluationAsk, year: str = "") -> View:
    """Show which action met in which quarter, and the meetings."""
    asked = year_in(year, ask)
    with reading(ask.service.engine) as connection:
        duties = duties_of(connection, asked)
        rows, total = _meetings(ask, connection)
        open_ = {one.id for one in rows} if own_unit(ask) else {one.meeting_id for one in duties}
    quarters = [f"{asked}Q{number}" for number in range(1, 5)]
    found = {(one.action, one.quarter): one for one in duties}
    matrix = Matrix(
        Words(f"{asked}年季例会一览", f"Meetings of {asked}"),
        [Words(f"{zh}季度", f"Q{number}") for number, zh in enumerate("一二三四", 1)],
        [
            (action_words(ask, one), [_cell(ask, found.get((one, quarter)), open_) for quarter in quarters])
            for one in sorted({duty.action for duty in duties})
        ],
    )
    acts = [Act("meeting.hold", {"held_on": ask.today})] if any(_own_actions(ask)) else []
    data = {"notes": [], "filters": [], "matrix": matrix, "acts": acts}
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


def _meetings(ask: EvaluationAsk, connection: Connection) -> tuple[list[QuarterlyMeeting], int]:
    """Return the meetings that the officer may read, of all places in the list those asked for."""
    if not own_unit(ask):
        return find_meetings(connection, limit=ask.paging.size, offset=ask.paging.offset)
    every, _ = find_meetings(connection, limit=WHOLE, offset=0)
    mine = [one for one in every if _concerns(ask, connection, one)]
    return mine[ask.paging.offset :][: ask.paging.size], len(mine)


def _concerns(ask: EvaluationAsk, connection: Connection, meeting: QuarterlyMeeting) -> bool:
    """Say whether the officer's unit led an action that was dealt with, or got something to do."""
    mine = own_unit(ask)
    led = {one.code for one in ask.service.dispatch.actions_on(meeting.held_on) if one.lead == mine}
    if not mine or led & set(meeting.actions):
        return True
    return find_undertakings(connection, source_id=meeting.id, unit=mine, limit=1)[1] > 0


def _cell(ask: EvaluationAsk, duty: MeetingDuty | None, open_: Collection[str]) -> Cell | None:
    if duty is None:
        return None
    link = f"/meetings/{duty.meeting_id}" if duty.meeting_id in open_ and duty.meeting_id else ""
    return Cell(duty_badge(ask, duty), link)


def _columns(ask: EvaluationAsk) -> tuple[Column[QuarterlyMeeting], ...]:
    def actions(row: QuarterlyMeeting) -> Words:
        words = [action_words(ask, code) for code in row.actions]
        return Words("、".join(one.zh for one in words), ", ".join(one.en for one in words))

    return (
        Column[QuarterlyMeeting](
            "召开日期", "Held on", lambda row: row.held_on, link=lambda row: f"/meetings/{row.id}"
        ),
        Column[QuarterlyMeeting]("季度", "Quarter", lambda row: period_words(row.quarter)),
        Column[QuarterlyMeeting]("涉及行动", "Actions", actions),
        Column[QuarterlyMeeting]("参会单位", "Units present", lambda row: row.attended),
    )


@section.page("/{meeting_id}", "dispatch.read", "evaluation/work_page.html")
def show_meeting(ask: EvaluationAsk, meeting_id: str) -> View:
    """Show a meeting's minutes and what became of its decisions; a unit sees those that concern it."""
    with reading(ask.service.engine) as connection:
        meeting = dispatch_on(connection).meetings.get(meeting_id)
        if not _concerns(ask, connection, meeting):
            raise UnknownDispatchError
        rows, total = find_undertakings(
            connection,
            source_id=meeting_id,
            unit=own_unit(ask),
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    quarter = period_words(meeting.quarter)
    title = Words(f"{quarter.zh}例会", f"Meeting of {quarter.en}")
    data = {
        "facts": [(one.words, one.value(meeting)) for one in _columns(ask)],
        "texts": [(Words("会议纪要", "Minutes"), meeting.minutes)],
        "acts": [],
        "notes": [],
        "links": [],
        "listed": Words("议定事项", "Decisions"),
    }
    listing = Listing(undertaking_columns(ask), rows, total, ask.paging)
    return View(title, data, listing, crumbs=(Crumb(TITLE, "/meetings"), Crumb(title)))


@section.action("", "meeting.hold", Words("登记季例会", "Enter a meeting"), MeetingForm)
def hold(act: EvaluationAct, form: MeetingForm) -> Done:
    allowed = {choice.value for choice in _own_actions(act)}
    for code in form.actions:
        if code not in allowed:
            raise UnknownActionError(action=code)
    for one in form.decisions:
        if one.action not in form.actions:
            raise DecisionElsewhereError(action=action_words(act, one.action).zh)
    command = HoldMeeting(
        quarter=str(Quarter.of(form.held_on)),
        actions=form.actions,
        held_on=form.held_on,
        minutes=form.minutes,
        attended=form.attended,
        decisions=[Decision(one.action, one.unit, one.due_on, one.text) for one in form.decisions],
        by=act.officer.account_id,
    )
    units = [unit.id for unit in act.service.units()]
    kept = hold_meeting(command, act.uow(), act.service.dispatch, act.service.supervision, units)
    return Done(
        f"/meetings/{kept.meeting_id}",
        "例会已登记，议定事项已形成督办",
        "The meeting is entered; its decisions are orders now",
        {"id": kept.meeting_id, "decisions": list(kept.decision_ids)},
        created=True,
    )
