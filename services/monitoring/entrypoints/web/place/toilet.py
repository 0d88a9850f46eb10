"""Rebuilt household toilets and their problems, from the survey to the county's sample."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_place import record_of, records_in, rectified_by_town
from services.monitoring.adapters.tables import toilet_problems, toilets
from services.monitoring.domain.environment.toilet import RebuiltToilet, ToiletNotFoundError
from services.monitoring.domain.environment.toilet_problem import (
    ProblemStep,
    ToiletProblem,
    ToiletProblemNotFoundError,
)
from services.monitoring.entrypoints.web.dependencies import (
    AmountFen,
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of, several, words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.entrypoints.web.place.frame import (
    TOILETS,
    ExplainedForm,
    FormShown,
    StepForm,
    home_of,
    own_list,
    process_data,
    process_list,
    village_of,
)
from services.monitoring.service_layer.environment import toilet as register
from services.monitoring.service_layer.environment import toilet_problem as problems
from shared.areas import areas
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("toilet")

_TOILETS, _PROBLEMS = Words("户厕台账", "Household toilets"), Words("问题厕所整改", "Problem toilets")
toilet_area = village_of(toilets, "toilet_id", TOILETS)
problem_area = village_of(toilet_problems, "problem_id", TOILETS)
_ACTIONS: dict[str, str] = {step: f"toilet_problem.{step}" for step in ProblemStep}


class ToiletForm(Form):
    toilet_no: Annotated[str, Field(max_length=20), Label("户厕编号", "Toilet no.")]
    kind: Annotated[str, Label("户厕类型", "Kind", choices=choices_of("toilet_kind"), widget="radio")] = "1"
    place: Annotated[str, Label("位置", "Where", choices=choices_of("toilet_place"), widget="radio")] = "yard"
    built_year: Annotated[int, Field(ge=2013, le=2100), Label("改厕年度", "Rebuilt in")]
    seats: Annotated[int, Field(ge=1, le=20), Label("座数", "Seats")] = 1
    subsidy: Annotated[AmountFen, Label("补助金额（元）", "Subsidy (yuan)", widget="yuan")] = 0
    usable: Annotated[bool, Label("能正常使用", "Usable")] = True


class FindForm(Form):
    kind: Annotated[
        str, Label("问题主要类别", "Main class", choices=choices_of("toilet_problem"), widget="radio")
    ]
    tags: Annotated[
        tuple[str, ...], Label("具体问题", "What is wrong", choices=choices_of("toilet_problem_tag"))
    ] = ()
    on: OnDay = None
    note: Note = ""


class OrderForm(Form):
    version: Version
    way: Annotated[
        Literal["at_once", "by_deadline"],
        Label("整改方式", "Way", choices=choices_of("toilet_way"), widget="radio"),
    ] = "at_once"
    plan: Annotated[
        str,
        Field(max_length=500),
        Label("整改方案", "Plan", hint_zh="限期整改时填写", hint_en="when by a deadline", lines=3),
    ] = ""
    route: Annotated[
        str,
        Field(max_length=500),
        Label("技术路线", "Technical route", hint_zh="限期整改时填写", hint_en="when by a deadline"),
    ] = ""
    cost: Annotated[AmountFen, Label("所需资金（元）", "Cost (yuan)", widget="yuan")] = 0
    due_on: Annotated[
        date | None, Label("整改期限", "By", hint_zh="不填按默认时限", hint_en="the default limit when empty")
    ] = None
    on: OnDay = None
    note: Note = ""


@section.page("/toilets", "toilet.read", "monitoring/places.html", area_of=own_list(TOILETS))
def list_toilets(ask: MonitoringAsk) -> View:
    """List the rebuilt toilets of the officer's area."""
    with read(ask) as connection:
        rows, total = records_in(
            connection,
            toilets,
            RebuiltToilet,
            area_code=ask.officer.area_code,
            order="toilet_no",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    columns = (
        Column[RebuiltToilet](
            "户厕编号", "Toilet no.", lambda row: row.toilet_no, link=lambda row: f"/toilets/{row.id}"
        ),
        Column[RebuiltToilet]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[RebuiltToilet]("类型", "Kind", lambda row: words_of("toilet_kind", row.kind)),
        Column[RebuiltToilet]("位置", "Where", lambda row: words_of("toilet_place", row.place)),
        Column[RebuiltToilet]("改厕年度", "Rebuilt in", lambda row: row.built_year, "number"),
        Column[RebuiltToilet]("座数", "Seats", lambda row: row.seats, "number"),
        Column[RebuiltToilet]("补助（元）", "Subsidy (yuan)", lambda row: row.subsidy, "yuan"),
        Column[RebuiltToilet]("能正常使用", "Usable", lambda row: row.usable),
    )
    how = Words("在农户页“住房、饮水、户厕”中登记户厕", "A toilet is recorded on its household's page")
    notes = [{"words": how, "source": ""}]
    data = {"state": "", "states": [], "counts": [], "notes": notes, "forms": []}
    return View(_TOILETS, data, Listing(columns, rows, total, ask.paging))


@section.page("/toilets/{toilet_id}", "toilet.read", "monitoring/works.html", area_of=toilet_area)
def show_toilet(ask: MonitoringAsk, toilet_id: str) -> View:
    """Show one toilet with its problems."""
    with read(ask) as connection:
        toilet = record_of(connection, toilets, RebuiltToilet, ToiletNotFoundError, toilet_id)
        here = called(ask.officer, *head_of(connection, toilet.household_id))
        rows, total = records_in(
            connection,
            toilet_problems,
            ToiletProblem,
            area_code=toilet.area_code,
            order="found_on",
            where=toilet_problems.c.toilet_id == toilet_id,
            limit=200,
            offset=0,
        )
    columns = (
        Column[ToiletProblem](
            "发现日期", "Found", lambda row: row.found_on, link=lambda row: f"/toilet-problems/{row.id}"
        ),
        Column[ToiletProblem]("类别", "Class", lambda row: words_of("toilet_problem", row.kind)),
        Column[ToiletProblem]("环节", "At", lambda row: Words(*ToiletProblem.STATES[row.state])),
        Column[ToiletProblem]("期限", "Due", lambda row: row.due_on),
        Column[ToiletProblem]("销号日期", "Closed", lambda row: row.closed_on),
    )
    facts = [
        (Words("农户", "Household"), here),
        (Words("户厕编号", "Toilet no."), toilet.toilet_no),
        (Words("所在村", "Village"), areas().full_name(toilet.area_code)),
        (Words("户厕类型", "Kind"), words_of("toilet_kind", toilet.kind)),
        (Words("位置", "Where"), words_of("toilet_place", toilet.place)),
        (Words("改厕年度", "Rebuilt in"), toilet.built_year),
        (Words("座数", "Seats"), toilet.seats),
        (Words("补助（元）", "Subsidy (yuan)"), yuan_text(toilet.subsidy)),
        (Words("能正常使用", "Usable"), toilet.usable),
    ]
    open_now = any(row.is_open for row in rows)
    forms = [] if open_now else [FormShown("toilet_problem.find", {"toilet_id": toilet.id})]
    listing = Listing(columns, list(reversed(rows)), total, ask.paging)
    return View(
        here, {"facts": facts, "forms": forms}, listing, crumbs=(Crumb(_TOILETS, "/toilets"), Crumb(here))
    )


@section.page("/toilet-problems", "toilet.read", "monitoring/toilet_problems.html", area_of=own_list(TOILETS))
def list_problems(ask: MonitoringAsk, state: str = "") -> View:
    """List the problem toilets, with each town's task of the year and what is done of it."""
    listing, data = process_list(
        ask,
        toilet_problems,
        ToiletProblem,
        "/toilet-problems",
        ("kind", "问题类别", "Class", "toilet_problem"),
        state,
    )
    task = ask.service.environment_policy.toilet_task.entry_on(ask.today)
    with read(ask) as connection:
        done = rectified_by_town(
            connection, ask.officer.area_code, date(ask.today.year, 1, 1), date(ask.today.year, 12, 31)
        )
    own = ask.officer.area_code[:9]
    towns = [
        (areas().get(town).name, done.get(town, 0), count)
        for town, count in task.value.items()
        if town.startswith(own)
    ]
    data |= {
        "towns": towns,
        "task_source": task.source,
        "whole": (sum(done.values()), sum(one[2] for one in towns)),
    }
    return View(_PROBLEMS, data, listing)


@section.page("/toilet-problems/{problem_id}", "toilet.read", "monitoring/place.html", area_of=problem_area)
def show_problem(ask: MonitoringAsk, problem_id: str) -> View:
    """Show one problem with its checks."""
    with read(ask) as connection:
        one = record_of(connection, toilet_problems, ToiletProblem, ToiletProblemNotFoundError, problem_id)
        here = called(ask.officer, *head_of(connection, one.household_id))
    facts = [
        (Words("农户", "Household"), here),
        (Words("问题主要类别", "Main class"), words_of("toilet_problem", one.kind)),
        (Words("具体问题", "What is wrong"), several("toilet_problem_tag", one.tags)),
        (Words("发现日期", "Found"), one.found_on),
        (Words("整改方式", "Way"), words_of("toilet_way", one.way)),
        (Words("整改方案", "Plan"), one.plan or "—"),
        (Words("技术路线", "Route"), one.route or "—"),
        (Words("所需资金（元）", "Cost (yuan)"), yuan_text(one.cost)),
        (Words("销号日期", "Closed"), one.closed_on),
        (Words("被退回重改次数", "Times reopened"), one.reopened),
    ]
    links = [(f"/toilets/{one.toilet_id}", Words("户厕台账", "The toilet"))]
    data = process_data(ask, one, _ACTIONS, facts, links, problem_id=one.id)
    return View(here, data, crumbs=(Crumb(_PROBLEMS, "/toilet-problems"), Crumb(here)))


@section.action(
    "/households/{household_id}/toilets",
    "toilet.record",
    Words("登记户厕", "Record a toilet"),
    ToiletForm,
    area_of=home_of(TOILETS),
)
def record(act: MonitoringAct, form: ToiletForm, household_id: str) -> Done:
    command = register.RegisterToilet(household_id=household_id, **form.model_dump())
    (toilet_id,) = register.register_toilets([command], act.today, act.uow())
    return Done(f"/toilets/{toilet_id}", "已登记", "Recorded", {"id": toilet_id}, created=True)


@section.action(
    "/toilets/{toilet_id}/problems",
    "toilet_problem.find",
    Words("登记户厕问题", "Record a problem"),
    FindForm,
    area_of=toilet_area,
)
def find(act: MonitoringAct, form: FindForm, toilet_id: str) -> Done:
    command = problems.FindToiletProblem(
        toilet_id=toilet_id,
        kind=form.kind,
        tags=form.tags,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    (problem_id,) = problems.find_toilet_problems([command], act.uow(), act.service.environment_policy)
    return Done(f"/toilet-problems/{problem_id}", "已登记", "Recorded", {"id": problem_id}, created=True)


@section.action(
    "/toilet-problems/{problem_id}/order",
    "toilet_problem.order",
    Words("确定整改方式", "Order the rectification"),
    OrderForm,
    area_of=problem_area,
)
def order(act: MonitoringAct, form: OrderForm, problem_id: str) -> Done:
    command = problems.OrderRectification(
        problem_id=problem_id,
        way=form.way,
        plan=form.plan,
        route=form.route,
        cost=form.cost,
        due_on=form.due_on,
        on=form.on,
        by=act.officer.account_id,
        note=form.note,
        version=form.version,
    )
    problems.order_rectification(command, act.uow(), act.service.environment_policy)
    return Done(f"/toilet-problems/{problem_id}", "已确定整改方式", "Recorded")


Check = Literal[ProblemStep.VILLAGE_CHECK, ProblemStep.TOWN_CHECK, ProblemStep.COUNTY_CHECK]
Aside = Literal[ProblemStep.NEED_REBUILD, ProblemStep.NOTE_UNWILLING]
_CHECKS: tuple[Check, ...] = (ProblemStep.VILLAGE_CHECK, ProblemStep.TOWN_CHECK, ProblemStep.COUNTY_CHECK)
_ASIDE: tuple[Aside, ...] = (ProblemStep.NEED_REBUILD, ProblemStep.NOTE_UNWILLING)


def _words(step: ProblemStep) -> Words:
    rule = ToiletProblem.STEPS[step]
    return Words(rule.zh, rule.en)


def _done(problem_id: str, step: ProblemStep) -> Done:
    words = _words(step)
    return Done(f"/toilet-problems/{problem_id}", f"已登记：{words.zh}", f"Recorded: {words.en}")


def _declare_check(step: Check) -> None:
    @section.action(
        f"/toilet-problems/{{problem_id}}/{step}",
        f"toilet_problem.{step}",
        _words(step),
        StepForm,
        area_of=problem_area,
    )
    def check(act: MonitoringAct, form: StepForm, problem_id: str) -> Done:
        command = problems.CheckToilets(
            problem_ids=(problem_id,),
            step=step,
            on=form.on,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        )
        problems.check_toilets(command, act.uow())
        return _done(problem_id, step)


def _declare_aside(step: Aside) -> None:
    @section.action(
        f"/toilet-problems/{{problem_id}}/{step}",
        f"toilet_problem.{step}",
        _words(step),
        ExplainedForm,
        area_of=problem_area,
    )
    def set_aside(act: MonitoringAct, form: ExplainedForm, problem_id: str) -> Done:
        command = problems.SetToiletAside(
            problem_id=problem_id,
            step=step,
            on=form.on,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        )
        problems.set_toilet_aside(command, act.uow())
        return _done(problem_id, step)


for _check in _CHECKS:
    _declare_check(_check)
for _aside in _ASIDE:
    _declare_aside(_aside)


@section.action(
    "/toilet-problems/{problem_id}/return",
    "toilet_problem.return",
    _words(ProblemStep.RETURN),
    ExplainedForm,
    area_of=problem_area,
)
def send_back(act: MonitoringAct, form: ExplainedForm, problem_id: str) -> Done:
    command = problems.SendToiletBack(
        problem_id=problem_id, on=form.on, by=act.officer.account_id, note=form.note, version=form.version
    )
    problems.send_toilet_back(command, act.uow(), act.service.environment_policy)
    return _done(problem_id, ProblemStep.RETURN)


@section.action(
    "/toilet-problems/{problem_id}/reopen",
    "toilet_problem.reopen",
    _words(ProblemStep.REOPEN),
    ExplainedForm,
    area_of=problem_area,
)
def reopen(act: MonitoringAct, form: ExplainedForm, problem_id: str) -> Done:
    command = problems.ReopenToilet(
        problem_id=problem_id, on=form.on, by=act.officer.account_id, note=form.note, version=form.version
    )
    problems.reopen_toilet(command, act.uow(), act.service.environment_policy)
    return _done(problem_id, ProblemStep.REOPEN)
