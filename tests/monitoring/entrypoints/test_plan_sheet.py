"""The household's plan on one page, and labour that has waited for a developmental measure."""

from datetime import date

import pytest

from services.monitoring.service_layer.measure import (
    PlanMeasures,
    RecordDelivery,
    RequestMeasures,
    plan_measures,
    record_delivery,
    request_measures,
)
from tests.monitoring.case_kit import case_of, move, registered, to_monitored


@pytest.fixture(name="case_id")
def _case_id(service, clock):
    """A monitored household with a plan that was asked for."""
    case_id = case_of(service, registered(service))
    to_monitored(service, clock, case_id)
    plan_measures(PlanMeasures(case_id=case_id), service.uow(), service.measure_rules)
    command = RequestMeasures(case_id=case_id)
    request_measures(command, service.uow(), service.measure_rules, service.case_policy)
    return case_id


def measures(service, case_id):
    with service.uow() as uow:
        return uow.plans.get(case_id).measures


def test_the_light_turns_green_with_the_last_delivery(service, as_person, case_id):
    """The sheet says who does what by when; its light is green only when every risk is helped."""
    town, path = as_person("guguan"), f"/cases/{case_id}/plan-sheet"
    before = town.get(path).text
    assert all(one.department in before for one in measures(service, case_id))
    assert ("绿灯：" in before, "签字" in before) == (False, True)
    for one in measures(service, case_id):
        if one.service == "monitoring":
            command = RecordDelivery(measure_id=one.id, unit=one.department)
            record_delivery(command, service.uow())
    assert "绿灯：1/1" in town.get(path).text
    assert "绿灯：1/1" in town.get(f"/cases/{case_id}").text


def test_labour_without_development_is_listed(service, as_person, as_program, clock, case_id):
    """Near the six months the household is on the list and among the town's tasks; not long before."""
    with service.uow() as uow:
        identified = uow.cases.get(case_id).identified_on
    assert 0 == as_program("guguan").get("/api/labour-without-development").json()["total"]
    month = identified.month + 6
    move(clock, date(identified.year + (month > 12), (month - 1) % 12 + 1, min(identified.day, 28)))
    listed = as_program("guguan").get("/api/labour-without-development").json()
    assert [case_id] == [one["case_id"] for one in listed["items"]]
    assert "落实开发式帮扶措施" in as_person("guguan").get("/").text
    assert 403 == as_person("yunwei").get("/labour-without-development").status_code
