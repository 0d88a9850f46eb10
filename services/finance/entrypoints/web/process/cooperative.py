"""Pages of associations' loans, stations' income and firms' pilot projects."""

from typing import Annotated, Any

from pydantic import Field

from services.finance.adapters.tables_projects import association_loan, firm_project, station_income
from services.finance.domain.cooperative import (
    CLASSES,
    REFUSALS,
    AssociationLoan,
    AssociationLoanNotFoundError,
    Distribution,
    FirmProject,
    FirmProjectNotFoundError,
    StationIncome,
    StationIncomeNotFoundError,
)
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, OnDay
from services.finance.entrypoints.web.process.frame import (
    AmountFen,
    Kind,
    Place,
    StepAction,
    StepForm,
    choices,
    declare,
    given_area,
    one_of,
    said,
    taken,
)
from services.finance.service_layer import cooperative as commands
from services.finance.service_layer.step import TakeStep
from shared.kernel.money import yuan_text
from shared.web.asking import Done
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column
from shared.web.section import Section

section = Section("cooperative")
_Part = Annotated[int, Field(ge=0, le=10**13)]


class LoanForm(Form):
    association: Annotated[str, Field(min_length=2, max_length=60), Label("协会", "Association")]
    member_no: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Label("会员编号", "Member no.", hint_zh="不要填写姓名", hint_en="no name"),
    ]
    amount_fen: Annotated[AmountFen, Label("借款金额（元）", "Amount (yuan)", widget="yuan")]
    valid: Annotated[bool, Label("申请有效（会员、用于生产、不超限额）", "A valid application")] = True
    area_code: Place
    on: OnDay = None


class RefuseForm(StepForm):
    reason: Annotated[str, one_of(REFUSALS), Label("原因", "Reason", choices=choices(REFUSALS))]


class IncomeForm(Form):
    station_no: Annotated[str, Field(min_length=1, max_length=40), Label("电站编号", "Station no.")]
    period: Annotated[str, Field(pattern=r"^20[0-9]{2}$"), Label("收益年度", "Year of the income")]
    income_fen: Annotated[AmountFen, Label("可分配收益（元）", "Income to distribute (yuan)", widget="yuan")]
    area_code: Place
    on: OnDay = None


class DistributeForm(StepForm):
    wages_fen: Annotated[_Part, Label("岗位工资（元）", "Wages (yuan)", widget="yuan")] = 0
    works_fen: Annotated[_Part, Label("公益事业劳务（元）", "Labour in works (yuan)", widget="yuan")] = 0
    awards_fen: Annotated[_Part, Label("奖励补助（元）", "Awards (yuan)", widget="yuan")] = 0
    decided: Annotated[bool, Label("经四议两公开决定", "Decided by the village's four steps")] = False
    announced: Annotated[bool, Label("已公告", "Announced")] = False


class FirmForm(Form):
    firm: Annotated[str, Field(min_length=2, max_length=80), Label("企业", "Firm")]
    name: Annotated[str, Field(min_length=2, max_length=100), Label("项目名称", "Project")]
    kind: Annotated[str, one_of(CLASSES), Label("类别", "Kind", choices=choices(CLASSES), widget="radio")] = (
        "business"
    )
    amount_fen: Annotated[AmountFen, Label("投资或捐赠额（元）", "Amount (yuan)", widget="yuan")]
    area_code: Place
    on: OnDay = None


def _plain(do: Any) -> Any:  # noqa: ANN401  (a command that says nothing but its day)
    return lambda act, form, id_: do(TakeStep(**taken(act, form, id_)), act.uow())


def _distribute(act: FinanceAct, form: DistributeForm, id_: str) -> None:
    spent = Distribution(
        form.wages_fen, form.works_fen, form.awards_fen, decided=form.decided, announced=form.announced
    )
    command = commands.DistributeIncome(**taken(act, form, id_), spent=spent)
    commands.distribute_income(command, act.uow(), act.service.project_policy)


def _income_facts(ask: FinanceAsk, one: StationIncome) -> list[tuple[Words, object]]:
    share = ask.service.project_policy.station_wage_share.on(one.last_step_on)
    facts: list[tuple[Words, object]] = [
        (Words("收益年度", "Year"), one.period),
        (Words("可分配收益（元）", "Income (yuan)"), yuan_text(one.income_fen)),
        (Words("分配期限", "To be distributed by"), one.due_on),
    ]
    if one.is_open:
        return facts
    rule = Words(
        f"工资和劳务占比达到{share:.0%}且经村民决定（比例未确认）",
        f"Wages and labour reach {share:.0%}, decided by the village (share unconfirmed)",
    )
    return [
        *facts,
        (Words("岗位工资（元）", "Wages (yuan)"), yuan_text(one.wages_fen)),
        (Words("公益事业劳务（元）", "Labour in works (yuan)"), yuan_text(one.works_fen)),
        (Words("奖励补助（元）", "Awards (yuan)"), yuan_text(one.awards_fen)),
        (rule, one.by_rule),
        (Words("已公告", "Announced"), one.announced),
    ]


LOAN = Kind(
    name="association_loan",
    path="/association-loans",
    table=association_loan,
    process=AssociationLoan,
    words=Words("互助资金借款", "Association loans"),
    reading="cooperative.read",
    columns=(
        Column[AssociationLoan]("协会", "Association", lambda one: one.association),
        Column[AssociationLoan]("金额（元）", "Amount (yuan)", lambda one: one.amount_fen, "yuan"),
        Column[AssociationLoan]("申请有效", "Valid", lambda one: one.valid),
    ),
    title=lambda one: Words(one.member_no, one.member_no),
    facts=lambda _ask, one: [
        (Words("协会", "Association"), one.association),
        (Words("会员编号", "Member no."), one.member_no),
        (Words("金额（元）", "Amount (yuan)"), yuan_text(one.amount_fen)),
        (Words("申请有效", "Valid"), one.valid),
        (Words("办理期限", "To be answered by"), one.due_on),
        (Words("未通过原因", "Reason"), said(REFUSALS, one.reason) if one.reason else None),
    ],
    steps=(
        StepAction("grant", "cooperative.record", _plain(commands.grant_association_loan)),
        StepAction(
            "refuse",
            "cooperative.record",
            lambda act, form, id_: commands.refuse_association_loan(
                commands.RefuseAssociationLoan(**taken(act, form, id_), reason=form.reason), act.uow()
            ),
            RefuseForm,
        ),
        StepAction("withdraw", "cooperative.record", _plain(commands.withdraw_association_loan)),
        StepAction("repay", "cooperative.record", _plain(commands.repay_association_loan)),
    ),
    opening="association_loan.apply",
    missing=AssociationLoanNotFoundError,
)
INCOME = Kind(
    name="station_income",
    path="/station-incomes",
    table=station_income,
    process=StationIncome,
    words=Words("光伏收益", "Solar income"),
    reading="cooperative.read",
    columns=(
        Column[StationIncome]("年度", "Year", lambda one: one.period),
        Column[StationIncome]("收益（元）", "Income (yuan)", lambda one: one.income_fen, "yuan"),
        Column[StationIncome]("规范分配", "By the rule", lambda one: None if one.is_open else one.by_rule),
        Column[StationIncome]("已公告", "Announced", lambda one: None if one.is_open else one.announced),
    ),
    title=lambda one: Words(one.station_no, one.station_no),
    facts=_income_facts,
    steps=(StepAction("distribute", "cooperative.record", _distribute, DistributeForm),),
    opening="station_income.record",
    missing=StationIncomeNotFoundError,
)
FIRM = Kind(
    name="firm_project",
    path="/firm-projects",
    table=firm_project,
    process=FirmProject,
    words=Words("万企兴万村", "Firms' projects"),
    reading="firm.read",
    columns=(
        Column[FirmProject]("企业", "Firm", lambda one: one.firm),
        Column[FirmProject]("类别", "Kind", lambda one: said(CLASSES, one.kind)),
        Column[FirmProject]("金额（元）", "Amount (yuan)", lambda one: one.amount_fen, "yuan"),
    ),
    title=lambda one: Words(one.name, one.name),
    facts=lambda _ask, one: [
        (Words("企业", "Firm"), one.firm),
        (Words("类别", "Kind"), said(CLASSES, one.kind)),
        (Words("投资或捐赠额（元）", "Amount (yuan)"), yuan_text(one.amount_fen)),
        (Words("认定期限", "To be decided by"), one.due_on),
    ],
    steps=(
        StepAction("recognise", "firm.decide", _plain(commands.recognise_firm_project)),
        StepAction("reject", "firm.decide", _plain(commands.reject_firm_project), danger=True),
        StepAction("land", "firm.record", _plain(commands.land_firm_project)),
    ),
    opening="firm_project.apply",
    missing=FirmProjectNotFoundError,
)
for _kind in (LOAN, INCOME, FIRM):
    declare(section, _kind)


@section.action(
    "/association-loans",
    "association_loan.apply",
    Words("登记借款申请", "Record an application"),
    LoanForm,
    permission="cooperative.record",
    area_of=given_area,
)
def apply_loan(act: FinanceAct, form: LoanForm) -> Done:
    told: dict[str, Any] = form.model_dump(exclude={"on"})
    command = commands.ApplyToAssociation(**told, on=form.on or act.today, by=act.officer.login)
    one = commands.apply_to_association(command, act.uow(), act.service.project_policy)
    return Done(f"/association-loans/{one}", "申请已登记", "Recorded", {"id": one}, created=True)


@section.action(
    "/station-incomes",
    "station_income.record",
    Words("登记电站收益", "Record a station's income"),
    IncomeForm,
    permission="cooperative.record",
    area_of=given_area,
)
def record_income(act: FinanceAct, form: IncomeForm) -> Done:
    told: dict[str, Any] = form.model_dump(exclude={"on"})
    command = commands.RecordStationIncome(**told, on=form.on or act.today, by=act.officer.login)
    one = commands.record_station_income(command, act.uow(), act.service.project_policy)
    return Done(f"/station-incomes/{one}", "收益已登记", "Recorded", {"id": one}, created=True)


@section.action(
    "/firm-projects",
    "firm_project.apply",
    Words("登记项目申报", "Record an application"),
    FirmForm,
    permission="firm.record",
    area_of=given_area,
)
def apply_firm(act: FinanceAct, form: FirmForm) -> Done:
    told: dict[str, Any] = form.model_dump(exclude={"on"})
    command = commands.ApplyForFirmProject(**told, on=form.on or act.today, by=act.officer.login)
    one = commands.apply_for_firm_project(command, act.uow(), act.service.project_policy)
    return Done(f"/firm-projects/{one}", "申报已登记", "Recorded", {"id": one}, created=True)
