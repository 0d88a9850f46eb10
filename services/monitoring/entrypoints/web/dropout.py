"""Dropouts: the register, one child's case with the seven responsible, and what can be done."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection, select

from services.monitoring.adapters.read_models_guarantee import Entry
from services.monitoring.adapters.tables import dropouts
from services.monitoring.domain.education.dropout import SEVEN, STATES
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.guarantee import (
    entry_area,
    is_unit,
    listed,
    on_the_ground,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    task_of,
    waiting_entries,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import NOBODY, choices_of, words_of
from services.monitoring.entrypoints.web.register_page import (
    ActForm,
    Filter,
    Link,
    Mark,
    entry_data,
    limit_mark,
    list_data,
)
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.education import dropout
from shared.areas import town_of
from shared.kernel.period import add_days
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Column
from shared.web.section import Section

section = Section("education")

EDUCATION = "县教体局"
TITLE = Words("控辍保学", "Dropouts")
TABS = (
    Link(TITLE, "/education/dropouts"),
    Link(Words("学生资助", "Student aid"), "/education/aids"),
    Link(Words("送教上门", "Teaching at home"), "/education/home-teaching"),
    Link(Words("教师结对", "Paired teachers"), "/education/pairing"),
)
_OPEN = ("found", "notified")
_ADMINISTRATIVE = ("county", "education", "town", "village")
_area = entry_area(dropouts, "dropout_id")

Who = Annotated[str, Field(max_length=60)]


class ResponsibleForm(Form):
    version: Version
    county: Annotated[Who, Label("县长", "Head of the county")] = ""
    education: Annotated[Who, Label("教育局长", "Head of the education bureau")] = ""
    town: Annotated[Who, Label("镇长", "Head of the town")] = ""
    village: Annotated[Who, Label("村长", "Head of the village")] = ""
    head: Annotated[Who, Label("校长", "Head of the school")] = ""
    teacher: Annotated[Who, Label("班主任", "Class teacher")] = ""
    parent: Annotated[Who, Label("家长", "Parent")] = ""


class PersuasionForm(Form):
    version: Version
    role: Annotated[
        Literal["county", "education", "town", "village", "head", "teacher", "parent"],
        Label("劝返人", "Who spoke with them", choices=choices_of("seven_responsible")),
    ] = "village"
    on: OnDay = None
    note: Note = ""


class NoticeForm(Form):
    version: Version
    notice_no: Annotated[str, Field(min_length=1, max_length=40), Label("通知书编号", "Number of the notice")]
    return_by: Annotated[date, Label("限期返校日期", "To be back by")]
    on: OnDay = None


class EndForm(Form):
    version: Version
    result: Annotated[
        Literal["returned", "taught_at_home", "exempt", "mistaken"],
        Label("办结结果", "How it ended", choices=choices_of("dropout_result"), widget="radio"),
    ]
    school_status: Annotated[
        str,
        Label(
            "返校后年级",
            "Grade the child is back in",
            hint_zh="填写后同步更正户信息",
            hint_en="the household's record is put right with it",
            choices=tuple(one for one in choices_of("school_status") if "003" <= one.value <= "006"),
        ),
    ] = ""
    teacher: Annotated[Who, Label("送教教师（送教上门时填写）", "Teacher, when taught at home")] = ""
    on: OnDay = None


def dropout_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the children to be brought back, for the education bureau and those on the ground."""
    if is_unit(ask, EDUCATION) or on_the_ground(ask):
        for one in waiting_entries(ask, connection, dropouts, dropouts.c.state.in_(_OPEN)):
            words = Words("劝返失学辍学学生", "Bring a child back to school")
            yield task_of(one, words, f"/education/dropouts/{one.id}")


@section.page("/education/dropouts", "education.read", "monitoring/register_list.html", area_of=own_area)
def list_dropouts(ask: MonitoringAsk, state: str = "open") -> View:
    """List the cases of dropouts, what is due first on top."""
    states = _OPEN if state == "open" else (state,) if state in STATES else tuple(STATES)
    columns = (
        *whose_columns(ask, lambda one: f"/education/dropouts/{one.id}"),
        Column[Entry]("未上学原因", "Reason", lambda one: words_of("absence_reason", one["reason"])),
        Column[Entry]("发现日期", "Found", lambda one: one["found_on"]),
        Column[Entry]("劝返期限", "Back by", lambda one: one["due_on"]),
        Column[Entry]("七长", "The seven", _named),
        Column[Entry]("劝返次数", "Persuasions", lambda one: len(one["persuasions"]), "number"),
        state_column(ask, STATES, _OPEN),
        Column[Entry]("结果", "Result", lambda one: words_of("dropout_result", one["result"])),
    )
    with read(ask) as connection:
        listing = listed(
            ask,
            connection,
            dropouts,
            columns,
            conditions=(dropouts.c.state.in_(states),),
            order=(dropouts.c.due_on,),
        )
    limit = ask.service.education.return_days.entry_on(ask.today)
    choices = [("open", Words("未办结", "open")), *state_choices(STATES)]
    data = list_data(
        tabs=TABS,
        filters=[Filter("state", Words("状态", "State"), choices, state)],
        note=Words(
            f"义务教育阶段失学辍学应为零。在农户页登记“失学辍学”即建立劝返案件，劝返期限{limit.value}天。",
            "Nobody of school age may be out of school. Recording a dropout on the household's page opens "
            f"the case; the child is to be back within {limit.value} days.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("没有失学辍学学生。", "No child is out of school."),
    )
    return View(TITLE, data, listing)


@section.page(
    "/education/dropouts/{dropout_id}", "education.read", "monitoring/register_entry.html", area_of=_area
)
def show_dropout(ask: MonitoringAsk, dropout_id: str) -> View:
    """Show one child's case with the seven, what was tried, and the next step."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, dropouts, dropout_id)
        usual = _usual(connection, one) if ask.officer.role != "evaluator" else {}
    responsible = one["responsible"]
    facts: list[tuple[Words, object]] = [
        (Words("状态", "State"), state_badge(STATES, one["state"])),
        (Words("未上学原因", "Reason"), words_of("absence_reason", one["reason"])),
        (Words("发现日期", "Found"), one["found_on"]),
        (Words("劝返期限", "Back by"), one["due_on"]),
        (Words("限期返校通知书", "Notice"), one["notice_no"] or None),
        (Words("限期返校", "Notice says back by"), one["return_by"]),
        (Words("结果", "Result"), words_of("dropout_result", one["result"])),
    ]
    facts += [(words_of("seven_responsible", role), responsible.get(role) or None) for role in SEVEN]
    data = entry_data(
        facts,
        acts=_acts(ask, one, {**usual, **responsible}) if one["state"] != "ended" else (),
        marks=(_mark(ask, one),),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
        entries=_told(one),
    )
    return View(whose(ask, one), data, crumbs=(Crumb(TITLE, "/education/dropouts"), Crumb(whose(ask, one))))


def _acts(ask: MonitoringAsk, one: Entry, responsible: dict[str, str]) -> list[ActForm]:
    given = {"dropout_id": one.id, "version": one["version"]}
    acts = [
        ActForm("dropout.name", {**given, **responsible, "unfolded": not one["responsible"]}),
        ActForm("dropout.persuade", given),
    ]
    if one["state"] == "found":
        acts.append(ActForm("dropout.notify", {**given, "return_by": add_days(ask.today, 7)}))
    return [*acts, ActForm("dropout.end", given)]


def _mark(ask: MonitoringAsk, one: Entry) -> Mark:
    limit = ask.service.education.return_days.entry_on(one["found_on"])
    return limit_mark(f"劝返期限{limit.value}天", f"to be back within {limit.value} days", limit)


def _told(one: Entry) -> list[TimelineEntry]:
    told = [
        TimelineEntry(
            date.fromisoformat(said["on"]),
            Words("劝返", "Persuasion"),
            Words(
                f"{words_of('seven_responsible', said['role']).zh} {said['note']}",
                f"{words_of('seven_responsible', said['role']).en} {said['note']}",
            ),
        )
        for said in one["persuasions"]
    ]
    days = ((one["found_on"], Words("发现失学辍学", "Found")), (one["ended_on"], Words("办结", "Ended")))
    told += [TimelineEntry(day, words) for day, words in days if day is not None]
    if one["notified_on"]:
        told.append(TimelineEntry(one["notified_on"], Words("送达限期返校通知书", "Notice served")))
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _named(one: Entry) -> object:
    named = sum(1 for role in SEVEN if one["responsible"].get(role))
    return Words(f"{named}/7", f"{named} of 7") if named else NOBODY


def _usual(connection: Connection, one: Entry) -> dict[str, str]:
    """Return who is responsible for the latest other child of the town: the official fills in less."""
    columns = dropouts.c
    query = (
        select(columns.area_code, columns.responsible)
        .where(columns.id != one.id, columns.area_code.startswith(town_of(one.area_code)))
        .order_by(columns.area_code == one.area_code, columns.found_on)
    )
    usual: dict[str, str] = {}
    for row in connection.execute(query.limit(50)):
        roles = _ADMINISTRATIVE if row.area_code == one.area_code else _ADMINISTRATIVE[:3]
        usual |= {role: row.responsible[role] for role in roles if row.responsible.get(role)}
    return usual


def _done(dropout_id: str, zh: str, en: str) -> Done:
    return Done(f"/education/dropouts/{dropout_id}", zh, en, {"id": dropout_id})


@section.action(
    "/education/dropouts/{dropout_id}/responsible",
    "dropout.name",
    Words("明确七长责任人", "Name the seven responsible"),
    ResponsibleForm,
    permission="education.work",
    area_of=_area,
)
def name(act: MonitoringAct, form: ResponsibleForm, dropout_id: str) -> Done:
    responsible = {role: getattr(form, role) for role in SEVEN}
    command = dropout.NameResponsible(dropout_id=dropout_id, responsible=responsible, version=form.version)
    dropout.name_responsible(command, act.uow())
    return _done(dropout_id, "责任人已登记", "Those responsible are recorded")


@section.action(
    "/education/dropouts/{dropout_id}/persuasions",
    "dropout.persuade",
    Words("登记劝返", "Record a persuasion"),
    PersuasionForm,
    permission="education.work",
    area_of=_area,
)
def persuade(act: MonitoringAct, form: PersuasionForm, dropout_id: str) -> Done:
    command = dropout.RecordPersuasion(
        dropout_id=dropout_id,
        role=form.role,
        on=form.on or act.today,
        note=form.note,
        version=form.version,
    )
    dropout.record_persuasion(command, act.uow())
    return _done(dropout_id, "劝返已登记", "The persuasion is recorded")


@section.action(
    "/education/dropouts/{dropout_id}/notice",
    "dropout.notify",
    Words("发限期返校通知书", "Serve the notice to return"),
    NoticeForm,
    permission="education.notify",
    area_of=_area,
)
def notify(act: MonitoringAct, form: NoticeForm, dropout_id: str) -> Done:
    command = dropout.ServeNotice(
        dropout_id=dropout_id,
        notice_no=form.notice_no,
        return_by=form.return_by,
        on=form.on or act.today,
        version=form.version,
    )
    dropout.serve_notice(command, act.uow())
    return _done(dropout_id, "通知书已登记", "The notice is recorded")


@section.action(
    "/education/dropouts/{dropout_id}/end",
    "dropout.end",
    Words("办结", "End the case"),
    EndForm,
    permission="education.end",
    area_of=_area,
)
def end(act: MonitoringAct, form: EndForm, dropout_id: str) -> Done:
    command = dropout.EndDropout(
        dropout_id=dropout_id,
        result=form.result,
        on=form.on or act.today,
        school_status=form.school_status,
        teacher=form.teacher,
        version=form.version,
    )
    pupil = dropout.end_dropout(command, act.uow(), act.service.education, act.service.checks)
    if pupil is not None:
        return Done(f"/education/home-teaching/{pupil}", "已办结，转送教上门", "Ended; taught at home now")
    return _done(dropout_id, "已办结，户情变化一并办结", "Ended, and the change with it")
