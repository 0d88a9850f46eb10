"""What can be done to a plan of measures, and what a unit answers to a measure it was asked for."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models import household_of
from services.monitoring.adapters.read_models_case import area_of_measure, case_of
from services.monitoring.domain.measure_rules import RELOCATION, labour_of, parse_choice
from services.monitoring.entrypoints.web.case_action import case_area
from services.monitoring.entrypoints.web.case_forms import GivenForm, RequiredNote
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.service_layer import measure as measures
from shared.web.asking import Ask, Done
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("measure")


def measure_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the measure a page or action names."""
    with read(ask) as connection:
        return area_of_measure(connection, given["measure_id"])


def risks_of_case(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the risks of the case the address names."""
    with read(ask) as connection:
        risks = case_of(connection, ask.request.path_params["case_id"], ask.service.clock).risks
    named = [(risk, words_of("risk", risk)) for risk in risks]
    return [Choice(risk, words.zh, words.en) for risk, words in named]


def every_measure(ask: Ask[Any]) -> Sequence[Choice]:
    """Return every measure that can be chosen, with the unit that answers; relocation no longer can."""
    return [
        Choice(
            f"{category.code}-{code}",
            f"{category.text()}·{zh}（{category.department}）",
            f"{category.text('en')}: {en} ({category.department})",
        )
        for category in ask.service.measure_rules.categories.values()
        if category.code != RELOCATION
        for code, (zh, en) in category.values.items()
    ]


def labourers(ask: Ask[Any]) -> Sequence[Choice]:
    """Return who of the household of the case can work."""
    with read(ask) as connection:
        case = case_of(connection, ask.request.path_params["case_id"], ask.service.clock)
        household = household_of(connection, case.household_id)
    able = labour_of(household.members).any
    return [Choice(one.id, one.name, one.name) for one in household.present if one.id in able]


Chosen = Annotated[
    str,
    Field(pattern=r"^100A[0-9]{2}-[0-9]{3}$"),
    Label("帮扶措施", "Measure", choices=every_measure),
]
PersonId = Annotated[
    str,
    Label(
        "劳动力（就业、公益岗位措施填写）",
        "Labourer (for work and public posts)",
        choices=labourers,
    ),
]


class NowForm(Form):
    """Nothing to fill in: it happens today."""

    version: Version


class PlanForm(NowForm):
    on: OnDay = None
    note: Note = ""


class MeasureForm(NowForm):
    risk: Annotated[str, Label("针对的风险", "Against which risk", choices=risks_of_case)]
    choice: Chosen
    person_id: PersonId = ""
    on: OnDay = None
    note: Note = ""


class ReplanForm(NowForm):
    choice: Annotated[
        str,
        Field(pattern=r"^(100A[0-9]{2}-[0-9]{3})?$"),
        Label("改用的措施（不选则自动建议）", "Instead (empty: proposed)", choices=every_measure),
    ] = ""
    person_id: PersonId = ""
    on: OnDay = None
    note: Note = ""


class WithdrawForm(NowForm):
    note: RequiredNote
    on: OnDay = None


class DeclineForm(NowForm):
    reason: Annotated[
        str,
        Field(pattern=r"^[a-z_]{1,32}$"),
        Label(
            "不能落实的原因",
            "Why it cannot be delivered",
            choices=(
                Choice("not_eligible", "不符合政策条件", "not eligible"),
                Choice("not_willing", "农户不愿意", "not willing"),
                Choice("no_funds", "资金或名额不足", "no funds or places"),
                Choice("has_already", "已享受同类政策", "has the same already"),
                Choice("left_household", "已不在本户", "left the household"),
                Choice("other", "其他", "other"),
            ),
        ),
    ]
    on: OnDay = None
    note: Note = ""


def _now(form: NowForm, act: MonitoringAct) -> dict[str, Any]:
    return {"by": act.officer.account_id, "version": form.version}


def _given(form: GivenForm, act: MonitoringAct) -> dict[str, Any]:
    return {"on": form.on, "note": form.note, "by": act.officer.account_id, "version": form.version}


def _plan_done(case_id: str, zh: str, en: str, **body: object) -> Done:
    return Done(f"/cases/{case_id}/measures", zh, en, {"case_id": case_id, **body})


@section.action(
    "/cases/{case_id}/measures/plan",
    "measure.plan",
    Words("按风险自动建议措施", "Propose measures by the risks"),
    NowForm,
    area_of=case_area,
)
def plan(act: MonitoringAct, form: NowForm, case_id: str) -> Done:
    command = measures.PlanMeasures(case_id=case_id, **_now(form, act))
    added = measures.plan_measures(command, act.uow(), act.service.measure_rules)
    count = len(added)
    return _plan_done(
        case_id, f"已建议 {count} 项措施", f"{count} measures proposed", ids=[one.id for one in added]
    )


@section.action(
    "/cases/{case_id}/measures",
    "measure.add",
    Words("增加措施", "Add a measure"),
    MeasureForm,
    permission="measure.plan",
    area_of=case_area,
)
def add(act: MonitoringAct, form: MeasureForm, case_id: str) -> Done:
    choice = parse_choice(form.choice)
    command = measures.AddMeasure(
        case_id=case_id,
        risk=form.risk,
        category=choice.category,
        code=choice.code,
        person_id=form.person_id or None,
        **_given(form, act),
    )
    measure_id = measures.add_measure(command, act.uow(), act.service.measure_rules)
    return _plan_done(case_id, "措施已加入计划", "The measure is in the plan", id=measure_id)


@section.action(
    "/cases/{case_id}/measures/request",
    "measure.request",
    Words("下达计划中的全部措施", "Ask for everything planned"),
    NowForm,
    permission="measure.plan",
    area_of=case_area,
)
def request(act: MonitoringAct, form: NowForm, case_id: str) -> Done:
    asked = measures.request_measures(
        measures.RequestMeasures(case_id=case_id, **_now(form, act)),
        act.uow(),
        act.service.measure_rules,
        act.service.case_policy,
    )
    count = len(asked)
    return _plan_done(
        case_id, f"已下达 {count} 项措施", f"{count} measures asked for", ids=[one.id for one in asked]
    )


@section.action(
    "/cases/{case_id}/measures/{measure_id}/change",
    "measure.change",
    Words("更改", "Change"),
    MeasureForm,
    permission="measure.plan",
    area_of=case_area,
)
def change(act: MonitoringAct, form: MeasureForm, case_id: str, measure_id: str) -> Done:
    choice = parse_choice(form.choice)
    command = measures.ChangeMeasure(
        case_id=case_id,
        measure_id=measure_id,
        risk=form.risk,
        category=choice.category,
        code=choice.code,
        person_id=form.person_id or None,
        **_given(form, act),
    )
    measures.change_measure(command, act.uow(), act.service.measure_rules)
    return _plan_done(case_id, "措施已更改", "The measure is changed", id=measure_id)


@section.action(
    "/cases/{case_id}/measures/{measure_id}/remove",
    "measure.remove",
    Words("移出计划", "Take out of the plan"),
    NowForm,
    permission="measure.plan",
    area_of=case_area,
    danger=True,
)
def remove(act: MonitoringAct, form: NowForm, case_id: str, measure_id: str) -> Done:
    command = measures.RemoveMeasure(case_id=case_id, measure_id=measure_id, **_now(form, act))
    measures.remove_measure(command, act.uow())
    return _plan_done(case_id, "措施已移出计划", "The measure is out of the plan", id=measure_id)


@section.action(
    "/cases/{case_id}/measures/{measure_id}/replan",
    "measure.replan",
    Words("重新安排并下达", "Re-plan and ask for it"),
    ReplanForm,
    permission="measure.plan",
    area_of=case_area,
)
def replan(act: MonitoringAct, form: ReplanForm, case_id: str, measure_id: str) -> Done:
    choice = parse_choice(form.choice)
    command = measures.ReplanMeasure(
        case_id=case_id,
        measure_id=measure_id,
        category=choice.category,
        code=choice.code,
        person_id=form.person_id or None,
        **_given(form, act),
    )
    replacement = measures.replan_measure(
        command, act.uow(), act.service.measure_rules, act.service.case_policy
    )
    return _plan_done(case_id, "已重新安排并下达", "Re-planned and asked for", id=replacement.id)


@section.action(
    "/cases/{case_id}/measures/{measure_id}/withdraw",
    "measure.withdraw",
    Words("撤回", "Withdraw"),
    WithdrawForm,
    permission="measure.plan",
    area_of=case_area,
    danger=True,
)
def withdraw(act: MonitoringAct, form: WithdrawForm, case_id: str, measure_id: str) -> Done:
    command = measures.WithdrawMeasure(case_id=case_id, measure_id=measure_id, **_given(form, act))
    measures.withdraw_measure(command, act.uow())
    return _plan_done(case_id, "措施已撤回", "The measure is withdrawn", id=measure_id)


@section.action(
    "/measures/{measure_id}/accept",
    "measure.accept",
    Words("受理", "Accept"),
    PlanForm,
    permission="measure.answer",
    area_of=measure_area,
)
def accept(act: MonitoringAct, form: PlanForm, measure_id: str) -> Done:
    command = measures.RecordAcceptance(measure_id=measure_id, unit=act.officer.unit, **_given(form, act))
    measures.record_acceptance(command, act.uow())
    return Done(f"/measures/{measure_id}", "已受理", "Accepted", {"id": measure_id})


@section.action(
    "/measures/{measure_id}/deliver",
    "measure.deliver",
    Words("登记已落实", "Record the delivery"),
    PlanForm,
    permission="measure.answer",
    area_of=measure_area,
)
def deliver(act: MonitoringAct, form: PlanForm, measure_id: str) -> Done:
    command = measures.RecordDelivery(measure_id=measure_id, unit=act.officer.unit, **_given(form, act))
    measures.record_delivery(command, act.uow())
    return Done(f"/measures/{measure_id}", "已登记落实", "The delivery is recorded", {"id": measure_id})


@section.action(
    "/measures/{measure_id}/decline",
    "measure.decline",
    Words("不予受理", "Decline"),
    DeclineForm,
    permission="measure.answer",
    area_of=measure_area,
    danger=True,
)
def decline(act: MonitoringAct, form: DeclineForm, measure_id: str) -> Done:
    command = measures.RecordDecline(
        measure_id=measure_id, unit=act.officer.unit, reason=form.reason, **_given(form, act)
    )
    measures.record_decline(command, act.uow())
    return Done(f"/measures/{measure_id}", "已登记不予受理", "Declined", {"id": measure_id})
