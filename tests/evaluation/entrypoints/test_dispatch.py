import re
from datetime import date

import pytest

from services.evaluation.service_layer.dispatch.site import site_id_of
from shared.kernel.ids import derived_id
from tests.evaluation.samples import TODAY
from tests.shared.web.conftest import forms

TOWN = "610327109"
PAGES = ("/dispatch", "/meetings", "/sites", "/undertakings", "/tasks")


@pytest.fixture(name="owed")
def _owed(county):
    """A service on a day when months, meetings and sites are owed."""
    county.sweep()
    return county


def send(browser, page, action, sent):
    """Send *sent* to *action* as from the first form of *page* (whose hidden fields go along)."""
    (_, given), *_ = [one for one in forms(browser.get(page).text) if one[0].startswith(page)]
    return browser.client.post(action, data={**given, **sent})


def report_id(action="", town=TOWN, month="202301"):
    """Return the id of what an action (or, without one, a town) owes for January."""
    return derived_id("progress", "action" if action else "town", action, "" if action else town, month)


@pytest.mark.parametrize("login", ["county", "renshe", "guguan", "pinggu", "english"])
def test_every_page_opens_for_each_role(as_person, owed, login):
    """Lists, tables and forms of dispatch are shown to whoever may see them."""
    browser = as_person(login)
    assert owed
    for path in PAGES:
        assert 200 == browser.get(path).status_code, path
        export = browser.get(f"{path}?format=csv")
        assert export.headers["content-type"].startswith("text/csv"), path


def test_a_town_files_its_month(as_person, owed):
    """The town's page has the form, and afterwards what was told, with the problem and its unit."""
    browser, path = as_person("guguan"), f"/dispatch/{report_id()}"
    assert "报送进展" in browser.get(path).text
    answer = send(
        browser,
        path,
        f"{path}/file",
        {
            "version": "1",
            "tasks_due": "5",
            "tasks_done": "4",
            "money_fen": "1200.50",
            "problems.0.text": "缺少灌溉管材",
            "problems.0.unit": "县水利局",
            "problems.0.due_on": "2023-02-10",
        },
    )
    assert 303 == answer.status_code, answer.text
    page = browser.get(path).text
    assert "缺少灌溉管材（县水利局，2023-02-10）" in page
    assert "已报送" in page
    assert owed.engine


def test_a_unit_sees_its_own_only(as_person, owed):
    """A town gets no other town's report, and no department's."""
    browser = as_person("guguan")
    assert owed
    assert 404 == browser.get(f"/dispatch/{report_id(town='610327100')}").status_code
    assert 404 == browser.get(f"/dispatch/{report_id('a01')}").status_code


def test_a_returned_month_is_a_task_again(as_person, owed):
    """What the office sends back stands among the town's tasks."""
    town, office, path = as_person("guguan"), as_person("pinggu"), f"/dispatch/{report_id()}"
    send(town, path, f"{path}/file", {"version": "1", "tasks_due": "5", "tasks_done": "4"})
    assert path not in town.get("/tasks").text
    send(office, path, f"{path}/return", {"version": "2", "reason": "请补充问题清单"})
    assert path in town.get("/tasks").text
    assert "请补充问题清单" in town.get(path).text
    assert owed


def test_a_meeting_makes_orders_of_its_decisions(as_person, owed):
    """A department enters its meeting; the decision is the town's task and a supervision order."""
    department = as_person("renshe")
    answer = send(
        department,
        "/meetings",
        "/meetings",
        {
            "held_on": TODAY.isoformat(),
            "actions": "a02",
            "minutes": "研究务工稳岗",
            "decisions.0.action": "a02",
            "decisions.0.text": "摸清返乡务工人数",
            "decisions.0.unit": TOWN,
            "decisions.0.due_on": "2023-02-01",
        },
    )
    assert 303 == answer.status_code, answer.text
    meeting = department.get(answer.headers["location"].removeprefix("/evaluation"))
    assert "摸清返乡务工人数" in meeting.text
    town = as_person("guguan")
    assert "摸清返乡务工人数" in town.get("/undertakings").text
    page = answer.headers["location"].removeprefix("/evaluation")
    assert "研究务工稳岗" in town.get(page).text
    assert "督办函" in town.get("/tasks").text
    assert owed


def test_a_department_meets_on_what_it_leads(as_person, owed):
    """A meeting on another department's action is refused."""
    sent = {"held_on": TODAY.isoformat(), "actions": "a01", "minutes": "x"}
    assert 422 == send(as_person("renshe"), "/meetings", "/meetings", sent).status_code
    assert owed


def test_a_site_from_its_choice_to_its_task(as_person, owed):
    """The town chooses the place, sets the elements, adds a task and ends it; another's is closed to it."""
    browser, path = as_person("guguan"), f"/sites/{site_id_of(2023, 'a01', TOWN)}"
    sent = {"version": "1", "name": "苹果示范园", "area_code": "610327109203", "standard": "亩产提高一成"}
    assert 303 == send(browser, path, f"{path}/register", sent).status_code
    assert "四定不全" in browser.get(path).text
    sent |= {"version": "2", "responsible": "固关镇", "rule": "每月一查", "finish_on": "2023-12-01"}
    del sent["name"], sent["area_code"]
    assert 303 == send(browser, path, f"{path}/elements", sent).status_code
    assert "四定不全" not in browser.get(path).text
    task = {"text": "建成滴灌", "unit": TOWN, "due_on": "2023-06-01"}
    assert 303 == send(browser, path, f"{path}/tasks", task).status_code
    assert "建成滴灌" in browser.get(path).text
    other, own = f"/sites/{site_id_of(2023, 'a01', '610327100')}", f"/sites/{site_id_of(2023, 'a02', TOWN)}"
    refused = {"version": "1", "name": "x", "area_code": "610327100200"}
    assert 404 == send(browser, own, f"{other}/register", refused).status_code
    assert owed


def test_a_complaint_is_due_by_the_time_allowed(as_person, owed):
    """Without a day of its own a complaint is due in seven days, and its end is kept with what came of it."""
    office = as_person("pinggu")
    answer = send(
        office, "/undertakings", "/undertakings", {"kind": "complaint", "text": "道路积水", "unit": TOWN}
    )
    path = answer.headers["location"].removeprefix("/evaluation")
    assert "2023-01-17" in office.get(path).text
    town = as_person("guguan")
    assert 303 == send(town, path, f"{path}/finish", {"version": "1", "result": "已疏通并回访"}).status_code
    assert "已疏通并回访" in office.get(path).text
    assert date(2023, 1, 10) == TODAY
    assert owed


def test_who_leads_sees_and_who_does_ends(as_person, owed):
    """The lead department sees a site's task but cannot end it; nobody enters a project for another unit."""
    office, site = as_person("pinggu"), f"/sites/{site_id_of(2023, 'a02', TOWN)}"
    send(office, site, f"{site}/register", {"name": "就业驿站", "area_code": "610327109203"})
    send(office, site, f"{site}/tasks", {"text": "开办招工点", "unit": TOWN, "due_on": "2023-06-01"})
    lead = as_person("renshe")
    (path,) = set(re.findall(r'href="(/undertakings/[0-9a-f-]{36})"', lead.get("/undertakings").text))
    assert "finish" not in lead.get(path).text
    refused = send(lead, "/undertakings", f"{path}/finish", {"version": "1", "result": "x"})
    assert 404 == refused.status_code
    project = {"kind": "project", "text": "修渠", "unit": TOWN}
    assert 422 == send(lead, "/undertakings", "/undertakings", project).status_code
    assert owed


def test_minutes_are_for_those_they_concern(as_person, owed):
    """A unit that led nothing of it and got nothing to do reads no minutes, nor finds a link to them."""
    sent = {"held_on": TODAY.isoformat(), "actions": "a02", "minutes": "研究务工稳岗"}
    answer = send(as_person("renshe"), "/meetings", "/meetings", sent)
    assert 303 == answer.status_code, answer.text
    page = answer.headers["location"].removeprefix("/evaluation")
    for login, status in (("county", 200), ("pinggu", 200), ("renshe", 200), ("guguan", 404)):
        person = as_person(login)
        assert status == person.get(page).status_code, login
        assert status == person.get(f"/api{page}").status_code, login
        assert (status == 200) == (page in person.get("/meetings").text), login


def test_a_decision_belongs_to_the_meeting(as_person, owed):
    """A department puts nothing under an action its meeting was not on: another lead would answer for it."""
    sent = {"held_on": TODAY.isoformat(), "actions": "a02", "minutes": "x"}
    row = {"action": "a01", "text": "摸清底数", "unit": TOWN, "due_on": "2023-02-01"}
    sent |= {f"decisions.0.{name}": value for name, value in row.items()}
    answer = send(as_person("renshe"), "/meetings", "/meetings", sent)
    assert (422, True) == (answer.status_code, "不在本次例会" in answer.text)
    assert owed


def test_a_task_of_a_site_is_for_its_town_or_its_lead(as_person, owed):
    """A town gives no task to a department that has nothing to do with the site; the office may."""
    site = f"/sites/{site_id_of(2023, 'a02', TOWN)}"
    office, town = as_person("pinggu"), as_person("guguan")
    send(office, site, f"{site}/register", {"version": "1", "name": "驿站", "area_code": "610327109203"})
    task = {"text": "义诊", "unit": "县卫健局", "due_on": "2023-06-01"}
    assert "县卫健局" not in town.get(site).text
    assert 422 == send(town, site, f"{site}/tasks", task).status_code
    assert 303 == send(town, site, f"{site}/tasks", {**task, "unit": "县人社局"}).status_code
    assert 303 == send(office, site, f"{site}/tasks", task).status_code
    assert owed
