import pytest

from services.monitoring.service_layer.environment.toilet import register_toilets
from services.monitoring.service_layer.environment.toilet_problem import (
    FindToiletProblem,
    find_toilet_problems,
)
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.environment.test_toilet import toilet

CLOSED = "monitoring.toilet_problem_closed.v1"


@pytest.fixture(name="problem")
def _problem(service, household):
    (toilet_id,) = register_toilets([toilet(household)], DAY, service.uow())
    command = FindToiletProblem(toilet_id=toilet_id, kind="2", tags=("02",), on=DAY)
    (id_,) = find_toilet_problems([command], service.uow(), service.environment_policy)
    return id_


def test_from_the_survey_to_the_county(as_person, household, outbox):
    """Recorded on the household's page, rectified, checked by village, town and county."""
    village, town = as_person("shangcha"), as_person("guguan")
    page = f"/households/{household}/places"
    toilet_path = village.submit(
        page, f"/households/{household}/toilets", toilet_no="HC1", built_year="2019"
    ).headers["location"]
    path = village.submit(toilet_path, f"{toilet_path}/problems", kind="1", tags="01").headers["location"]
    assert 303 == village.submit(path, f"{path}/order", way="at_once").status_code
    assert 303 == village.submit(path, f"{path}/village_check").status_code
    assert 303 == town.submit(path, f"{path}/town_check").status_code
    assert path in as_person("nongye").get("/").text
    assert 303 == as_person("nongye").submit(path, f"{path}/county_check").status_code
    assert 1 == len(outbox(CLOSED))
    assert "1 / 70" in town.get("/toilet-problems").text


def test_deadline_without_a_plan_says_so(as_person, problem):
    """The refusal is in the user's words, on the form."""
    path = f"/toilet-problems/{problem}"
    answer = as_person("shangcha").submit(path, f"{path}/order", way="by_deadline")
    assert (True, True) == (answer.status_code in (400, 409, 422), "限期整改须写明整改方案" in answer.text)


def test_task_is_the_countys_and_unconfirmed(as_person, problem):
    """The county sees each town's share of the 1,000, marked as unconfirmed."""
    text = as_person("county").get("/toilet-problems").text
    assert ("0 / 1000" in text, "未确认" in text) == (True, True)
    assert problem in text


def test_returned_and_reopened_need_a_reason(as_program, problem):
    """Setting aside, returning, reopening: without a reason nothing is sent."""
    for login, step in (("shangcha", "need_rebuild"), ("guguan", "return"), ("nongye", "reopen")):
        answer = as_program(login).post(f"/api/toilet-problems/{problem}/{step}", json={"version": 1})
        assert 422 == answer.status_code


def test_only_the_agriculture_bureau(as_person, problem):
    """Another department is told whose subject it is."""
    assert 403 == as_person("shuili").get(f"/toilet-problems/{problem}").status_code
    assert 200 == as_person("nongye").get(f"/toilet-problems/{problem}").status_code
