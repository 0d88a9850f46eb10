from datetime import date

import pytest

from services.monitoring.domain.guarantee_errors import TooManyRowsError
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.service_layer import measure as measures
from services.monitoring.service_layer.assistance.allowance import PayAllowances, pay_allowances
from services.monitoring.service_layer.assistance.entitlement import (
    FindEntitlement,
    GrantEntitlement,
    RefuseEntitlement,
    find_entitlement,
    grant_entitlement,
    refuse_entitlement,
)
from services.monitoring.service_layer.guaranteeing import MOST_ROWS, answer_measures, correct_registry, parts
from tests.monitoring.case_kit import case_of, registered, to_monitored
from tests.monitoring.guarantee_kit import read_household

RECORDED = "monitoring.measure_recorded.v1"


@pytest.fixture(name="household_id")
def _household_id(service, clock):
    """A monitored household whose plan asks civil affairs for 低保."""
    household_id = registered(service)
    case_id = case_of(service, household_id)
    to_monitored(service, clock, case_id)
    with service.uow() as uow:
        risk = uow.cases.get(case_id).risks[0]
    plan = measures.PlanMeasures(case_id=case_id)
    measures.plan_measures(plan, service.uow(), service.measure_rules)
    support = measures.AddMeasure(case_id=case_id, risk=risk, category="100A48", code="001")
    measures.add_measure(support, service.uow(), service.measure_rules)
    request = measures.RequestMeasures(case_id=case_id)
    measures.request_measures(request, service.uow(), service.measure_rules, service.case_policy)
    return household_id


def today(service):
    return service.clock().date()


def status(service, household_id):
    with service.uow() as uow:
        plan = uow.plans.get(uow.cases.latest_of(household_id).id)
    return next(one.status for one in plan.measures if (one.category, one.code) == ("100A48", "001"))


def find(service, household_id):
    command = FindEntitlement(household_id=household_id, kind="low_income", on=today(service))
    return find_entitlement(command, service.uow(), service.assistance)


def test_delivering_the_assistance_delivers_the_measure(service, household_id, outbox):
    """Found: the measure is accepted; paid: it is delivered. Nobody types it twice."""
    id_ = find(service, household_id)
    assert MeasureStatus.ACCEPTED == status(service, household_id)
    command = GrantEntitlement(entitlement_id=id_, monthly_fen=30_000, on=today(service))
    grant_entitlement(command, service.uow(), service.checks)
    month = f"{today(service):%Y%m}"
    assert 1 == pay_allowances(PayAllowances(month=month, on=today(service)), service.uow())
    assert MeasureStatus.DELIVERED == status(service, household_id)
    assert ["accepted", "delivered"] == [one["status"] for one in outbox(RECORDED)][-2:]


def test_refusing_the_assistance_declines_the_measure(service, household_id, outbox):
    """A refusal is the unit's answer to the measure, with its published code."""
    command = RefuseEntitlement(
        entitlement_id=find(service, household_id), reason="supported", on=today(service)
    )
    refuse_entitlement(command, service.uow())
    assert ("declined", "not_eligible") == (outbox(RECORDED)[-1]["status"], outbox(RECORDED)[-1]["reason"])


def test_help_of_before_the_request_answers_nothing(service, household_id):
    """What was given before it was asked for is not the answer to the request."""
    with service.uow() as uow:
        assert 0 == answer_measures([household_id], ["100A48-001"], uow, on=date(2021, 1, 1))


def test_only_what_waits_is_answered(service, household_id):
    """Another measure, another household, or the same answer again: nothing happens."""
    with service.uow() as uow:
        on = today(service)
        assert 0 == answer_measures([household_id], ["100A48-002"], uow, on=on)
        assert 0 == answer_measures(["another"], ["100A48-001"], uow, on=on)
        assert 1 == answer_measures([household_id], ["100A48-001"], uow, on=on)
        assert 0 == answer_measures([household_id], ["100A48-001"], uow, on=on)


def test_the_registry_keeps_its_own_rules(service, household_id):
    """A correction the registry refuses is reported by household and leaves its record as it was."""
    head = read_household(service, household_id).head
    wrong = {household_id: {head.id: {"relation": "002", "low_income": "2"}}}
    with service.uow() as uow:
        assert [household_id] == correct_registry(wrong, uow, service.checks, on=today(service))
        uow.commit()
    assert head == read_household(service, household_id).head


def test_a_list_is_cut_into_parts():
    """Every row is in one part; more rows than the county has people are refused."""
    assert [[1, 2], [3]] == [list(part) for part in parts([1, 2, 3], 2)]
    with pytest.raises(TooManyRowsError):
        list(parts(range(MOST_ROWS + 1)))
