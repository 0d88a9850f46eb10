import json
from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import messages, unmaskings
from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    DuplicateIdNumberError,
    InvalidDayError,
    InvalidIdNumberError,
    MemberNotFoundError,
    ReasonMissingError,
)
from services.monitoring.service_layer.household import (
    AddMember,
    CorrectHousehold,
    CorrectMember,
    RemoveMember,
    UnknownFieldError,
    Unmask,
    add_member,
    correct_household,
    correct_member,
    register_household,
    remove_member,
    unmask,
)
from shared.areas import UnknownAreaError
from shared.contracts.codes import UnknownCodeError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, OTHER_VILLAGE, family, person, son, wife

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


def test_newborn_joins_without_a_number(service, household, outbox):
    """A newborn may have no number yet; the household is told of as version 2."""
    baby = son(name="丁某", born_on=date(2022, 6, 20), school_status="001", id_number="")
    added = add_member(
        AddMember(household_id=household, person=baby, reason="01", on=date(2022, 6, 21)),
        service.uow(),
        service.checks,
    )
    assert ("H00104", "01") == (
        read(service, household).member(added).person_no,
        read(service, household).member(added).joined_reason,
    )
    assert [1, 2] == [told["version"] for told in outbox(RECORDED)]


def test_who_married_out_may_join_another_household(service, household):
    """A number is free again once its holder has left, and taken again once she is elsewhere."""
    second = register_household(family("H002", persons=(person(number=5),)), service.uow(), service.checks)
    leaving = read(service, household).members[1]
    remove_member(
        RemoveMember(household_id=household, person_id=leaving.id, reason="02", on=DAY),
        service.uow(),
        service.checks,
    )
    join = AddMember(household_id=second, person=wife(), reason="02", on=DAY)
    add_member(join, service.uow(), service.checks)
    with pytest.raises(DuplicateIdNumberError) as refused:
        register_household(family("H003", persons=(person(number=7), wife())), service.uow(), service.checks)

    assert {"household_no": "H002"} == refused.value.details


def test_correction_of_a_member(service, household):
    """A corrected skill is stored; the person's own number is no duplicate of itself."""
    head = read(service, household).head
    changes = {"labour_skill": "002", "id_number": head.id_number}
    correct_member(
        CorrectMember(household_id=household, person_id=head.id, changes=changes, on=DAY),
        service.uow(),
        service.checks,
    )
    assert "002" == read(service, household).head.labour_skill


@pytest.mark.parametrize("field", ["id", "left_on", "joined_reason", "nonsense"])
def test_not_everything_can_be_corrected(service, household, field):
    """What makes a member's identity and history is no matter of a correction."""
    head = read(service, household).head
    with pytest.raises(UnknownFieldError):
        correct_member(
            CorrectMember(household_id=household, person_id=head.id, changes={field: "x"}, on=DAY),
            service.uow(),
            service.checks,
        )


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


def test_unmasking_is_kept(service, household):
    """Who sees a number, and why, is kept with the moment."""
    head = read(service, household).head
    shown = unmask(Unmask(household, head.id, " 核对医保报销 ", "officer-1"), service.uow())
    with service.engine.connect() as connection:
        kept = connection.execute(select(unmaskings)).one()
    assert (head.id_number, "核对医保报销", "officer-1") == (shown.id_number, kept.reason, kept.by)


@pytest.mark.parametrize(("reason", "refused"), [("看看", ReasonMissingError), ("    ", ReasonMissingError)])
def test_unmasking_needs_a_reason(service, household, reason, refused):
    """Without a reason nothing is shown and nothing is kept."""
    with pytest.raises(refused):
        unmask(Unmask(household, read(service, household).head.id, reason, "officer-1"), service.uow())


def test_unmasking_of_nobody(service, household):
    """A person of another household is not shown."""
    with pytest.raises(MemberNotFoundError):
        unmask(Unmask(household, "p-unknown", "核对医保报销", "officer-1"), service.uow())
