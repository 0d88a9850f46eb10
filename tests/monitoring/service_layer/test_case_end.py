"""A case that ends without identification."""

from datetime import date

import pytest

from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import measure as measures
from tests.monitoring.case_kit import case_of, move, registered, told


def measures_of(service, case_id):
    with service.uow() as uow:
        return uow.plans.find(case_id).measures


@pytest.fixture
def ended(service, clock) -> str:
    """Help came first, one unit delivered, then the village voted against the case."""
    made = case_of(service, registered(service), help_first=True)
    measures.plan_measures(measures.PlanMeasures(case_id=made), service.uow(), service.measure_rules)
    request = measures.RequestMeasures(case_id=made)
    asked = measures.request_measures(request, service.uow(), service.measure_rules, service.case_policy)
    done = next(one for one in asked if one.category == "100A45")
    measures.record_delivery(measures.RecordDelivery(measure_id=done.id, unit=done.department), service.uow())
    steps.sign_authorisation(steps.SignAuthorisation(case_id=made), service.uow())
    steps.send_for_comparison(steps.SendForComparison(case_id=made), service.uow())
    move(clock, date(2022, 7, 3))
    steps.record_vote(steps.RecordVote(case_id=made, agree=1, disagree=20), service.uow())
    return made


def test_what_waits_is_withdrawn(service, ended):
    """What other departments were asked for is taken back and told; what was delivered stays."""
    statuses = {one.category: one.status for one in measures_of(service, ended)}
    assert MeasureStatus.DELIVERED == statuses.pop("100A45")
    assert {MeasureStatus.WITHDRAWN} == set(statuses.values())
    withdrawn = [one for one in told(service, "measure_recorded") if one["status"] == "withdrawn"]
    assert {(category, "2022-07-03", "case_ended") for category in statuses} == {
        (one["category"], one["occurred_on"], one["reason"]) for one in withdrawn
    }


def test_without_a_plan(service):
    """A case nobody planned for ends without more ado."""
    made = case_of(service, registered(service))
    steps.refuse_authorisation(steps.RefuseAuthorisation(case_id=made), service.uow())
    assert [] == told(service, "measure_recorded")
