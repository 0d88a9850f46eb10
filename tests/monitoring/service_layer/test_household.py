import json
from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import messages
from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    DuplicateIdNumberError,
    InvalidDayError,
    InvalidIdNumberError,
)
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from shared.areas import UnknownAreaError
from shared.contracts.codes import UnknownCodeError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, OTHER_VILLAGE, family, person

RECORDED = "monitoring.household_recorded.v1"


def read(service, household_id):
    with service.uow() as uow:
        return uow.households.get(household_id)


def test_registered_household_can_be_read_and_is_told(service, household, outbox):
    """A registration keeps everybody with a number each, and tells the county once."""
    stored = read(service, household)
    (told,) = outbox(RECORDED)
    assert ["H00101", "H00102", "H00103"] == [one.person_no for one in stored.members]
    assert (1, "610327109203", 3) == (told["version"], told["area_code"], len(told["members"]))


def test_nothing_personal_is_told(service, household):
    """No name, document number or telephone of anybody reaches the outbox."""
    people = read(service, household).members
    with service.engine.connect() as connection:
        sent = "".join(connection.execute(select(messages.outbox.c.envelope)).scalars())
    personal = [text for one in people for text in (one.name, one.id_number, one.phone) if text]
    assert [] == [text for text in personal if text in sent or json.dumps(text) in sent]


def test_same_number_is_refused(service, household):
    """A second household with the number of the first is refused by that number."""
    with pytest.raises(DuplicateHouseholdNoError) as refused:
        register_household(family(persons=(person(number=9),)), service.uow(), service.checks)

    assert {"household_no": "H001"} == refused.value.details


def test_person_known_elsewhere_is_refused_by_the_household(service, household):
    """Somebody on record is refused with the household's number, and nothing of the person's."""
    with pytest.raises(DuplicateIdNumberError) as refused:
        register_household(family("H002"), service.uow(), service.checks)

    assert {"household_no": "H001"} == refused.value.details


def test_one_number_twice_in_one_registration_is_refused(service, outbox):
    """The same person twice in one household is refused and nothing is kept."""
    twice = (person(), person(relation="021"))
    with pytest.raises(DuplicateIdNumberError):
        register_household(family(persons=twice), service.uow(), service.checks)

    assert [] == outbox()


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"area_code": "610327109"}, UnknownAreaError),
        ({"area_code": "610327999200"}, UnknownAreaError),
        ({"household_type": "100A03A09"}, UnknownCodeError),
        ({"persons": (person(relation="100"),)}, UnknownCodeError),
        ({"persons": (person(health=("009",)),)}, UnknownCodeError),
        ({"persons": (person(id_number="610327197803050011"),)}, InvalidIdNumberError),
        ({"on": date(2022, 7, 2)}, InvalidDayError),
    ],
)
def test_bad_registrations_change_nothing(service, outbox, given, refused):
    """A town instead of a village, unknown codes, a wrong number and a day to come are refused."""
    with pytest.raises(refused):
        register_household(family(**given), service.uow(), service.checks)

    assert [] == outbox()


def test_household_moves_to_another_village(service, household, outbox):
    """A corrected village is told of, so that every count follows."""
    command = CorrectHousehold(household_id=household, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(command, service.uow())
    assert OTHER_VILLAGE == outbox(RECORDED)[-1]["area_code"]


def test_old_page_is_refused(service, household, outbox):
    """A command from a page older than the last change is refused and changes nothing."""
    command = CorrectHousehold(household_id=household, changes={"relocated": True}, on=DAY, version=1)
    correct_household(command, service.uow())
    with pytest.raises(StaleVersionError):
        correct_household(command, service.uow())

    assert 2 == len(outbox(RECORDED))


def test_second_of_two_writers_loses(service, household):
    """Of two officers who read the same household the second save is refused."""
    first = read(service, household)
    correct_household(
        CorrectHousehold(household_id=household, changes={"relocated": True}, on=DAY), service.uow()
    )
    with service.uow() as uow, pytest.raises(StaleVersionError):
        uow.households.save(first)
