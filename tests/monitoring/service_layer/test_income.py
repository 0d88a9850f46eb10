from dataclasses import replace
from datetime import date

import pytest

from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.service_layer.income import RecordIncome, record_income, record_incomes
from services.monitoring.service_layer.member import RemoveMember, remove_member
from tests.monitoring.kit import DAY


def test_income_is_told_with_its_sums(service, household, outbox):
    """A ledger is divided by the persons present, compared with the line and told, in fen."""
    command = RecordIncome(household_id=household, items={"A1": 2_000_000, "B1": None, "E1": 50_000}, on=DAY)
    record_income(command, service.uow(), service.line)
    (told,) = outbox("monitoring.income_recorded.v1")
    assert (3, 1_950_000, 650_000, 650_000, False) == (
        told["persons"],
        told["net_fen"],
        told["net_per_head_fen"],
        told["monitoring_line_fen"],
        told["line_confirmed"],
    )
    assert ("2021-06-01", "2022-05-31") == (told["period_first"], told["period_last"])


def test_who_has_left_is_not_counted(service, household, outbox):
    """After the son has moved away the income is divided by two."""
    with service.uow() as uow:
        boy = uow.households.get(household).members[2]
    leaving = RemoveMember(household_id=household, person_id=boy.id, reason="05", on=DAY)
    remove_member(leaving, service.uow(), service.checks)
    record_income(RecordIncome(household_id=household, items={"A1": 9}, on=DAY), service.uow(), service.line)
    assert 2 == outbox("monitoring.income_recorded.v1")[0]["persons"]


def test_ledger_reads_back_equal(service, household):
    """What was recorded is read back with every item, and the later ledger is the latest."""
    first = RecordIncome(household_id=household, items={"A1": 1}, on=DAY)
    record_income(first, service.uow(), service.line)
    service.clock.set(service.clock().replace(hour=9))
    later = RecordIncome(
        household_id=household, items={"D6p": 7, "E4": 2}, claim_fen=3, self_paid_fen=4, on=date(2022, 6, 20)
    )
    record_income(later, service.uow(), service.line)
    with service.uow() as uow:
        latest = uow.ledgers.latest_of(household)
    assert ({"D6p": 7, "E4": 2}, 3, 4) == (latest.income.items, latest.income.claim, latest.income.self_paid)
    assert service.line.entry_on(DAY) == latest.line


def test_many_at_once_or_none(service, household, outbox):
    """Of two ledgers with one for a household that is not on record none is kept; else both are, in order."""
    good = RecordIncome(household_id=household, items={"A1": 1}, on=DAY)
    with pytest.raises(HouseholdNotFoundError):
        record_incomes([good, replace(good, household_id="nobody")], service.uow(), service.line)
    assert [] == outbox("monitoring.income_recorded.v1")
    ids = record_incomes([good, replace(good, items={"A1": 2})], service.uow(), service.line)
    assert [(ids[0], 1), (ids[1], 2)] == [
        (told["ledger_id"], told["net_fen"]) for told in outbox("monitoring.income_recorded.v1")
    ]
