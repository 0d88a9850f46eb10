from datetime import date

import pytest

from services.monitoring.domain.case_steps import CaseState
from tests.monitoring.case_kit import case_of, move, registered, to_monitored
from tests.monitoring.service_layer.test_elimination import SPRING, earn, help_with


@pytest.fixture
def case_id(service, clock) -> str:
    """A household helped since August 2022; now it is March 2023."""
    household_id = registered(service)
    made = case_of(service, household_id)
    to_monitored(service, clock, made)
    help_with(service, made)
    move(clock, SPRING)
    earn(service, household_id, 300_000)
    return made


def state(service, case_id) -> CaseState:
    with service.uow() as uow:
        return uow.cases.get(case_id).state


def test_the_whole_way_on_pages(service, clock, as_person, case_id):
    """Proposed, visited, voted on, on notice, reviewed, approved with a reason; then rolled back."""
    village, town, county = "shangcha", "guguan", "county"
    start = f"/cases/{case_id}/eliminations"
    assert "人均纯收入高于当年监测范围" in as_person(town).get(start).text
    page = as_person(town).submit(start, start, way="01").headers["location"]

    def take(login, step, **fields):
        answer = as_person(login).submit(page, f"{page}/{step}", **fields)
        assert (303, page) == (answer.status_code, answer.headers.get("location")), answer.text

    good = dict.fromkeys(("income_stable", "rigid_spending_solved", "risks_removed", "signed"), "true")
    take(village, "visit", **good)
    take(village, "vote", agree="19")
    take(village, "start-notice")
    take(town, "raise-objection", note="认为还有困难")
    take(town, "resolve-objection", number="1", upheld="no", note="已解决")
    move(clock, date(2023, 3, 6))
    take(village, "end-notice")
    take(town, "town-review", passed="yes")
    refused = as_person(county).submit(page, f"{page}/county-decide", decision="approve")
    assert 422 == refused.status_code
    assert "写明理由" in refused.text
    take(county, "county-decide", decision="approve", note="监测范围尚未确认，综合判断")
    assert CaseState.ELIMINATED == state(service, case_id)

    answer = as_person(county).submit(
        start, f"/cases/{case_id}/roll-back", reason="income", note="收入再次下降"
    )
    assert 303 == answer.status_code
    assert CaseState.MONITORED == state(service, case_id)


def test_an_unconfirmed_criterion_is_marked(as_person, case_id):
    """The unconfirmed line only warns, and the page says so."""
    text = as_person("county").get(f"/cases/{case_id}/eliminations").text
    assert ("不符合（仅提示）" in text, "未确认" in text) == (True, True)


def test_too_early(service, clock, as_program):
    """A household identified last week is refused by name of the criterion."""
    made = case_of(service, registered(service))
    to_monitored(service, clock, made)
    answer = as_program("guguan").post(f"/api/cases/{made}/eliminations", json={"version": 10, "way": "01"})
    assert (409, "elimination_criterion_not_met") == (answer.status_code, answer.json()["code"])


def test_another_village(as_program, case_id):
    """An elimination of another village is not shown."""
    assert 403 == as_program("chaijia").get(f"/api/cases/{case_id}/eliminations").status_code


def test_the_next_step_is_somebodys_task(as_person, case_id):
    """After the proposal the visit is the village's task, and not the county's."""
    start = f"/cases/{case_id}/eliminations"
    page = as_person("guguan").submit(start, start, way="01").headers["location"]
    assert page in as_person("shangcha").get("/").text
    assert page not in as_person("county").get("/").text
