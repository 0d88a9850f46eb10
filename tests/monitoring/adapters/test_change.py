from datetime import date

import pytest

from services.monitoring.domain.change import HouseholdChange
from services.monitoring.domain.errors import ChangeNotFoundError
from services.monitoring.service_layer.household import register_household
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, VILLAGE, family


@pytest.fixture
def household_id(both_services):
    return register_household(family(), both_services.uow(), both_services.checks)


def add(service, household_id, change_id, **given):
    change = HouseholdChange.record(
        id=change_id,
        household_id=household_id,
        area_code=VILLAGE,
        **{"kind": "illness", "detail": "003", "person_id": "p1", "amount": 5, "happened_on": DAY} | given,
    )
    with service.uow() as uow:
        uow.changes.add(change)
        uow.commit()


def test_illness_of_one_person_and_year_is_summed(both_services, household_id):
    """Other persons, other years and other kinds do not count."""
    add(both_services, household_id, "c1")
    add(both_services, household_id, "c2", happened_on=date(2022, 12, 31))
    add(both_services, household_id, "c3", happened_on=date(2021, 12, 31))
    add(both_services, household_id, "c4", person_id="p2")
    add(both_services, household_id, "c5", kind="accident", detail="work")
    with both_services.uow() as uow:
        assert (10, 5, 0) == tuple(
            uow.changes.illness_cost(household_id, person, year)
            for person, year in (("p1", 2022), ("p1", 2021), ("p9", 2022))
        )


def test_second_writer_loses(both_services, household_id):
    """Of two officers who resolve one change the second is refused."""
    add(both_services, household_id, "c1")
    with both_services.uow() as uow:
        stale = uow.changes.get("c1")
        first = uow.changes.get("c1")
        first.resolve(DAY)
        uow.changes.save(first)
        with pytest.raises(StaleVersionError):
            uow.changes.save(stale)


def test_unknown_change(both_services):
    """A change nobody recorded is not found."""
    with both_services.uow() as uow, pytest.raises(ChangeNotFoundError):
        uow.changes.get("nothing")
