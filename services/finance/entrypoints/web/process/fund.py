"""Pages of money: arranged, issued, paid; this year's sums by source and by town."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from services.finance.adapters.read_models import Part
from services.finance.adapters.read_models_process import find_processes
from services.finance.adapters.tables_projects import fund_line, project
from services.finance.domain.fund import SOURCES, FundLine, FundLineNotFoundError
from services.finance.domain.project import Project
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, OnDay, read
from services.finance.entrypoints.web.process.frame import (
    AmountFen,
    Kind,
    MoneyForm,
    Place,
    StepAction,
    Unit,
    Year,
    choices,
    chosen,
    declare,
    given_area,
    one_of,
    said,
    taken,
    unit_words,
)
from services.finance.service_layer.fund import (
    ArrangeFund,
    MoveFund,
    arrange_fund,
    issue_fund,
    pay_fund,
    withdraw_fund,
)
from services.finance.service_layer.step import TakeStep
from shared.kernel.money import yuan_text
from shared.web.asking import Done, View, own_area
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.section import Section

section = Section("fund")
_PROJECTS = ("reserve", "arranged", "started", "in_progress", "completed")
_MANY = 100_000


def project_label(one: Project) -> str:
    """Return what a project is called in a list of choices."""
    return f"{one.project_no} {one.name}"


class ArrangeForm(Form):
    line_no: Annotated[str, Field(min_length=1, max_length=40), Label("资金文号或编号", "Number of the line")]
    source: Annotated[
        str, one_of(SOURCES), Label("资金来源", "Source", choices=choices(SOURCES), widget="radio")
    ] = "county"
    amount_fen: Annotated[AmountFen, Label("安排金额（元）", "Amount (yuan)", widget="yuan")]
    project_id: Annotated[
        str,
        Field(max_length=64),
        Label(
            "用于项目",
            "For the project",
            hint_zh="选了项目，地点和是否产业按项目",
            hint_en="place and kind are then the project's",
            choices=chosen(Project, project, project_label, _PROJECTS),
        ),
    ] = ""
    industry: Annotated[bool, Label("产业类（未选项目时填）", "Industry (without a project)")] = False
    area_code: Place
    unit: Unit = "县财政局"
    year: Year = None
    on: OnDay = None


def _facts(ask: FinanceAsk, one: FundLine) -> list[tuple[Words, object]]:
    del ask
    return [
        (Words("年度", "Year"), one.year),
        (Words("资金来源", "Source"), said(SOURCES, one.source)),
        (Words("产业类", "Industry"), one.industry),
        (Words("责任单位", "Unit in charge"), unit_words(one.unit)),
        (Words("安排（元）", "Arranged (yuan)"), yuan_text(one.arranged_fen)),
        (Words("下达（元）", "Issued (yuan)"), yuan_text(one.issued_fen)),
        (Words("支付（元）", "Paid (yuan)"), yuan_text(one.paid_fen)),
        (Words("下达期限", "To be issued by"), one.due_on),
    ]


def _known(ask: FinanceAsk, one: FundLine) -> dict[str, dict[str, Any]]:
    del ask
    return {
        "issue": {"amount_fen": one.arranged_fen - one.issued_fen},
        "pay": {"amount_fen": one.issued_fen - one.paid_fen},
    }


def _links(one: FundLine) -> list[tuple[str, Words]]:
    return [(f"/projects/{one.project_id}", Words("查看项目", "See the project"))] if one.project_id else []


def _move(do: Any) -> Any:  # noqa: ANN401  (issue_fund or pay_fund)
    return lambda act, form, id_: do(MoveFund(**taken(act, form, id_), amount_fen=form.amount_fen), act.uow())


KIND = Kind(
    name="fund",
    path="/funds",
    table=fund_line,
    process=FundLine,
    words=Words("资金台账", "Money"),
    reading="fund.read",
    columns=(
        Column[FundLine]("来源", "Source", lambda one: said(SOURCES, one.source)),
        Column[FundLine]("产业类", "Industry", lambda one: one.industry),
        Column[FundLine]("安排（元）", "Arranged (yuan)", lambda one: one.arranged_fen, "yuan"),
        Column[FundLine]("下达（元）", "Issued (yuan)", lambda one: one.issued_fen, "yuan"),
        Column[FundLine]("支付（元）", "Paid (yuan)", lambda one: one.paid_fen, "yuan"),
        Column[FundLine]("责任单位", "Unit", lambda one: unit_words(one.unit)),
    ),
    title=lambda one: Words(one.line_no, one.line_no),
    facts=_facts,
    steps=(
        StepAction("issue", "fund.record", _move(issue_fund), MoneyForm),
        StepAction("pay", "fund.record", _move(pay_fund), MoneyForm),
        StepAction(
            "withdraw",
            "fund.record",
            lambda act, form, id_: withdraw_fund(TakeStep(**taken(act, form, id_)), act.uow()),
            danger=True,
        ),
    ),
    opening="fund.arrange",
    missing=FundLineNotFoundError,
    known=_known,
    links=_links,
)
declare(section, KIND)


@section.action(
    "/funds",
    "fund.arrange",
    Words("安排一笔资金", "Arrange money"),
    ArrangeForm,
    permission="fund.record",
    area_of=given_area,
)
def arrange(act: FinanceAct, form: ArrangeForm) -> Done:
    command = ArrangeFund(
        area_code=form.area_code,
        on=form.on or act.today,
        by=act.officer.login,
        line_no=form.line_no,
        year=form.year or act.today.year,
        source=form.source,  # type: ignore[arg-type]  # the form offers the sources alone
        amount_fen=form.amount_fen,
        unit=form.unit,
        project_id=form.project_id,
        industry=form.industry,
    )
    fund_id = arrange_fund(command, act.uow(), act.service.project_policy)
    return Done(f"/funds/{fund_id}", "资金已安排", "The money is arranged", {"id": fund_id}, created=True)


@dataclass(slots=True)
class Sum:
    """What the lines of one source come to, in fen."""

    source: str
    arranged: int = 0
    issued: int = 0
    paid: int = 0
    industry: int = 0

    def add(self, line: FundLine) -> None:
        self.arranged += line.arranged_fen
        self.issued += line.issued_fen
        self.paid += line.paid_fen
        self.industry += line.arranged_fen if line.industry else 0


def _percent(part: int, whole: int) -> str | None:
    return f"{100 * part / whole:.2f}" if whole else None


_SUMS = (
    Column[Sum]("来源", "Source", lambda one: said({**SOURCES, "all": ("合计", "All")}, one.source)),
    Column[Sum]("安排（元）", "Arranged (yuan)", lambda one: one.arranged, "yuan"),
    Column[Sum]("下达（元）", "Issued (yuan)", lambda one: one.issued, "yuan"),
    Column[Sum]("下达率（%）", "Issued (%)", lambda one: _percent(one.issued, one.arranged), "number"),
    Column[Sum]("支付（元）", "Paid (yuan)", lambda one: one.paid, "yuan"),
    Column[Sum]("支出进度（%）", "Paid of issued (%)", lambda one: _percent(one.paid, one.issued), "number"),
    Column[Sum]("产业占比（%）", "Industry (%)", lambda one: _percent(one.industry, one.arranged), "number"),
)


@section.page("/fund-report", "fund.read", "finance/fund_report.html", area_of=own_area)
def show_sums(ask: FinanceAsk, year: int = 0) -> View:
    """Show this year's money by source: arranged, issued, paid, and how much of it is for industry."""
    wanted = year or ask.today.year
    with read(ask) as connection:
        lines, _total = find_processes(
            connection,
            fund_line,
            FundLine,
            area_code=ask.officer.area_code,
            part=Part(_MANY),
            wanted={"year": wanted},
        )
    sums = {source: Sum(source) for source in (*SOURCES, "all")}
    for line in lines:
        if line.state != "withdrawn":
            sums[line.source].add(line)
            sums["all"].add(line)
    rows = list(sums.values())
    listing = Listing(_SUMS, rows, len(rows), Paging(1, len(rows)))
    return View(Words(f"{wanted}年资金执行情况", f"Money of {wanted}"), {"year": wanted}, listing)
