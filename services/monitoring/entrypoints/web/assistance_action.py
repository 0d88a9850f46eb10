"""What can be done to entitlements: find, assess, grant, refuse, adjust, pay, end."""

from typing import Annotated, Literal

from pydantic import Field

from services.monitoring.domain.assistance.entitlement import UNIT_OF, Assessment
from services.monitoring.domain.guarantee_errors import NotYourRegisterError
from services.monitoring.entrypoints.web.assistance import Kind, Monthly, area, section
from services.monitoring.entrypoints.web.dependencies import (
    AmountFen,
    MonitoringAct,
    OnDay,
    household_area,
)
from services.monitoring.entrypoints.web.guarantee import unit_of
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.people import persons
from services.monitoring.service_layer.assistance import entitlement
from services.monitoring.service_layer.assistance.allowance import PayAllowances, pay_allowances
from shared.web.asking import Done, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words

_KIND = Label("类型", "Kind", choices=choices_of("assistance_kind"))


class FindForm(Form):
    kind: Annotated[Kind, _KIND]
    person_id: Annotated[
        str,
        Label(
            "对象",
            "Person",
            hint_zh="低保以户为单位，请不选；特困不选即为全户",
            hint_en="empty: the whole household; the allowance is always of all of it",
            choices=persons,
        ),
    ] = ""
    found_by: Annotated[
        Literal["town", "household"],
        Label("发现途径", "Found by", choices=choices_of("assistance_source")[2:], widget="radio"),
    ] = "town"
    on: OnDay = None


class CompareForm(Form):
    kind: Annotated[Kind, _KIND]


class AssessForm(Form):
    version: Version
    income: Annotated[AmountFen, Label("家庭收入（元/年）", "Income (yuan a year)", widget="yuan")]
    rigid: Annotated[
        AmountFen,
        Label(
            "刚性支出扣减（元）",
            "Rigid spending deducted (yuan)",
            hint_zh="就医、就学、残疾等刚性支出顶格扣减",
            hint_en="illness, schooling, disability: deducted in full",
            widget="yuan",
        ),
    ] = 0
    property_found: Annotated[AmountFen, Label("家庭财产（元）", "Property (yuan)", widget="yuan")] = 0
    exempt: Annotated[AmountFen, Label("财产豁免（元）", "Property exempt (yuan)", widget="yuan")] = 0
    note: Note = ""


class GrantForm(Form):
    version: Version
    monthly_fen: Monthly
    on: OnDay = None


class AdjustForm(Form):
    version: Version
    monthly_fen: Monthly


class RefuseForm(Form):
    version: Version
    reason: Annotated[str, Label("不予批准原因", "Reason", choices=choices_of("assistance_refusal"))]
    on: OnDay = None


class EndForm(Form):
    version: Version
    reason: Annotated[str, Label("停发原因", "Reason", choices=choices_of("assistance_end"))]
    on: OnDay = None


class PayForm(Form):
    month: Annotated[str, Field(pattern=r"^[0-9]{6}$"), Label("月份（如202206）", "Month, as 202206")]
    kind: Annotated[
        Literal["", "low_income", "destitute", "single_person", "disability_living", "disability_care"],
        Label(
            "类型（不选为本单位全部）",
            "Kind (empty: all of this office)",
            choices=choices_of("assistance_kind"),
        ),
    ] = ""
    on: OnDay = None


def _done(entitlement_id: str, zh: str, en: str) -> Done:
    return Done(f"/assistance/entitlements/{entitlement_id}", zh, en, {"id": entitlement_id})


@section.action(
    "/households/{household_id}/entitlements",
    "assistance.find",
    Words("提出救助对象", "Name somebody for assistance"),
    FindForm,
    area_of=household_area,
)
def find(act: MonitoringAct, form: FindForm, household_id: str) -> Done:
    command = entitlement.FindEntitlement(
        household_id=household_id,
        kind=form.kind,
        person_id=form.person_id or None,
        found_by=form.found_by,
        on=form.on or act.today,
    )
    id_ = entitlement.find_entitlement(command, act.uow(), act.service.assistance)
    path = f"/assistance/entitlements/{id_}"
    return Done(path, "已提交业务部门认定", "The office will decide", {"id": id_}, created=True)


@section.action(
    "/assistance/entitlements/compare",
    "assistance.compare",
    Words("由户信息比对发现", "Find by comparing the registry"),
    CompareForm,
    permission="assistance.decide",
    area_of=own_area,
)
def compare(act: MonitoringAct, form: CompareForm) -> Done:
    unit = UNIT_OF[form.kind]
    if unit_of(act) not in ("", unit):
        raise NotYourRegisterError(unit=unit)
    # Several transactions, each repeatable by itself: the request's own key would fit only one.
    command = entitlement.FindEntitlements(kind=form.kind, on=act.today)
    new = entitlement.find_entitlements(command, act.service.uow(), act.service.assistance)
    path = f"/assistance/entitlements?kind={form.kind}&state=found"
    return Done(path, f"新发现 {new} 条线索", f"{new} more may be entitled", {"new": new})


@section.action(
    "/assistance/entitlements/{entitlement_id}/assessment",
    "assistance.assess",
    Words("登记收入财产核算", "Note the assessment"),
    AssessForm,
    area_of=area,
)
def assess(act: MonitoringAct, form: AssessForm, entitlement_id: str) -> Done:
    command = entitlement.AssessEntitlement(
        entitlement_id=entitlement_id,
        unit=unit_of(act),
        version=form.version,
        assessment=Assessment(form.income, form.rigid, form.property_found, form.exempt, form.note),
    )
    entitlement.assess_entitlement(command, act.uow())
    return _done(entitlement_id, "核算已登记", "The assessment is noted")


@section.action(
    "/assistance/entitlements/{entitlement_id}/grant",
    "assistance.grant",
    Words("批准", "Grant"),
    GrantForm,
    permission="assistance.decide",
    area_of=area,
)
def grant(act: MonitoringAct, form: GrantForm, entitlement_id: str) -> Done:
    command = entitlement.GrantEntitlement(
        entitlement_id=entitlement_id,
        unit=unit_of(act),
        version=form.version,
        monthly_fen=form.monthly_fen,
        on=form.on or act.today,
    )
    entitlement.grant_entitlement(command, act.uow(), act.service.checks)
    return _done(entitlement_id, "已批准，户信息同步更新", "Granted; the household's record follows")


@section.action(
    "/assistance/entitlements/{entitlement_id}/refuse",
    "assistance.refuse",
    Words("不予批准", "Refuse"),
    RefuseForm,
    permission="assistance.decide",
    area_of=area,
    danger=True,
)
def refuse(act: MonitoringAct, form: RefuseForm, entitlement_id: str) -> Done:
    command = entitlement.RefuseEntitlement(
        entitlement_id=entitlement_id,
        unit=unit_of(act),
        version=form.version,
        reason=form.reason,
        on=form.on or act.today,
    )
    entitlement.refuse_entitlement(command, act.uow())
    return _done(entitlement_id, "已登记不予批准", "Refused")


@section.action(
    "/assistance/entitlements/{entitlement_id}/adjust",
    "assistance.adjust",
    Words("调整月金额", "Adjust the amount"),
    AdjustForm,
    permission="assistance.decide",
    area_of=area,
)
def adjust(act: MonitoringAct, form: AdjustForm, entitlement_id: str) -> Done:
    command = entitlement.AdjustEntitlement(
        entitlement_id=entitlement_id, unit=unit_of(act), version=form.version, monthly_fen=form.monthly_fen
    )
    entitlement.adjust_entitlement(command, act.uow())
    return _done(entitlement_id, "金额已调整", "The amount is adjusted")


@section.action(
    "/assistance/entitlements/{entitlement_id}/end",
    "assistance.end",
    Words("停发", "End"),
    EndForm,
    permission="assistance.decide",
    area_of=area,
    danger=True,
)
def end(act: MonitoringAct, form: EndForm, entitlement_id: str) -> Done:
    command = entitlement.EndEntitlement(
        entitlement_id=entitlement_id,
        unit=unit_of(act),
        version=form.version,
        reason=form.reason,
        on=form.on or act.today,
    )
    entitlement.end_entitlement(command, act.uow(), act.service.checks)
    return _done(entitlement_id, "已停发，户信息同步更新", "Ended; the household's record follows")


@section.action(
    "/assistance/allowances",
    "assistance.pay",
    Words("登记按月发放", "Record the month's payments"),
    PayForm,
    area_of=own_area,
)
def pay(act: MonitoringAct, form: PayForm) -> Done:
    command = PayAllowances(month=form.month, kind=form.kind, on=form.on or act.today, unit=unit_of(act))
    # Several transactions, each repeatable by itself: the request's own key would fit only one.
    paid = pay_allowances(command, act.service.uow())
    path = "/assistance/entitlements?state=granted"
    return Done(path, f"已登记发放 {paid} 笔", f"{paid} payments recorded", {"paid": paid})
