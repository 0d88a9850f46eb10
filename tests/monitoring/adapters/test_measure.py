from datetime import date

import pytest

from services.monitoring.domain.measure import Answer, MeasureStatus, Plan
from services.monitoring.domain.measure_errors import MeasureNotFoundError, PlanNotFoundError
from services.monitoring.domain.measure_rules import Choice, Proposal
from shared.kernel.errors import StaleVersionError
from tests.monitoring.case_kit import monitored, registered
from tests.monitoring.domain.test_measure import HEALTH, category

DAY, DUE = date(2022, 4, 1), date(2022, 5, 1)
DELIVERED = Answer("event1", MeasureStatus.DELIVERED, DAY, "", "")


@pytest.fixture
def service(both_services):
    return both_services


@pytest.fixture
def plan(service) -> Plan:
    """A plan of one requested and one planned measure, as it was added."""
    household_id = registered(service)
    case = monitored(household_id=household_id)
    made = Plan(id=case.id, household_id=household_id, area_code=case.area_code)
    made.add(HEALTH, category(), service.ids)
    made.request(DAY, DUE)
    made.add(Proposal("100A27001", Choice("100A48", "003"), "p1"), category("100A48"), service.ids)
    with service.uow() as uow:
        uow.cases.add(case)
        uow.plans.add(made)
        uow.commit()
    return made


def read(service) -> Plan:
    with service.uow() as uow:
        return uow.plans.get("c1")


def take(service, *answers: tuple[str, Answer]) -> None:
    with service.uow() as uow:
        uow.plans.take_answers(answers)
        uow.commit()


def test_gives_back_what_was_added(service, plan):
    """A plan is read back equal, measures in their order."""
    assert plan == read(service)


def test_unknown(service, plan):
    """A case without a plan, and a measure nobody planned, are not found."""
    with service.uow() as uow:
        assert uow.plans.find("c9") is None
        with pytest.raises(PlanNotFoundError):
            uow.plans.get("c9")
        with pytest.raises(MeasureNotFoundError):
            uow.plans.of_measure("m9")


def test_second_writer_loses(service, plan):
    """Of two people who read the same plan, the second save is refused."""
    first, second = read(service), read(service)
    with service.uow() as uow:
        uow.plans.save(first)
        uow.commit()
    with service.uow() as uow, pytest.raises(StaleVersionError):
        uow.plans.save(second)


def test_a_removed_measure_is_gone(service, plan):
    """What was taken out of the plan is no longer there."""
    changed = read(service)
    changed.remove(changed.measures[1].id)
    with service.uow() as uow:
        uow.plans.save(changed)
        uow.commit()
    assert (plan.measures[0],) == read(service).measures


def test_answers_are_kept_once(service, plan):
    """An answer taken twice is kept once, and a plan saved around it keeps it."""
    measure_id = plan.measures[0].id
    before = read(service)
    take(service, (measure_id, DELIVERED))
    take(service, (measure_id, DELIVERED))
    with service.uow() as uow:
        uow.plans.save(before)
        uow.commit()
    assert (DELIVERED,) == read(service).measures[0].answers


def test_requests_are_those_asked_for(service, plan):
    """Only requested measures can be answered; each comes with its plan."""
    with service.uow() as uow:
        found = uow.plans.requests([measure.id for measure in plan.measures])
    assert {plan.measures[0].id: (plan.ref, plan.measures[0])} == found
