from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.income import RecordIncome, record_income
from tests.monitoring.kit import DAY, family


def test_ledger_reads_back_equal(both_services):
    """A ledger comes back with every item, its period, and the line it was compared with."""
    household_id = register_household(family(), both_services.uow(), both_services.checks)
    command = RecordIncome(household_id=household_id, items={"A1": 10**11, "D6p": 7}, claim_fen=3, on=DAY)
    record_income(command, both_services.uow(), both_services.line)
    with both_services.uow() as uow:
        latest = uow.ledgers.latest_of(household_id)
    assert ({"A1": 10**11, "D6p": 7}, 3, 3) == (
        latest.income.items,
        latest.income.claim,
        latest.income.persons,
    )
    assert both_services.line.entry_on(DAY) == latest.line


def test_nobody_has_a_ledger_before_the_first(both_services):
    """Without a ledger there is none, rather than an empty one."""
    with both_services.uow() as uow:
        assert None is uow.ledgers.latest_of("h1")
