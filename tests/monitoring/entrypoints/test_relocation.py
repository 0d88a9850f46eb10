from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.relocation.zero_employment import (
    SurveyLabour,
    survey_labour,
    sweep_zero_employment,
)
from tests.monitoring.entrypoints.conftest import TODAY
from tests.monitoring.kit import DAY, VILLAGE, family

OTHER_TOWNS_VILLAGE = "610327101200"


@pytest.fixture
def moved(service):
    return register_household(family(relocated=True), service.uow(), service.checks)


def test_sites_from_invented_to_corrected(as_person):
    """The county loads the 33 invented sites into the empty register, and corrects one by the real name."""
    browser = as_person("county")
    answer = browser.submit("/relocation/sites", "/relocation/invented-sites")
    assert 303 == answer.status_code
    page = browser.get("/relocation/sites").text
    assert "33 / 33" in page
    assert "示例" in page
    assert "/relocation/invented-sites" not in page
    site = page.split('href="/relocation/sites/')[1].split('"')[0]
    path = f"/relocation/sites/{site}"
    answer = browser.submit(path, f"{path}/correct", name="城关安置社区", area_code=VILLAGE, address="")
    assert 303 == answer.status_code, answer.text
    assert "城关安置社区" in browser.get(path).text


@pytest.mark.parametrize("login", ["guguan", "fagai"])
def test_invented_sites_are_the_countys_to_load(as_person, as_program, login):
    """They stand in every town's list: no town and no department is offered them, or may load them."""
    assert "/relocation/invented-sites" not in as_person(login).get("/relocation/sites").text
    answer = as_program(login).post("/api/relocation/invented-sites", json={})
    assert 403 == answer.status_code
    assert [] == as_program("county").get("/api/relocation/sites").json()["items"]


def test_a_town_takes_no_household_from_another_towns_site(as_program, service):
    """Another town's household that lives elsewhere is refused to the town, and moved by 县发改局."""
    away = family("H002", area_code=OTHER_TOWNS_VILLAGE, relocated=True, persons=())
    register_household(away, service.uow(), service.checks)
    county, town = as_program("fagai"), as_program("guguan")
    here, there = (
        county.post("/api/relocation/sites", json={"name": "安置点", "area_code": code}).json()["id"]
        for code in (VILLAGE, OTHER_TOWNS_VILLAGE)
    )
    named = {"household_nos": "H002"}
    assert 200 == county.post(f"/api/relocation/sites/{there}/households", json=named).status_code
    assert 403 == town.post(f"/api/relocation/sites/{here}/households", json=named).status_code
    assert 200 == county.post(f"/api/relocation/sites/{here}/households", json=named).status_code


def test_one_site_from_needs_to_households(as_person, service, moved, outbox):
    """Needs, duties, a task and its end, and the households that live there, each by its form."""
    browser = as_person("fagai")
    made = browser.submit("/relocation/sites", "/relocation/sites", name="上岔安置点", area_code=VILLAGE)
    path = made.headers["location"]
    sent = [
        ("needs", {"living": "幼儿园一所"}),
        (
            "duties",
            {
                "duties.0.duty": "schooling",
                "duties.0.side": "residence",
                "duties.0.unit": "固关镇",
            },
        ),
        ("tasks", {"kind": "living", "due_on": "2022-09-30"}),
        ("households", {"household_nos": "H001"}),
    ]
    for action, fields in sent:
        answer = browser.submit(path, f"{path}/{action}", **fields)
        assert 303 == answer.status_code, (action, answer.text)
    page = browser.get(path).text
    assert all(text in page for text in ("幼儿园一所", "固关镇", "2022-09-30", "H001"))
    (task,) = outbox("monitoring.facility_task_planned.v1")
    task_path = f"/relocation/tasks/{task['task_id']}"
    assert task_path in browser.get("/").text
    assert 303 == browser.submit(task_path, f"{task_path}/close", way="done").status_code
    assert task_path not in browser.get("/").text


def test_a_return_and_a_shortage_from_the_households_page(as_person, moved):
    """The village records both, they wait with their limits, the town solves the want of room."""
    village = as_person("shangcha")
    page = f"/relocation/households/{moved}"
    assert page in village.get(f"/households/{moved}").text
    back = village.submit(page, f"/households/{moved}/returns", kind="elder_returned").headers["location"]
    room = village.submit(page, f"/households/{moved}/housing-shortage", floor_area="45").headers["location"]
    assert back in village.get("/").text
    town = as_person("guguan")
    assert room in town.get("/").text
    assert 303 == town.submit(room, f"{room}/close", way="exchanged").status_code
    assert "置换大户型" in town.get("/relocation/housing?state=all").text
    assert 303 == village.submit(back, f"{back}/close", way="back").status_code
    english = as_person("english")
    assert "elder returned" in english.get("/relocation/returns?state=all").text


def test_zero_employment_waits_for_the_labour_bureau(as_person, service, moved):
    """The household stands on the list and among the tasks of 县人社局, and of no other department."""
    survey = SurveyLabour(household_id=moved, labourers=2, surveyed=2, willing=1, on=DAY)
    survey_labour(survey, service.uow())
    sweep_zero_employment(TODAY, service.uow(), service.relocation_policy)
    renshe = as_person("renshe")
    assert "/relocation/zero-employment/" in renshe.get("/").text
    assert "H001" in renshe.get("/relocation/zero-employment").text
    assert "/relocation/zero-employment/" not in as_person("fagai").get("/").text
    assert 403 == as_person("yibao").get("/relocation/zero-employment").status_code


def test_surveys_that_are_missing_are_listed(as_person, service, moved):
    """Who was not asked in this half-year stands on the list until somebody asks."""
    village = as_person("shangcha")
    assert "H001" in village.get("/relocation/surveys").text
    answer = village.submit(
        f"/relocation/households/{moved}",
        f"/households/{moved}/labour-survey",
        labourers="2",
        surveyed="2",
        willing="0",
        on=date(2022, 7, 1).isoformat(),
    )
    assert 303 == answer.status_code, answer.text
    assert "H001" not in village.get("/relocation/surveys").text


def test_little_room_is_shown_and_decides_nothing(as_person, service, moved, outbox):
    """The register's floor area below the line lists the household; recording a shortage is for people."""
    with service.uow() as uow:
        household = uow.households.get(moved)
        household.living = replace(household.living, floor_m2=Decimal("59.5"))
        uow.households.save(household)
        uow.commit()
    page = as_person("fagai").get("/relocation/crowded").text
    assert "H001" in page
    assert "未确认" in page
    assert [] == outbox("monitoring.relocation_housing_found.v1")
