"""Who only assesses sees no names: every page of the site, read by a browser, a program and a spreadsheet."""

import io
import re

import openpyxl
import pytest

from services.monitoring.service_layer.elimination import ProposeElimination, propose_elimination
from tests.monitoring.case_kit import case_of, move, registered, to_monitored
from tests.monitoring.service_layer.test_elimination import SPRING, earn, help_with

NAMES = ("赵甲一", "钱乙二", "孙丙三")
STARTS = ("/", "/households", "/cases?state=monitored", "/measures?state=all")
KINDS = {"households", "cases", "measures", "eliminations"}


@pytest.fixture(name="household_id")
def _household_id(service, clock, as_program):
    """A household with everything: a change, a visit, a case, measures, an elimination."""
    household_id = registered(service)
    village = as_program("shangcha")
    with service.uow() as uow:
        head = uow.households.get(household_id).head
    path = f"/api/households/{household_id}"
    ill = {"person_id": head.id, "amount_fen": 100, "note": f"{NAMES[1]}陪护"}
    assert 201 == village.post(f"{path}/illness", json=ill).status_code
    visit = {"kind": "grid", "result": "01", "note": f"{NAMES[0]}在家"}
    assert 201 == village.post(f"{path}/visits", json=visit).status_code
    case_id = case_of(service, household_id)
    to_monitored(service, clock, case_id)
    help_with(service, case_id)
    move(clock, SPRING)
    earn(service, household_id, 300_000)
    propose_elimination(ProposeElimination(case_id=case_id, way="01"), service.uow(), service.case_policy)
    return household_id


def pages_from(client):
    """Return every page a person can come to by links, with what it says."""
    said, waiting = {}, list(STARTS)
    while waiting:
        path = waiting.pop()
        if path in said:
            continue
        answer = client.get(path)
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        said[path] = answer.text
        found = re.findall(r'href="(/[^"#]*)"', answer.text)
        waiting += [one for one in found if not one.startswith("/static") and "format=" not in one]
    return said


def test_no_name_is_told_in_any_form(household_id, as_person, as_program):
    """No member's whole name is on a page, in its JSON, its CSV or its workbook."""
    browser, program = as_person("pinggu"), as_program("pinggu")
    said = pages_from(browser)
    assert {path.split("?")[0].split("/")[1] for path in said} >= KINDS
    for path in list(said):
        said[f"JSON {path}"] = program.get(f"/api{path}").text
        csv = browser.get(f"{path}{'&' if '?' in path else '?'}format=csv")
        said[f"CSV {path}"] = csv.content.decode("utf-8-sig")
        book = browser.get(f"{path}{'&' if '?' in path else '?'}format=xlsx")
        if book.status_code == 200 and not book.headers["content-type"].startswith("text/html"):
            cells = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0].values
            said[f"XLSX {path}"] = str(list(cells))
    told = [(path, name) for path, text in said.items() for name in NAMES if name in text]
    assert [] == told
    assert "赵某" in said["JSON /households"]


def test_the_office_sees_them(household_id, as_program):
    """The same lists name the head to who works with the household."""
    for path in ("/households", "/cases?state=monitored", "/measures?state=all"):
        assert NAMES[0] in as_program("county").get(f"/api{path}").text, path
