import pytest

from services.monitoring.entrypoints.web.change import FORMS


def test_illness_in_one_form(as_person, household, people, outbox):
    """An illness entered on the page becomes a change and a clue, and leads to the clue."""
    browser = as_person("shangcha")
    path = f"/households/{household}"
    answer = browser.submit(
        f"{path}/changes/illness",
        f"{path}/illness",
        person_id=people[0].id,
        detail="003",
        amount_fen="23500.50",
    )
    (clue,) = outbox("monitoring.clue_reported.v1")
    assert (303, f"/clues/{clue['clue_id']}") == (answer.status_code, answer.headers["location"])
    assert [2_350_050] == [told["amount_fen"] for told in outbox("monitoring.household_changed.v1")]


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_has_a_form(as_person, household, kind):
    """Each kind of change has a page with its own form."""
    answer = as_person("shangcha").get(f"/households/{household}/changes/{kind}")
    assert f'action="/households/{household}/{kind}"' in answer.text


def test_unknown_kind_is_no_page(as_person, household):
    """A kind nobody knows is not found."""
    assert 404 == as_person("shangcha").get(f"/households/{household}/changes/flood").status_code


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"detail": "003", "amount_fen": 1}, 422),
        ({"person_id": "nobody", "detail": "003", "amount_fen": 1}, 404),
        ({"person_id": "p", "detail": "999", "amount_fen": 1}, 422),
        ({"person_id": "p", "detail": "003", "amount_fen": -1}, 422),
        ({"person_id": "p", "detail": "003", "amount_fen": "1"}, 422),
        ({"person_id": "p", "detail": "003", "amount_fen": 1, "on": "2022-07-02"}, 422),
    ],
)
def test_bad_requests_change_nothing(as_program, household, people, outbox, body, status):
    """No person, a stranger, unknown code, negative or text amount and a day to come: a problem, no event."""
    before = outbox()
    given = {**body, **({"person_id": people[0].id} if body.get("person_id") == "p" else {})}
    answer = as_program("shangcha").post(f"/api/households/{household}/illness", json=given)
    assert (status, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert before == outbox()


def test_another_village_is_refused(as_program, household, people, outbox):
    """Another village's official cannot record anything here."""
    before = outbox()
    body = {"person_id": people[0].id, "detail": "003", "amount_fen": 1}
    assert 403 == as_program("chaijia").post(f"/api/households/{household}/illness", json=body).status_code
    assert before == outbox()


def test_same_key_records_once(as_program, household, people, outbox):
    """A request sent twice with one key is carried out once and answered alike."""
    client, path = as_program("shangcha"), f"/api/households/{household}/illness"
    body = {"person_id": people[0].id, "detail": "003", "amount_fen": 100}
    first, again = (client.post(path, json=body, headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert (201, first.json()) == (again.status_code, again.json())
    assert 1 == len(outbox("monitoring.household_changed.v1"))


def test_resolved_on_the_page(as_person, household, outbox):
    """What went wrong with a business is marked as put right from the household's page."""
    browser, path = as_person("guguan"), f"/households/{household}"
    browser.submit(
        f"{path}/changes/industry_failure", f"{path}/industry_failure", detail="farming", amount_fen="100"
    )
    change_id = outbox("monitoring.household_changed.v1")[0]["change_id"]
    assert 303 == browser.submit(path, f"/changes/{change_id}/resolve").status_code
    assert 1 == len(outbox("monitoring.household_change_resolved.v1"))


REGISTER = {"water": "water_problem", "house_damage": "house_alert"}


@pytest.mark.parametrize(("kind", "detail"), [("water", "cut_short"), ("house_damage", "C")])
def test_what_a_register_has_under_way_is_not_resolved_by_hand(
    as_person, as_program, household, outbox, kind, detail
):
    """The page of the household leads to the register; closing the change by hand is refused."""
    browser, path = as_person("guguan"), f"/households/{household}"
    browser.submit(f"{path}/changes/{kind}", f"{path}/{kind}", detail=detail)
    change_id = outbox("monitoring.household_changed.v1")[0]["change_id"]
    page = browser.get(path).text
    assert (False, True) == (f"/changes/{change_id}/resolve" in page, "在住房、饮水台账中办理" in page)
    answer = as_program("guguan").post(f"/api/changes/{change_id}/resolve", json={"version": 1})
    assert (409, f"{REGISTER[kind]}_open") == (answer.status_code, answer.json()["code"])


def test_a_dropout_is_ended_in_its_case(as_person, as_program, household, people, outbox):
    """The village's page leads to the case; neither it nor the town closes the change beside the case."""
    village, path = as_person("shangcha"), f"/households/{household}"
    sent = village.submit(f"{path}/changes/dropout", f"{path}/dropout", person_id=people[2].id, detail="04")
    assert 303 == sent.status_code
    change_id = outbox("monitoring.household_changed.v1")[0]["change_id"]
    page = village.get(path).text
    assert (False, True) == (f"/changes/{change_id}/resolve" in page, "在控辍保学中办理" in page)
    for login in ("shangcha", "guguan"):
        answer = as_program(login).post(f"/api/changes/{change_id}/resolve", json={"version": 1})
        assert (409, "dropout_open") == (answer.status_code, answer.json()["code"])


def test_a_department_deals_with_its_own_kind_of_change(as_program, household, people, outbox):
    """县水利局 neither records nor ends an illness; 县医保局 does both."""
    body = {"person_id": people[0].id, "detail": "003", "amount_fen": 1}
    path = f"/api/households/{household}/illness"
    water, health = as_program("shuili"), as_program("yibao")
    assert (403, 403) == (
        water.post(path, json=body).status_code,
        water.get(f"/api/households/{household}/changes/illness").status_code,
    )
    assert 201 == health.post(path, json=body).status_code
    resolve = f"/api/changes/{outbox('monitoring.household_changed.v1')[0]['change_id']}/resolve"
    assert 403 == water.post(resolve, json={"version": 1}).status_code
    assert 200 == health.post(resolve, json={"version": 1}).status_code
