from datetime import date

import pytest

from services.finance.service_layer import upkeep as commands
from services.finance.service_layer.step import TakeStep
from shared.kernel.clock import at_hour

ON = date(2022, 5, 1)


@pytest.fixture(name="facility")
def _facility(service):
    listed = commands.ListFacility(
        area_code="610327102200", on=ON, facility_no="S1", name="示例路", kind="road"
    )
    one = commands.list_facility(listed, service.uow())
    _name(service, one, ON)
    return one


def _name(service, facility, on):
    named = commands.NameKeepers(id=facility, on=on, keepers={"village": "示例员"}, wage_fen=500_00)
    commands.name_keepers(named, service.uow())


def owed(outbox):
    return [event.data for event in outbox() if event.type == "finance.keeper_pay_due.v1"]


def test_last_month_is_owed_once(service, outbox, facility):
    """Kept all of May, the keeper is owed May on 1 June, however often the clock is asked."""
    assert [1, 0] == [commands.owe_keepers(service.uow(), service.project_policy) for _ in range(2)]
    (one,) = owed(outbox)
    assert ("202205", "2022-06-01", "2022-06-15", 500_00, facility) == (
        one["month"],
        one["occurred_on"],
        one["due_on"],
        one["amount_fen"],
        one["facility_id"],
    )


@pytest.mark.parametrize(("today", "months"), [(date(2022, 6, 30), 1), (date(2022, 7, 1), 2)])
@pytest.mark.usefixtures("facility")
def test_the_next_month_is_owed_on_its_first_day(service, outbox, today, months):
    """On 30 June nothing new is owed; on 1 July June is."""
    commands.owe_keepers(service.uow(), service.project_policy)
    service.clock.set(at_hour(today, 9))
    commands.owe_keepers(service.uow(), service.project_policy)
    assert months == len(owed(outbox))


@pytest.mark.usefixtures("facility")
def test_months_in_which_nobody_asked_are_owed(service, outbox):
    """Asked on 1 June and not before 5 September, June and July are owed with August, each from its day."""
    commands.owe_keepers(service.uow(), service.project_policy)
    service.clock.set(at_hour(date(2022, 9, 5), 9))
    assert [3, 0] == [commands.owe_keepers(service.uow(), service.project_policy) for _ in range(2)]
    assert [
        ("202205", "2022-06-01"),
        ("202206", "2022-07-01"),
        ("202207", "2022-08-01"),
        ("202208", "2022-09-01"),
    ] == sorted((one["month"], one["occurred_on"]) for one in owed(outbox))


def test_a_month_begun_late_is_not_owed(service, outbox):
    """Who keeps it since 2 May has not kept all of May."""
    listed = commands.ListFacility(
        area_code="610327102200", on=ON, facility_no="S2", name="示例路", kind="road"
    )
    one = commands.list_facility(listed, service.uow())
    _name(service, one, date(2022, 5, 2))
    assert (0, []) == (commands.owe_keepers(service.uow(), service.project_policy), owed(outbox))


def test_what_left_the_list_is_kept_by_nobody(service, facility):
    """A facility that was removed owes no pay."""
    commands.sample_facility(commands.SampleFacility(id=facility, on=ON, passed=True), service.uow())
    commands.remove_facility(TakeStep(id=facility, on=ON), service.uow())
    assert 0 == commands.owe_keepers(service.uow(), service.project_policy)


@pytest.mark.usefixtures("facility")
def test_many_are_paid_at_once(service, outbox):
    """One day's pay of several keepers is one transaction with an event each."""
    commands.owe_keepers(service.uow(), service.project_policy)
    service.clock.set(at_hour(date(2022, 7, 1), 9))
    commands.owe_keepers(service.uow(), service.project_policy)
    ids = [one["pay_id"] for one in owed(outbox)]
    commands.pay_keepers(commands.PayKeepers(ids=ids[:1], on=date(2022, 7, 1)), service.uow())
    commands.pay_keeper(TakeStep(id=ids[1], on=date(2022, 7, 1)), service.uow())
    paid = [event.data for event in outbox() if event.type == "finance.keeper_paid.v1"]
    assert sorted(ids) == sorted(one["pay_id"] for one in paid)
