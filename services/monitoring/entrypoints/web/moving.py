"""People who change household: split off, move, are taken over by the county; and a new head."""

from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models import area_of_household, head_of, household_of, id_of_household
from services.monitoring.domain.errors import HouseholdNotFoundError, NotOneHeadError
from services.monitoring.domain.household import Household
from services.monitoring.domain.member import HEAD
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import called, persons
from services.monitoring.service_layer.moving import (
    ChangeHead,
    MoveMember,
    SplitHousehold,
    TakeOver,
    change_head,
    move_member,
    split_household,
    take_over,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("moving")

Relation = Annotated[str, Label("与户主关系", "Relation to the head", choices=choices_of("relation"))]
HouseholdNo = Annotated[str, Field(min_length=1, max_length=20, pattern="^[0-9A-Za-z-]+$")]


class Becomes(Form):
    """What one person is to the head."""

    person_id: Annotated[str, Label("家庭成员", "Member", choices=persons)]
    relation: Relation


class SplitForm(Form):
    version: Version
    household_no: Annotated[HouseholdNo, Label("新户编号", "Number of the new household")]
    persons: Annotated[
        tuple[Becomes, ...],
        Field(min_length=1, max_length=20),
        Label(
            "分出的成员及在新户中与户主关系",
            "Who goes, and what each is in the new household",
            hint_zh="新户必须有且只有一名户主",
            hint_en="the new household has exactly one head",
            rows=3,
        ),
    ]
    staying: Annotated[
        tuple[Becomes, ...],
        Field(max_length=20),
        Label(
            "留下的成员与新户主关系",
            "Who stays, and what each is to the new head",
            hint_zh="仅当原户主分出时填写",
            hint_en="only when the head goes",
            rows=2,
        ),
    ] = ()
    on: OnDay = None


class MoveForm(Form):
    version: Version
    person_id: Annotated[str, Label("转出的成员", "Who goes", choices=persons)]
    to_household_no: Annotated[HouseholdNo, Label("转入户编号", "Number of the other household")]
    relation: Annotated[
        str, Label("与转入户户主关系", "Relation to the head there", choices=choices_of("relation"))
    ]
    came: Annotated[str, Label("增加原因", "Why added there", choices=choices_of("member_added"))] = "91"
    left: Annotated[str, Label("减少原因", "Why removed here", choices=choices_of("member_removed"))] = "91"
    on: OnDay = None


class HeadForm(Form):
    version: Version
    new_head: Annotated[str, Label("新户主", "New head", choices=persons)]
    old_head: Annotated[
        str, Label("原户主与新户主关系", "What the old head is to the new", choices=choices_of("relation"))
    ]
    others: Annotated[
        tuple[Becomes, ...],
        Field(max_length=20),
        Label("其他成员与新户主关系", "What the others are to the new head", rows=3),
    ] = ()
    on: OnDay = None


class TakeOverForm(Form):
    version: Version
    id_number: Annotated[str, Field(min_length=1, max_length=24), Label("证件号码", "Document number")]
    document: Annotated[str, Label("证件类型", "Document", choices=choices_of("document"))] = "01"
    relation: Annotated[
        str, Label("与本户户主关系", "Relation to the head of this household", choices=choices_of("relation"))
    ]
    reason: Annotated[
        str,
        Field(min_length=4, max_length=200),
        Label(
            "转入理由",
            "Reason",
            hint_zh="理由和经办人将记入两户的历史",
            hint_en="it stands in the history of both households, with who did it",
        ),
    ]
    on: OnDay = None


@section.page(
    "/households/{household_id}/moving", "household.correct", "monitoring/moving.html", area_of=household_area
)
def show_moving(ask: MonitoringAsk, household_id: str) -> View:
    """Show the forms that change who belongs together."""
    with read(ask) as connection:
        household = household_of(connection, household_id)
        number, head = head_of(connection, household_id)
    here = called(ask.officer, number, head)
    title = Words("分户、转户、变更户主", "Split, move, change the head")
    data = {
        "household_id": household_id,
        "version": household.version,
        "area_code": household.area_code,
        "members": [
            {"name": one.name, "relation": words_of("relation", one.relation)} for one in household.present
        ],
    }
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(title),
    )
    return View(title, data, crumbs=crumbs)


@section.action(
    "/households/{household_id}/split",
    "household.split",
    Words("分户", "Split the household"),
    SplitForm,
    permission="household.correct",
    area_of=household_area,
)
def split(act: MonitoringAct, form: SplitForm, household_id: str) -> Done:
    command = SplitHousehold(
        household_id=household_id,
        household_no=form.household_no,
        persons={one.person_id: one.relation for one in form.persons},
        relations={one.person_id: one.relation for one in form.staying},
        on=form.on or act.today,
        version=form.version,
    )
    new = split_household(command, act.uow(), act.service.checks)
    return Done(
        f"/households/{new}", "已分户，请完善新户信息", "Split; complete the new household", {"id": new}
    )


@section.action(
    "/households/{household_id}/move",
    "member.move",
    Words("转到其他农户", "Move to another household"),
    MoveForm,
    permission="household.correct",
    area_of=household_area,
)
def move(act: MonitoringAct, form: MoveForm, household_id: str) -> Done:
    with read(act) as connection:
        there = id_of_household(connection, form.to_household_no)
        area = area_of_household(connection, there) if there else None
    if there is None or area is None or not act.officer.may_see(area):
        raise HouseholdNotFoundError
    command = MoveMember(
        household_id=household_id,
        person_id=form.person_id,
        to_household_id=there,
        relation=form.relation,
        came=form.came,
        left=form.left,
        on=form.on or act.today,
        version=form.version,
    )
    person_id = move_member(command, act.uow(), act.service.checks)
    return Done(f"/households/{there}", "已转入本户", "Moved into this household", {"id": person_id})


@section.action(
    "/households/{household_id}/head",
    "household.change_head",
    Words("变更户主", "Change the head"),
    HeadForm,
    permission="household.correct",
    area_of=household_area,
)
def new_head(act: MonitoringAct, form: HeadForm, household_id: str) -> Done:
    with read(act) as connection:
        household = household_of(connection, household_id)
    command = ChangeHead(
        household_id=household_id,
        relations=_relations(household, form),
        on=form.on or act.today,
        version=form.version,
    )
    change_head(command, act.uow(), act.service.checks)
    return Done(f"/households/{household_id}", "户主已变更", "The head is changed", {"id": household_id})


def _relations(household: Household, form: HeadForm) -> dict[str, str]:
    old = household.head
    if old is None or old.id == form.new_head or form.old_head == HEAD:
        raise NotOneHeadError(heads=1)
    relations = {one.person_id: one.relation for one in form.others}
    return {**relations, old.id: form.old_head, form.new_head: HEAD}


@section.action(
    "/households/{household_id}/take-over",
    "household.take_over",
    Words("从其他农户转入（县级）", "Take a person over (county)"),
    TakeOverForm,
    area_of=household_area,
    danger=True,
)
def take(act: MonitoringAct, form: TakeOverForm, household_id: str) -> Done:
    given: dict[str, Any] = form.model_dump(exclude={"on"})
    command = TakeOver(household_id=household_id, on=form.on or act.today, **given)
    person_id = take_over(command, act.uow(), act.service.checks)
    return Done(
        f"/households/{household_id}/history", "已转入，理由已记入两户历史", "Taken over", {"id": person_id}
    )
