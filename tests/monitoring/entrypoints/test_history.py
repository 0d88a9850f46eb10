from datetime import date

import pytest

from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.member import CorrectMember, correct_member
from services.monitoring.service_layer.moving import TakeOver, take_over
from shared.kernel.clock import at_hour
from tests.monitoring.kit import DAY, family, person


def test_who_changed_what_and_when(as_person, household, people, clock):
    """The history names field, old and new value, the login and the minute; numbers are masked."""
    clock.set(at_hour(date(2022, 7, 5), 9, 30))
    village = as_person("shangcha")
    sent = {
        "relation": "001",
        "labour_skill": "002",
        "health": ["002"],
        "education": "003",
        "phone": "13909170001",
        "resident_insurance": "true",
    }
    path = f"/households/{household}/members/{people[0].id}"
    assert 303 == village.submit(path, f"{path}/correct", **sent).status_code
    page = village.get(f"/households/{household}/history").text
    wanted = ("2022-07-05 09:30", "shangcha", "劳动技能", "普通劳动力", "技能劳动力", "139", "长期慢性病")
    assert [] == [one for one in wanted if one not in page]
    assert "13909170001" not in page


def test_the_household_as_it_was(as_person, household, people, clock, service):
    """Asked for an earlier day the page shows what was recorded then; a day to come has no page."""
    clock.set(at_hour(date(2022, 7, 5), 9))
    change = CorrectMember(
        household_id=household, person_id=people[0].id, changes={"labour_skill": "002"}, on=DAY
    )
    correct_member(change, service.uow(), service.checks)
    village = as_person("shangcha")
    before = village.get(f"/households/{household}/history?as_of=2022-07-04").text
    past = before.split('id="past"')[1].split("</section>")[0]
    assert ("普通劳动力" in past, "技能劳动力" in past) == (True, False)
    assert 404 == village.get(f"/households/{household}/history?as_of=2022-07-06").status_code
    assert 404 == village.get(f"/households/{household}/history?as_of=2022-06-30").status_code
    assert 404 == village.get(f"/households/{household}/history?as_of=x").status_code


def test_the_list_as_it_was(as_person, household):
    """The list of a past day has the households of that day in the own area, and leads to them."""
    village, other = as_person("shangcha"), as_person("chaijia")
    page = village.get("/households/past?as_of=2022-07-01").text
    assert f"/households/{household}/history?as_of=2022-07-01" in page
    assert "H001" not in village.get("/households/past?as_of=2022-06-01").text
    assert "H001" not in other.get("/households/past?as_of=2022-07-01").text


def test_the_evaluator_reads_no_names_in_the_history(as_person, household, people):
    """Names are shortened there too, in the list of a past day as well."""
    reader = as_person("pinggu")
    for path in (f"/households/{household}/history?as_of=2022-07-01", "/households/past?as_of=2022-07-01"):
        page = reader.get(path).text
        assert [] == [one.name for one in people if one.name in page]


@pytest.mark.parametrize(("login", "seen"), [("county", True), ("shangcha", True), ("pinggu", False)])
def test_why_somebody_was_taken_over_stays_in_the_office(
    as_person, as_program, service, household, login, seen
):
    """The reason is free text and names people: the evaluator sees that somebody came, and no reason."""
    alone = person(name="周丁四", number=9)
    other = register_household(family("H002", persons=(alone,)), service.uow(), service.checks)
    with service.uow() as uow:
        son = uow.households.get(household).members[2]
    take_over(
        TakeOver(
            household_id=other,
            version=1,
            id_number=son.id_number,
            relation="003",
            reason="随舅舅周丁四",
            on=DAY,
        ),
        service.uow(),
        service.checks,
    )
    path = f"/households/{other}/history"
    page, told = as_person(login).get(path).text, as_program(login).get(f"/api{path}").text
    assert (True, seen, seen) == ("从其他农户转入一人" in page, "随舅舅" in page, "随舅舅" in told)
