from datetime import date

import pytest
from sqlalchemy import update

from services.monitoring.adapters.household_version import (
    household_as_of,
    households_as_of,
    versions_of,
)
from services.monitoring.adapters.tables import households
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from shared.kernel.clock import at_hour, end_of
from tests.monitoring.kit import DAY, OTHER_VILLAGE, VILLAGE, family, person


@pytest.fixture
def moved(both_services, clock):
    """A household registered on 1 July and moved to another village on 5 July."""
    stored = register_household(family(), both_services.uow(), both_services.checks)
    clock.set(at_hour(date(2022, 7, 5), 9))
    uow = both_services.uow()
    uow.by = "officer-1"
    correct_household(
        CorrectHousehold(household_id=stored, changes={"area_code": OTHER_VILLAGE}, on=DAY), uow
    )
    return stored


def test_every_version_is_kept_with_who_and_when(both_services, moved):
    """Both versions are there, the newest first, each with its instant and its author."""
    with both_services.engine.connect() as connection:
        found = versions_of(connection, moved)
    assert [(2, "officer-1", date(2022, 7, 5)), (1, "", date(2022, 7, 1))] == [
        (one.version, one.by, one.known_at.date()) for one in found
    ]
    assert [OTHER_VILLAGE, VILLAGE] == [one.household.area_code for one in found]


@pytest.mark.parametrize(("day", "village"), [(1, VILLAGE), (4, VILLAGE), (5, OTHER_VILLAGE)])
def test_the_registry_as_it_was_on_a_past_day(both_services, moved, day, village):
    """What counts is what the office knew at the end of the day, that of the change included."""
    with both_services.engine.connect() as connection:
        found = household_as_of(connection, moved, end_of(date(2022, 7, day)))
        rows, total = households_as_of(connection, village, end_of(date(2022, 7, day)), limit=10, offset=0)
    assert (village, 3) == (found.area_code, len(found.present))
    assert ([moved], 1) == ([one.household_id for one in rows], total)


def test_before_it_was_on_record_there_is_nothing(both_services, moved):
    """The day before the registration knows nothing of the household."""
    before = end_of(date(2022, 6, 30))
    with both_services.engine.connect() as connection:
        with pytest.raises(HouseholdNotFoundError):
            household_as_of(connection, moved, before)
        assert ([], 0) == households_as_of(connection, "610327", before, limit=10, offset=0)


def test_a_list_of_the_past_counts_each_household_once(both_services, moved):
    """Two households and three versions are two lines."""
    both = family("H002", persons=(person(number=9),))
    register_household(both, both_services.uow(), both_services.checks)
    with both_services.engine.connect() as connection:
        rows, total = households_as_of(connection, "610327", end_of(date(2022, 7, 5)), limit=10, offset=0)
    assert (["H002", "H001"], 2) == ([one.household_no for one in rows], total)


def test_what_a_statement_over_many_rows_changed_is_kept_too(both_services, moved):
    """After a change of many households at once each has its version; asked again there is none to keep."""
    with both_services.uow() as uow:
        change = update(households).values(grid_id="g1", version=households.c.version + 1)
        uow.connection.execute(change)
        assert (0, 1, 0) == (
            uow.households.keep_rewritten(VILLAGE),
            uow.households.keep_rewritten(OTHER_VILLAGE),
            uow.households.keep_rewritten(),
        )
        uow.commit()
    with both_services.engine.connect() as connection:
        newest, before, _ = versions_of(connection, moved)
        assert household_as_of(connection, moved, end_of(date(2022, 7, 5))).grid_id == "g1"
    assert ((3, "g1"), (2, None)) == (
        (newest.version, newest.household.grid_id),
        (before.version, before.household.grid_id),
    )
