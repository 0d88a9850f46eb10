from dataclasses import replace

import pytest

from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.service_layer.household import register_household
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import family, person


@pytest.fixture
def household_id(both_services):
    return register_household(family(), both_services.uow(), both_services.checks)


def read(service, household_id):
    with service.uow() as uow:
        return uow.households.get(household_id)


def test_gives_back_what_was_kept(both_services, household_id):
    """A household reads back with its members in their order and every field of theirs."""
    stored = read(both_services, household_id)
    assert (1, ["001", "002", "003"]) == (stored.version, [one.relation for one in stored.members])
    assert ("003", "003", ("001",), True) == (
        stored.members[0].education,
        stored.members[2].school_status,
        stored.members[0].health,
        stored.members[0].insured,
    )


def test_saved_change_reads_back(both_services, household_id):
    """A saved household has the next version and the changed member."""
    with both_services.uow() as uow:
        one = uow.households.get(household_id)
        one.note_health(one.head.id, "003", on=one.registered_on)
        uow.households.save(one)
        uow.commit()
    assert (2, ("003",)) == (one.version, read(both_services, household_id).head.health)


def test_second_writer_loses(both_services, household_id):
    """Of two officers who read the same version the second save is refused."""
    stale = read(both_services, household_id)
    with both_services.uow() as uow:
        one = uow.households.get(household_id)
        uow.households.save(one)
        uow.commit()
    with both_services.uow() as uow, pytest.raises(StaleVersionError):
        uow.households.save(stale)


def test_two_who_register_one_person_at_once(both_services, household_id):
    """The database itself refuses a number twice: whoever comes second is asked to try again."""
    first = read(both_services, household_id)
    other = replace(
        first,
        id="other",
        household_no="H009",
        members=(replace(first.members[0], id="other-person"),),
        version=0,
        facts=[],
    )
    with both_services.uow() as uow, pytest.raises(StaleVersionError):
        uow.households.add(other)


def test_unknown_household(both_services):
    """A household that was never registered is not found."""
    with both_services.uow() as uow, pytest.raises(HouseholdNotFoundError):
        uow.households.get("nobody")


def test_areas_and_holders_are_found_set_based(both_services, household_id):
    """Villages of many households, and who holds a number, are answered in one query each."""
    head = read(both_services, household_id).head
    with both_services.uow() as uow:
        assert {household_id: "610327109203"} == uow.households.areas_of([household_id, "nobody"])
        assert "H001" == uow.households.holder_of([head.id_number, ""])
        assert None is uow.households.holder_of([head.id_number], except_person=head.id)
        assert None is uow.households.holder_of([person(number=77).id_number])
