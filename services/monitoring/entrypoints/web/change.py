"""What happened to a household: one short form per kind, so that a tired official needs under a minute."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from services.monitoring.adapters.read_models import head_of, household_of_change, kind_of_change
from services.monitoring.entrypoints.web.dependencies import (
    AmountFen,
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    change_area,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.people import called, persons
from services.monitoring.entrypoints.web.place.frame import OtherSubjectError
from services.monitoring.service_layer.change import (
    RecordChange,
    ResolveChange,
    record_change,
    resolve_change,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.problems import NoSuchPageError
from shared.web.section import Section

section = Section("change")


PersonId = Annotated[str, Label("家庭成员", "Member", choices=persons, widget="radio")]
AnyPersonId = Annotated[
    str | None,
    Label("涉及的家庭成员（可不选）", "Member concerned (optional)", choices=persons, widget="radio"),
]


class IllnessForm(Form):
    person_id: PersonId
    detail: Annotated[
        str, Label("疾病类型", "Kind of illness", choices=choices_of("change_illness"), widget="radio")
    ] = "003"
    amount_fen: Annotated[
        AmountFen,
        Label(
            "自付费用（元）",
            "Self-paid cost (yuan)",
            hint_zh="报销后由家庭自己负担的金额",
            hint_en="what the family itself bears after reimbursement",
            widget="yuan",
        ),
    ]
    on: OnDay = None
    note: Note = ""


class DisabilityForm(Form):
    person_id: PersonId
    detail: Annotated[
        str, Label("残疾类别", "Kind of disability", choices=choices_of("disability_kind"), widget="radio")
    ]
    amount_fen: Annotated[AmountFen, Label("自付费用（元）", "Self-paid cost (yuan)", widget="yuan")] = 0
    on: OnDay = None
    note: Note = ""


class DropoutForm(Form):
    person_id: PersonId
    detail: Annotated[str, Label("原因", "Reason", choices=choices_of("absence_reason"), widget="radio")]
    on: OnDay = None
    note: Note = ""


class DisasterForm(Form):
    detail: Annotated[
        str, Label("灾害类型", "Kind of disaster", choices=choices_of("disaster"), widget="radio")
    ]
    amount_fen: Annotated[AmountFen, Label("损失（元）", "Loss (yuan)", widget="yuan")] = 0
    on: OnDay = None
    note: Note = ""


class AccidentForm(Form):
    detail: Annotated[
        str, Label("事故类型", "Kind of accident", choices=choices_of("change_accident"), widget="radio")
    ]
    person_id: AnyPersonId = None
    amount_fen: Annotated[AmountFen, Label("损失（元）", "Loss (yuan)", widget="yuan")] = 0
    on: OnDay = None
    note: Note = ""


class HouseDamageForm(Form):
    detail: Annotated[
        str,
        Label("房屋等级", "Grade of the house", choices=choices_of("change_house_damage"), widget="radio"),
    ]
    amount_fen: Annotated[AmountFen, Label("损失（元）", "Loss (yuan)", widget="yuan")] = 0
    on: OnDay = None
    note: Note = ""


class WaterForm(Form):
    detail: Annotated[str, Label("问题", "Problem", choices=choices_of("change_water"), widget="radio")]
    on: OnDay = None
    note: Note = ""


class BusinessForm(Form):
    detail: Annotated[
        str, Label("产业类别", "Business", choices=choices_of("change_industry_failure"), widget="radio")
    ]
    amount_fen: Annotated[AmountFen, Label("损失（元）", "Loss (yuan)", widget="yuan")]
    on: OnDay = None
    note: Note = ""


FORMS: dict[str, tuple[type[Form], Words]] = {
    "illness": (IllnessForm, Words("登记生病", "Record an illness")),
    "disability": (DisabilityForm, Words("登记致残", "Record a disability")),
    "accident": (AccidentForm, Words("登记意外事故", "Record an accident")),
    "disaster": (DisasterForm, Words("登记自然灾害", "Record a disaster")),
    "house_damage": (HouseDamageForm, Words("登记住房损坏", "Record damage to the house")),
    "water": (WaterForm, Words("登记饮水问题", "Record a water problem")),
    "dropout": (DropoutForm, Words("登记失学辍学", "Record a dropout")),
    "industry_failure": (BusinessForm, Words("登记产业失败", "Record a failed business")),
}
"""Every kind of change with its form, in the order in which they are met most."""


_UNITS = {
    "illness": frozenset({"县医保局", "县卫健局"}),
    "disability": frozenset({"县残联", "县卫健局"}),
    "accident": frozenset({"县应急局", "县公安局", "县人社局"}),
    "disaster": frozenset({"县应急局"}),
    "house_damage": frozenset({"县住建局"}),
    "water": frozenset({"县水利局"}),
    "dropout": frozenset({"县教体局"}),
    "industry_failure": frozenset({"县农业农村局"}),
}
"""The departments that deal with each kind (working proposal, after who delivers the list of its risk)."""


def deals_with(ask: MonitoringAsk, kind: str) -> bool:
    """Say whether a kind of change is the officer's to record and to end: of departments only its own."""
    return ask.officer.role != "department" or ask.officer.unit in _UNITS.get(kind, ())


def _expect_theirs(ask: MonitoringAsk, kind: str | None) -> None:
    if kind is not None and not deals_with(ask, kind):
        raise OtherSubjectError(units="、".join(sorted(_UNITS.get(kind, ()))))


def _their_change(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Be the ``area_of`` of a step on the change an address names."""
    with read(ask) as connection:
        _expect_theirs(ask, kind_of_change(connection, given["change_id"]))
    return change_area(ask, given)


class ResolveForm(Form):
    version: Version
    on: Annotated[
        date | None, Label("解决日期", "Resolved on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


def _declare(kind: str, form: type[Form], words: Words) -> None:
    def home(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
        _expect_theirs(ask, kind)
        return household_area(ask, given)

    @section.action(
        f"/households/{{household_id}}/{kind}",
        f"change.{kind}",
        words,
        form,
        permission="change.record",
        area_of=home,
    )
    def record(act: MonitoringAct, form: Form, household_id: str) -> Done:
        given = form.model_dump()
        recorded = record_change(
            RecordChange(
                household_id=household_id,
                kind=kind,
                detail=given["detail"],
                on=given["on"] or act.today,
                person_id=given.get("person_id"),
                amount_fen=given.get("amount_fen", 0),
                source="02" if act.officer.role == "department" else "01",
                by=act.officer.account_id,
                note=given["note"],
            ),
            act.uow(),
            act.service.thresholds,
            act.service.clue_policy,
        )
        body = {"id": recorded.change_id, "clue_id": recorded.clue_id}
        if recorded.clue_id is None:
            told = Words("已登记，未达到预警标准", "Recorded; below every threshold")
            return Done(f"/households/{household_id}", told.zh, told.en, body, created=True)
        told = Words(
            "已登记，并生成风险线索，请入户核实", "Recorded, and a clue raised: please check it there"
        )
        return Done(f"/clues/{recorded.clue_id}", told.zh, told.en, body, created=True)


for _kind, (_form, _words) in FORMS.items():
    _declare(_kind, _form, _words)


@section.page(
    "/households/{household_id}/changes/{kind}",
    "change.record",
    "monitoring/change_form.html",
    area_of=household_area,
)
def new_change(ask: MonitoringAsk, household_id: str, kind: str) -> View:
    """Show the form for one kind of change."""
    if kind not in FORMS:
        raise NoSuchPageError
    _expect_theirs(ask, kind)
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
    words = FORMS[kind][1]
    here = called(ask.officer, number, name)
    crumbs = (Crumb(Words("农户", "Households"), "/households"), Crumb(here, f"/households/{household_id}"))
    return View(
        words,
        {"household_id": household_id, "kind": kind, "household": here},
        crumbs=(*crumbs, Crumb(words)),
    )


@section.action(
    "/changes/{change_id}/resolve",
    "change.resolve",
    Words("已解决", "Resolved"),
    ResolveForm,
    area_of=_their_change,
)
def resolve(act: MonitoringAct, form: ResolveForm, change_id: str) -> Done:
    resolve_change(ResolveChange(change_id, form.on or act.today, form.version), act.uow())
    with read(act) as connection:
        household_id = household_of_change(connection, change_id)
    return Done(f"/households/{household_id}", "已办结", "Resolved", {"id": change_id})
