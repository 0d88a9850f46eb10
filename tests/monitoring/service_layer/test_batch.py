from dataclasses import replace

import pytest
from sqlalchemy import func, select

from services.monitoring.adapters.household_version import versions_of
from services.monitoring.adapters.tables import household_versions, households, members, messages
from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    DuplicateIdNumberError,
    HouseholdNotFoundError,
    NotOneHeadError,
)
from services.monitoring.service_layer.batch import Batch, BatchRefusedError, BatchTooLargeError
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_households,
    register_households,
)
from services.monitoring.service_layer.recorded_fields import UnknownFieldError
from shared.areas import UnknownAreaError
from tests.monitoring.kit import DAY, OTHER_VILLAGE, family, person, son, wife


def families(count, first=1):
    """Return *count* families of three, nobody twice."""
    return [
        family(f"B{number:04d}", persons=(person(number=number), wife(number=number), son(number=number)))
        for number in range(first, first + count)
    ]


def count(service, table):
    with service.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def told(service):
    """Return how many households were told of."""
    outbox = messages.outbox
    query = select(func.count()).where(outbox.c.type == "monitoring.household_recorded.v1")
    with service.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def refusals(call, *given):
    with pytest.raises(BatchRefusedError) as refused:
        call(*given)
    return {position: type(one) for position, one in refused.value.refusals.items()}


def test_a_batch_is_registered_like_each_of_it(both_services):
    """Every household is on record with members, first version, event and timeline; ids come in order."""
    service = both_services
    ids = register_households(families(5), service.uow(), service.checks)
    with service.uow() as uow:
        found = uow.households.get_many(ids)
    assert [f"B000{number}" for number in range(1, 6)] == [found[one].household_no for one in ids]
    assert (5, 15, 5, 5) == (
        count(service, households),
        count(service, members),
        count(service, household_versions),
        told(service),
    )


def test_one_wrong_and_none_is_written(both_services):
    """Every reason is told by position; nothing is written."""
    service = both_services
    register_households(families(1), service.uow(), service.checks)
    given = families(6, first=2)
    given[1] = replace(given[1], household_no="B0001")
    given[2] = replace(given[2], persons=(wife(number=50),))
    given[3] = replace(given[3], area_code="610327999999")
    given[4] = replace(given[4], household_no=given[5].household_no)
    assert {
        1: DuplicateHouseholdNoError,
        2: NotOneHeadError,
        3: UnknownAreaError,
        4: DuplicateHouseholdNoError,
        5: DuplicateHouseholdNoError,
    } == refusals(register_households, given, service.uow(), service.checks)
    assert 1 == count(service, households)


def test_people_are_found_twice_on_record_and_in_the_batch(both_services):
    """Somebody of another household on record, and somebody of another one in the batch, are refused."""
    service = both_services
    register_households(families(1), service.uow(), service.checks)
    given = families(3, first=2)
    given[0] = replace(given[0], persons=(*given[0].persons[:2], son(number=1)))
    given[2] = replace(given[2], persons=(*given[2].persons[:2], son(number=3)))
    assert {0: DuplicateIdNumberError, 2: DuplicateIdNumberError} == refusals(
        register_households, given, service.uow(), service.checks
    )


def test_a_batch_is_corrected_as_one_version_each(both_services):
    """Household, living and members corrected together are one version; who did it is kept."""
    service = both_services
    ids = register_households(families(3), service.uow(), service.checks)
    with service.uow() as uow:
        heads = {one: uow.households.get(one).head.id for one in ids}
    uow = service.uow()
    uow.by = "officer-7"
    correct_households(
        [
            CorrectHousehold(
                household_id=one,
                changes={"tap_water": True, "natural_village": "上庄", "area_code": OTHER_VILLAGE},
                members={heads[one]: {"mandarin": True}},
                on=DAY,
            )
            for one in ids
        ],
        uow,
        service.checks,
    )
    with service.engine.connect() as connection:
        newest, first = versions_of(connection, ids[1])
    head = newest.household.head
    assert head is not None
    assert ((2, "officer-7"), (1, "")) == ((newest.version, newest.by), (first.version, first.by))
    assert (True, "上庄", OTHER_VILLAGE, True) == (
        newest.household.living.tap_water,
        newest.household.natural_village,
        newest.household.area_code,
        head.mandarin,
    )


def test_a_number_given_to_two_is_refused(both_services):
    """A correction may swap nothing into being twice: a number on record or given twice is refused."""
    service = both_services
    ids = register_households(families(3), service.uow(), service.checks)
    with service.uow() as uow:
        boys = [uow.households.get(one).members[2].id for one in ids]
    taken, new = son(number=3).id_number, son(number=40).id_number
    assert {0: DuplicateIdNumberError} == refusals(
        correct_households,
        [CorrectHousehold(household_id=ids[0], members={boys[0]: {"id_number": taken}}, on=DAY)],
        service.uow(),
        service.checks,
    )
    assert {1: DuplicateIdNumberError} == refusals(
        correct_households,
        [
            CorrectHousehold(household_id=one, members={boy: {"id_number": new}}, on=DAY)
            for one, boy in zip(ids[:2], boys, strict=False)
        ],
        service.uow(),
        service.checks,
    )


def test_corrections_are_refused_by_position(service, household):
    """An unknown household and an unknown field are told by position."""
    commands = [
        CorrectHousehold(household_id=household, changes={"household_no": "X"}, on=DAY),
        CorrectHousehold(household_id="nobody", changes={}, on=DAY),
    ]
    assert {0: UnknownFieldError, 1: HouseholdNotFoundError} == refusals(
        correct_households, commands, service.uow(), service.checks
    )


def test_a_batch_has_an_end():
    """A thousand fit; one more does not."""
    assert {} == Batch(1000).refusals
    with pytest.raises(BatchTooLargeError):
        Batch(1001)
