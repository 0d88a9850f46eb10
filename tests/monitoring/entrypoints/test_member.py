from sqlalchemy import select

from services.monitoring.adapters.tables import idempotency, unmaskings


def test_whole_number_after_a_reason(as_person, service, household, people):
    """A whole number is shown to who gave a reason; it is kept who looked; no answer keeps the number."""
    browser, path = as_person("shangcha"), f"/households/{household}/members/{people[0].id}"
    answer = browser.submit(path, f"{path}/unmask", reason="核对医保报销")
    assert people[0].id_number in browser.get(answer.headers["location"]).text
    with service.engine.connect() as connection:
        assert ["核对医保报销"] == list(connection.execute(select(unmaskings.c.reason)).scalars())
        assert people[0].id_number not in repr(connection.execute(select(idempotency)).all())


def test_no_reason_no_number(as_person, household, people):
    """Without a reason the page is not there, not even for who knows its address."""
    path = f"/households/{household}/members/{people[0].id}/unmasked"
    assert 404 == as_person("shangcha").get(path).status_code


def test_another_officers_reason_does_not_count(as_person, household, people):
    """One officer's reason shows nothing to another."""
    path = f"/households/{household}/members/{people[0].id}"
    as_person("shangcha").submit(path, f"{path}/unmask", reason="核对医保报销")
    assert 404 == as_person("guguan").get(f"{path}/unmasked").status_code


def test_shown_for_ten_minutes(as_person, service, household, people):
    """After ten minutes the number is hidden again."""
    browser, path = as_person("shangcha"), f"/households/{household}/members/{people[0].id}"
    browser.submit(path, f"{path}/unmask", reason="核对医保报销")
    moment = service.clock()
    service.clock.set(moment.replace(minute=moment.minute + 11))
    assert 404 == browser.get(f"{path}/unmasked").status_code


def test_member_leaves_on_the_page(as_person, household, people, outbox):
    """A son who moves away is removed on his page; the household is told of again."""
    browser, path = as_person("shangcha"), f"/households/{household}/members/{people[2].id}"
    assert 303 == browser.submit(path, f"{path}/remove", reason="05").status_code
    assert [True] == [one["left"] for one in outbox("monitoring.household_recorded.v1")[-1]["members"][2:]]


def test_head_leaves_only_with_a_successor(as_person, household, people):
    """The head's page asks for the new head; the wife takes over."""
    browser, path = as_person("shangcha"), f"/households/{household}/members/{people[0].id}"
    assert 422 == browser.submit(path, f"{path}/remove", reason="01").status_code
    assert 303 == browser.submit(path, f"{path}/remove", reason="01", new_head=people[1].id).status_code


def test_corrected_on_the_page(as_person, household, people, outbox):
    """A corrected labour skill is told of."""
    browser, path = as_person("shangcha"), f"/households/{household}/members/{people[0].id}"
    fields = {
        "relation": "001",
        "labour_skill": "002",
        "health": "001",
        "education": "003",
        "resident_insurance": "true",
    }
    assert 303 == browser.submit(path, f"{path}/correct", **fields).status_code
    assert "002" == outbox("monitoring.household_recorded.v1")[-1]["members"][0]["labour_skill"]
