from datetime import date

import pytest

from services.monitoring.domain.grid import GridWorker
from services.monitoring.domain.matter_errors import GridTakesNoHouseholdsError, NotOfThisVillageError
from services.monitoring.service_layer.grid import (
    AssignHouseholds,
    RecordGrid,
    assign_households,
    record_grid,
)
from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, OTHER_VILLAGE, VILLAGE

RECORDED = "monitoring.grid_recorded.v1"
WORKERS = (GridWorker("lihua", "李华", head=True), GridWorker("wangge1", "王格"))


def grid(service, level="group", area=VILLAGE, **given):
    told = {"name": f"{level} {area}", "level": level, "area_code": area, "workers": WORKERS, "on": DAY}
    return record_grid(RecordGrid(**told | given), service.uow())


def assign(service, grid_id, **given):
    return assign_households(AssignHouseholds(grid_id=grid_id, on=DAY, **given), service.uow())


def lies_in(service, household):
    with service.uow() as uow:
        return uow.households.get(household).grid_id


def test_households_count_at_every_level(service, household, outbox):
    """A household given to a group counts for its village and its town too, and is told of."""
    town, village, group = (
        grid(service, "town", "610327109"),
        grid(service, "village"),
        grid(service, "group"),
    )
    assert 1 == assign(service, group, rest_of_village=True)
    assert group == lies_in(service, household)
    last = {event["grid_id"]: event for event in outbox(RECORDED)}
    assert {town: (2, 1), village: (2, 1), group: (2, 1)} == {
        key: (event["version"], event["households"]) for key, event in last.items()
    }


def test_no_names_are_told(service, outbox):
    """The workers' names and accounts stay inside."""
    grid(service)
    assert "李华" not in str(outbox())
    assert "lihua" not in str(outbox())


def test_households_are_given_by_number(service, household):
    """A household is found by its number; one that is unknown refuses the whole list."""
    group = grid(service)
    with pytest.raises(NotOfThisVillageError) as refused:
        assign(service, group, household_nos=("H001", "H999"))
    assert ({"count": 1}, None) == (refused.value.details, lies_in(service, household))
    assert 1 == assign(service, group, household_nos=("H001",))
    assert group == lies_in(service, household)


def test_a_household_of_another_village_is_refused(service, household):
    """A grid takes households of its own village."""
    with pytest.raises(NotOfThisVillageError):
        assign(service, grid(service, area=OTHER_VILLAGE), household_ids=(household,))
    assert None is lies_in(service, household)


def test_the_grid_of_a_town_takes_none(service):
    """Households belong to grids of villages and groups."""
    with pytest.raises(GridTakesNoHouseholdsError):
        assign(service, grid(service, "town", "610327109"), rest_of_village=True)


def test_who_saves_an_older_household_is_refused(service, household):
    """Giving a household to a grid is a change: who read it before does not overwrite it."""
    with service.uow() as uow:
        read = uow.households.get(household)
    assign(service, grid(service), rest_of_village=True)
    with service.uow() as uow, pytest.raises(StaleVersionError):
        uow.households.save(read)


def test_a_household_that_moves_leaves_its_grid(service, household):
    """In another village it lies in no grid until it is given to one there."""
    assign(service, grid(service), rest_of_village=True)
    moved = CorrectHousehold(household_id=household, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(moved, service.uow())
    assert None is lies_in(service, household)


@pytest.mark.parametrize(("kind", "named"), [("grid", True), ("helper", False)])
def test_a_grid_visit_names_its_grid(service, household, outbox, kind, named):
    """A grid worker's visit counts for the grid the household lies in, anybody else's for none."""
    group = grid(service)
    assign(service, group, rest_of_village=True)
    visit = RecordVisit(household_id=household, kind=kind, on=date(2022, 6, 20))
    record_visit(visit, service.uow(), service.clue_policy)
    (told,) = outbox("monitoring.visit_recorded.v1")
    assert (group if named else None) == told.get("grid_id")


def test_a_grid_is_corrected_with_its_version(service, outbox):
    """A second recording is the next version; an older page is refused; its area stays."""
    group = grid(service)
    grid(service, grid_id=group, version=1, area=OTHER_VILLAGE, name="上岔村二组")
    with pytest.raises(StaleVersionError):
        grid(service, grid_id=group, version=1)
    assert [(1, VILLAGE), (2, VILLAGE)] == [
        (event["version"], event["area_code"]) for event in outbox(RECORDED)
    ]
