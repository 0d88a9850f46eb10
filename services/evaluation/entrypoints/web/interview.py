"""Interviews and reminders (约谈提醒) on pages."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_supervision import InterviewRow, find_interviews
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.supervision import ABOUT, about_link, own_unit, whole
from services.evaluation.service_layer.interview import RecordInterview, record_interview
from shared.persistence.engine import reading
from shared.web.asking import Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("interview", prefix="/interviews")
KINDS = {"reminder": Words("提醒", "reminder"), "interview": Words("约谈", "interview")}


class InterviewForm(Form):
    """What the paper form asks: matter, by when, who answers for it."""

    unit: Annotated[str, Field(max_length=64), Label("单位", "Unit", choices=unit_choices)]
    kind: Annotated[
        Literal["reminder", "interview"],
        Label("方式", "Kind", choices=[Choice(key, one.zh, one.en) for key, one in KINDS.items()]),
    ]
    held_on: Annotated[date, Label("日期", "Held on")]
    matter: Annotated[str, Field(min_length=1, max_length=1000), Label("事由和要求", "Matter", lines=3)]
    due_on: Annotated[date | None, Label("整改时限", "To be put right by", widget="date")] = None
    responsible: Annotated[
        str,
        Field(max_length=100),
        Label("整改责任人", "Who answers", hint_zh="只留在本单位", hint_en="stays in this office"),
    ] = ""
    about_kind: Annotated[
        Literal["", "order", "problem", "trigger", "inspection"], Label("关于", "About", widget="hidden")
    ] = ""
    about_id: Annotated[str, Field(max_length=64), Label("编号", "Id", widget="hidden")] = ""


_COLUMNS = (
    Column[InterviewRow]("日期", "Held on", lambda row: row.held_on),
    Column[InterviewRow]("单位", "Unit", lambda row: unit_words(row.unit)),
    Column[InterviewRow]("方式", "Kind", lambda row: KINDS[row.kind]),
    Column[InterviewRow]("事由", "Matter", lambda row: row.matter),
    Column[InterviewRow]("整改时限", "By", lambda row: row.due_on),
)


def _about(ask: EvaluationAsk) -> Column[InterviewRow]:
    return Column[InterviewRow](
        "关于",
        "About",
        lambda row: ABOUT[row.about_kind] if row.about_kind else None,
        link=lambda row: about_link(ask, row.unit, row.about_kind, row.about_id),
    )


_OFFICE = Column[InterviewRow]("整改责任人", "Who answers", lambda row: row.responsible)


@section.page("", "interview.read", "evaluation/interviews.html")
def list_interviews(ask: EvaluationAsk, unit: str = "") -> View:
    """List the records; a unit sees its own, without the names."""
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        rows, total = find_interviews(connection, unit=mine or unit, **whole(ask.paging))
    if mine:
        rows = [replace(row, responsible="") for row in rows]
    columns = (*_COLUMNS, _about(ask)) if mine else (*_COLUMNS, _about(ask), _OFFICE)
    data = {
        "today": ask.today,
        "unit": unit,
        "units": [] if mine else [(one.id, one.name) for one in ask.service.units()],
    }
    return View(
        Words("约谈提醒", "Interviews and reminders"), data, Listing(columns, rows, total, ask.paging)
    )


@section.action(
    "", "interview.record", Words("登记约谈提醒", "Record an interview or reminder"), InterviewForm
)
def record(act: EvaluationAct, form: InterviewForm) -> Done:
    command = RecordInterview(
        unit=form.unit,
        kind=form.kind,
        held_on=form.held_on,
        matter=form.matter,
        due_on=form.due_on,
        responsible=form.responsible,
        about_kind=form.about_kind,
        about_id=form.about_id,
    )
    found = record_interview(command, act.uow(), [unit.id for unit in act.service.units()])
    return Done("/interviews", "已登记", "Recorded", {"id": found}, created=True)
