from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from tests.monitoring.kit import DAY

PHONE, ACCOUNT = "13909170001", "6217000000000000001"
FORM_2022 = {
    "road_hardened": "true",
    "tap_water": "true",
    "supply_gap_under_day": "true",
    "safe_water": "true",
    "clean_energy": "false",
    "house_dangerous": "false",
    "shower": "false",
    "sanitary_toilet": "false",
    "courtyard": "true",
}


def page_of(browser, household):
    return browser.get(f"/households/{household}").text


def test_the_form_of_2022_is_filled_in(as_person, household, outbox):
    """Once every question is answered the page says so, and so does the event; before it, neither."""
    village = as_person("shangcha")
    assert "2022年农户信息未填全" in page_of(village, household)
    answer = village.submit(f"/households/{household}", f"/households/{household}/living", **FORM_2022)
    assert 303 == answer.status_code
    assert "2022年农户信息已填全" in page_of(village, household)
    assert [False, True] == [one["complete"] for one in outbox("monitoring.household_recorded.v1")]


def test_what_contradicts_itself_is_said_beside_the_form(as_person, household):
    """A hardened way of earth comes back with the reason and what was typed."""
    typed = FORM_2022 | {"road_type": "1"}
    answer = as_person("shangcha").submit(
        f"/households/{household}", f"/households/{household}/living", **typed
    )
    assert 400 <= answer.status_code < 500
    assert "入户路类型与入户道路是否硬化互相矛盾" in answer.text


def test_numbers_of_the_registration_are_masked_and_stay(as_person, household, service):
    """An account is never shown whole, and a correction that leaves it empty keeps it."""
    village = as_person("shangcha")
    given = {"bank": "农商行", "bank_account": ACCOUNT, "contact_name": "李某", "contact_phone": PHONE}
    assert (
        303
        == village.submit(f"/households/{household}", f"/households/{household}/record", **given).status_code
    )
    again = village.submit(f"/households/{household}", f"/households/{household}/record", bank="邮储银行")
    assert 303 == again.status_code
    page = page_of(village, household)
    assert [] == [secret for secret in (ACCOUNT, PHONE) if secret in page]
    with service.uow() as uow:
        found = uow.households.get(household)
    assert ("邮储银行", ACCOUNT, PHONE) == (found.bank, found.bank_account, found.contact_phone)


def test_the_responsible_helper_is_shown(as_person, as_program, household):
    """The town fixes who is responsible; the village sees name and unit, and may not fix it."""
    given = {"helper_no": "B001", "name": "王某某", "unit": "县教体局", "phone": PHONE}
    town, village = as_person("guguan"), as_person("shangcha")
    assert (
        303
        == town.submit(f"/households/{household}", f"/households/{household}/helpers", **given).status_code
    )
    page = page_of(village, household)
    assert ("王某某" in page, "县教体局" in page, PHONE in page) == (True, True, False)
    sent = given | {"version": 2}
    assert 403 == as_program("shangcha").post(f"/api/households/{household}/helpers", json=sent).status_code
    assert (
        303 == town.submit(f"/households/{household}", f"/households/{household}/helpers/release").status_code
    )
    assert "目前没有" in page_of(village, household)


def test_the_evaluator_sees_no_contact(as_person, household, service):
    """Who only assesses sees neither the contact's name nor the address."""
    changes = {"contact_name": "李某某", "resettlement_address": "幸福小区3号", "address": "上庄12号"}
    correct_household(CorrectHousehold(household_id=household, changes=changes, on=DAY), service.uow())
    page = page_of(as_person("pinggu"), household)
    assert [] == [secret for secret in changes.values() if secret in page]
