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
    InvalidNumberError,
    MonitoredClassError,
    TextTooLongError,
)
from services.monitoring.service_layer.clue import ReportClue, report_clue
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from services.monitoring.service_layer.measure import (
    PlanMeasures,
    RequestMeasures,
    plan_measures,
    request_measures,
)
from shared.areas import UnknownAreaError
from shared.contracts.codes import UnknownCodeError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.case_kit import WORK, case_of, registered, to_monitored, told
from tests.monitoring.kit import DAY, OTHER_VILLAGE, family, id_number, person

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
    """Somebody on record is refused with the household's number masked, and nothing of the person's."""
    with pytest.raises(DuplicateIdNumberError) as refused:
        register_household(family("H002"), service.uow(), service.checks)

    assert {"household_no": "****"} == refused.value.details


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
        ({"household_type": "100A03001", "lifted_out": True}, MonitoredClassError),
        ({"household_type": "100A03002"}, MonitoredClassError),
        ({"household_no": id_number(date(1978, 3, 5), "1")}, InvalidNumberError),
        ({"household_no": "610327198001011234"}, InvalidNumberError),
        ({"household_no": "13812345678"}, InvalidNumberError),
        ({"household_no": "H" * 21}, InvalidNumberError),
        ({"household_no": "张家"}, InvalidNumberError),
        ({"persons": (person(person_no=id_number(date(1978, 3, 5), "1")),)}, InvalidNumberError),
        ({"persons": (person(person_no="P" * 23),)}, InvalidNumberError),
        ({"persons": (person(name="甲" * 61),)}, TextTooLongError),
        ({"persons": (person(name=" "),)}, TextTooLongError),
        ({"persons": (person(document="03", id_number="9" * 25),)}, TextTooLongError),
        ({"address": "路" * 201}, TextTooLongError),
        ({"persons": (person(relation="100"),)}, UnknownCodeError),
        ({"persons": (person(health=("009",)),)}, UnknownCodeError),
        ({"persons": (person(id_number="610327197803050011"),)}, InvalidIdNumberError),
        ({"on": date(2022, 7, 2)}, InvalidDayError),
    ],
)
def test_bad_registrations_change_nothing(service, outbox, given, refused):
    """What is unknown, wrong, to come, too long, personal, or only the county's to decide is refused."""
    with pytest.raises(refused):
        register_household(family(**given), service.uow(), service.checks)

    assert [] == outbox()


def test_household_moves_to_another_village(service, household, outbox):
    """A corrected village is told of, so that every count follows."""
    command = CorrectHousehold(household_id=household, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(command, service.uow())
    assert OTHER_VILLAGE == outbox(RECORDED)[-1]["area_code"]


def test_eighteen_digits_that_are_no_id_number(service, outbox):
    """A household's number of sixteen digits makes persons' of eighteen, which are no ID numbers."""
    register_household(family("6103000000000001"), service.uow(), service.checks)
    assert "610300000000000101" == outbox(RECORDED)[0]["members"][0]["person_no"]


@pytest.mark.parametrize("household_type", ["100A03001", "100A03003"])
def test_monitored_by_its_case_only(service, outbox, household_type):
    """A correction makes no household a monitored one, and un-makes none; other fields stay free."""
    household_id = registered(service)
    made = CorrectHousehold(household_id=household_id, changes={"household_type": household_type}, on=DAY)
    with pytest.raises(MonitoredClassError):
        correct_household(made, service.uow())
    with service.uow() as uow:
        household = uow.households.get(household_id)
        household.classify(household_type, on=DAY)
        uow.households.save(household)
        uow.commit()
    back = {"household_type": "100A03A03"}
    with pytest.raises(MonitoredClassError):
        correct_household(CorrectHousehold(household_id=household_id, changes=back, on=DAY), service.uow())
    same = {"household_type": household_type, "relocated": True}
    correct_household(CorrectHousehold(household_id=household_id, changes=same, on=DAY), service.uow())
    assert (household_type, True) == (
        outbox(RECORDED)[-1]["household_type"],
        outbox(RECORDED)[-1]["relocated"],
    )


def test_what_is_under_way_moves_along(service, clock):
    """Case, plan and clue follow the household; what they tell from then on names the new village."""
    household_id = registered(service)
    case_id = case_of(service, household_id)
    to_monitored(service, clock, case_id)
    plan_measures(PlanMeasures(case_id=case_id), service.uow(), service.measure_rules)
    clue_id = report_clue(
        ReportClue(household_id=household_id, risk=WORK, source="01", on=DAY),
        service.uow(),
        service.clue_policy,
    )
    with service.uow() as uow:
        before = uow.cases.get(case_id)
    moved = CorrectHousehold(household_id=household_id, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(moved, service.uow())

    with service.uow() as uow:
        assert {OTHER_VILLAGE} == {
            uow.cases.get(case_id).area_code,
            uow.plans.get(case_id).area_code,
            uow.clues.get(clue_id).area_code,
        }
        with pytest.raises(StaleVersionError):
            uow.cases.save(before)
    request_measures(
        RequestMeasures(case_id=case_id), service.uow(), service.measure_rules, service.case_policy
    )
    assert {OTHER_VILLAGE} == {event["area_code"] for event in told(service, "measure_requested")}


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
