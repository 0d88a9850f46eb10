"""Pages of announcements: what is owed, what was published, and what the check found."""

from typing import Annotated, Any

from pydantic import Field

from services.finance.adapters.tables_projects import announcement, project
from services.finance.domain.announcement import ELEMENTS, KINDS, Announcement, AnnouncementNotFoundError
from services.finance.domain.project import Project
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, OnDay
from services.finance.entrypoints.web.process.frame import (
    Kind,
    Place,
    StepAction,
    StepForm,
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
from services.finance.entrypoints.web.process.fund import project_label
from services.finance.service_layer.announcement import (
    OweAnnouncement,
    PublishAnnouncement,
    owe_announcement,
    publish_announcement,
)
from shared.kernel.money import yuan_text
from shared.web.asking import Done
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Badge, Column
from shared.web.section import Section

section = Section("announcement")
Amount = Annotated[int, Field(ge=0, le=10**13)]


class OweForm(Form):
    kind: Annotated[str, one_of(KINDS), Label("公告种类", "Kind", choices=choices(KINDS), widget="radio")] = (
        "plan"
    )
    unit: Unit
    area_code: Place
    project_id: Annotated[
        str,
        Field(max_length=64),
        Label(
            "只公告一个项目",
            "Of one project only",
            choices=chosen(Project, project, project_label, tuple(Project.STATES)),
        ),
    ] = ""
    year: Year = None
    on: OnDay = None


class PublishForm(StepForm):
    link: Annotated[str, Field(max_length=300), Label("公告链接", "Link", hint_zh="以 http 或 https 开头")]
    elements: Annotated[
        tuple[str, ...],
        one_of(ELEMENTS),
        Label("公告中写明的要素", "What it says", choices=choices(ELEMENTS)),
    ] = tuple(ELEMENTS)
    total_fen: Annotated[Amount, Label("公告总金额（元）", "Total (yuan)", widget="yuan")]
    first_fen: Annotated[Amount, Label("其中：中央（元）", "Of it: central (yuan)", widget="yuan")] = 0
    second_fen: Annotated[Amount, Label("省级（元）", "Province (yuan)", widget="yuan")] = 0
    third_fen: Annotated[Amount, Label("市级（元）", "City (yuan)", widget="yuan")] = 0
    fourth_fen: Annotated[Amount, Label("县级（元）", "County (yuan)", widget="yuan")] = 0
    fifth_fen: Annotated[Amount, Label("苏陕协作（元）", "Cooperation (yuan)", widget="yuan")] = 0


def _publish(act: FinanceAct, form: PublishForm, id_: str) -> None:
    parts = (form.first_fen, form.second_fen, form.third_fen, form.fourth_fen, form.fifth_fen)
    command = PublishAnnouncement(
        **taken(act, form, id_),
        elements=form.elements,
        link=form.link,
        total_fen=form.total_fen,
        parts_fen=parts,
    )
    publish_announcement(command, act.uow(), act.service.project_policy)


def _mark(*, good: bool) -> Badge:
    return Badge("green", Words("相符", "in order")) if good else Badge("red", Words("不符", "not in order"))


def _facts(ask: FinanceAsk, one: Announcement) -> list[tuple[Words, object]]:
    del ask
    facts: list[tuple[Words, object]] = [
        (Words("种类", "Kind"), said(KINDS, one.kind)),
        (Words("年度", "Year"), one.year),
        (Words("责任单位", "Unit in charge"), unit_words(one.unit)),
        (Words("公告期限", "To be made by"), one.due_on),
        (Words("公告日期", "Published on"), one.published_on),
    ]
    if one.published_on is None:
        return facts
    missing = [said(ELEMENTS, each) for each in one.missing]
    lacks = Words("缺：" + "、".join(w.zh for w in missing), "lacks: " + ", ".join(w.en for w in missing))
    return [
        *facts,
        (Words("链接", "Link"), one.link),
        (Words("要素", "Elements"), lacks if missing else _mark(good=True)),
        (Words("链接格式", "Form of the link"), _mark(good=one.link_ok)),
        (Words("公告总金额（元）", "Total (yuan)"), yuan_text(one.total_fen)),
        (Words("台账金额（元）", "The register says (yuan)"), yuan_text(one.register_fen)),
        (Words("数字", "Numbers"), _mark(good=one.numbers_match)),
    ]


KIND = Kind(
    name="announcement",
    path="/announcements",
    table=announcement,
    process=Announcement,
    words=Words("公告公示", "Announcements"),
    reading="announcement.read",
    columns=(
        Column[Announcement]("责任单位", "Unit", lambda one: unit_words(one.unit)),
        Column[Announcement]("公告日期", "Published", lambda one: one.published_on),
    ),
    title=lambda one: said(KINDS, one.kind),
    facts=_facts,
    steps=(StepAction("publish", "announcement.publish", _publish, PublishForm),),
    opening="announcement.owe",
    missing=AnnouncementNotFoundError,
)
declare(section, KIND)


@section.action(
    "/announcements",
    "announcement.owe",
    Words("登记应公告事项", "Record an announcement due"),
    OweForm,
    area_of=given_area,
)
def owe(act: FinanceAct, form: OweForm) -> Done:
    told: dict[str, Any] = {**form.model_dump(exclude={"on"}), "year": form.year or act.today.year}
    command = OweAnnouncement(**told, on=form.on or act.today, by=act.officer.login)
    one = owe_announcement(command, act.uow(), act.service.project_policy)
    return Done(f"/announcements/{one}", "已登记", "Recorded", {"id": one}, created=True)
