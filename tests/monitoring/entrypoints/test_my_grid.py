from datetime import date

import pytest

from services.monitoring.domain.grid import GridWorker
from services.monitoring.entrypoints.web.app import SECTIONS
from services.monitoring.service_layer.clue import ReportClue, report_clue
from services.monitoring.service_layer.grid import (
    AssignHouseholds,
    RecordGrid,
    assign_households,
    record_grid,
)
from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import DAY, VILLAGE, family, person


@pytest.fixture
def grid(service, household):
    """A grid of wangge1 with the family in it; another family of the village lies in none."""
    workers = (GridWorker("lihua", "李华", head=True), GridWorker("wangge1", "王格"))
    told = RecordGrid(name="上岔村一组", level="group", area_code=VILLAGE, workers=workers, on=DAY)
    grid_id = record_grid(told, service.uow())
    assign_households(AssignHouseholds(grid_id=grid_id, household_ids=(household,), on=DAY), service.uow())
    return grid_id


@pytest.fixture
def outside(service, grid):
    return register_household(family("H002", persons=()), service.uow(), service.checks)


def test_a_grid_worker_sees_the_own_grid_only(as_person, grid, household, outside):
    """The households of the grid are listed and open; a neighbour's in the same village is not there."""
    browser = as_person("wangge1")
    page = browser.get("/my-grid").text
    assert f"/my-grid/households/{household}" in page
    assert outside not in page
    assert 200 == browser.get(f"/my-grid/households/{household}").status_code
    assert 403 == browser.get(f"/my-grid/households/{outside}").status_code
    assert 403 == browser.get("/households").status_code
    assert 403 == browser.get(f"/households/{household}").status_code


def test_no_page_tells_of_households_outside_the_grid(service, as_person, grid):
    """Whatever opens for a grid worker, page or export, names nobody of the village's other households."""
    neighbour = family("H777", persons=(person(name="郑邻居", number=9),))
    outside = register_household(neighbour, service.uow(), service.checks)
    risk = ReportClue(household_id=outside, risk="100A27001", source="03", on=DAY)
    report_clue(risk, service.uow(), service.clue_policy)
    browser = as_person("wangge1")
    pages = [page.path for section in SECTIONS for page in section.pages if "{" not in page.path]
    opened = {path: browser.get(path) for path in pages}
    shown = {path for path, answer in opened.items() if answer.status_code == 200}
    assert {"/", "/my-grid"} <= shown
    assert [] == [path for path in shown if any(x in opened[path].text for x in ("郑邻居", "H777", outside))]


@pytest.mark.parametrize("action", ["visits", "clues"])
def test_a_grid_worker_records_nothing_outside_the_grid(as_program, grid, outside, outbox, action):
    """A visit or a clue of a household in no grid of the worker is refused, and told nowhere."""
    sent = {"visits": {"kind": "grid"}, "clues": {"risk": "100A27001", "source": "01"}}[action]
    answer = as_program("wangge1").post(f"/api/households/{outside}/{action}", json=sent)
    assert (403, "outside_area") == (answer.status_code, answer.json()["code"])
    assert [] == outbox("monitoring.visit_recorded.v1") + outbox("monitoring.clue_reported.v1")


def test_finding_nothing_is_recorded_from_the_grids_page(as_person, grid, household, outbox):
    """A visit without findings counts for the grid and leads back to it."""
    answer = as_person("wangge1").submit(
        f"/households/{household}/visits/new", f"/households/{household}/visits", kind="grid", result="01"
    )
    assert (303, "/my-grid") == (answer.status_code, answer.headers["location"])
    (told,) = outbox("monitoring.visit_recorded.v1")
    assert (grid, False) == (told["grid_id"], told["risk_found"])


def test_a_household_without_a_visit_waits(as_person, grid, household):
    """The household nobody visited stands among the worker's tasks, and no longer after the visit."""
    browser = as_person("wangge1")
    path = f"/my-grid/households/{household}"
    assert path in browser.get("/").text
    browser.submit(
        f"/households/{household}/visits/new",
        f"/households/{household}/visits",
        kind="grid",
        result="01",
        on=date(2022, 7, 1).isoformat(),
    )
    assert path not in browser.get("/").text


def test_a_grid_is_set_up_on_the_page(as_person, household):
    """The village sets a grid up, gives it its households, and sees the coverage."""
    browser = as_person("shangcha")
    answer = browser.submit(
        "/grids",
        "/grids",
        **{
            "name": "上岔村网格",
            "level": "village",
            "area_code": VILLAGE,
            "duties": "risk_watch",
            "workers.0.name": "李华",
            "workers.0.login": "lihua",
            "workers.0.head": "true",
        },
    )
    assert 303 == answer.status_code, answer.text
    page = answer.headers["location"]
    answer = browser.submit(page, f"{page}/households", rest_of_village="true")
    assert 303 == answer.status_code, answer.text
    assert "H001" in browser.get(page).text
    assert "1 / 1" in browser.get("/grids/coverage").text
    english = as_person("english").get("/grids/coverage").text
    assert "covered" in english
