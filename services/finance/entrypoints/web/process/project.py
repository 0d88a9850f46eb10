"""Pages of projects: the library, the three reviews, the year's plan, work, acceptance."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from services.finance.adapters.read_models import Part
from services.finance.adapters.read_models_process import find_processes
from services.finance.adapters.tables_projects import asset, fund_line, project
from services.finance.domain.asset import Asset
from services.finance.domain.fund import FundLine
from services.finance.domain.project import (
    BENEFITS,
    FUNDING,
    KINDS,
    REVIEWS,
    Project,
    ProjectNotFoundError,
)
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, OnDay, read
from services.finance.entrypoints.web.process import asset as assets
from services.finance.entrypoints.web.process import fund as funds
from services.finance.entrypoints.web.process.frame import (
    AmountFen,
    Kind,
    Place,
    StepAction,
    StepForm,
    Unit,
    Year,
    choices,
    columns_of,
    declare,
    given_area,
    one_of,
    said,
    taken,
    unit_words,
)
from services.finance.service_layer import project as commands
from services.finance.service_layer.step import TakeStep
from shared.kernel.money import yuan_text
from shared.web.asking import Done
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.section import Section

section = Section("project")
_SHOWN = 50


class ProposeForm(Form):
    project_no: Annotated[str, Field(min_length=1, max_length=40), Label("项目编号", "Project no.")]
    name: Annotated[str, Field(min_length=2, max_length=100), Label("项目名称", "Name")]
    kind: Annotated[str, one_of(KINDS), Label("项目类型", "Kind", choices=choices(KINDS))] = "industry"
    funding: Annotated[
        Literal["bridging", "cooperation"], Label("资金", "Money", choices=choices(FUNDING), widget="radio")
    ] = "bridging"
    planned_fen: Annotated[AmountFen, Label("计划投资（元）", "Planned (yuan)", widget="yuan")]
    area_code: Place
    unit: Unit
    year: Year = None
    on: OnDay = None


def _waiting(ask: FinanceAsk) -> tuple[Choice, ...]:
    """Return the reviews to choose from."""
    del ask
    return choices(REVIEWS)


class ReviewForm(StepForm):
    review: Annotated[
        Literal["compliance", "science", "feasibility"],
        Label("审查", "Review", choices=_waiting, widget="radio"),
    ]
    paper_no: Annotated[str, Field(max_length=60), Label("审查意见文号", "No. of the paper")] = ""


class EnterForm(StepForm):
    reason: Annotated[
        str,
        Field(max_length=200),
        Label(
            "未经三性审查入库的理由",
            "Reason without the three reviews",
            hint_zh="三项审查都已签署的不填",
            hint_en="leave empty when all three are signed",
        ),
    ] = ""


class BenefitForm(StepForm):
    modes: Annotated[
        tuple[str, ...],
        one_of(BENEFITS),
        Label("联农带农方式", "How farmers share", choices=choices(BENEFITS)),
    ] = ()
    ratio: Annotated[
        Decimal, Field(gt=0, le=100, decimal_places=2), Label("收益比例（%）", "Share of the income (%)")
    ]


class ProgressForm(StepForm):
    percent: Annotated[int, Field(ge=1, le=99), Label("形象进度（%）", "Progress (%)")]


def _plain(do: Any) -> Any:  # noqa: ANN401  (a command that says nothing but its day)
    return lambda act, form, id_: do(TakeStep(**taken(act, form, id_)), act.uow())


def _by_policy(do: Any) -> Any:  # noqa: ANN401  (a command that sets a day by the policy)
    return lambda act, form, id_: do(TakeStep(**taken(act, form, id_)), act.uow(), act.service.project_policy)


def _review(act: FinanceAct, form: ReviewForm, id_: str) -> None:
    command = commands.SignReview(**taken(act, form, id_), review=form.review, paper_no=form.paper_no)
    commands.sign_review(command, act.uow())


def _benefit(act: FinanceAct, form: BenefitForm, id_: str) -> None:
    command = commands.AgreeBenefit(**taken(act, form, id_), modes=form.modes, ratio=form.ratio)
    commands.agree_benefit(command, act.uow())


def _facts(ask: FinanceAsk, one: Project) -> list[tuple[Words, object]]:
    del ask
    signed = [Words(*REVIEWS[kind]) for kind in REVIEWS if kind in one.reviews]
    modes = [said(BENEFITS, mode) for mode in one.benefit_modes]
    return [
        (Words("项目名称", "Name"), one.name),
        (Words("年度", "Year"), one.year),
        (Words("项目类型", "Kind"), said(KINDS, one.kind)),
        (Words("资金", "Money"), said(FUNDING, one.funding)),
        (Words("责任单位", "Unit in charge"), unit_words(one.unit)),
        (Words("计划投资（元）", "Planned (yuan)"), yuan_text(one.planned_fen)),
        (Words("已签署审查", "Reviews signed"), _list(signed)),
        (Words("未审查入库理由", "Entered without reviews because"), one.without_reviews or None),
        (Words("联农带农方式", "How farmers share"), _list(modes)),
        (
            Words("收益比例", "Share"),
            f"{one.benefit_ratio}%" if one.benefit_ratio is not None else None,
        ),
        (Words("形象进度", "Progress"), f"{one.progress_percent}%"),
        (Words("开工期限", "To start by"), one.start_due_on),
        (Words("验收期限", "To be accepted by"), one.accept_due_on),
    ]


def _list(words: list[Words]) -> Words:
    if not words:
        return Words("尚无", "none yet")
    return Words("、".join(one.zh for one in words), ", ".join(one.en for one in words))


def _more(ask: FinanceAsk, one: Project) -> list[tuple[Words, Listing[Any]]]:
    about = {"project_id": one.id}
    part, area = Part(_SHOWN), ask.officer.area_code
    with read(ask) as connection:
        lines, money = find_processes(
            connection, fund_line, FundLine, area_code=area, part=part, wanted=about
        )
        formed, things = find_processes(connection, asset, Asset, area_code=area, part=part, wanted=about)
    page = Paging(1, _SHOWN)
    return [
        (Words("项目资金", "Its money"), Listing(columns_of(ask, funds.KIND), lines, money, page)),
        (Words("形成的资产", "Assets formed"), Listing(columns_of(ask, assets.KIND), formed, things, page)),
    ]


KIND = Kind(
    name="project",
    path="/projects",
    table=project,
    process=Project,
    words=Words("项目库", "Projects"),
    reading="project.read",
    columns=(
        Column[Project]("项目名称", "Name", lambda one: one.name),
        Column[Project]("类型", "Kind", lambda one: said(KINDS, one.kind)),
        Column[Project]("资金", "Money", lambda one: said(FUNDING, one.funding)),
        Column[Project]("计划投资（元）", "Planned (yuan)", lambda one: one.planned_fen, "yuan"),
        Column[Project]("审查", "Reviews", lambda one: f"{len(one.reviews)}/3"),
        Column[Project]("联农带农", "Benefit agreed", lambda one: bool(one.benefit_modes)),
        Column[Project]("开工期限", "Start by", lambda one: one.start_due_on),
        Column[Project]("责任单位", "Unit", lambda one: unit_words(one.unit)),
    ),
    title=lambda one: Words(one.project_no, one.project_no),
    facts=_facts,
    steps=(
        StepAction("review", "project.decide", _review, ReviewForm),
        StepAction(
            "enter",
            "project.decide",
            lambda act, form, id_: commands.enter_project(
                commands.EnterProject(**taken(act, form, id_), reason=form.reason), act.uow()
            ),
            EnterForm,
        ),
        StepAction("agree_benefit", "project.record", _benefit, BenefitForm),
        StepAction("arrange", "project.decide", _by_policy(commands.arrange_project)),
        StepAction("start", "project.record", _plain(commands.start_project)),
        StepAction(
            "progress",
            "project.record",
            lambda act, form, id_: commands.record_progress(
                commands.RecordProgress(**taken(act, form, id_), percent=form.percent), act.uow()
            ),
            ProgressForm,
        ),
        StepAction("complete", "project.record", _by_policy(commands.complete_project)),
        StepAction("accept", "project.decide", _plain(commands.accept_project)),
        StepAction("drop", "project.decide", _plain(commands.drop_project), danger=True),
    ),
    opening="project.propose",
    missing=ProjectNotFoundError,
    more=_more,
)
declare(section, KIND)


@section.action(
    "/projects",
    "project.propose",
    Words("申报项目", "Propose a project"),
    ProposeForm,
    permission="project.record",
    area_of=given_area,
)
def propose(act: FinanceAct, form: ProposeForm) -> Done:
    told = {**form.model_dump(exclude={"on"}), "year": form.year or act.today.year}
    command = commands.ProposeProject(**told, on=form.on or act.today, by=act.officer.login)
    project_id = commands.propose_project(command, act.uow())
    return Done(f"/projects/{project_id}", "已申报", "Proposed", {"id": project_id}, created=True)
