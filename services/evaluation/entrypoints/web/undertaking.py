"""What units have undertaken: decisions, tasks of sites, projects, complaints; entering and ending it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from services.evaluation.adapters.read_models_dispatch import dispatch_on, find_undertakings
from services.evaluation.domain.dispatch.errors import NotForThisUnitError, UnknownDispatchError
from services.evaluation.domain.dispatch.undertaking import (
    KINDS,
    STATE_WORDS,
    Undertaking,
    UndertakingState,
)
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.dispatch import NEAR_DAYS
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.matrix import Act, chosen
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.service_layer.dispatch.undertaking import (
    EndUndertaking,
    MakeUndertaking,
    end_undertakings,
    make_undertakings,
)
from shared.kernel.period import add_days
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("undertaking", prefix="/undertakings")
TITLE = Words("限办事项", "Undertakings")
Text = Annotated[
    str,
    Field(min_length=1, max_length=500),
    Label("事项", "What is to be done", lines=3, hint_zh="不写个人姓名", hint_en="name no person"),
]
Unit = Annotated[str, Field(max_length=64), Label("责任单位", "Unit", choices=unit_choices)]
DueOn = Annotated[date, Label("完成时限", "Due")]


class ProjectForm(Form):
    """A construction project with the day by which it is done."""

    kind: Annotated[
        Literal["project", "complaint"],
        Label(
            "种类",
            "Kind",
            choices=[Choice(key, *KINDS[key]) for key in ("project", "complaint")],
        ),
    ]
    text: Text
    unit: Unit
    due_on: Annotated[
        date | None,
        Label(
            "完成时限",
            "Due",
            hint_zh="投诉不填则按答复时限计算",
            hint_en="of a complaint by the time allowed when empty",
        ),
    ] = None
    area_code: Annotated[
        str, Field(pattern=r"^([0-9]{9}|[0-9]{12})?$"), Label("所在镇村（区划代码）", "Place (area code)")
    ] = ""


class EndForm(Form):
    version: Version
    result: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Label("办理结果或取消原因", "Result, or the reason", lines=3),
    ]


def undertaking_badge(ask: EvaluationAsk, one: Undertaking) -> Badge:
    """Return where it stands; overdue is said in red."""
    words = Words(*STATE_WORDS[one.state])
    if one.state is UndertakingState.DONE:
        late = Words("逾期办结", "done late")
        return Badge("yellow", late) if one.overdue(ask.today) else Badge("green", words)
    if one.state is UndertakingState.DROPPED:
        return Badge("grey", words)
    if one.overdue(ask.today):
        return Badge("red", Words("已超期", "overdue"))
    return Badge("yellow" if (one.due_on - ask.today).days <= NEAR_DAYS else "blue", words)


def undertaking_columns(ask: EvaluationAsk) -> tuple[Column[Undertaking], ...]:
    """Return the columns every list of undertakings has."""
    return (
        Column[Undertaking]("状态", "State", lambda row: undertaking_badge(ask, row)),
        Column[Undertaking](
            "事项", "What is to be done", lambda row: row.text, link=lambda row: f"/undertakings/{row.id}"
        ),
        Column[Undertaking]("种类", "Kind", lambda row: Words(*KINDS[row.kind])),
        Column[Undertaking]("责任单位", "Unit", lambda row: unit_words(row.unit)),
        Column[Undertaking]("牵头部门", "Lead", lambda row: row.lead or None),
        Column[Undertaking]("议定日期", "Since", lambda row: row.made_on),
        Column[Undertaking]("完成时限", "Due", lambda row: row.due_on),
        Column[Undertaking]("办结日期", "Done on", lambda row: row.ended_on),
    )


@section.page("", "undertaking.read", "evaluation/work_list.html")
def list_undertakings(
    ask: EvaluationAsk, kind: str = "", state: str = "", unit: str = "", overdue: str = ""
) -> View:
    """List what the officer's unit does or leads, what is due first on top."""
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        rows, total = find_undertakings(
            connection,
            kind=kind,
            unit=mine or unit,
            state=state,
            due_before=ask.today if overdue else None,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    states = {str(key): words for key, words in STATE_WORDS.items()}
    filters = [
        chosen("kind", "种类", "Kind", KINDS, kind),
        chosen("state", "状态", "State", states, state),
        chosen("overdue", "期限", "Deadline", {"1": ("已超期", "overdue")}, overdue),
    ]
    if not mine:
        units = {one.id: (one.name, one.name) for one in ask.service.units()}
        filters.append(chosen("unit", "单位", "Unit", units, unit))
    days = ask.service.field_work.complaint_days.entry_on(ask.today)
    notes = [
        (
            Words(f"舆情和投诉{days.value}日内回应", f"A complaint is answered in {days.value} days"),
            days.confirmed,
        )
    ]
    data = {"notes": notes, "filters": filters, "matrix": None, "acts": [Act("undertaking.make", {})]}
    return View(TITLE, data, Listing(undertaking_columns(ask), rows, total, ask.paging))


def undertaking_of(ask: EvaluationAsk, connection: Connection, undertaking_id: str) -> Undertaking:
    """Return one the officer may see; another unit's is not there."""
    one = dispatch_on(connection).undertakings.get(undertaking_id)
    if own_unit(ask) not in ("", one.unit, one.lead):
        raise UnknownDispatchError
    return one


@section.page("/{undertaking_id}", "undertaking.read", "evaluation/work_page.html")
def show_undertaking(ask: EvaluationAsk, undertaking_id: str) -> View:
    """Show one with what came of it."""
    with reading(ask.service.engine) as connection:
        one = undertaking_of(ask, connection, undertaking_id)
    kind = Words(*KINDS[one.kind])
    shown = [
        (Words("状态", "State"), undertaking_badge(ask, one)),
        (Words("种类", "Kind"), kind),
        (Words("责任单位", "Unit"), unit_words(one.unit)),
        (Words("牵头部门", "Lead department"), one.lead or None),
        (Words("议定日期", "Since"), one.made_on),
        (Words("完成时限", "Due"), one.due_on),
        (Words("办结日期", "Done on"), one.ended_on),
    ]
    texts = [
        (Words("事项", "What is to be done"), one.text),
        (Words("办理结果", "What came of it"), one.result),
    ]
    about = {"undertaking_id": one.id, "version": one.version}
    acts = [Act("undertaking.finish", {**about, "unfolded": True}), Act("undertaking.drop", about)]
    links = {
        "decision": [(Words("会议", "The meeting"), f"/meetings/{one.source_id}")],
        "site_task": [(Words("示范点", "The site"), f"/sites/{one.source_id}")],
    }.get(one.kind, [])
    if one.order_id:
        links = [*links, (Words("督办函", "Supervision order"), f"/orders/{one.order_id}")]
    data = {
        "facts": shown,
        "texts": texts,
        "acts": acts if one.state is UndertakingState.OPEN and own_unit(ask) in ("", one.unit) else [],
        "notes": [],
        "links": links,
    }
    return View(kind, data, crumbs=(Crumb(TITLE, "/undertakings"), Crumb(kind)))


@section.action("", "undertaking.make", Words("登记项目或投诉", "Enter a project or complaint"), ProjectForm)
def make(act: EvaluationAct, form: ProjectForm) -> Done:
    if own_unit(act) not in ("", form.unit):
        raise NotForThisUnitError
    days = act.service.field_work.complaint_days.on(act.today)
    command = MakeUndertaking(
        kind=form.kind,
        text=form.text,
        unit=form.unit,
        made_on=act.today,
        due_on=form.due_on or (add_days(act.today, days) if form.kind == "complaint" else _year_end(act)),
        area_code=form.area_code,
    )
    (made,) = make_undertakings([command], act.uow(), [unit.id for unit in act.service.units()])
    return Done(f"/undertakings/{made}", "已登记", "Entered", {"id": made}, created=True)


def _year_end(act: EvaluationAct) -> date:
    return date(act.today.year, 12, 31)


def _end(act: EvaluationAct, form: EndForm, undertaking_id: str, *, dropped: bool) -> Done:
    with reading(act.service.engine) as connection:
        one = undertaking_of(act, connection, undertaking_id)
    if own_unit(act) not in ("", one.unit):
        raise UnknownDispatchError  # who leads it sees it; who does it ends it
    command = EndUndertaking(
        undertaking_id=undertaking_id,
        on=act.today,
        result=form.result,
        dropped=dropped,
        version=form.version,
    )
    end_undertakings([command], act.uow())
    zh, en = ("已取消", "Dropped") if dropped else ("已办结", "Done")
    return Done(f"/undertakings/{undertaking_id}", zh, en, {"id": undertaking_id})


@section.action("/{undertaking_id}/finish", "undertaking.finish", Words("办结", "It is done"), EndForm)
def finish(act: EvaluationAct, form: EndForm, undertaking_id: str) -> Done:
    return _end(act, form, undertaking_id, dropped=False)


@section.action(
    "/{undertaking_id}/drop", "undertaking.drop", Words("取消", "No longer owed"), EndForm, danger=True
)
def drop(act: EvaluationAct, form: EndForm, undertaking_id: str) -> Done:
    return _end(act, form, undertaking_id, dropped=True)
