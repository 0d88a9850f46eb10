"""Members of a household: who comes, who leaves, what is put right, and who sees a whole number."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from services.monitoring.adapters.read_models import head_of, household_of, unmasked_since
from services.monitoring.domain.member import Member
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import called, others
from services.monitoring.entrypoints.web.person_form import CorrectForm, changes_of, first_of
from services.monitoring.service_layer.member import (
    AddMember,
    CorrectMember,
    Person,
    RemoveMember,
    Unmask,
    add_member,
    correct_member,
    remove_member,
    unmask,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.problems import NoSuchPageError
from shared.web.section import Section

section = Section("member")
SHOWN_FOR = timedelta(minutes=10)
"""How long a whole number stays visible to who gave a reason."""

Name = Annotated[str, Field(min_length=1, max_length=50), Label("姓名", "Name")]
Phone = Annotated[str, Field(max_length=11), Label("联系电话", "Telephone")]


class PersonFields(Form):
    name: Name
    relation: Annotated[str, Label("与户主关系", "Relation to the head", choices=choices_of("relation"))]
    sex: Annotated[str, Label("性别", "Sex", choices=choices_of("sex"), widget="radio")]
    born_on: Annotated[date, Label("出生日期", "Date of birth")]
    document: Annotated[str, Label("证件类型", "Document", choices=choices_of("document"))] = "01"
    id_number: Annotated[str, Field(max_length=24), Label("证件号码", "Document number")] = ""
    ethnicity: Annotated[str, Label("民族", "Ethnicity", choices=choices_of("ethnicity"))] = "001"
    political: Annotated[str, Label("政治面貌", "Affiliation", choices=choices_of("political"))] = "006"
    education: Annotated[
        str | None,
        Label(
            "文化程度",
            "Education",
            hint_zh="在校生不填",
            hint_en="not for pupils",
            choices=choices_of("education"),
        ),
    ] = None
    school_status: Annotated[
        str | None,
        Label(
            "在校生状况",
            "School status",
            hint_zh="非在校生不填",
            hint_en="pupils only",
            choices=choices_of("school_status"),
        ),
    ] = None
    health: Annotated[tuple[str, ...], Label("健康状况", "Health", choices=choices_of("health"))] = ("001",)
    disability_kind: Annotated[
        str | None, Label("残疾类别", "Kind of disability", choices=choices_of("disability_kind"))
    ] = None
    disability_grade: Annotated[
        str | None, Label("残疾等级", "Grade of disability", choices=choices_of("disability_grade"))
    ] = None
    labour_skill: Annotated[str, Label("劳动技能", "Labour skill", choices=choices_of("labour_skill"))]
    resident_insurance: Annotated[bool, Label("参加城乡居民医保", "Residents' medical insurance")] = False
    employee_insurance: Annotated[bool, Label("参加职工医保", "Employees' medical insurance")] = False
    low_income: Annotated[
        str | None, Label("低保", "Subsistence allowance", choices=choices_of("low_income"))
    ] = None
    destitute: Annotated[
        str | None, Label("特困供养", "Support of the destitute", choices=choices_of("destitute"))
    ] = None
    phone: Phone = ""

    def person(self) -> Person:
        """Return the person as the command takes it."""
        return Person(**{name: getattr(self, name) for name in PersonFields.model_fields})


class AddForm(PersonFields):
    version: Version
    reason: Annotated[str, Label("增加原因", "Why added", choices=choices_of("member_added"))]
    on: OnDay = None


class RemoveForm(Form):
    version: Version
    reason: Annotated[str, Label("减少原因", "Why removed", choices=choices_of("member_removed"))]
    new_head: Annotated[
        str | None,
        Label(
            "新户主",
            "New head",
            hint_zh="仅当减少的是户主时选择",
            hint_en="only when it is the head who leaves",
            choices=others,
        ),
    ] = None
    on: OnDay = None


class UnmaskForm(Form):
    reason: Annotated[
        str,
        Field(min_length=4, max_length=200),
        Label("查看理由", "Reason", hint_zh="查看人、时间和理由将留存", hint_en="who, when and why is kept"),
    ]


def _one(ask: MonitoringAsk, household_id: str, person_id: str) -> tuple[Member, int]:
    with read(ask) as connection:
        household = household_of(connection, household_id)
    return household.member(person_id), household.version


def _crumbs(ask: MonitoringAsk, household_id: str, words: Words) -> tuple[Crumb, ...]:
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
    here = called(ask.officer, number, name)
    return (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(words),
    )


@section.page(
    "/households/{household_id}/members/{person_id}",
    "household.correct",
    "monitoring/member.html",
    area_of=household_area,
)
def show_member(ask: MonitoringAsk, household_id: str, person_id: str) -> View:
    """Show one member with what may be corrected; the numbers are masked."""
    member, version = _one(ask, household_id, person_id)
    words = Words(member.name, member.name)
    data = {
        "household_id": household_id,
        "person_id": person_id,
        "version": version,
        "id_number": member.masked_id_number,
        "relation": words_of("relation", member.relation),
        "first": first_of(member),
    }
    return View(words, data, crumbs=_crumbs(ask, household_id, words))


@section.page(
    "/households/{household_id}/members/{person_id}/unmasked",
    "household.unmask",
    "monitoring/unmasked.html",
    area_of=household_area,
)
def show_unmasked(ask: MonitoringAsk, household_id: str, person_id: str) -> View:
    """Show whole numbers to who has just given a reason; to anybody else there is no such page."""
    with read(ask) as connection:
        asked = unmasked_since(
            connection,
            household_id=household_id,
            person_id=person_id,
            by=ask.officer.login,
            since=ask.service.clock() - SHOWN_FOR,
        )
    if not asked:
        raise NoSuchPageError
    member, _version = _one(ask, household_id, person_id)
    words = Words("完整证件号码", "Whole numbers")
    data = {
        "household_id": household_id,
        "name": member.name,
        "id_number": member.id_number,
        "phone": member.phone,
    }
    return View(words, data, crumbs=_crumbs(ask, household_id, words))


@section.action(
    "/households/{household_id}/members",
    "member.add",
    Words("增加家庭成员", "Add a member"),
    AddForm,
    permission="household.correct",
    area_of=household_area,
)
def add(act: MonitoringAct, form: AddForm, household_id: str) -> Done:
    command = AddMember(
        household_id=household_id,
        person=form.person(),
        reason=form.reason,
        on=form.on or act.today,
        version=form.version,
    )
    person_id = add_member(command, act.uow(), act.service.checks)
    return Done(f"/households/{household_id}", "已增加", "Added", {"id": person_id}, created=True)


@section.action(
    "/households/{household_id}/members/{person_id}/remove",
    "member.remove",
    Words("减少家庭成员", "Remove the member"),
    RemoveForm,
    permission="household.correct",
    area_of=household_area,
    danger=True,
)
def remove(act: MonitoringAct, form: RemoveForm, household_id: str, person_id: str) -> Done:
    command = RemoveMember(
        household_id=household_id,
        person_id=person_id,
        reason=form.reason,
        on=form.on or act.today,
        relations={form.new_head: "001"} if form.new_head else {},
        version=form.version,
    )
    remove_member(command, act.uow(), act.service.checks)
    return Done(
        f"/households/{household_id}", "已减少，请核对其他成员与户主关系", "Removed; check the relations"
    )


@section.action(
    "/households/{household_id}/members/{person_id}/correct",
    "member.correct",
    Words("更正信息", "Correct"),
    CorrectForm,
    permission="household.correct",
    area_of=household_area,
)
def correct(act: MonitoringAct, form: CorrectForm, household_id: str, person_id: str) -> Done:
    changes = changes_of(form)
    command = CorrectMember(
        household_id=household_id, person_id=person_id, changes=changes, on=act.today, version=form.version
    )
    correct_member(command, act.uow(), act.service.checks)
    return Done(f"/households/{household_id}", "已更正", "Corrected", {"id": person_id})


@section.action(
    "/households/{household_id}/members/{person_id}/unmask",
    "member.unmask",
    Words("查看完整号码", "Show whole numbers"),
    UnmaskForm,
    permission="household.unmask",
    area_of=household_area,
)
def show_numbers(act: MonitoringAct, form: UnmaskForm, household_id: str, person_id: str) -> Done:
    # The page that follows shows them: an answer is kept with its request's key, and numbers must not be.
    unmask(Unmask(household_id, person_id, form.reason, act.officer.login), act.uow())
    return Done(
        f"/households/{household_id}/members/{person_id}/unmasked", "查看已留痕", "It is kept that you looked"
    )
