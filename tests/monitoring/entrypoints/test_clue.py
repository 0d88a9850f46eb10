import pytest


@pytest.fixture
def clue(as_program, household):
    answer = as_program("yibao").post(
        f"/api/households/{household}/clues", json={"risk": "100A27001", "source": "02", "on": "2022-06-20"}
    )
    assert 201 == answer.status_code
    return answer.json()["id"]


def test_clue_is_checked_on_its_page(as_person, clue, outbox):
    """The village checks the clue on its page and is led to the case."""
    answer = as_person("shangcha").submit(f"/clues/{clue}", f"/clues/{clue}/verify", outcome="risk")
    (told,) = outbox("monitoring.clue_verified.v1")
    assert (303, f"/cases/{told['case_id']}") == (answer.status_code, answer.headers["location"])


def test_department_reports_but_does_not_check(as_program, clue, outbox):
    """Who reported a clue from a department has no say at the household."""
    answer = as_program("yibao").post(f"/api/clues/{clue}/verify", json={"version": 1, "outcome": "no_risk"})
    assert 403 == answer.status_code
    assert [] == outbox("monitoring.clue_verified.v1")


def test_stale_check_is_a_conflict(as_program, clue, outbox):
    """A check from a page that is older than the last report is a conflict and changes nothing."""
    answer = as_program("shangcha").post(
        f"/api/clues/{clue}/verify", json={"version": 7, "outcome": "no_risk"}
    )
    assert (409, "stale_version") == (answer.status_code, answer.json()["code"])
    assert [] == outbox("monitoring.clue_verified.v1")


@pytest.mark.parametrize("login", ["guguan", "shangcha"])
def test_open_clue_waits_on_the_list(as_person, clue, login):
    """The clue stands on the list of everybody who may check it."""
    assert f"/clues/{clue}" in as_person(login).get("/clues").text


def test_other_village_does_not_see_it(as_person, clue):
    """Another village sees neither the clue nor its page."""
    browser = as_person("chaijia")
    assert f"/clues/{clue}" not in browser.get("/clues").text
    assert 403 == browser.get(f"/clues/{clue}").status_code
