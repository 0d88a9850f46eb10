"""Village decisions: the list, one decision with its six steps, filing it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models_governance import (
    area_of_decision,
    decision_of,
    find_decisions,
)
from services.monitoring.domain.village_decision import STEPS, VillageDecision
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.household import villages
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.service_layer.village_decision import (
    BeginDecision,
    FileDecision,
    KeepDecisionStep,
    begin_decision,
    file_decision,
    keep_decision_step,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("decision")
_TITLE = Words("四议两公开", "Village decisions")


class BeginForm(Form):
    area_code: Annotated[str, Field(pattern="^[0-9]{12}$"), Label("所在村", "Village", choices=villages)]
    kind: Annotated[str, Label("事项类别", "Subject", choices=choices_of("decision_kind"))]
    title: Annotated[
        str,
        Field(min_length=2, max_length=100),
        Label(
            "事项名称", "Title", hint_zh="不写个人姓名、证件和电话", hint_en="no names, numbers or telephones"
        ),
    ]
    on: OnDay = None


class StepForm(Form):
    version: Version
    step: Annotated[str, Label("步骤", "Step", choices=choices_of("decision_step"))]
    on: OnDay = None


class FileForm(Form):
    version: Version
    on: OnDay = None


def _village(_act: MonitoringAct, given: Mapping[str, Any]) -> str:
    return str(given["area_code"])


def decision_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the decision an address names."""
    with read(ask) as connection:
        return area_of_decision(connection, given["decision_id"])


def _state(decision: VillageDecision) -> Badge:
    kept = f"{len(decision.steps)}/{len(STEPS)}"
    if decision.filed_on is None:
        return Badge("blue", Words(f"办理中 {kept}", f"open {kept}"))
    if decision.complete:
        return Badge("green", Words("已归档，步骤齐全", "filed, complete"))
    return Badge("red", Words(f"已归档，缺步骤 {kept}", f"filed, steps missing {kept}"))


_COLUMNS = (
    Column[VillageDecision]("事项", "Title", lambda one: one.title, link=lambda one: f"/decisions/{one.id}"),
    Column[VillageDecision]("类别", "Subject", lambda one: words_of("decision_kind", one.kind)),
    Column[VillageDecision]("所在村", "Village", lambda one: areas().full_name(one.area_code)),
    Column[VillageDecision]("提出日期", "Begun", lambda one: one.begun_on),
    Column[VillageDecision]("归档日期", "Filed", lambda one: one.filed_on),
    Column[VillageDecision]("状态", "State", _state),
)


@section.page("/decisions", "decision.read", "monitoring/decisions.html", area_of=own_area)
def list_decisions(ask: MonitoringAsk, state: str = "all") -> View:
    """List the decisions of the officer's area, open ones first."""
    with read(ask) as connection:
        rows, total = find_decisions(
            connection,
            area_code=ask.officer.area_code,
            only_open=state == "open",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    return View(_TITLE, {"state": state}, Listing(_COLUMNS, rows, total, ask.paging))


@section.page("/decisions/{decision_id}", "decision.read", "monitoring/decision.html", area_of=decision_area)
def show_decision(ask: MonitoringAsk, decision_id: str) -> View:
    """Show one decision with the day of each step, and what comes next."""
    with read(ask) as connection:
        decision = decision_of(connection, decision_id)
    data = {
        "decision": decision,
        "kind": words_of("decision_kind", decision.kind),
        "village": areas().full_name(decision.area_code),
        "state": _state(decision),
        "steps": [(words_of("decision_step", step), decision.steps.get(step)) for step in STEPS],
        "next_step": decision.next_step or "",
    }
    crumbs = (Crumb(_TITLE, "/decisions"), Crumb(Words(decision.title, decision.title)))
    return View(Words(decision.title, decision.title), data, crumbs=crumbs)


@section.action(
    "/decisions",
    "decision.begin",
    Words("登记决策事项", "Record a decision"),
    BeginForm,
    permission="decision.record",
    area_of=_village,
)
def begin(act: MonitoringAct, form: BeginForm) -> Done:
    decision_id = begin_decision(
        BeginDecision(
            area_code=form.area_code,
            kind=form.kind,
            title=form.title,
            on=form.on or act.today,
            by=act.officer.account_id,
        ),
        act.uow(),
    )
    path = f"/decisions/{decision_id}"
    return Done(path, "决策事项已登记", "The decision is recorded", {"id": decision_id}, created=True)


@section.action(
    "/decisions/{decision_id}/steps",
    "decision.keep",
    Words("登记步骤", "Record a step"),
    StepForm,
    permission="decision.record",
    area_of=decision_area,
)
def keep(act: MonitoringAct, form: StepForm, decision_id: str) -> Done:
    command = KeepDecisionStep(
        decision_id=decision_id, step=form.step, on=form.on or act.today, version=form.version
    )
    keep_decision_step(command, act.uow())
    return Done(f"/decisions/{decision_id}", "步骤已登记", "The step is recorded", {"id": decision_id})


@section.action(
    "/decisions/{decision_id}/file",
    "decision.file",
    Words("归档", "File it"),
    FileForm,
    permission="decision.record",
    area_of=decision_area,
    danger=True,
)
def file_it(act: MonitoringAct, form: FileForm, decision_id: str) -> Done:
    command = FileDecision(
        decision_id=decision_id, on=form.on or act.today, by=act.officer.account_id, version=form.version
    )
    complete = file_decision(command, act.uow())
    zh = "已归档，六步齐全" if complete else "已归档，但步骤不全，将计为不规范"
    en = "Filed, all six steps kept" if complete else "Filed, but steps are missing and it counts so"
    return Done(f"/decisions/{decision_id}", zh, en, {"id": decision_id, "complete": complete})
