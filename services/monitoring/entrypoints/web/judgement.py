"""What a round judged of one household: the form, with the reasons the record gives ticked."""

from typing import Annotated

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.screening_focus import focus_households
from services.monitoring.entrypoints.web.clue import Disaster
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.service_layer.screening import JudgeHousehold, judge_household
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("judgement")


class JudgementForm(Form):
    focus: Annotated[
        tuple[str, ...],
        Label("属于重点关注农户的原因", "Why it was looked at", choices=choices_of("focus_reason")),
    ] = ()
    risks: Annotated[
        tuple[str, ...],
        Field(max_length=5),
        Label(
            "存在的致贫返贫风险",
            "Risks there are",
            hint_zh="没有风险就不勾选",
            hint_en="leave empty when there is none",
            choices=choices_of("risk"),
        ),
    ] = ()
    disaster: Disaster = ""
    able_to_cope: Annotated[bool, Label("具备自主应对能力", "The household can cope by itself")] = False
    unable_reason: Annotated[
        str | None, Label("不具备的原因", "Why it cannot", choices=choices_of("unable_reason"))
    ] = None
    include: Annotated[
        bool,
        Label(
            "应纳入监测",
            "Should be identified",
            hint_zh="勾选后每项风险生成一条线索，进入识别程序",
            hint_en="each risk becomes a clue and the identification begins",
        ),
    ] = False
    on: OnDay = None
    note: Note = ""


@section.page(
    "/households/{household_id}/judgements/new",
    "screening.judge",
    "monitoring/screening_judgement.html",
    area_of=household_area,
)
def new_judgement(ask: MonitoringAsk, household_id: str) -> View:
    """Show the form of a judgement, with the reasons the record gives already ticked."""
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
        area = household_area(ask, {"household_id": household_id}) or ""
        reasons = focus_households(connection, area, ask.today, ask.service.screening_policy)
    here = called(ask.officer, number, name)
    title = Words("排查判定", "Judgement")
    data = {"household_id": household_id, "household": here, "focus": reasons.get(household_id, ())}
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(title),
    )
    return View(title, data, crumbs=crumbs)


@section.action(
    "/households/{household_id}/judgements",
    "screening.judge",
    Words("登记排查判定", "Record the judgement"),
    JudgementForm,
    area_of=household_area,
)
def judge(act: MonitoringAct, form: JudgementForm, household_id: str) -> Done:
    judgement_id = judge_household(
        JudgeHousehold(
            household_id=household_id,
            on=form.on or act.today,
            focus=form.focus,
            risks=form.risks,
            disaster=form.disaster,
            able_to_cope=form.able_to_cope,
            unable_reason=form.unable_reason or "",
            include=form.include,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.clue_policy,
        act.service.screening_policy,
        act.service.line,
    )
    zh = "判定已登记，风险已生成线索" if form.include else "判定已登记"
    en = "Recorded; each risk is a clue" if form.include else "Recorded"
    return Done(f"/households/{household_id}", zh, en, {"id": judgement_id}, created=True)
