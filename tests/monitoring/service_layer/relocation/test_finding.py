from datetime import date

import pytest

from services.monitoring.domain.matter_errors import MatterOpenError
from services.monitoring.domain.relocation.errors import NotRelocatedError
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from services.monitoring.service_layer.matter import CloseMatter
from services.monitoring.service_layer.relocation.finding import (
    FindHousingShortage,
    FindReturn,
    end_return,
    find_housing_shortage,
    find_return,
    solve_housing_shortage,
)
from tests.monitoring.kit import DAY, OTHER_VILLAGE, family


@pytest.fixture
def moved(service):
    return register_household(family(relocated=True), service.uow(), service.checks)


def find(service, household, kind="two_places"):
    command = FindReturn(household_id=household, kind=kind, on=DAY)
    return find_return(command, service.uow(), service.relocation_policy)


def short(service, household, **given):
    command = FindHousingShortage(**{"household_id": household, "floor_area": 50, "on": DAY} | given)
    return find_housing_shortage(command, service.uow(), service.relocation_policy)


def test_a_return_is_found_and_ended(service, moved, outbox):
    """A return has its limit; of one kind a household has one at a time, of another kind another."""
    finding = find(service, moved)
    with pytest.raises(MatterOpenError):
        find(service, moved)
    find(service, moved, "elder_returned")
    end_return(CloseMatter(matter_id=finding, way="back", on=date(2022, 6, 20)), service.uow())
    find(service, moved)
    assert 3 == len(outbox("monitoring.relocation_return_found.v1"))
    assert [finding] == [told["finding_id"] for told in outbox("monitoring.relocation_return_ended.v1")]


def test_a_shortage_counts_those_on_record(service, moved, outbox):
    """Persons come from the register unless given; the way it was solved is told."""
    shortage = short(service, moved)
    command = CloseMatter(matter_id=shortage, way="exchanged", on=date(2022, 6, 20))
    solve_housing_shortage(command, service.uow())
    assert [3] == [told["persons"] for told in outbox("monitoring.relocation_housing_found.v1")]
    assert ["exchanged"] == [told["way"] for told in outbox("monitoring.relocation_housing_solved.v1")]


def test_only_for_relocated_households(service, household):
    """Nobody returns who never moved."""
    for act in (find, short):
        with pytest.raises(NotRelocatedError):
            act(service, household)


def test_findings_follow_a_household_that_moves(service, moved):
    """In the new village they wait for the people who live there now."""
    finding, shortage = find(service, moved), short(service, moved)
    to = CorrectHousehold(household_id=moved, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(to, service.uow())
    with service.uow() as uow:
        kept = {uow.relocation_returns.get(finding).area_code, uow.housing_shortages.get(shortage).area_code}
    assert {OTHER_VILLAGE} == kept
