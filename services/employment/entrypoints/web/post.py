"""Public-service posts: what is offered, who holds it, and placing somebody on it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from services.employment.adapters.read_models import labourer_by_id
from services.employment.adapters.read_models_post import (
    PlacementRow,
    PostRow,
    find_posts,
    placements_of,
    post_by_id,
    vacant_posts,
)
from services.employment.domain.errors import PostNotFoundError
from services.employment.entrypoints.web.dependencies import (
    EmploymentAct,
    EmploymentAsk,
    OnDay,
    labourer_area,
    part_of,
    post_area,
    read,
    towns,
)
from services.employment.entrypoints.web.labels import (
    PLACEMENT_ENDS,
    area_words,
    choices_of,
    remarks_of,
    words_of,
)
from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import ClosePost, OfferPost, close_post, offer_post
from shared.areas import areas, contains
from shared.kernel.money import yuan_text
from shared.web.asking import Ask, Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("post")

OPEN = Badge("green", Words("可安排", "Places left"))
FULL = Badge("grey", Words("已满", "Full"))
CLOSED = Badge("grey", Words("已停用", "Closed"))


def _own_areas(ask: EmploymentAsk) -> Iterable[Choice]:
    for area in (areas().county, *areas().towns(), *areas().villages()):
        if ask.officer.may_see(area.code):
            name = areas().full_name(area.code)
            yield Choice(area.code, name, name)


def _vacant(ask: EmploymentAsk) -> Iterable[Choice]:
    """Return the posts a person of the page may be placed on: of their village and of what lies above it."""
    person_id = str(ask.request.path_params.get("person_id", ""))
    with read(ask) as connection:
        person = labourer_by_id(connection, person_id)
        rows = [] if person is None else vacant_posts(connection, person.area_code[:9])
    for row in rows:
        kind, place = words_of("measure_100A42", row.post.kind), areas().full_name(row.post.area_code)
        pay = yuan_text(row.post.monthly_pay_fen)
        yield Choice(
            row.post.id,
            f"{place} {kind.zh}，月补贴 {pay} 元，余 {row.vacant} 名",
            f"{place} {kind.en}, {pay} yuan a month, {row.vacant} left",
        )


class OfferForm(Form):
    area_code: Annotated[
        str, Field(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$"), Label("设岗区域", "Area", choices=_own_areas)
    ]
    kind: Annotated[str, Label("岗位类别", "Kind", choices=choices_of("measure_100A42"))]
    monthly_pay_fen: Annotated[
        int, Field(ge=0, le=10**7), Label("月补贴（元）", "Monthly pay (yuan)", widget="yuan")
    ]
    vacancies: Annotated[int, Field(ge=1, le=1000), Label("名额", "Places")]
    funding: Annotated[
        str,
        Field(max_length=50),
        Label(
            "资金渠道",
            "Funding",
            hint_zh="如衔接资金、光伏收益",
            hint_en="such as bridging funds, solar income",
        ),
    ] = ""
    offered_on: OnDay = None


class PlaceForm(Form):
    post_id: Annotated[str, Label("公益岗位", "Post", choices=_vacant)]
    started_on: Annotated[date, Label("上岗日期", "Starts on")]
    ends_on: Annotated[
        date | None,
        Label(
            "协议到期日", "Agreement ends", hint_zh="不填按通常协议期", hint_en="the usual term when empty"
        ),
    ] = None
    override_reason: Annotated[
        str,
        Field(max_length=200),
        Label(
            "继续办理的理由",
            "Reason to go on",
            hint_zh="正在全日制务工或已在另一公益岗位时填写（规则未确认）",
            hint_en="when in full-time work (the rule is unconfirmed)",
        ),
    ] = ""


class CloseForm(Form):
    version: Version


def post_badge(row: PostRow) -> Badge:
    """Say whether somebody can still be placed."""
    if row.post.closed_on is not None:
        return CLOSED
    return OPEN if row.vacant else FULL


COLUMNS = (
    Column[PostRow](
        "岗位类别",
        "Kind",
        lambda row: words_of("measure_100A42", row.post.kind),
        link=lambda row: f"/posts/{row.post.id}",
    ),
    Column[PostRow]("设岗区域", "Area", lambda row: area_words(row.post.area_code)),
    Column[PostRow]("月补贴（元）", "Pay (yuan)", lambda row: row.post.monthly_pay_fen, "yuan"),
    Column[PostRow]("名额", "Places", lambda row: row.post.vacancies, "number"),
    Column[PostRow]("在岗", "Held", lambda row: row.held, "number"),
    Column[PostRow]("资金渠道", "Funding", lambda row: row.post.funding or None),
    Column[PostRow]("状态", "State", post_badge),
)
HOLDERS = (
    Column[PlacementRow](
        "人编号", "Person no.", lambda row: row.person_no, link=lambda row: f"/placements/{row.placement.id}"
    ),
    Column[PlacementRow]("户编号", "Household no.", lambda row: row.household_no),
    Column[PlacementRow]("上岗", "Started", lambda row: row.placement.started_on),
    Column[PlacementRow]("协议到期", "Agreement ends", lambda row: row.placement.ends_on),
    Column[PlacementRow]("退岗", "Ended", lambda row: row.placement.ended_on),
    Column[PlacementRow](
        "退岗原因",
        "Reason",
        lambda row: PLACEMENT_ENDS[row.placement.end_reason] if row.placement.end_reason else None,
    ),
    Column[PlacementRow](
        "考核合格月数", "Months passed", lambda row: sum(row.placement.attendance.values()), "number"
    ),
)


@section.page("/posts", "post.read", "employment/posts.html", area_of=own_area)
def list_posts(ask: EmploymentAsk, town: str = "", vacant: str = "") -> View:
    """List the posts of the officer's area."""
    with read(ask) as connection:
        rows, total = find_posts(
            connection, ask.officer.area_code, town, part_of(ask), vacant=vacant == "yes"
        )
    data = {"towns": towns(ask), "given": {"town": town, "vacant": vacant}}
    return View(Words("公益岗位", "Posts"), data, Listing(COLUMNS, rows, total, ask.paging))


@section.page("/posts/{post_id}", "post.read", "employment/post.html", area_of=post_area)
def show_post(ask: EmploymentAsk, post_id: str) -> View:
    """Show one post and who holds and held it."""
    with read(ask) as connection:
        row = post_by_id(connection, post_id)
        if row is None:
            raise PostNotFoundError(post_id=post_id)
        holders = placements_of(connection, post_id=post_id)
    data = {
        "row": row,
        "badge": post_badge(row),
        "facts": [
            (Words("岗位类别", "Kind"), words_of("measure_100A42", row.post.kind)),
            (Words("设岗区域", "Area"), area_words(row.post.area_code)),
            (Words("月补贴（元）", "Monthly pay (yuan)"), yuan_text(row.post.monthly_pay_fen)),
            (Words("名额", "Places"), row.post.vacancies),
            (Words("在岗人数", "Held"), row.held),
            (Words("资金渠道", "Funding"), row.post.funding or None),
            (Words("开发日期", "Offered on"), row.post.offered_on),
            (Words("停用日期", "Closed on"), row.post.closed_on),
        ],
        "remarks": remarks_of(row.post.remarks),
        "holders": Listing(HOLDERS, holders, len(holders), ask.paging),
    }
    kind = words_of("measure_100A42", row.post.kind)
    crumbs = (Crumb(Words("公益岗位", "Posts"), "/posts"), Crumb(kind))
    return View(Words(f"公益岗位：{kind.zh}", f"Post: {kind.en}"), data, crumbs=crumbs)


@section.action(
    "/posts",
    "post.offer",
    Words("开发公益岗位", "Offer a post"),
    OfferForm,
    area_of=lambda _ask, given: given["area_code"],
)
def offer(act: EmploymentAct, form: OfferForm) -> Done:
    command = OfferPost(
        area_code=form.area_code,
        kind=form.kind,
        monthly_pay_fen=form.monthly_pay_fen,
        vacancies=form.vacancies,
        offered_on=form.offered_on or act.today,
        funding=form.funding,
    )
    post_id = offer_post(command, act.uow(), act.service.policy)
    return Done(f"/posts/{post_id}", "岗位已登记", "The post is recorded", {"id": post_id}, created=True)


@section.action(
    "/posts/{post_id}/close",
    "post.close",
    Words("停用岗位", "Close the post"),
    CloseForm,
    permission="post.offer",
    area_of=post_area,
    danger=True,
)
def close(act: EmploymentAct, form: CloseForm, post_id: str) -> Done:
    close_post(ClosePost(post_id, form.version), act.uow())
    return Done(f"/posts/{post_id}", "岗位已停用", "The post is closed", {"id": post_id})


@section.action(
    "/labourers/{person_id}/placements",
    "post.place",
    Words("安排公益岗位", "Place on a post"),
    PlaceForm,
    area_of=labourer_area,
)
def place(act: EmploymentAct, form: PlaceForm, person_id: str) -> Done:
    _ensure_reachable(act, form.post_id)
    command = PlaceOnPost(
        post_id=form.post_id,
        person_id=person_id,
        started_on=form.started_on,
        ends_on=form.ends_on,
        override_reason=form.override_reason,
    )
    placement_id = place_on_post(command, act.uow(), act.service.policy)
    return Done(
        f"/placements/{placement_id}", "已上岗", "Placed on the post", {"id": placement_id}, created=True
    )


def _ensure_reachable(ask: Ask[Any], post_id: str) -> None:
    """Refuse a post of somebody else's area; one of the town or county above is open to its people."""
    area_code = post_area(ask, {"post_id": post_id})
    if area_code is None or not contains(area_code, ask.officer.area_code):
        ask.ensure_area(area_code)
