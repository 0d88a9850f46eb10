import re
from datetime import timedelta
from typing import Any

import pytest

from services.evaluation.adapters.read_models import EvaluationReads
from services.evaluation.service_layer.accountability import DecideTrigger, decide_trigger
from services.evaluation.service_layer.interview import RecordInterview, record_interview
from services.evaluation.service_layer.order import IssueOrder, issue_order
from shared.kernel.clock import COUNTY_ZONE, at_hour
from tests.evaluation.samples import TODAY

TOWN = "610327109"


def units(service):
    return [unit.id for unit in service.units()]


@pytest.fixture(name="order_id")
def _order_id(county):
    """An order to 固关镇, due in five hours."""
    due_at = county.clock() + timedelta(hours=5)
    command = IssueOrder(unit=TOWN, matter="三户饮水问题未解决", due_at=due_at)
    return issue_order(command, county.uow(), units(county), county.supervision)


@pytest.fixture(name="trigger_id")
def _trigger_id(county, order_id):
    """The order, overdue until the sweep proposed a trigger."""
    county.clock.set(county.clock() + timedelta(days=4))
    assert county.sweep()
    with county.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT id FROM accountability_trigger").scalar_one()


def test_issued_answered_sent_back_and_closed(as_person, county):
    """The office issues, the town answers, the office sends back, the town answers, the office closes."""
    office, town = as_person("pinggu"), as_person("guguan")
    page = office.get("/orders").text
    due = county.supervision.default_deadline(county.clock()).astimezone(COUNTY_ZONE)
    assert f'value="{due.date()}"' in page
    fields = {"unit": TOWN, "matter": "整改垃圾堆放", "due_on": TODAY.isoformat(), "due_hour": "18"}
    made = office.submit("/orders", "/orders", **fields, due_minute="30", origin="leader")
    path = made.headers["location"]
    assert "还剩6小时30分" in town.get(path).text
    assert 303 == town.submit(path, f"{path}/answer", text="已清理").status_code
    again = {"due_on": TODAY.isoformat(), "due_hour": "20", "due_minute": "0", "reason": "照片不全"}
    assert 303 == office.submit(path, f"{path}/send-back", **again).status_code
    assert "照片不全" in town.get(path).text
    assert 303 == town.submit(path, f"{path}/answer", text="已补照片").status_code
    assert 303 == office.submit(path, f"{path}/close", note="").status_code
    assert "已办结" in town.get(path).text


def test_another_units_order_is_not_there(as_person, order_id):
    """A department neither lists nor opens nor answers a town's order."""
    browser = as_person("renshe")
    assert "三户饮水" not in browser.get("/orders").text
    assert 404 == browser.get(f"/orders/{order_id}").status_code
    assert "三户饮水" in as_person("guguan").get("/orders").text


def test_a_deadline_that_has_passed_is_refused(as_person):
    """A letter due an hour ago is not issued, and the page says so."""
    fields = {"unit": TOWN, "matter": "x", "due_on": TODAY.isoformat(), "due_hour": "11", "origin": "leader"}
    answer = as_person("pinggu").submit("/orders", "/orders", **fields, due_minute="0")
    assert 422 == answer.status_code
    assert "办结时限必须晚于现在" in answer.text


def test_tasks(as_person, order_id):
    """The order is the town's task, and nobody else's."""
    assert order_id in as_person("guguan").get("/tasks").text
    assert order_id not in as_person("renshe").get("/tasks").text


def test_overdue_county_wide(as_person, county, trigger_id):
    """The leading group sees the unit, the number, and the trigger that waits."""
    county.clock.set(at_hour(TODAY, 12) + timedelta(days=4))
    page = as_person("county").get("/supervision").text
    assert "固关镇" in page
    assert "/triggers?state=proposed" in page
    assert 403 == as_person("guguan").get("/supervision").status_code


def test_a_trigger_with_its_file_is_confirmed_and_passed_on(as_person, county, trigger_id):
    """The page lists the events that led to it; people decide, pass it on and note the outcome."""
    office = as_person("pinggu")
    path = f"/triggers/{trigger_id}"
    page = office.get(path).text
    assert "印发督办函" in page
    (event,) = re.findall(r"/events/([0-9a-f-]{36})", page)
    assert 200 == office.get(f"/events/{event}").status_code
    day = (TODAY + timedelta(days=4)).isoformat()
    assert 303 == office.submit(path, f"{path}/decide", decision="confirmed", reason="").status_code
    assert 303 == office.submit(path, f"{path}/refer", on=day).status_code
    done = office.submit(path, f"{path}/conclude", on=day, outcome="unit_self_criticism")
    assert 303 == done.status_code
    assert "单位书面检查" in office.get(path).text
    assert 403 == as_person("guguan").get(path).status_code


def test_a_trigger_can_be_rejected_after_all(as_person, county, trigger_id):
    """What was confirmed can still be rejected, with a reason."""
    decide_trigger(DecideTrigger(trigger_id=trigger_id, confirmed=True), county.uow())
    path = f"/triggers/{trigger_id}"
    as_person("pinggu").submit(path, f"{path}/reject", reason="系统故障")
    assert "不予采纳" in as_person("county").get(path).text


def test_an_inspection_from_plan_to_ledger(as_person, county):
    """Planned for two units, begun, filled in subject by subject, filed: its problem is in the ledger."""
    office = as_person("pinggu")
    plan = {
        "units": [TOWN, "县人社局"],
        "due_on": TODAY.isoformat(),
        "team": "第一督查组",
        "subjects": ["water"],
    }
    made = office.submit("/inspections", "/inspections", **plan, further="")
    listing = office.get(made.headers["location"]).text
    path = re.findall(r'href="(/inspections/[0-9a-f-]{36})">固关镇', listing)[0]
    assert "固关镇" not in as_person("guguan").get("/inspections").text.split("<main")[1]
    assert 404 == as_person("guguan").get(path).status_code
    assert 303 == office.submit(path, f"{path}/start").status_code
    found = {"result": "problem", "text": "两户水压不足", "category": "water"}
    assert 303 == office.submit(path, f"{path}/findings", **found).status_code
    assert 303 == office.submit(path, f"{path}/file", summary="总体较好").status_code
    page = office.get(path).text
    (problem,) = re.findall(r"/problems/([0-9a-f-]{36})", page)
    with county.uow() as uow:
        assert "两户水压不足" == uow.problems.get(problem).text
    assert "两户水压不足" in as_person("guguan").get(path).text
    order = {"unit": TOWN, "matter": "水压", "due_on": TODAY.isoformat(), "due_hour": "18"}
    assert 303 == office.submit(path, "/orders", **order, origin="inspection").status_code
    assert "陇督办" in office.get(path).text


def test_an_unannounced_inspection_begins_at_once(as_person):
    """It is under way the moment it is put down."""
    office = as_person("pinggu")
    fields = {
        "unit": TOWN,
        "due_on": TODAY.isoformat(),
        "team": "暗访组",
        "subjects": ["water"],
        "further": "自定",
    }
    made = office.submit("/inspections", "/inspections/unannounced", **fields)
    page = office.get(made.headers["location"]).text
    assert "正在督查" in page
    assert "自定" in page


def test_the_sample_is_drawn_once(as_person):
    """The month's sample shows its seed and its households; a second draw is not offered."""
    office = as_person("pinggu")
    path = "/inspection-samples"
    made = office.submit(path, path, seed="摇奖 07 11 23")
    page = office.get(made.headers["location"]).text
    assert "摇奖 07 11 23" in page
    assert "/households/h" in page
    assert "抽取本月样本" not in office.get(path).text


def test_an_interview_is_recorded(as_person):
    """It is in the office's list with the name and in the unit's without."""
    office = as_person("pinggu")
    fields = {"unit": TOWN, "kind": "interview", "held_on": TODAY.isoformat(), "matter": "督办逾期"}
    assert 303 == office.submit("/interviews", "/interviews", **fields, responsible="李甲").status_code
    assert "李甲" in office.get("/interviews").text
    town = as_person("guguan").get("/interviews").text
    assert "督办逾期" in town
    assert "李甲" not in town


def test_notices_show_number_cause_and_cost(as_person, order_id):
    """A notice names its document and the order it came of, and what it costs."""
    office = as_person("pinggu")
    fields = {"unit": TOWN, "level": "county", "reason": "督办逾期", "document_no": "陇办通〔2022〕3号"}
    sent = office.submit("/notices", "/notices", **fields, about_kind="order", about_id=order_id)
    assert 303 == sent.status_code
    page = office.get("/notices").text
    assert "陇办通〔2022〕3号" in page
    assert f"/orders/{order_id}" in page
    assert "已印发1期" in page


def test_a_notice_leads_where_the_reader_may_go(as_person, order_id):
    """Notices are for all to read; a unit's line and the order behind it for itself and the office."""
    office = as_person("pinggu")
    fields = {"unit": TOWN, "level": "county", "reason": "督办逾期", "about_kind": "order"}
    assert 303 == office.submit("/notices", "/notices", **fields, about_id=order_id).status_code
    paths = (f"/units/{TOWN}/I37-4", f"/orders/{order_id}")
    for login, led in (("pinggu", True), ("guguan", True), ("renshe", False)):
        person = as_person(login)
        page = person.get("/notices").text
        assert "督办逾期" in page
        for path in paths:
            assert led == (f'{path}"' in page), (login, path)
            assert led == (200 == person.get(path).status_code), (login, path)


def test_the_file_is_read_at_once(as_person, trigger_id, monkeypatch):
    """The events of a trigger's file are asked for together, however many they are."""
    monkeypatch.setattr(EvaluationReads, "event", lambda *_: pytest.fail("one by one"))
    page = as_person("pinggu").get(f"/triggers/{trigger_id}").text
    assert "日志中没有" not in page


PAGES = [
    "/supervision",
    "/orders",
    "/inspections",
    "/inspection-samples",
    "/interviews",
    "/triggers",
    "/notices",
]


@pytest.mark.parametrize("path", PAGES)
def test_english(as_person, path, order_id):
    """Every page can be read in English."""
    page = as_person("english").get(path)
    assert 200 == page.status_code
    assert 'lang="en"' in page.text


@pytest.mark.parametrize("path", ["/orders", "/inspections", "/triggers", "/interviews", "/supervision"])
def test_lists_are_exported(as_person, path, order_id):
    """Each list can be had as a workbook."""
    answer = as_person("pinggu").get(f"{path}?format=xlsx")
    assert 200 == answer.status_code
    assert answer.content.startswith(b"PK")


def test_one_order_in_english(as_person, order_id, trigger_id):
    """An order and a trigger can be read in English."""
    browser = as_person("english")
    assert "overdue" in browser.get(f"/orders/{order_id}").text
    assert "The file" in browser.get(f"/triggers/{trigger_id}").text


def test_what_a_talk_is_about_is_linked_for_who_may_open_it(as_person, county, trigger_id):
    """The office is led to the trigger and to a problem of the ledger; the unit only to what it may open."""
    told: dict[str, Any] = {"unit": TOWN, "kind": "interview", "held_on": TODAY, "matter": "整改"}
    for kind, about in (("trigger", trigger_id), ("problem", "p-1")):
        record_interview(
            RecordInterview(**{**told, "about_kind": kind, "about_id": about}), county.uow(), units(county)
        )
    office, town = as_person("pinggu").get("/interviews").text, as_person("guguan").get("/interviews").text
    assert f"/triggers/{trigger_id}" in office
    assert "/ledger/problems/p-1" in office
    assert f"/triggers/{trigger_id}" not in town
    assert "/ledger/problems/p-1" in town
