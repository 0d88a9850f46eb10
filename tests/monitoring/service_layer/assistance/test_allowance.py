from datetime import date

import pytest

from services.monitoring.adapters.read_models_guarantee import gone_but_granted
from services.monitoring.domain.guarantee_errors import MonthAheadError, MonthError, NotYourRegisterError
from services.monitoring.service_layer.assistance.allowance import PayAllowances, pay_allowances
from services.monitoring.service_layer.assistance.entitlement import RollRow, TakeRoll, take_roll
from services.monitoring.service_layer.member import RemoveMember, remove_member
from tests.monitoring.guarantee_kit import needy, read_household
from tests.monitoring.kit import OTHER_VILLAGE

ON = date(2022, 6, 20)
PAID = "monitoring.allowance_paid.v1"


@pytest.fixture(autouse=True)
def _granted(service):
    home = needy(service)
    for kind, who in (("low_income", None), ("disability_care", home.members[0].id)):
        command = TakeRoll(kind=kind, on=ON, rows=(RollRow(home.id, 30_000, who),))
        take_roll(command, service.uow(), service.assistance, service.checks)


def pay(service, month="202206", **given):
    return pay_allowances(PayAllowances(month=month, on=date(2022, 7, 1), **given), service.uow())


def test_a_month_is_paid_once(service, outbox):
    """Paid again, nobody is paid twice; the next month is another payment."""
    assert (2, 0, 2) == (pay(service), pay(service), pay(service, "202207"))
    assert ["202206"] * 2 + ["202207"] * 2 == [one["month"] for one in outbox(PAID)]


def test_no_month_before_the_grant(service, outbox):
    """May is before the decision: nothing is paid."""
    assert 0 == pay(service, "202205")
    assert [] == outbox(PAID)


def test_each_unit_pays_its_own_kinds(service, outbox):
    """Without a kind a unit pays all of its own and none of another's."""
    assert 1 == pay(service, unit="县残联")
    assert ["disability_care"] == [one["kind"] for one in outbox(PAID)]
    with pytest.raises(NotYourRegisterError):
        pay(service, kind="low_income", unit="县残联")


def test_an_area_is_paid_by_itself(service):
    """Another village's payment pays nobody here."""
    assert 0 == pay(service, area_code=OTHER_VILLAGE)


def test_a_month_that_is_none(service):
    """A thirteenth month is refused."""
    with pytest.raises(MonthError):
        pay(service, "202213")


def test_nothing_is_paid_to_who_has_left(service, outbox):
    """Once the person has died the allowance waits to be ended; the household's own goes on."""
    with service.uow() as uow:
        one = uow.assistance.entitlements.matching(kind="disability_care")[0]
    home = read_household(service, one.household_id)
    relations = {home.members[1].id: "001", home.members[2].id: "003", home.members[3].id: "004"}
    gone = RemoveMember(
        household_id=home.id, person_id=one.person_id, reason="01", on=ON, relations=relations
    )
    remove_member(gone, service.uow(), service.checks)
    assert 1 == pay(service)
    assert ["low_income"] == [told["kind"] for told in outbox(PAID)]
    with service.engine.connect() as connection:
        waiting, total = gone_but_granted(connection, ["disability_care"], area_code="", limit=5)
    assert ([one.id], 1) == ([entry.id for entry in waiting], total)


@pytest.mark.parametrize("month", ["202208", "203012"])
def test_a_month_that_has_not_come(service, outbox, month):
    """On 1 July nothing is paid for August or later: who leaves before then would have been paid."""
    with pytest.raises(MonthAheadError):
        pay(service, month)
    assert [] == outbox(PAID)
