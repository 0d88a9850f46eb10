import json
import re
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch

import pytest

from services.evaluation.adapters.read_models import JournalEntry, JournalSearch
from services.evaluation.domain.inspection import Finding
from services.evaluation.entrypoints.web.app import SECTIONS
from services.evaluation.entrypoints.web.visibility import NOBODY, may_open, unit_of
from services.evaluation.service_layer.inspection import (
    FileInspection,
    PlanInspection,
    RecordFindings,
    file_inspection,
    plan_inspection,
    record_findings,
)
from services.evaluation.service_layer.interview import RecordInterview, record_interview
from services.evaluation.service_layer.order import IssueOrder, issue_order
from shared.contracts.evaluation.v1.supervision import InspectionPlanned, InspectionSampleDrawn
from shared.web.officer import Officer
from tests.evaluation.samples import TODAY, sealed

TOWN, OTHER = "610327109", "610327112"
LABOUR = "县人社局"
NAMES = ("王某某", "张某某")
EACH = (TOWN, OTHER, LABOUR, "县水利局")
MOST = 4
"""Instances asked for of each page."""
PUBLIC = (
    "/",
    "/catalogue*",
    "/charts*",
    "/comparison",
    "/notices*",
    "/rules*",
)
"""Pages that show every unit to everybody who may open them."""


def fill(county):
    """Give four units an order, interviews with names, an inspection with names; hand in one report."""
    units = [unit.id for unit in county.units()]
    for unit in EACH:
        due_at = county.clock() + timedelta(hours=5)
        order = issue_order(
            IssueOrder(unit=unit, matter="三户饮水问题", due_at=due_at),
            county.uow(),
            units,
            county.supervision,
        )
        told = RecordInterview(
            unit=unit,
            kind="reminder",
            held_on=TODAY,
            matter="整改",
            responsible=NAMES[0],
            about_kind="order",
            about_id=order,
        )
        record_interview(told, county.uow(), units)
        visit = PlanInspection(
            unit=unit,
            kind="unannounced",
            due_on=TODAY,
            team="第一督查组",
            members=NAMES[1],
            subjects=("water",),
        )
        visit_id = plan_inspection(visit, county.uow(), units, county.supervision)
        record_findings(RecordFindings(visit_id, (Finding("water", "good"),)), county.uow())
        file_inspection(FileInspection(visit_id), county.uow(), county.ledger)
    county.clock.set(county.clock() + timedelta(days=5))
    county.sweep()


def links(page):
    found = {one.replace("&amp;", "&").split("#")[0] for one in re.findall(r'href="(/[^"]*)"', page)}
    others = ("/monitoring", "/employment", "/finance", "/evaluation", "/static", "/sign", "/language")
    return sorted(one for one in found if not one.startswith(others))


def pattern(path):
    """Return the page that *path* is one of, None for a file or no page."""
    bare = path.split("?")[0]
    fitting = [
        page.path
        for section in SECTIONS
        for page in section.pages
        if page.template and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", page.path), bare)
    ]
    return min(fitting, key=lambda one: one.count("{"), default=None)


def paths(office):
    """Return addresses the office comes to from the first page and every list, some of each page."""
    waiting = [page.path for section in SECTIONS for page in section.pages if "{" not in page.path]
    found: list[str] = []
    number: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        page = pattern(path)
        if page is None or path in found or number.get(page, 0) >= MOST:
            continue
        number[page] = number.get(page, 0) + 1
        found.append(path)
        waiting += links(office.get(path).text)
    return found


def own_paths(paths):
    return [path for path in paths if "?" not in path and not any(fnmatch(path, one) for one in PUBLIC)]


def without_board(document):
    """Leave out the totals and ranks of an assessment: they are public to every officer."""
    if isinstance(document, dict):
        return {name: without_board(value) for name, value in document.items() if name != "board"}
    return [without_board(one) for one in document] if isinstance(document, list) else document


def strange(text, own, departments):
    """Return which other units *text* names: towns by code, for a department also the departments by name."""
    towns = set(re.findall(r"\b610327\d{3}(?=\d{3}\b|\b)", text)) - {own}
    return sorted(towns | {name for name in departments if f'"{name}"' in text and name != own})


BY_PLACE = ("/households/*", "/events/*", "/sites*")
"""Pages by place: a department sees the whole county's."""


def test_a_unit_is_told_of_no_other(as_person, county):
    """Whatever the office comes to, a town, village or department is given of it no code of another.

    The answer to a program holds all that a page is given, so what a template leaves out is looked at too.
    """
    fill(county)
    office, town = as_person("pinggu"), as_person("guguan")
    drafted = office.submit("/assessments", "/assessments", as_of="2022-12-31", known_at="2023-01-15")
    assessment = drafted.headers["location"]
    assert 303 == office.submit(assessment, f"{assessment}/show").status_code
    sheet = f"{assessment}/units/{TOWN}"
    assert 303 == town.submit(sheet, f"{sheet}/appeals", indicator="I01-1", reason="漏计").status_code
    asked = own_paths([*paths(office), sheet, f"{assessment}/units/{LABOUR}"])
    departments = [unit.id for unit in county.units() if unit.group != "town"]
    seen: dict[str, set[str]] = {}
    told: list[object] = []
    for login, own in (("guguan", TOWN), ("shangcha", TOWN), ("renshe", LABOUR)):
        person = as_person(login)
        for path in asked:
            answer = person.get(f"/api{path}")
            if answer.status_code in {403, 404} or "json" not in answer.headers["content-type"]:
                continue
            assert 200 == answer.status_code, path
            text = json.dumps(without_board(answer.json()), ensure_ascii=False)
            seen.setdefault(login, set()).add(pattern(path))
            by_place = any(fnmatch(path, one) for one in BY_PLACE)
            others = (
                []
                if by_place and login == "renshe"
                else strange(text, own, departments if login == "renshe" else ())
            )
            told += [(login, path, others)] if others or any(name in text for name in NAMES) else []
    assert [] == told
    wanted = {"/orders/{order_id}", "/inspections/{inspection_id}", "/assessments/{assessment_id}"}
    assert wanted <= seen["guguan"] & seen["renshe"]


def entry_of(county, fact, unit=""):
    """Return the first event of *fact* that names *unit*."""
    found = county.reads.search(JournalSearch(fact=f"evaluation.{fact}"), limit=20)
    return next(one for one in found if unit in {"", one.envelope.data.get("unit")})


@pytest.mark.parametrize("unit", [TOWN, LABOUR])
def test_a_trigger_is_opened_by_the_office_alone(as_person, county, unit):
    """The event of a trigger about a town or a department is there for no unit, nor told as a consequence."""
    fill(county)
    trigger = entry_of(county, "accountability_triggered", unit)
    order = entry_of(county, "order_issued", unit)
    for login in ("guguan", "shangcha", "renshe"):
        person = as_person(login)
        assert person.get(f"/events/{trigger.id}").status_code in {403, 404}, login
        assert trigger.id not in person.get(f"/events/{order.id}").text, login
    assert 200 == as_person("county").get(f"/events/{trigger.id}").status_code


def test_an_event_about_a_unit_is_opened_by_that_unit(as_person, county):
    """An order's event is opened by its unit; not a town's by a department, nor a department's by a town."""
    fill(county)
    about_town, about_department = (entry_of(county, "order_issued", one).id for one in (TOWN, LABOUR))
    town, department = as_person("guguan"), as_person("renshe")
    statuses = [town.get(f"/events/{one}").status_code for one in (about_town, about_department)]
    assert [200, 403] == statuses
    statuses = [department.get(f"/events/{one}").status_code for one in (about_town, about_department)]
    assert [404, 200] == statuses


def test_a_department_sees_no_other_units_lines(as_person):
    """A department reads its own lines; those of a town or of another department are not there."""
    person = as_person("renshe")
    assert 200 == person.get(f"/units/{LABOUR}").status_code
    assert 404 == person.get(f"/units/{TOWN}").status_code
    assert 404 == person.get("/units/县教体局/I06-1").status_code


def officer(role, area_code, unit=""):
    return Officer("a", "login", "name", role, unit, None, area_code, "zh")


@pytest.mark.parametrize(
    ("unit", "person"),
    [
        (NOBODY, officer("department", "610327")),
        (LABOUR, officer("department", "610327", LABOUR)),
        (TOWN, officer("town", TOWN, "固关镇")),
        ("", officer("evaluator", "610327", "县考核办")),
    ],
)
def test_unit_of(unit, person):
    """A department's officer without a unit is nobody's, never everybody's; the office sees every unit."""
    assert unit == unit_of(person)


def test_a_sample_and_a_plan_are_not_known_beforehand():
    """The event that names the drawn villages, and that of a planned inspection, are for the office."""
    sample = InspectionSampleDrawn(
        occurred_on=TODAY,
        sample_id="s1",
        month="202301",
        seed="3141",
        villages=("610327109203",),
        registered=1,
        others=1,
    )
    planned = InspectionPlanned(
        occurred_on=TODAY,
        area_code=TOWN,
        inspection_id="i1",
        unit=TOWN,
        kind="unannounced",
        due_on=TODAY,
        team="第一督查组",
        subjects=1,
    )
    for envelope in sealed([sample, planned]):
        entry = JournalEntry(envelope, "", datetime(2023, 1, 10, tzinfo=UTC))
        assert not may_open(officer("village", "610327109203"), entry)
        assert not may_open(officer("town", TOWN), entry)
        assert may_open(officer("evaluator", "610327"), entry)


@pytest.mark.parametrize(
    ("role", "unit", "area", "expected"),
    [
        ("county", "", "610327", ""),
        ("evaluator", "", "610327", ""),
        ("operator", "", "610327", ""),
        ("department", LABOUR, "610327", LABOUR),
        ("department", "", "610327", NOBODY),
        ("department", "  ", "610327", NOBODY),
        ("town", "镇", TOWN, TOWN),
        ("town", "镇", "", NOBODY),
        ("a role to come", "", "610327", NOBODY),
    ],
)
def test_who_has_no_unit_is_nobody(role, unit, area, expected):
    """Only the offices that see every unit do so; whoever else has no unit sees nobody's things."""
    assert expected == unit_of(Officer("1", "x", "x", role, unit, None, area, "zh"))
