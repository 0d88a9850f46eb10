"""Returns to the old place, want of room, zero employment: lists with limits, and recording what is found."""

from typing import Annotated

from pydantic import Field

from services.monitoring.adapters.relocation.read_models import RelocatedRow, relocated
from services.monitoring.adapters.tables import (
    facility_tasks,
    housing_shortages,
    relocation_returns,
    zero_employments,
)
from services.monitoring.domain.relocation.finding import half_of
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.matter_pages import MatterKind, declare
from services.monitoring.entrypoints.web.people import rows_for
from services.monitoring.service_layer.relocation.finding import (
    FindHousingShortage,
    FindReturn,
    end_return,
    find_housing_shortage,
    find_return,
    solve_housing_shortage,
)
from services.monitoring.service_layer.relocation.site import finish_facility_task
from services.monitoring.service_layer.relocation.zero_employment import (
    SurveyLabour,
    close_zero_employment,
    survey_labour,
)
from shared.areas import areas
from shared.web.asking import Done, View, own_area
from shared.web.forms import Form, Label, Note
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("relocation")

RETURN = MatterKind(
    name="relocation_return",
    path="/relocation/returns",
    table=relocation_returns,
    words=Words("回流问题", "Returns to the old place"),
    task=Words("整改回流问题", "Bring a household back to its site"),
    close_words=Words("登记已返回安置点", "Note that it lives at the site again"),
    way_list="relocation_return_way",
    close=end_return,
    reading="relocation.read",
    closing="relocation.close",
    workers=("village", "town"),
    kind_list="relocation_return_kind",
    empty=Words("没有未整改的回流问题。", "No return is open."),
)
SHORTAGE = MatterKind(
    name="housing_shortage",
    path="/relocation/housing",
    table=housing_shortages,
    words=Words("新增人口住房困难", "Want of room"),
    task=Words("解决搬迁户住房困难", "Solve a want of room"),
    close_words=Words("登记解决结果", "Note how it was solved"),
    way_list="housing_solution",
    close=solve_housing_shortage,
    reading="relocation.read",
    closing="relocation.close",
    workers=("town", "department"),
    units=("县发改局",),
    numbers={
        "persons": Words("人口", "Persons"),
        "floor_area": Words("面积（平方米）", "Floor (square metres)"),
    },
    empty=Words("没有未解决的住房困难。", "No want of room is open."),
)
ZERO = MatterKind(
    name="zero_employment",
    path="/relocation/zero-employment",
    table=zero_employments,
    words=Words("零就业搬迁户", "Zero-employment households"),
    task=Words("帮扶零就业搬迁户就业", "Help a zero-employment household into work"),
    close_words=Words("据实办结", "Settle it by what is known"),
    way_list="zero_employment_way",
    close=close_zero_employment,
    reading="zero_employment.read",
    closing="zero_employment.close",
    workers=("department", "town"),
    units=("县人社局",),
    numbers={"willing": Words("有意愿（人）", "Willing")},
    empty=Words("没有零就业搬迁户。", "There is no zero-employment household."),
)
TASK = MatterKind(
    name="facility_task",
    path="/relocation/tasks",
    table=facility_tasks,
    words=Words("安置点配套任务", "Facility tasks"),
    task=Words("完成安置点配套任务", "Finish a facility task"),
    close_words=Words("登记完成", "Note that it is done"),
    way_list="facility_task_way",
    close=finish_facility_task,
    reading="relocation.read",
    closing="site.record",
    workers=("department",),
    units=("县发改局",),
    kind_list="site_need",
)
KINDS = (RETURN, SHORTAGE, ZERO, TASK)
for _kind in KINDS:
    declare(section, _kind)


class ReturnForm(Form):
    kind: Annotated[
        str, Label("回流情形", "Kind", choices=choices_of("relocation_return_kind"), widget="radio")
    ] = "two_places"
    on: OnDay = None
    note: Note = ""


class ShortageForm(Form):
    floor_area: Annotated[
        int, Field(ge=1, le=10_000), Label("现住房面积（平方米）", "Floor area (square metres)")
    ]
    persons: Annotated[
        int | None,
        Field(ge=1, le=50),
        Label("现有人口", "Persons", hint_zh="不填即按登记人口", hint_en="those on record when empty"),
    ] = None
    on: OnDay = None
    note: Note = ""


class SurveyForm(Form):
    labourers: Annotated[int, Field(ge=0, le=50), Label("劳动力（人）", "Labourers")]
    surveyed: Annotated[int, Field(ge=0, le=50), Label("已摸底（人）", "Asked")]
    willing: Annotated[int, Field(ge=0, le=50), Label("有就业意愿（人）", "Willing to work")]
    on: OnDay = None


@section.action(
    "/households/{household_id}/returns",
    "relocation_return.find",
    Words("登记回流问题", "Record a return to the old place"),
    ReturnForm,
    permission="relocation.find",
    area_of=household_area,
)
def found_return(act: MonitoringAct, form: ReturnForm, household_id: str) -> Done:
    finding_id = find_return(
        FindReturn(
            household_id=household_id,
            kind=form.kind,
            on=form.on or act.today,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.relocation_policy,
    )
    return Done(f"/relocation/returns/{finding_id}", "已登记", "Recorded", {"id": finding_id}, created=True)


@section.action(
    "/households/{household_id}/housing-shortage",
    "housing_shortage.find",
    Words("登记住房困难", "Record a want of room"),
    ShortageForm,
    permission="relocation.find",
    area_of=household_area,
)
def found_shortage(act: MonitoringAct, form: ShortageForm, household_id: str) -> Done:
    shortage_id = find_housing_shortage(
        FindHousingShortage(
            household_id=household_id,
            floor_area=form.floor_area,
            persons=form.persons,
            on=form.on or act.today,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.relocation_policy,
    )
    return Done(f"/relocation/housing/{shortage_id}", "已登记", "Recorded", {"id": shortage_id}, created=True)


@section.action(
    "/households/{household_id}/labour-survey",
    "labour_survey.record",
    Words("登记劳动力摸底", "Record what its labourers said"),
    SurveyForm,
    permission="relocation.find",
    area_of=household_area,
)
def surveyed(act: MonitoringAct, form: SurveyForm, household_id: str) -> Done:
    survey_id = survey_labour(
        SurveyLabour(
            household_id=household_id,
            labourers=form.labourers,
            surveyed=form.surveyed,
            willing=form.willing,
            on=form.on or act.today,
            by=act.officer.account_id,
        ),
        act.uow(),
    )
    return Done(
        f"/relocation/households/{household_id}", "摸底已登记", "The survey is recorded", {"id": survey_id}
    )


def _link(row: RelocatedRow) -> str:
    return f"/relocation/households/{row.id}"


COLUMNS = (
    Column[RelocatedRow]("户编号", "Number", lambda row: row.household_no, link=_link),
    Column[RelocatedRow]("户主", "Head", lambda row: row.head_name),
    Column[RelocatedRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
    Column[RelocatedRow]("安置点", "Site", lambda row: row.site_name or "—"),
    Column[RelocatedRow]("人口", "Persons", lambda row: row.persons, "number"),
    Column[RelocatedRow]("住房面积（平方米）", "Floor (square metres)", lambda row: row.floor_m2, "number"),
    Column[RelocatedRow]("有意愿（人）", "Willing", lambda row: row.willing, "number"),
    Column[RelocatedRow]("摸底日期", "Asked on", lambda row: row.surveyed_on),
)


@section.page("/relocation/crowded", "relocation.read", "monitoring/relocated.html", area_of=own_area)
def list_crowded(ask: MonitoringAsk) -> View:
    """List relocated households with little room by the register: for people to look at, nothing decides."""
    line = ask.service.relocation_policy.floor_area_per_person.entry_on(ask.today)
    with read(ask) as connection:
        rows, total = relocated(
            connection,
            area_code=ask.officer.area_code,
            half=half_of(ask.today),
            crowded_below=line.value,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    words = Words("人均住房面积偏小的搬迁户", "Relocated households with little room")
    listing = Listing(COLUMNS, rows_for(ask.officer, rows), total, ask.paging)
    return View(words, {"line": line, "surveys": False}, listing)


@section.page("/relocation/surveys", "zero_employment.read", "monitoring/relocated.html", area_of=own_area)
def list_surveys(ask: MonitoringAsk, state: str = "open") -> View:
    """List the relocated households with what their labourers said in this half-year."""
    half = half_of(ask.today)
    with read(ask) as connection:
        rows, total = relocated(
            connection,
            area_code=ask.officer.area_code,
            half=half,
            unsurveyed=state != "all",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    words = Words("搬迁劳动力摸底", "Surveys of relocated labourers")
    listing = Listing(COLUMNS, rows_for(ask.officer, rows), total, ask.paging)
    return View(words, {"line": None, "surveys": True, "state": state, "half": half}, listing)
