import pytest
from sqlalchemy import event

from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import OTHER_VILLAGE, VILLAGE, family, person


@pytest.fixture
def neighbour(service):
    """A man alone in the same village."""
    one = family("H777", persons=(person(name="邻某", number=20),))
    return register_household(one, service.uow(), service.checks)


@pytest.fixture
def elsewhere(service):
    """A man alone in another village."""
    one = family("H900", area_code=OTHER_VILLAGE, persons=(person(name="远某", number=40),))
    return register_household(one, service.uow(), service.checks)


def present(service, household):
    with service.uow() as uow:
        return [one.relation for one in uow.households.get(household).present]


def test_a_household_is_split_on_the_page(as_person, household, people, service):
    """Mother and son become a household of their own; the official stands on its page."""
    sent = {
        "household_no": "H001B",
        "persons.0.person_id": people[1].id,
        "persons.0.relation": "001",
        "persons.1.person_id": people[2].id,
        "persons.1.relation": "003",
    }
    answer = as_person("shangcha").submit(
        f"/households/{household}/moving", f"/households/{household}/split", **sent
    )
    assert 303 == answer.status_code, answer.text
    new = answer.headers["location"].rsplit("/", 1)[-1]
    assert (["001"], ["001", "003"]) == (present(service, household), present(service, new))


def test_the_head_changes_on_the_page(as_person, household, people, service):
    """The wife becomes head, and her husband is hers."""
    sent = {"new_head": people[1].id, "old_head": "002"}
    answer = as_person("shangcha").submit(
        f"/households/{household}/moving", f"/households/{household}/head", **sent
    )
    assert 303 == answer.status_code, answer.text
    with service.uow() as uow:
        assert people[1].id == uow.households.get(household).head.id


def test_a_member_moves_to_a_neighbour_and_not_out_of_the_area(
    as_person, household, neighbour, elsewhere, people
):
    """Inside the own village it is done; a household of another village is not found."""
    village = as_person("shangcha")
    sent = {"person_id": people[2].id, "relation": "025" if people[2].sex == "2" else "024"}
    away = village.submit(
        f"/households/{household}/moving",
        f"/households/{household}/move",
        **sent | {"to_household_no": "H900"},
    )
    assert 404 == away.status_code
    here = village.submit(
        f"/households/{household}/moving",
        f"/households/{household}/move",
        **sent | {"to_household_no": "H777"},
    )
    assert f"/households/{neighbour}" == here.headers["location"]


def test_only_the_county_takes_over_and_both_histories_say_so(
    as_person, as_program, household, elsewhere, people
):
    """A village is refused and not told where; the county gives a reason that stands in both histories."""
    sent = {"id_number": people[2].id_number, "relation": "099", "reason": "户籍已经迁来，派出所证明"}
    village, county = as_program("chaijia"), as_person("county")
    path = f"/api/households/{elsewhere}/take-over"
    assert 403 == village.post(path, json=sent | {"version": 1}).status_code
    answer = county.submit(f"/households/{elsewhere}/moving", f"/households/{elsewhere}/take-over", **sent)
    assert 303 == answer.status_code, answer.text
    for one in (household, elsewhere):
        page = county.get(f"/households/{one}/history").text
        assert ("派出所证明" in page, "county" in page) == (True, True)


def test_a_registered_person_is_refused_with_the_place_masked(as_program, household, people):
    """Who adds somebody on record learns that it is so, but neither whose household nor its whole number."""
    sent = {
        "household_no": "H555",
        "area_code": VILLAGE,
        "persons": [
            {
                "name": "某人",
                "relation": "001",
                "sex": people[0].sex,
                "born_on": people[0].born_on.isoformat(),
                "labour_skill": "001",
                "education": "003",
                "id_number": people[0].id_number,
            }
        ],
    }
    answer = as_program("shangcha").post("/api/households", json=sent)
    assert (409, "duplicate_id_number") == (answer.status_code, answer.json()["code"])
    assert "H001" not in answer.text


@pytest.mark.parametrize(("who", "found"), [("shangcha", True), ("county", True), ("chaijia", False)])
def test_found_by_the_whole_number_in_the_own_area(as_person, household, people, who, found):
    """A whole number leads to the household, inside the own area only, and never stands in an address."""
    answer = as_person(who).submit("/households", "/households/find", id_number=people[2].id_number)
    if found:
        assert f"/households/{household}" == answer.headers["location"]
    else:
        assert 404 == answer.status_code


def test_the_page_reads_the_household_a_few_times_only(as_person, service, household):
    """However many forms offer the members, they are read once for them."""
    browser = as_person("shangcha")
    browser.get(f"/households/{household}/moving")
    read: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if "FROM members" in statement:
            read.append(statement)

    event.listen(service.engine, "before_cursor_execute", note)
    assert 200 == browser.get(f"/households/{household}/moving").status_code
    event.remove(service.engine, "before_cursor_execute", note)
    assert len(read) <= 4
