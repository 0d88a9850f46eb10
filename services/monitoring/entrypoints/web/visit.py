"""Visits: one short form; what is found becomes a clue at once."""

from datetime import date
from typing import Annotated, Literal

from services.monitoring.adapters.read_models import head_of
from services.monitoring.entrypoints.web.clue import Disaster
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("visit")


class VisitForm(Form):
    kind: Annotated[
        Literal["grid", "helper", "resident_team", "screening"],
        Label("走访类型", "Kind of visit", choices=choices_of("visit_kind"), widget="radio"),
    ] = "grid"
    result: Annotated[
        str, Label("走访结果", "Result", choices=choices_of("visit_result"), widget="radio")
    ] = "01"
    risks: Annotated[
        tuple[str, ...],
        Label(
            "发现的风险",
            "Risks found",
            hint_zh="没有发现风险就不勾选；最多五项",
            hint_en="leave empty when none was found; five at most",
            choices=choices_of("risk"),
        ),
    ] = ()
    disaster: Disaster = ""
    on: Annotated[
        date | None, Label("走访日期", "Day", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None
    note: Note = ""


@section.page(
    "/households/{household_id}/visits/new",
    "visit.record",
    "monitoring/visit_form.html",
    area_of=household_area,
)
def new_visit(ask: MonitoringAsk, household_id: str, kind: str = "grid") -> View:
    """Show the form for a visit; who comes from a round finds its kind filled in."""
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
    here = called(ask.officer, number, name)
    words = Words("登记走访", "Record a visit")
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(words),
    )
    if ask.officer.role == "grid":
        above = Crumb(Words("我的网格", "My grid"), "/my-grid")
        crumbs = (above, Crumb(here, f"/my-grid/households/{household_id}"), Crumb(words))
    return View(words, {"household_id": household_id, "household": here, "kind": kind}, crumbs=crumbs)


@section.action(
    "/households/{household_id}/visits",
    "visit.record",
    Words("登记走访", "Record a visit"),
    VisitForm,
    area_of=household_area,
)
def record(act: MonitoringAct, form: VisitForm, household_id: str) -> Done:
    visit_id = record_visit(
        RecordVisit(
            household_id=household_id,
            kind=form.kind,
            on=form.on or act.today,
            result=form.result,
            risk_found=bool(form.risks),
            risks=form.risks,
            disaster=form.disaster,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.clue_policy,
    )
    zh = "走访已登记，发现的风险已生成线索" if form.risks else "走访已登记"
    en = "The visit is recorded, each risk as a clue" if form.risks else "The visit is recorded"
    # A grid worker's page of the household is another: the whole record is not theirs to read.
    page = "/my-grid" if act.officer.role == "grid" else f"/households/{household_id}"
    return Done(page, zh, en, {"id": visit_id}, created=True)
