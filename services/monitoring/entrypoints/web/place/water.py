"""Drinking water: the register of works, tests of their water, and households without safe water."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_place import TestRow, last_tests, record_of, records_in
from services.monitoring.adapters.tables import water_problems, water_tests, water_works
from services.monitoring.domain.water.problem import ProblemStep, WaterProblem, WaterProblemNotFoundError
from services.monitoring.domain.water.quality_test import QualityStep, WaterTest, WaterTestNotFoundError
from services.monitoring.domain.water.works import WaterWorks, WaterWorksNotFoundError
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.entrypoints.web.place.frame import (
    WATER,
    FormShown,
    StepForm,
    Village,
    given_village,
    home_of,
    own_list,
    process_data,
    process_list,
    reads_notes,
    state_badge,
    village_of,
)
from services.monitoring.service_layer.water import problem as problems
from services.monitoring.service_layer.water import quality_test as tests
from services.monitoring.service_layer.water import works as register
from shared.areas import areas
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("water")

_WORKS, _PROBLEMS = Words("供水工程", "Water works"), Words("饮水问题", "Water problems")
works_area = village_of(water_works, "works_id", WATER)
test_area = village_of(water_tests, "test_id", WATER)
problem_area = village_of(water_problems, "problem_id", WATER)
_PROBLEM_ACTIONS: dict[str, str] = {
    ProblemStep.ARRANGE: "water_problem.arrange",
    ProblemStep.CLOSE: "water_problem.close",
}
_TEST_ACTIONS: dict[str, str] = {
    QualityStep.FIX: "water_test.fix",
    QualityStep.RETEST_PASSED: "water_test.record",
}

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class WorksForm(Form):
    works_no: Annotated[str, Field(max_length=20), Label("工程编号", "Works no.")]
    name: Annotated[str, Field(max_length=100), Label("工程名称", "Name")]
    area_code: Village
    supply: Annotated[
        Literal["1", "2"], Label("供水类型", "Supply", choices=choices_of("water_supply"), widget="radio")
    ] = "1"
    in_use: Annotated[bool, Label("在用", "In use")] = True
    households: Annotated[Count, Label("供水户数", "Households")] = 0
    population: Annotated[Count, Label("供水人口", "Population")] = 0
    built_year: Annotated[int | None, Field(ge=1900, le=2100), Label("建成年份", "Built in")] = None
    pipes: Annotated[
        Literal["sound", "old", "renovating", "renovated"],
        Label("管网状况", "Pipes", choices=choices_of("water_pipes")),
    ] = "sound"
    maintainer: Annotated[str, Field(max_length=40), Label("管护人员", "Looked after by")] = ""
    maintainer_phone: Annotated[str, Field(max_length=20), Label("管护人员电话", "Telephone")] = ""
    note: Note = ""


class WorksCorrectForm(Form):
    version: Version
    in_use: Annotated[bool, Label("在用", "In use")]
    supply: Annotated[
        Literal["1", "2"], Label("供水类型", "Supply", choices=choices_of("water_supply"), widget="radio")
    ]
    households: Annotated[Count, Label("供水户数", "Households")]
    population: Annotated[Count, Label("供水人口", "Population")]
    pipes: Annotated[
        Literal["sound", "old", "renovating", "renovated"],
        Label("管网状况", "Pipes", choices=choices_of("water_pipes")),
    ]
    pipes_renovated_on: Annotated[date | None, Label("管网改造完成日期", "Pipes renovated on")] = None
    maintainer: Annotated[str, Field(max_length=40), Label("管护人员", "Looked after by")] = ""
    maintainer_phone: Annotated[str, Field(max_length=20), Label("管护人员电话", "Telephone")] = ""
    note: Note = ""


class TestForm(Form):
    passed: Annotated[bool, Label("检测合格", "Passed")] = False
    failed_items: Annotated[
        str,
        Field(max_length=200),
        Label("不合格项目", "What failed", hint_zh="不合格时填写", hint_en="when it did not pass"),
    ] = ""
    laboratory: Annotated[str, Field(max_length=100), Label("检测机构", "Laboratory")] = ""
    retest_of: Annotated[str, Field(max_length=36), Label("复检", "Retest", widget="hidden")] = ""
    on: OnDay = None
    note: Note = ""


class WaterProblemForm(Form):
    criterion: Annotated[
        Literal["quantity", "quality", "convenience", "assurance", "interruption"],
        Label("问题类型", "Criterion", choices=choices_of("water_criterion"), widget="radio"),
    ]
    on: OnDay = None
    note: Note = ""


@section.page("/water/works", "water.read", "monitoring/places.html", area_of=own_list(WATER))
def list_works(ask: MonitoringAsk) -> View:
    """List the works of the officer's area with their last test."""
    with read(ask) as connection:
        rows, total = records_in(
            connection,
            water_works,
            WaterWorks,
            area_code=ask.officer.area_code,
            order="works_no",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        tested = last_tests(connection, [row.id for row in rows])
    columns = (
        Column[WaterWorks]("工程编号", "Works no.", lambda row: row.works_no),
        Column[WaterWorks](
            "工程名称", "Name", lambda row: row.name, link=lambda row: f"/water/works/{row.id}"
        ),
        Column[WaterWorks]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[WaterWorks]("供水类型", "Supply", lambda row: words_of("water_supply", row.supply)),
        Column[WaterWorks]("在用", "In use", lambda row: row.in_use),
        Column[WaterWorks]("供水人口", "Population", lambda row: row.population, "number"),
        Column[WaterWorks]("管网状况", "Pipes", lambda row: words_of("water_pipes", row.pipes)),
        Column[WaterWorks](
            "最近检测", "Last test", lambda row: tested[row.id].tested_on if row.id in tested else None
        ),
        Column[WaterWorks]("检测状态", "Test", lambda row: _test_badge(ask, row, tested.get(row.id))),
    )
    data = {
        "state": "",
        "states": [],
        "counts": [],
        "notes": [],
        "forms": [FormShown("water_works.record", {})],
    }
    return View(_WORKS, data, Listing(columns, _without_people(ask, rows), total, ask.paging))


def _without_people(ask: MonitoringAsk, rows: list[WaterWorks]) -> list[WaterWorks]:
    """Take who looks after a works out of what somebody who only assesses gets as JSON."""
    if not reads_notes(ask):
        for row in rows:
            row.maintainer = row.maintainer_phone = row.note = ""
    return rows


def _test_badge(ask: MonitoringAsk, works: WaterWorks, last: TestRow | None) -> Badge:
    if last is not None and last.state in ("failed", "fixed"):
        return state_badge(ask, WaterTest, last.state, last.due_on)
    if not works.must_be_tested:
        return Badge("grey", Words("不要求年度检测", "no yearly test required"))
    if last is None or last.tested_on.year < ask.today.year:
        return Badge("yellow", Words("本年未检测", "not tested this year"))
    return Badge("green", Words("本年已检测", "tested this year"))


@section.page("/water/works/{works_id}", "water.read", "monitoring/works.html", area_of=works_area)
def show_works(ask: MonitoringAsk, works_id: str) -> View:
    """Show one works with its tests."""
    with read(ask) as connection:
        works = record_of(connection, water_works, WaterWorks, WaterWorksNotFoundError, works_id)
        rows, total = records_in(
            connection,
            water_tests,
            WaterTest,
            area_code=works.area_code,
            order="tested_on",
            where=water_tests.c.works_id == works_id,
            limit=200,
            offset=0,
        )
    _without_people(ask, [works])
    columns = (
        Column[WaterTest](
            "检测日期", "Day", lambda row: row.tested_on, link=lambda row: f"/water/tests/{row.id}"
        ),
        Column[WaterTest]("结果", "Result", lambda row: state_badge(ask, WaterTest, row.state, row.due_on)),
        Column[WaterTest]("不合格项目", "What failed", lambda row: row.failed_items or None),
        Column[WaterTest]("检测机构", "Laboratory", lambda row: row.laboratory or None),
        Column[WaterTest]("整改期限", "Fixed by", lambda row: row.due_on),
    )
    facts = [
        (Words("工程编号", "Works no."), works.works_no),
        (Words("所在村", "Village"), areas().full_name(works.area_code)),
        (Words("供水类型", "Supply"), words_of("water_supply", works.supply)),
        (Words("在用", "In use"), works.in_use),
        (Words("供水户数", "Households"), works.households),
        (Words("供水人口", "Population"), works.population),
        (Words("建成年份", "Built in"), works.built_year),
        (Words("管网状况", "Pipes"), words_of("water_pipes", works.pipes)),
        (Words("管网改造完成", "Pipes renovated"), works.pipes_renovated_on),
        (Words("管护人员", "Looked after by"), works.maintainer or "—"),
        (Words("管护电话", "Telephone"), works.maintainer_phone or "—"),
        (Words("说明", "Note"), works.note or "—"),
    ]
    first = {name: getattr(works, name) for name in WorksCorrectForm.model_fields}
    data = {
        "facts": facts,
        "forms": [
            FormShown("water_test.record", {"works_id": works.id}),
            FormShown("water_works.correct", {**first, "works_id": works.id}),
        ],
    }
    name = Words(works.name, works.name)
    listing = Listing(columns, list(reversed(rows)), total, ask.paging)
    return View(name, data, listing, crumbs=(Crumb(_WORKS, "/water/works"), Crumb(name)))


@section.page("/water/tests/{test_id}", "water.read", "monitoring/place.html", area_of=test_area)
def show_test(ask: MonitoringAsk, test_id: str) -> View:
    """Show one test and, when it failed, what is to be done."""
    with read(ask) as connection:
        test = record_of(connection, water_tests, WaterTest, WaterTestNotFoundError, test_id)
        works = record_of(connection, water_works, WaterWorks, WaterWorksNotFoundError, test.works_id)
    facts = [
        (Words("供水工程", "Works"), works.name),
        (Words("检测日期", "Tested"), test.tested_on),
        (Words("不合格项目", "What failed"), test.failed_items or "—"),
        (Words("检测机构", "Laboratory"), test.laboratory or "—"),
    ]
    links = [(f"/water/works/{works.id}", Words("供水工程与全部检测", "The works and all tests"))]
    if test.retest_of:
        links.append((f"/water/tests/{test.retest_of}", Words("首次不合格的检测", "The first failed test")))
    known = {"water_test.record": {"works_id": works.id, "retest_of": test.id}}
    data = process_data(ask, test, _TEST_ACTIONS, facts, links, known, test_id=test.id)
    words = Words(f"水质检测 {test.tested_on}", f"Test of {test.tested_on}")
    return View(words, data, crumbs=(Crumb(_WORKS, "/water/works"), Crumb(words)))


@section.page("/water/problems", "water.read", "monitoring/places.html", area_of=own_list(WATER))
def list_problems(ask: MonitoringAsk, state: str = "") -> View:
    """List the households without safe water."""
    listing, data = process_list(
        ask,
        water_problems,
        WaterProblem,
        "/water/problems",
        ("criterion", "问题类型", "Criterion", "water_criterion"),
        state,
    )
    return View(_PROBLEMS, data, listing)


@section.page("/water/problems/{problem_id}", "water.read", "monitoring/place.html", area_of=problem_area)
def show_problem(ask: MonitoringAsk, problem_id: str) -> View:
    """Show one problem."""
    with read(ask) as connection:
        problem = record_of(connection, water_problems, WaterProblem, WaterProblemNotFoundError, problem_id)
        here = called(ask.officer, *head_of(connection, problem.household_id))
    facts = [
        (Words("农户", "Household"), here),
        (Words("问题类型", "Criterion"), words_of("water_criterion", problem.criterion)),
        (Words("发现日期", "Found"), problem.found_on),
        (Words("解决日期", "Solved"), problem.closed_on),
    ]
    links = [
        (f"/households/{problem.household_id}/places", Words("住房、饮水、户厕", "House, water, toilet"))
    ]
    data = process_data(ask, problem, _PROBLEM_ACTIONS, facts, links, problem_id=problem.id)
    return View(here, data, crumbs=(Crumb(_PROBLEMS, "/water/problems"), Crumb(here)))


@section.action(
    "/water/works",
    "water_works.record",
    Words("登记供水工程", "Record a works"),
    WorksForm,
    area_of=given_village(WATER),
)
def record_works(act: MonitoringAct, form: WorksForm) -> Done:
    (works_id,) = register.record_water_works(
        [register.RecordWaterWorks(**form.model_dump())], act.today, act.uow()
    )
    return Done(f"/water/works/{works_id}", "已登记", "Recorded", {"id": works_id}, created=True)


@section.action(
    "/water/works/{works_id}/correct",
    "water_works.correct",
    Words("更新工程信息", "Update the works"),
    WorksCorrectForm,
    area_of=works_area,
)
def correct_works(act: MonitoringAct, form: WorksCorrectForm, works_id: str) -> Done:
    changes = form.model_dump(exclude={"version"})
    register.correct_water_works(
        register.CorrectWaterWorks(works_id=works_id, changes=changes, on=act.today, version=form.version),
        act.uow(),
    )
    return Done(f"/water/works/{works_id}", "已更新", "Updated")


@section.action(
    "/water/works/{works_id}/tests",
    "water_test.record",
    Words("登记水质检测", "Record a test"),
    TestForm,
    area_of=works_area,
)
def record_test(act: MonitoringAct, form: TestForm, works_id: str) -> Done:
    command = tests.RecordWaterTest(
        works_id=works_id,
        passed=form.passed,
        on=form.on or act.today,
        failed_items=form.failed_items,
        laboratory=form.laboratory,
        retest_of=form.retest_of or None,
        by=act.officer.account_id,
        note=form.note,
    )
    (test_id,) = tests.record_water_tests([command], act.uow(), act.service.water_policy)
    return Done(
        f"/water/tests/{test_id}", "检测结果已登记", "The result is recorded", {"id": test_id}, created=True
    )


@section.action(
    "/water/tests/{test_id}/fix", "water_test.fix", Words("登记整改", "Fixed"), StepForm, area_of=test_area
)
def fix_test(act: MonitoringAct, form: StepForm, test_id: str) -> Done:
    command = tests.FixWaterTest(
        test_id=test_id, on=form.on, by=act.officer.account_id, note=form.note, version=form.version
    )
    tests.fix_water_test(command, act.uow())
    return Done(f"/water/tests/{test_id}", "已登记整改，待复检", "Recorded; test it again")


@section.action(
    "/households/{household_id}/water-problems",
    "water_problem.find",
    Words("登记饮水问题", "Record a water problem"),
    WaterProblemForm,
    area_of=home_of(WATER),
)
def find_problem(act: MonitoringAct, form: WaterProblemForm, household_id: str) -> Done:
    command = problems.FindWaterProblem(
        household_id=household_id,
        criterion=form.criterion,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    problem_id = problems.find_water_problem(command, act.uow(), act.service.water_policy)
    return Done(f"/water/problems/{problem_id}", "已登记", "Recorded", {"id": problem_id}, created=True)


@section.action(
    "/water/problems/{problem_id}/arrange",
    "water_problem.arrange",
    Words("安排解决措施", "Arrange how it is solved"),
    StepForm,
    area_of=problem_area,
)
def arrange(act: MonitoringAct, form: StepForm, problem_id: str) -> Done:
    command = problems.ArrangeWater(
        problem_id=problem_id, on=form.on, by=act.officer.account_id, note=form.note, version=form.version
    )
    problems.arrange_water(command, act.uow())
    return Done(f"/water/problems/{problem_id}", "已登记", "Recorded")


@section.action(
    "/water/problems/{problem_id}/close",
    "water_problem.close",
    Words("办结：饮水已安全", "The water is safe"),
    StepForm,
    area_of=problem_area,
)
def close(act: MonitoringAct, form: StepForm, problem_id: str) -> Done:
    command = problems.CloseWaterProblem(
        problem_id=problem_id, on=form.on, by=act.officer.account_id, note=form.note, version=form.version
    )
    problems.close_water_problem(command, act.uow())
    return Done(f"/water/problems/{problem_id}", "已办结，户情变化随之办结", "Closed, and the change with it")
