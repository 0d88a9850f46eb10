import re

import pytest

from services.evaluation.service_layer.field_work.point_account import account_id_of
from tests.evaluation.samples import TODAY
from tests.shared.web.conftest import forms, hidden

TOWN, VILLAGE = "610327109", "610327109203"
DAY = TODAY.isoformat()


def send(browser, page, action, sent):
    """Send *sent* to *action* with the hidden fields of the form of *page* that leads nearest."""
    found = {one[0]: one[1] for one in forms(browser.get(page).text) if one[0].startswith("/")}
    given = found.get(action) or next(iter(found.values()))
    return browser.client.post(action, data={**given, **sent})


def entry_in(page):
    """Return the address of the first entry a list leads to."""
    found = re.search(r'href="(/entries/[0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


@pytest.fixture(name="roster")
def _roster(as_person, county):
    """A town's officer who has entered two cadres and a resident."""
    town = as_person("guguan")
    people = {"numbers": "GG-1\nGG-2", "unit": TOWN, "since": DAY, "how": "new"}
    assert 303 == send(town, "/cadres", "/cadres", people).status_code
    resident = {"numbers": "ZC-1", "unit": TOWN, "since": DAY, "kind": "resident", "area_code": VILLAGE}
    assert 303 == send(town, "/cadres", "/cadres", resident).status_code
    assert county
    return town


@pytest.mark.parametrize("login", ["county", "renshe", "guguan", "pinggu", "english"])
def test_every_page_opens_for_each_role(as_person, county, login):
    """Lists, tables and forms of field work are shown to whoever may see them."""
    browser = as_person(login)
    assert county
    for path in ("/training", "/cadres", "/points", "/entries"):
        assert 200 == browser.get(path).status_code, path
        assert browser.get(f"{path}?format=csv").headers["content-type"].startswith("text/csv"), path


def test_numbers_stand_in_the_roster(roster):
    """The roster shows the numbers, the day by which the new are trained, and the reach."""
    page = roster.get("/cadres").text
    assert "GG-1" in page
    assert "2023-02-09" in page
    assert "0/2" in page


def test_a_number_is_given_once(roster):
    """A number somebody in post has is refused."""
    people = {"numbers": "GG-1", "unit": TOWN, "since": DAY}
    assert 409 == send(roster, "/cadres", "/cadres", people).status_code


def test_a_class_from_plan_to_attendance(roster, as_person):
    """The office plans a class and holds it; the reach of the unit shows who was trained."""
    office = as_person("pinggu")
    plan = {"name": "防返贫政策培训", "unit": "县委组织部", "method": "on_site", "due_on": "2023-03-01"}
    path = send(office, "/training", "/training", plan).headers["location"].removeprefix("/evaluation")
    held = {"held_on": DAY, "passed": "GG-1", "failed": "ZC-1"}
    answer = send(office, path, f"{path}/hold", held)
    assert 303 == answer.status_code, answer.text
    assert "GG-1" in office.get(path).text
    assert "1/2" in roster.get("/cadres").text
    assert "GG-2" in roster.get("/cadres?untrained=1&format=csv").text
    assert "GG-1" not in roster.get("/cadres?untrained=1&format=csv").text


def test_a_stranger_did_not_attend(roster, as_person):
    """A number nobody has is refused by itself, what was typed is kept, and nothing is held."""
    office = as_person("pinggu")
    plan = {"name": "网络班", "unit": "县委组织部", "method": "online", "due_on": "2023-03-01"}
    path = send(office, "/training", "/training", plan).headers["location"].removeprefix("/evaluation")
    answer = send(office, path, f"{path}/hold", {"held_on": DAY, "passed": "GG-1\nXX-9\nGG-2"})
    assert 422 == answer.status_code
    assert "没有编号为“XX-9”的在岗人员" in answer.text
    assert "GG-1\nXX-9\nGG-2" in answer.text
    assert "待举办" in office.get("/training").text
    assert roster


def test_points_reach_a_line(roster, as_person):
    """Points the office takes off show the balance and what is proposed; a town or department gives none."""
    office = as_person("pinggu")
    send(office, "/points", "/points", {"area_code": VILLAGE})
    path = f"/points/{account_id_of(2023, VILLAGE)}"
    sent = {"points": "-2.5", "reason": "spot_check", "entered_on": DAY}
    for person in (roster, as_person("renshe")):
        assert f"{path}/entries" not in person.get(path).text
        token = hidden(person.get("/cadres").text)
        refused = person.client.post(f"{path}/entries", data={**token, **sent, "version": "1"})
        assert 403 == refused.status_code
    answer = send(office, path, f"{path}/entries", sent)
    assert 303 == answer.status_code, answer.text
    page = roster.get(path).text
    assert "7.5" in page
    assert "建议提醒谈话" in page


def test_work_is_entered_and_withdrawn(roster):
    """An article stands in the list until it is taken back."""
    sent = {
        "kind": "article",
        "unit": TOWN,
        "done_on": DAY,
        "level": "city",
        "field": "social",
        "text": "幸福院",
    }
    answer = send(roster, "/entries", "/entries", sent)
    assert 303 == answer.status_code, answer.text
    assert "幸福院" in roster.get("/entries?kind=article&format=csv").text
    page = roster.get("/entries").text
    path = entry_in(page)
    assert 303 == send(roster, path, f"{path}/withdraw", {}).status_code
    assert "幸福院" not in roster.get("/entries?format=csv").text


def test_an_article_needs_its_level(roster):
    """An article without a level says what is missing."""
    answer = send(
        roster, "/entries", "/entries", {"kind": "article", "unit": TOWN, "done_on": DAY, "field": "social"}
    )
    assert 422 == answer.status_code
    assert "层级" in answer.text


def test_a_residents_month(roster):
    """Days on post are entered by the resident's number; a cadre has none."""
    sent = {"kind": "attendance", "number": "ZC-1", "done_on": DAY, "days": "21"}
    assert 303 == send(roster, "/entries", "/entries/residents", sent).status_code
    assert "202301" in roster.get("/entries?kind=attendance&format=csv").text
    assert 422 == send(roster, "/entries", "/entries/residents", {**sent, "number": "GG-1"}).status_code


def test_a_home_and_its_check(roster, as_person):
    """A home is entered with its village and checked on its own page."""
    send(roster, "/entries", "/entries/homes", {"area_code": VILLAGE, "text": "上岔幸福院"})
    page = roster.get("/entries?kind=home").text
    path = entry_in(page)
    assert (
        303
        == send(
            as_person("pinggu"), path, f"{path}/checks", {"checked_on": DAY, "passed": "true"}
        ).status_code
    )
    assert "互助幸福院检查" in roster.get("/entries?kind=home_check&format=csv").text


def test_another_towns_people_are_closed(roster, as_person):
    """A department enters nobody for a town."""
    people = {"numbers": "RS-1", "unit": TOWN, "since": DAY}
    assert 422 == send(as_person("renshe"), "/cadres", "/cadres", people).status_code
    assert roster


def test_who_is_new_in_post_is_a_task(roster):
    """The town is reminded of those who are to be trained, and not of its residents in post."""
    page = roster.get("/tasks").text
    assert "GG-1" in page
    assert "ZC-1" not in page


def test_a_check_is_entered_and_withdrawn_by_the_office(roster, as_person):
    """The town neither enters a spot check of its resident nor takes the office's failed one back."""
    sent = {"kind": "spot_check", "number": "ZC-1", "done_on": DAY}
    assert 403 == send(roster, "/entries", "/entries/residents", sent).status_code
    office = as_person("pinggu")
    assert 303 == send(office, "/entries", "/entries/residents", sent).status_code
    path = entry_in(office.get("/entries?kind=spot_check").text)
    page = roster.get(path).text
    assert f"{path}/withdraw" not in page
    shown = hidden(roster.get("/entries").text)
    given = {"csrf_token": shown["csrf_token"], "version": "1"}
    assert 403 == roster.client.post(f"{path}/withdraw", data=given).status_code
    assert 303 == send(office, path, f"{path}/withdraw", {}).status_code


@pytest.mark.parametrize("number", ["610327199901011239", "13812345678", "X" * 33])
def test_a_number_of_a_person_is_refused(roster, number):
    """An ID card's or a telephone's number, or one too long to keep, is not taken; the form is kept."""
    people = {"numbers": f"GG-7\n{number}", "unit": TOWN, "since": DAY}
    answer = send(roster, "/cadres", "/cadres", people)
    assert 422 == answer.status_code
    assert "GG-7" in answer.text
    assert "GG-7" not in roster.get("/cadres").text


def test_another_units_work_is_refused_with_the_form(roster):
    """Who picks another unit is told so and finds the form as it was."""
    sent = {"kind": "volunteer_activity", "unit": "县人社局", "done_on": DAY, "text": "清理河道"}
    answer = send(roster, "/entries", "/entries", sent)
    assert 422 == answer.status_code
    assert "清理河道" in answer.text


def test_what_is_typed_twice_is_warned_of(as_person, county):
    """A second entry of the unit, kind, day and name is kept, since it may be another, and said."""
    town = as_person("guguan")
    sent = {"kind": "volunteer_activity", "unit": TOWN, "done_on": DAY, "text": "扫雪"}
    said = []
    for _ in range(2):
        answer = send(town, "/entries", "/entries", sent)
        assert 303 == answer.status_code, answer.text
        said.append("同名登记" in town.get("/entries").text)
    assert [False, True] == said
    assert county
