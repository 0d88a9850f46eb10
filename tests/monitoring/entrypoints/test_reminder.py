"""Timers, reminders and escalations on the pages."""

from datetime import date

import pytest

from services.monitoring.service_layer.clue import ReportClue, report_clue
from tests.monitoring.case_kit import move


@pytest.fixture
def late(service, clock, household):
    """A clue that is seven days late; the clock has swept."""
    command = ReportClue(household_id=household, risk="100A27001", source="01", on=date(2022, 7, 1))
    report_clue(command, service.uow(), service.clue_policy)
    move(clock, date(2022, 7, 11))
    service.sweep()


def test_the_reminder_list(as_person, late):
    """The village's own and the county's list name what is late, whose it is; it can be exported."""
    for login in ("shangcha", "guguan", "county"):
        page = as_person(login).get("/reminders").text
        assert "核实线索" in page
        assert "已逾期</span>" in page
    assert "固关镇上岔" in as_person("county").get("/reminders?format=csv").text
    assert "没有需要催办的事项" in as_person("chaijia").get("/reminders").text


def test_filters(as_person, late):
    """What is not late yet, or of another kind, is left out when one kind is asked for."""
    county = as_person("county")
    assert "没有需要催办的事项" in county.get("/reminders?state=blue").text
    assert "没有需要催办的事项" in county.get("/reminders?kind=helper").text
    assert "check a clue" in as_person("english").get("/reminders?state=all").text


def test_escalations(as_person, late):
    """Town and county each have it as a task, and say what they did; the village has none."""
    town = as_person("guguan")
    assert "督办：核实线索，逾期 7 天" in town.get("/").text
    assert "督办：核实线索，逾期 7 天" in as_person("county").get("/").text
    assert "督办：" not in as_person("shangcha").get("/").text
    page = town.get("/escalations").text
    path = page[page.index("/escalations/") :].split('"')[0]
    assert 422 == town.submit(path, f"{path}/answer", note="").status_code
    assert 303 == town.submit(path, f"{path}/answer", note="已派驻村干部入户").status_code
    assert "没有需要督办的事项" in town.get("/escalations").text
    assert "督办：核实线索" in as_person("county").get("/").text


def test_a_department_sees_its_own(as_person, late):
    """The health-insurance bureau sees no clue of a village."""
    assert "没有需要催办的事项" in as_person("yibao").get("/reminders").text
