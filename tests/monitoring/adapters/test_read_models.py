import pytest

from services.monitoring.adapters.read_models import HouseholdSearch, find_households
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.income import RecordIncome, record_income
from shared.persistence.engine import reading
from tests.monitoring.kit import DAY, OTHER_VILLAGE, VILLAGE, family, person


@pytest.fixture
def ids(both_services):
    """Three households, the last of another village."""
    homes = [("H1", VILLAGE, "李一"), ("H2", VILLAGE, "王%二"), ("H3", OTHER_VILLAGE, "李三")]
    return [
        register_household(
            family(number, area_code=village, persons=(person(name=name, number=order),)),
            both_services.uow(),
            both_services.checks,
        )
        for order, (number, village, name) in enumerate(homes)
    ]


def found(service, *, limit=10, offset=0, **search):
    with reading(service.engine) as connection:
        rows, total = find_households(connection, HouseholdSearch(**search), limit=limit, offset=offset)
    return [row.household_no for row in rows], total


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ({"area_code": "610327"}, ["H1", "H2", "H3"]),
        ({"area_code": VILLAGE}, ["H1", "H2"]),
        ({"area_code": "610327", "text": "李"}, ["H1", "H3"]),
        ({"area_code": "610327", "text": "%"}, ["H2"]),
        ({"area_code": "610327", "text": "H3"}, ["H3"]),
        ({"area_code": VILLAGE, "text": "H3"}, []),
        ({"area_code": "610327", "household_type": "100A03A03"}, []),
        ({"area_code": "610327", "case_state": "verified"}, []),
    ],
)
def test_search(both_services, ids, search, numbers):
    """Area, part of the head's name and number narrow the list; a wildcard is a sign like any other."""
    assert (numbers, len(numbers)) == found(both_services, **search)


def test_paging_counts_all(both_services, ids):
    """A part of the list says how many there are."""
    assert (["H2"], 3) == found(both_services, area_code="610327", limit=1, offset=1)


def test_income_of_the_last_ledger_is_shown(both_services, ids):
    """A row shows the income per head of the ledger recorded last, and nothing without one."""
    record_income(
        RecordIncome(household_id=ids[0], items={"A1": 77}, on=DAY), both_services.uow(), both_services.line
    )
    with reading(both_services.engine) as connection:
        rows, _total = find_households(connection, HouseholdSearch(area_code=VILLAGE), limit=10, offset=0)
    assert [77, None] == [row.net_per_head_fen for row in rows]
