from datetime import date

import pytest

from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import OTHER_VILLAGE, family, id_number, person

SUBJECTS = ("schooling", "health", "labour_skill", "insured", "aid")


@pytest.fixture
def elsewhere(service):
    """A household of another village."""
    command = family("H900", area_code=OTHER_VILLAGE, persons=(person(name="远某", number=40),))
    return register_household(command, service.uow(), service.checks)


def test_list_shows_only_the_own_area(as_person, household, elsewhere):
    """A village official sees the own village's households and no other."""
    page = as_person("shangcha").get("/households").text
    assert ("H001" in page, "H900" in page) == (True, False)


def test_town_sees_its_villages(as_person, household, elsewhere):
    """A town official sees the households of all villages of the town."""
    page = as_person("guguan").get("/households").text
    assert ("H001" in page, "H900" in page) == (True, True)


@pytest.mark.parametrize(
    ("text", "found"), [("H001", True), ("甲", True), ("H9", False), ("钱乙", False), ("%", False)]
)
def test_search_by_number_and_head(as_person, household, text, found):
    """Number and head's name find a household; the wife's name and wildcards do not."""
    assert found == (
        "H001" in as_person("shangcha").get(f"/households?text={text}").text.split("<table", 1)[-1]
    )


def test_list_is_exported(as_person, household):
    """The list can be had as CSV with the same columns."""
    answer = as_person("shangcha").get("/households?format=csv")
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert "H001" in answer.content.decode("utf-8-sig")


def test_page_masks_numbers(as_person, household, people):
    """The page of a household shows no whole document number to anybody."""
    page = as_person("county").get(f"/households/{household}").text
    assert [] == [one.name for one in people if one.id_number in page]
    assert people[0].masked_id_number in page


def test_evaluator_sees_no_names(as_person, household, people):
    """Who only assesses sees the family name's first character."""
    page = as_person("pinggu").get(f"/households/{household}").text
    assert [] == [one.name for one in people if one.name in page]
    assert "赵某" in page


@pytest.mark.parametrize(("text", "found"), [("H001", True), ("甲", False), ("赵", False)])
def test_evaluator_finds_by_number_only(as_program, household, text, found):
    """A search by name would tell who sees no names whose household it is."""
    answer = as_program("pinggu").get("/api/households", params={"text": text}).json()
    assert int(found) == answer["total"]


@pytest.mark.parametrize(
    ("login", "seen"), [("guguan", True), ("county", True), ("yibao", False), ("pinggu", False)]
)
def test_what_was_noted_stays_in_the_office(as_program, as_person, household, people, login, seen):
    """Free text of a change and a visit names people: neither a department nor the evaluator reads it."""
    village = as_program("shangcha")
    change = {"person_id": people[0].id, "amount_fen": 100, "note": "变化备注"}
    visit = {"kind": "grid", "result": "01", "note": "走访备注"}
    assert 201 == village.post(f"/api/households/{household}/illness", json=change).status_code
    assert 201 == village.post(f"/api/households/{household}/visits", json=visit).status_code
    page = as_person(login).get(f"/households/{household}").text
    told = as_program(login).get(f"/api/households/{household}").text
    assert (seen, seen, seen) == ("变化备注" in page, "变化备注" in told, "走访备注" in told)


@pytest.mark.parametrize("login", ["chaijia", "yunwei"])
def test_strangers_see_nothing(as_person, household, login):
    """Another village's official and the operator do not see the household."""
    answer = as_person(login).get(f"/households/{household}")
    assert 403 == answer.status_code
    assert "H001" not in answer.text


def test_unknown_household_looks_like_another_area(as_program, household):
    """A village official is told the same for a household that is not there."""
    client = as_program("chaijia")
    other, nothing = client.get(f"/api/households/{household}"), client.get("/api/households/nothing")
    assert other.status_code == nothing.status_code
    assert other.json()["title"] == nothing.json()["title"]


def test_registered_on_the_page(as_person):
    """A household is registered through the form, with two persons in its rows."""
    browser = as_person("shangcha")
    born = "1980-01-02"
    fields = {
        "household_no": "H777",
        "area_code": "610327109203",
        "persons.0.name": "新某",
        "persons.0.relation": "001",
        "persons.0.sex": "1",
        "persons.0.born_on": born,
        "persons.0.labour_skill": "001",
        "persons.0.education": "003",
        "persons.0.health": "001",
        "persons.0.id_number": id_number(date.fromisoformat(born), "1", 3),
    }
    # A browser sends what the rows nobody filled in offer.
    offered = {"document": "01", "ethnicity": "001", "political": "006", "health": "001", "name": ""}
    blank = {f"persons.{row}.{name}": value for row in (1, 2, 3) for name, value in offered.items()}
    answer = browser.submit("/households/new", "/households", **fields, **blank)
    assert 303 == answer.status_code, answer.text
    assert "H777" in browser.get(answer.headers["location"]).text


def test_wrong_number_comes_back_with_the_form(as_person):
    """A wrong document number is refused in Chinese, with everything typed still there."""
    fields = {
        "household_no": "H778",
        "area_code": "610327109203",
        "persons.0.name": "新某",
        "persons.0.relation": "001",
        "persons.0.sex": "1",
        "persons.0.born_on": "1980-01-02",
        "persons.0.labour_skill": "001",
        "persons.0.id_number": "610327198001020011",
    }
    answer = as_person("shangcha").submit("/households/new", "/households", **fields)
    assert 422 == answer.status_code
    assert "证件号码不正确" in answer.text
    assert 'value="H778"' in answer.text


def test_registration_elsewhere_is_refused(as_program, outbox):
    """Nobody registers a household outside the own area, and nothing is told."""
    one = {"name": "新某", "relation": "001", "sex": "1", "born_on": "1980-01-02", "labour_skill": "001"}
    body = {"household_no": "H779", "area_code": OTHER_VILLAGE, "persons": [one]}
    assert 403 == as_program("shangcha").post("/api/households", json=body).status_code
    assert [] == outbox()


def test_english_page(as_person, household):
    """An officer who reads English gets the page in English."""
    page = as_person("english").get(f"/households/{household}").text
    assert "Timeline across departments" in page
    assert "junior secondary" in page


def test_corrected_on_the_page(as_person, household, outbox):
    """A corrected type and village are told of; the telephone nobody typed stays."""
    path = f"/households/{household}"
    fields = {"area_code": OTHER_VILLAGE, "household_type": "100A03A03", "lifted_out": "true"}
    assert 303 == as_person("guguan").submit(path, f"{path}/correct", **fields).status_code
    told = outbox("monitoring.household_recorded.v1")[-1]
    assert ("100A03A03", OTHER_VILLAGE) == (told["household_type"], told["area_code"])


def test_nobody_moves_a_household_out_of_the_own_area(as_program, household, outbox):
    """A village official cannot hand a household to another village."""
    before = outbox()
    body = {"version": 1, "area_code": OTHER_VILLAGE, "household_type": "100A03A01"}
    assert 403 == as_program("shangcha").post(f"/api/households/{household}/correct", json=body).status_code
    assert before == outbox()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lifted_out=0", True),
        ("lifted_out=1", False),
        ("relocated=0", True),
        ("relocated=1", False),
        ("kind=100A03A01", True),
        ("kind=100A03A03", False),
        ("lifted_out=", True),
    ],
)
def test_list_is_narrowed(as_program, household, asked, found):
    """Lifted out, relocated and the type narrow the list; nothing chosen narrows nothing."""
    rows = as_program("shangcha").get(f"/api/households?{asked}").text
    assert found == ("H001" in rows)


@pytest.mark.parametrize(
    ("login", "fields"),
    [
        ("shuili", set()),
        ("fagai", set()),
        ("renshe", {"labour_skill"}),
        ("yibao", {"health", "insured", "aid"}),
        ("guguan", {"schooling", "health", "labour_skill", "insured", "aid"}),
    ],
)
def test_a_department_sees_of_the_members_its_own_subject(as_person, as_program, household, login, fields):
    """Who they are, every department may know; health, labour, schooling and aid only whose subject it is."""
    path = f"/households/{household}"
    told = as_program(login).get(f"/api{path}").json()
    nothing = (None, {"zh": "—", "en": "—"})
    shown = {name for one in told["members"] for name in SUBJECTS if one[name] not in nothing}
    assert (3, True) == (len(told["members"]), told["members"][0]["name"] == "赵甲一")
    assert shown <= fields == set(told["subjects"])
    page = as_person(login).get(path).text
    assert ("labour_skill" in fields) == ("劳动技能</th>" in page)


def test_a_department_reads_neither_life_nor_history_nor_income(as_person, as_program, household):
    """How a household lives, who helps it, its visits, events and income are for who looks after it."""
    water, path = as_program("shuili"), f"/households/{household}"
    told, whole = water.get(f"/api{path}").json(), as_program("guguan").get(f"/api{path}").json()
    assert whole["timeline"]
    assert whole["record_first"]
    for name in ("registration", "record_first", "living", "living_first", "helpers", "visits", "timeline"):
        assert not told[name], name
    assert ("", "") == (told["household"]["address"], told["household"]["phone"])
    page = as_person("shuili").get(path).text
    for panel in ("living", "registration", "visits", "timeline", "income"):
        assert f'id="{panel}"' not in page
    assert (403, 403, 200) == (
        water.get(f"/api{path}/history").status_code,
        water.get(f"/api{path}/income").status_code,
        as_program("guguan").get(f"/api{path}/history").status_code,
    )
