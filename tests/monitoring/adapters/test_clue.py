from datetime import date, timedelta

import pytest

from services.monitoring.domain.clue import report_of
from services.monitoring.domain.errors import ClueNotFoundError
from services.monitoring.service_layer.household import register_household
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import VILLAGE, family

DAY = date(2022, 6, 10)


@pytest.fixture
def household_id(both_services):
    return register_household(family(), both_services.uow(), both_services.checks)


def reports(service, household_id, days):
    return [
        report_of(
            service.clue_policy,
            report_id=f"r{day}",
            household_id=household_id,
            area_code=VILLAGE,
            risk="100A27001",
            source="01",
            reported_on=DAY + timedelta(day),
        )
        for day in days
    ]


def take(service, several):
    with service.uow() as uow:
        uow.clues.take(several)
        uow.commit()


def read(service, several):
    with service.uow() as uow:
        return uow.clues.get(several[0].clue_id)


@pytest.mark.parametrize("batches", [[[3, 1, 2]], [[3], [1], [2]], [[1, 2], [2, 3], [3]]])
def test_reports_merge_however_they_come(both_services, household_id, batches):
    """Three reports, at once, one by one or repeated, are one clue of three from the first day on."""
    for batch in batches:
        take(both_services, reports(both_services, household_id, batch))
    one = read(both_services, reports(both_services, household_id, [1]))
    assert (3, 3, date(2022, 6, 11), date(2022, 6, 13), date(2022, 6, 14)) == (
        one.reports,
        one.version,
        one.first_reported_on,
        one.last_reported_on,
        one.verify_due_on,
    )


def test_closed_clue_opens_its_next_round(both_services, household_id):
    """A report after the check starts round two with its own days, and forgets the outcome."""
    first = reports(both_services, household_id, [0])
    take(both_services, first)
    with both_services.uow() as uow:
        one = uow.clues.get(first[0].clue_id)
        one.verify("no_risk", on=DAY, by="somebody", note="没有风险")
        uow.clues.save(one)
        uow.commit()
    take(both_services, reports(both_services, household_id, [5, 4]))
    again = read(both_services, first)
    assert (True, 2, None, None, "", date(2022, 6, 14)) == (
        again.is_open,
        again.round,
        again.outcome,
        again.verified_on,
        again.note,
        again.first_reported_on,
    )


def test_report_that_comes_meanwhile_wins(both_services, household_id):
    """An officer who closes a clue without having seen the newest report is refused."""
    first = reports(both_services, household_id, [0])
    take(both_services, first)
    stale = read(both_services, first)
    take(both_services, reports(both_services, household_id, [1]))
    stale.verify("no_risk", on=DAY)
    with both_services.uow() as uow, pytest.raises(StaleVersionError):
        uow.clues.save(stale)


def test_unknown_clue(both_services):
    """A clue nobody reported is not found."""
    with both_services.uow() as uow, pytest.raises(ClueNotFoundError):
        uow.clues.get("nothing")
