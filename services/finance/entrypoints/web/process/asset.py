"""Pages of assets, of the quarterly inspections, and of what they found."""

from typing import Annotated, Any

from pydantic import Field

from services.finance.adapters.read_models import Part
from services.finance.adapters.read_models_process import find_processes
from services.finance.adapters.tables_projects import asset, asset_inspection, asset_problem
from services.finance.domain.asset import (
    KINDS,
    PROBLEMS,
    Asset,
    AssetInspection,
    AssetNotFoundError,
    AssetProblem,
    AssetProblemNotFoundError,
    quarter_of,
)
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, OnDay, read
from services.finance.entrypoints.web.process.frame import (
    AmountFen,
    Kind,
    Place,
    StepAction,
    StepForm,
    Unit,
    choices,
    chosen,
    columns_of,
    declare,
    given_area,
    one_of,
    said,
    taken,
    unit_words,
)
from services.finance.service_layer import asset as commands
from services.finance.service_layer.step import TakeStep
from shared.areas import COUNTY
from shared.kernel.money import yuan_text
from shared.web.asking import Done
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.period_words import period_words
from shared.web.section import Section

section = Section("asset")
_SHOWN = 50
_KEPT = ("registered", "handed_over")


class FormForm(Form):
    asset_no: Annotated[str, Field(min_length=1, max_length=40), Label("资产编号", "Asset no.")]
    name: Annotated[str, Field(min_length=2, max_length=100), Label("资产名称", "Name")]
    kind: Annotated[str, one_of(KINDS), Label("类别", "Kind", choices=choices(KINDS), widget="radio")] = (
        "operating"
    )
    project_year: Annotated[int, Field(ge=2012, le=2100), Label("项目年度", "Year of the project")]
    value_fen: Annotated[AmountFen, Label("资产原值（元）", "Original value (yuan)", widget="yuan")]
    area_code: Place
    unit: Unit
    on: OnDay = None


class RegisterForm(StepForm):
    owner: Annotated[
        str,
        Field(min_length=2, max_length=60),
        Label(
            "所有权人", "Owner", hint_zh="如某村股份经济合作社", hint_en="such as the village's cooperative"
        ),
    ]


class AuditForm(StepForm):
    year: Annotated[int, Field(ge=2021, le=2100), Label("审计年度", "Year audited")]


class SampleForm(StepForm):
    good: Annotated[bool, Label("状态良好", "In a good state")] = False


class FileForm(Form):
    unit: Unit = "县乡村振兴局"
    assets_seen: Annotated[int, Field(ge=1, le=100_000), Label("检查资产数", "Assets seen")]
    paper_no: Annotated[str, Field(max_length=60), Label("归档文号", "No. on file")] = ""
    on: OnDay = None


class FindForm(Form):
    asset_id: Annotated[
        str,
        Field(min_length=1, max_length=64),
        Label(
            "资产",
            "Asset",
            choices=chosen(Asset, asset, lambda one: f"{one.asset_no} {one.name}", ("formed", *_KEPT)),
        ),
    ]
    category: Annotated[
        str, one_of(PROBLEMS), Label("问题类别", "Kind of finding", choices=choices(PROBLEMS))
    ]
    unit: Unit


def _facts(ask: FinanceAsk, one: Asset) -> list[tuple[Words, object]]:
    del ask
    years = "、".join(str(year) for year in one.audited_years)
    return [
        (Words("资产名称", "Name"), one.name),
        (Words("类别", "Kind"), said(KINDS, one.kind)),
        (Words("项目年度", "Year of the project"), one.project_year),
        (Words("资产原值（元）", "Original value (yuan)"), yuan_text(one.value_fen)),
        (Words("责任单位", "Unit in charge"), unit_words(one.unit)),
        (Words("所有权人", "Owner"), one.owner or None),
        (Words("移交期限", "To be handed over by"), one.due_on),
        (Words("已审计年度", "Years audited"), years or None),
        (Words("最近抽查", "Last sampled"), one.sampled_on),
        (Words("状态良好", "In a good state"), one.in_good_state),
    ]


def _links(one: Asset) -> list[tuple[str, Words]]:
    return [(f"/projects/{one.project_id}", Words("查看项目", "See the project"))] if one.project_id else []


def _more(ask: FinanceAsk, one: Asset) -> list[tuple[Words, Listing[Any]]]:
    return [(Words("检查发现的问题", "Findings"), _findings(ask, {"asset_id": one.id}))]


def _findings(ask: FinanceAsk, about: dict[str, object]) -> Listing[Any]:
    with read(ask) as connection:
        rows, total = find_processes(
            connection,
            asset_problem,
            AssetProblem,
            area_code=ask.officer.area_code,
            part=Part(_SHOWN),
            wanted=about,
        )
    return Listing(columns_of(ask, PROBLEM), rows, total, Paging(1, _SHOWN))


def _plain(do: Any) -> Any:  # noqa: ANN401  (a command that says nothing but its day)
    return lambda act, form, id_: do(TakeStep(**taken(act, form, id_)), act.uow())


KIND = Kind(
    name="asset",
    path="/assets",
    table=asset,
    process=Asset,
    words=Words("资产台账", "Assets"),
    reading="asset.read",
    columns=(
        Column[Asset]("资产名称", "Name", lambda one: one.name),
        Column[Asset]("类别", "Kind", lambda one: said(KINDS, one.kind)),
        Column[Asset]("项目年度", "Project year", lambda one: one.project_year, "number"),
        Column[Asset]("原值（元）", "Value (yuan)", lambda one: one.value_fen, "yuan"),
        Column[Asset]("责任单位", "Unit", lambda one: unit_words(one.unit)),
    ),
    title=lambda one: Words(one.asset_no, one.asset_no),
    facts=_facts,
    steps=(
        StepAction(
            "register",
            "asset.record",
            lambda act, form, id_: commands.register_asset(
                commands.RegisterAsset(**taken(act, form, id_), owner=form.owner), act.uow()
            ),
            RegisterForm,
        ),
        StepAction("hand_over", "asset.record", _plain(commands.hand_over_asset)),
        StepAction(
            "audit",
            "asset.inspect",
            lambda act, form, id_: commands.audit_asset(
                commands.AuditAsset(**taken(act, form, id_), year=form.year), act.uow()
            ),
            AuditForm,
        ),
        StepAction(
            "sample",
            "asset.inspect",
            lambda act, form, id_: commands.sample_asset(
                commands.SampleAsset(**taken(act, form, id_), good=form.good), act.uow()
            ),
            SampleForm,
        ),
        StepAction("dispose", "asset.inspect", _plain(commands.dispose_of_asset), danger=True),
    ),
    opening="asset.form",
    missing=AssetNotFoundError,
    known=lambda ask, _one: {"audit": {"year": ask.today.year}},
    more=_more,
    links=_links,
)
declare(section, KIND)


@section.action(
    "/assets",
    "asset.form",
    Words("登记资产", "Record an asset"),
    FormForm,
    permission="asset.record",
    area_of=given_area,
)
def form_one(act: FinanceAct, form: FormForm) -> Done:
    told: dict[str, Any] = form.model_dump(exclude={"on"})
    command = commands.FormAsset(**told, on=form.on or act.today, by=act.officer.login)
    one = commands.form_asset(command, act.uow(), act.service.project_policy)
    return Done(f"/assets/{one}", "资产已登记", "The asset is recorded", {"id": one}, created=True)


def _inspection_facts(ask: FinanceAsk, one: AssetInspection) -> list[tuple[Words, object]]:
    del ask
    return [
        (Words("季度", "Quarter"), period_words(one.quarter)),
        (Words("检查单位", "Unit"), unit_words(one.unit)),
        (Words("检查资产数", "Assets seen"), one.assets_seen),
        (Words("归档文号", "No. on file"), one.paper_no or None),
    ]


INSPECTION = Kind(
    name="asset_inspection",
    path="/asset-inspections",
    table=asset_inspection,
    process=AssetInspection,
    words=Words("季度检查", "Quarterly inspections"),
    reading="asset.read",
    columns=(
        Column[AssetInspection]("检查单位", "Unit", lambda one: unit_words(one.unit)),
        Column[AssetInspection]("检查资产数", "Assets seen", lambda one: one.assets_seen, "number"),
    ),
    title=lambda one: period_words(one.quarter),
    facts=_inspection_facts,
    opening="asset_inspection.file",
    more=lambda ask, one: [
        (Words("问题清单", "Findings"), _findings(ask, {"inspection_id": one.id})),
    ],
    actions=lambda one: [("asset_inspection.find", {"process_id": one.id})],
)
declare(section, INSPECTION)


def _county(_ask: FinanceAsk, _given: object) -> str:
    """Be the ``area_of`` of what is filed for the whole county."""
    return COUNTY


@section.action(
    "/asset-inspections",
    "asset_inspection.file",
    Words("登记季度检查", "File an inspection"),
    FileForm,
    permission="asset.inspect",
    area_of=_county,
)
def file_one(act: FinanceAct, form: FileForm) -> Done:
    on = form.on or act.today
    command = commands.FileInspection(
        area_code=COUNTY,
        on=on,
        by=act.officer.login,
        quarter=quarter_of(on),
        unit=form.unit,
        assets_seen=form.assets_seen,
        paper_no=form.paper_no,
    )
    one = commands.file_inspection(command, act.uow())
    return Done(
        f"/asset-inspections/{one}",
        "检查已归档，可登记发现的问题",
        "The inspection is filed; record what it found",
        {"id": one},
        created=True,
    )


@section.action(
    "/asset-inspections/{process_id}/findings",
    "asset_inspection.find",
    Words("登记发现的问题", "Record a finding"),
    FindForm,
    permission="asset.inspect",
    area_of=INSPECTION.area_of(),
)
def find_one(act: FinanceAct, form: FindForm, process_id: str) -> Done:
    command = commands.FindProblem(
        inspection_id=process_id,
        asset_id=form.asset_id,
        category=form.category,
        unit=form.unit,
        by=act.officer.login,
    )
    one = commands.find_problem(command, act.uow(), act.service.project_policy)
    return Done(
        f"/asset-inspections/{process_id}", "问题已入清单", "The finding is listed", {"id": one}, created=True
    )


PROBLEM = Kind(
    name="asset_problem",
    path="/asset-problems",
    table=asset_problem,
    process=AssetProblem,
    words=Words("问题整改", "Findings"),
    reading="asset.read",
    columns=(Column[AssetProblem]("责任单位", "Unit", lambda one: unit_words(one.unit)),),
    title=lambda one: said(PROBLEMS, one.category),
    facts=lambda _ask, one: [
        (Words("问题类别", "Kind of finding"), said(PROBLEMS, one.category)),
        (Words("责任单位", "Unit in charge"), unit_words(one.unit)),
        (Words("整改期限", "To be rectified by"), one.due_on),
    ],
    steps=(
        StepAction("report", "asset.record", _plain(commands.report_problem)),
        StepAction("close", "asset.inspect", _plain(commands.close_problem)),
        StepAction("send_back", "asset.inspect", _plain(commands.send_problem_back)),
    ),
    missing=AssetProblemNotFoundError,
    links=lambda one: [
        (f"/assets/{one.asset_id}", Words("查看资产", "See the asset")),
        (f"/asset-inspections/{one.inspection_id}", Words("查看检查", "See the inspection")),
    ],
)
declare(section, PROBLEM)
