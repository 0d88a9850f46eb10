from datetime import date

from services.monitoring.adapters.read_models import HouseholdSearch, find_households
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.income import RecordIncome, record_income
from shared.kernel.period import Days
from shared.persistence.engine import reading
from tests.monitoring.kit import DAY, VILLAGE, family


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


def test_the_latest_is_of_the_latest_months(both_services):
    """An older year taken down later is not the latest; of the same months the one recorded last is."""
    service = both_services
    household_id = register_household(family(), service.uow(), service.checks)
    years = [Days(date(2021, 6, 1), date(2022, 5, 31)), Days(date(2017, 1, 1), date(2017, 12, 31))]
    for minute, (period, wage) in enumerate([(years[0], 1), (years[1], 2), (years[0], 3), (years[1], 4)]):
        service.clock.set(service.clock().replace(minute=minute))
        command = RecordIncome(household_id=household_id, items={"A1": wage}, period=period, on=DAY)
        record_income(command, service.uow(), service.line)
    with service.uow() as uow:
        assert (years[0], 3) == (
            (latest := uow.ledgers.latest_of(household_id)).period,
            latest.income.wage,
        )
    with reading(service.engine) as connection:
        rows, _ = find_households(connection, HouseholdSearch(area_code=VILLAGE), limit=5, offset=0)
        assert [1] == [row.net_per_head_fen for row in rows]


def test_nobody_has_a_ledger_before_the_first(both_services):
    """Without a ledger there is none, rather than an empty one."""
    with both_services.uow() as uow:
        assert None is uow.ledgers.latest_of("h1")
