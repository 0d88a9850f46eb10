"""Which limits run, whose they are, and when they are due."""

from datetime import date

import pytest

from services.monitoring.adapters.running_timers import running_timers, unit_of
from services.monitoring.domain.case_facts import Acting
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer.clue import ReportClue, report_clue
from services.monitoring.service_layer.reopening import reopen
from shared.persistence.engine import reading
from tests.monitoring.case_kit import case_of, move, registered, to_county_approval, to_monitored
from tests.monitoring.kit import OTHER_VILLAGE, VILLAGE

DAY = date(2022, 7, 1)


@pytest.fixture
def household_id(service):
    return registered(service)


def running(service, area_code=""):
    with reading(service.engine) as connection:
        found = running_timers(connection, service.case_policy.limits, service.screening_policy, area_code)
    return {(one.kind, one.level): (one.unit, one.due_on) for one in found}


def test_a_clue_is_the_village_s(service, household_id):
    """A clue is the village's, due three days on."""
    command = ReportClue(household_id=household_id, risk="100A27001", source="01", on=DAY)
    report_clue(command, service.uow(), service.clue_policy)
    assert {("clue", "village"): (VILLAGE, date(2022, 7, 4))} == running(service)


def test_identification_goes_up_with_the_case(service, clock, household_id):
    """The fifteen days are the village's, then the town's, then the county's; the due day stays."""
    case_id = case_of(service, household_id)
    due = date(2022, 7, 16)
    assert {("identification", "village"): (VILLAGE, due)} == running(service)
    to_county_approval(service, clock, case_id)
    assert {("identification", "county"): ("610327", due)} == running(service)


def test_a_notice_that_is_over(service, household_id):
    """A notice put up on the 1st may end on the 6th and is handed in by the 8th."""
    case_id = case_of(service, household_id)
    steps.sign_authorisation(steps.SignAuthorisation(case_id=case_id), service.uow())
    steps.send_for_comparison(steps.SendForComparison(case_id=case_id), service.uow())
    steps.record_vote(steps.RecordVote(case_id=case_id, agree=20), service.uow())
    steps.start_notice(steps.StartNotice(case_id=case_id), service.uow(), service.case_policy)
    assert (VILLAGE, date(2022, 7, 8)) == running(service)[("notice", "village")]


def test_after_identification(service, clock, household_id):
    """Identified on 9 July: helper by the 15th (five working days), measures by 9 August, the town's both."""
    to_monitored(service, clock, case_of(service, household_id))
    assert {
        ("helper", "town"): (VILLAGE[:9], date(2022, 7, 15)),
        ("measures", "town"): (VILLAGE[:9], date(2022, 8, 9)),
    } == running(service)


def test_after_an_elimination(service, clock, household_id):
    """An eliminated household is visited after three months; a doubt about it is the county's."""
    case_id = case_of(service, household_id)
    to_monitored(service, clock, case_id)
    move(clock, date(2022, 8, 1))
    with service.uow() as uow:
        case = uow.cases.get(case_id)
        case.eliminate(Acting(date(2022, 8, 1), "acc", ""))
        uow.cases.save(case)
        for reason in ("too_early", "wrong_class"):
            reopen(uow, service.screening_policy, case_id, household_id, VILLAGE, reason, "sample:x")
        uow.commit()
    assert {
        ("return_visit", "village"): (VILLAGE, date(2022, 11, 1)),
        ("reopening", "county"): ("610327", date(2022, 8, 16)),
        ("reopening", "town"): (VILLAGE[:9], date(2022, 8, 16)),
    } == running(service)


@pytest.mark.parametrize(
    ("level", "unit"), [("village", VILLAGE), ("town", "610327109"), ("county", "610327")]
)
def test_units(level, unit):
    """A unit is the part of the area code of its level."""
    assert unit == unit_of(level, VILLAGE)


def test_only_of_the_area_asked_for(service, clock, household_id):
    """Clue, case, measure and what follows are found in their village, town and county, and nowhere else."""
    to_monitored(service, clock, case_of(service, household_id))
    command = ReportClue(household_id=household_id, risk="100A27009", source="01", on=DAY)
    report_clue(command, service.uow(), service.clue_policy)
    every = running(service)
    assert {"clue", "helper", "measures"} <= {kind for kind, _ in every}
    assert [every] * 3 == [running(service, VILLAGE[:digits]) for digits in (6, 9, 12)]
    assert [{}, {}] == [running(service, area) for area in (OTHER_VILLAGE, "610327100")]
