"""Sample inspections: freeze the list, publish its digest, draw with a public seed, inspect."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_screening import (
    SampledRow,
    area_of_sampled,
    list_text,
    sample_of,
    sampled_in,
    sampled_of,
    samples_of,
)
from services.monitoring.adapters.screening import read_list
from services.monitoring.domain.sample.draw import Listed
from services.monitoring.domain.sample.inspection import LEAST_SEED, MOST_SEED, SampleInspection
from services.monitoring.entrypoints.web.clue import Disaster
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import called, notes_for, rows_for
from services.monitoring.service_layer.sample import (
    CloseSample,
    DrawSample,
    FreezeSampleList,
    InspectHousehold,
    close_sample,
    draw_sample,
    freeze_sample_list,
    inspect_household,
)
from shared.areas import areas
from shared.contracts.codes import codes
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import NoInput, Section

section = Section("sample")
_LIST = Crumb(Words("抽样检查", "Sample inspections"), "/samples")


class FreezeForm(Form):
    title: Annotated[str, Field(min_length=2, max_length=60), Label("名称", "Title")]


class DrawForm(Form):
    seed: Annotated[
        str,
        Field(min_length=LEAST_SEED, max_length=MOST_SEED, pattern="^[0-9A-Za-z]+$"),
        Label(
            "抽样种子",
            "Seed",
            hint_zh="名单冻结并公布摘要之后，当众产生，如现场摇号的数字；只填数字和字母",
            hint_en="found in public after the digest, drawn by lot for instance; digits and letters only",
        ),
    ]


class InspectForm(Form):
    version: Version
    right: Annotated[
        tuple[str, ...],
        Label(
            "检查内容：符合的打勾",
            "What was all right",
            choices=choices_of("sample_question"),
        ),
    ] = ()
    finding: Annotated[
        str | None,
        Label(
            "发现的问题",
            "Finding",
            hint_zh="没有问题就不选；漏纳、体外循环生成线索，其余提交复核",
            hint_en="empty when all was right; somebody missed becomes a clue, the rest reopens the case",
            choices=choices_of("sample_finding"),
        ),
    ] = None
    risk: Annotated[
        str | None,
        Label("漏纳的风险", "The risk that was missed", choices=choices_of("risk")),
    ] = None
    disaster: Disaster = ""
    on: OnDay = None
    note: Note = ""


def sampled_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the household of a sample that a page or action names."""
    with read(ask) as connection:
        return area_of_sampled(connection, given["sampled_id"])


@section.page("/samples", "sample.read", "monitoring/samples.html", area_of=own_area)
def list_samples(ask: MonitoringAsk) -> View:
    """List the inspections, the newest first."""
    with read(ask) as connection:
        rows = samples_of(connection)
    columns = (
        Column[SampleInspection](
            "名称", "Title", lambda one: one.title, link=lambda one: f"/samples/{one.id}"
        ),
        Column[SampleInspection]("名单冻结", "List frozen", lambda one: one.frozen_on),
        Column[SampleInspection]("名单户数", "On the list", lambda one: one.population, "number"),
        Column[SampleInspection]("抽取日期", "Drawn", lambda one: one.drawn_on),
        Column[SampleInspection]("样本户数", "Drawn households", lambda one: one.size, "number"),
        Column[SampleInspection]("状态", "State", _state),
    )
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(Words("抽样检查", "Sample inspections"), {}, Listing(columns, part, len(rows), ask.paging))


@section.action("/samples", "sample.freeze", Words("冻结抽样名单", "Freeze the list"), FreezeForm)
def freeze(act: MonitoringAct, form: FreezeForm) -> Done:
    command = FreezeSampleList(title=form.title, by=act.officer.account_id)
    inspection_id = freeze_sample_list(command, act.uow(), act.service.sample_policies)
    zh, en = (
        "名单已冻结，请公布名单摘要后当众产生种子",
        "The list is frozen: publish its digest, then find the seed",
    )
    return Done(f"/samples/{inspection_id}", zh, en, {"id": inspection_id}, created=True)


@section.page("/samples/{inspection_id}", "sample.read", "monitoring/sample.html", area_of=own_area)
def show_sample(ask: MonitoringAsk, inspection_id: str) -> View:
    """Show what anyone needs to draw the same again, and the households drawn in the officer's area."""
    with read(ask) as connection:
        one = sample_of(connection, inspection_id)
        rows, total = sampled_in(
            connection,
            inspection_id,
            ask.officer.area_code,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    policy = ask.service.sample_policies.on(one.frozen_on)
    data = {
        "sample": one,
        "state": _state(one),
        "quotas": [
            (words_of("sample_stratum", key), f"{Decimal(share) * 100:.1f}%", least)
            for key, (share, least) in sorted(one.shares.items())
        ],
        "source": policy.source,
    }
    columns = (
        Column[SampledRow]("序号", "No.", lambda row: row.position, "number"),
        Column[SampledRow](
            "户主", "Head", lambda row: row.head_name, link=lambda row: f"/samples/households/{row.id}"
        ),
        Column[SampledRow]("户编号", "Household no.", lambda row: row.household_no),
        Column[SampledRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[SampledRow]("抽样层", "Stratum", lambda row: words_of("sample_stratum", row.stratum)),
        Column[SampledRow]("检查日期", "Inspected", lambda row: row.inspected_on),
        Column[SampledRow]("结果", "Result", _result),
    )
    listing = Listing(columns, rows_for(ask.officer, rows), total, ask.paging)
    title = Words(one.title, one.title)
    return View(title, data, listing, (_LIST, Crumb(title)))


@section.page("/samples/{inspection_id}/list", "sample.list", "monitoring/sample_list.html", area_of=own_area)
def show_list(ask: MonitoringAsk, inspection_id: str) -> View:
    """Show the frozen list as it is published, to be exported and drawn from again."""
    with read(ask) as connection:
        one = sample_of(connection, inspection_id)
        listed = read_list(list_text(connection, inspection_id))
    columns = (
        Column[Listed]("town", "town", lambda row: row.town),
        Column[Listed]("stratum", "stratum", lambda row: row.stratum),
        Column[Listed]("household_id", "household_id", lambda row: row.household_id),
    )
    part = listed[ask.paging.offset : ask.paging.offset + ask.paging.size]
    title = Words("抽样名单", "The frozen list")
    crumbs = (_LIST, Crumb(Words(one.title, one.title), f"/samples/{inspection_id}"), Crumb(title))
    return View(title, {"sample": one}, Listing(columns, part, len(listed), ask.paging), crumbs)


@section.action("/samples/{inspection_id}/draw", "sample.draw", Words("抽取样本", "Draw"), DrawForm)
def draw(act: MonitoringAct, form: DrawForm, inspection_id: str) -> Done:
    command = DrawSample(inspection_id=inspection_id, seed=form.seed, by=act.officer.account_id)
    size = draw_sample(command, act.uow())
    return Done(f"/samples/{inspection_id}", f"已抽取 {size} 户", f"{size} households drawn", {"size": size})


@section.action("/samples/{inspection_id}/close", "sample.close", Words("结束抽样检查", "End it"), NoInput)
def close(act: MonitoringAct, _form: NoInput, inspection_id: str) -> Done:
    close_sample(CloseSample(inspection_id=inspection_id), act.uow())
    return Done(f"/samples/{inspection_id}", "抽样检查已结束", "The inspection is over")


@section.page(
    "/samples/households/{sampled_id}", "sample.read", "monitoring/sampled.html", area_of=sampled_area
)
def show_sampled(ask: MonitoringAsk, sampled_id: str) -> View:
    """Show one household drawn and the questions of its inspection."""
    with read(ask) as connection:
        (sampled,) = notes_for(ask.officer, [sampled_of(connection, sampled_id)])
        one = sample_of(connection, sampled.inspection_id)
        number, name = head_of(connection, sampled.household_id)
    answers = sampled.answers or {}
    here = called(ask.officer, number, name)
    data = {
        "sampled": sampled,
        "household": here,
        "stratum": words_of("sample_stratum", sampled.stratum),
        "finding": words_of("sample_finding", sampled.finding),
        "answers": [(words_of("sample_question", key), right) for key, right in answers.items()],
    }
    crumbs = (_LIST, Crumb(Words(one.title, one.title), f"/samples/{one.id}"), Crumb(here))
    return View(here, data, crumbs=crumbs)


@section.action(
    "/samples/households/{sampled_id}/inspect",
    "sample.inspect",
    Words("登记检查结果", "Record the inspection"),
    InspectForm,
    area_of=sampled_area,
)
def inspect(act: MonitoringAct, form: InspectForm, sampled_id: str) -> Done:
    with read(act) as connection:
        inspection_id = sampled_of(connection, sampled_id).inspection_id
    inspect_household(
        InspectHousehold(
            sampled_id=sampled_id,
            on=form.on or act.today,
            answers={code.value: code.value in form.right for code in codes()["sample_question"]},
            finding=form.finding or "",
            risk=form.risk or "",
            disaster=form.disaster,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        ),
        act.uow(),
        act.service.clue_policy,
        act.service.screening_policy,
    )
    return Done(f"/samples/{inspection_id}", "检查结果已登记", "Recorded")


def _state(one: SampleInspection) -> Badge:
    if one.closed_on is not None:
        return Badge("green", Words("已结束", "over"))
    if one.drawn_on is not None:
        return Badge("blue", Words("检查中", "being inspected"))
    return Badge("yellow", Words("待抽取", "to be drawn"))


def _result(row: SampledRow) -> Badge:
    if row.inspected_on is None:
        return Badge("yellow", Words("待检查", "to be inspected"))
    if row.finding:
        return Badge("red", words_of("sample_finding", row.finding))
    return Badge("green", Words("没有问题", "all right"))
