import io
import re
from datetime import date, timedelta

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Plan
from services.evaluation.domain.ledger.state import Level, Source
from services.evaluation.service_layer.ledger.entering import (
    ConfirmProblem,
    EnterProblem,
    HandOverProblem,
    confirm_problem,
    enter_problem,
    hand_over_problem,
)
from services.evaluation.service_layer.ledger.rectifying import PlanRectification, plan_rectification
from tests.evaluation.samples import TODAY
from tests.shared.web.conftest import forms

TOWN, LEAD, VILLAGE = "610327109", "县人社局", "610327109203"
TABS = ("/ledger", "/ledger/tasks", "/ledger/responsibilities", "/ledger/rectification")
FOUND = date(2022, 12, 1)


class Ledger:
    """Puts problems into the ledger of a service, as far as a test needs them."""

    def __init__(self, service):
        self.service = service
        self.by = Acting(TODAY, "pinggu")

    def entered(self, unit=TOWN, **about):
        command = EnterProblem(unit, Source.PROVINCE, "housing", "房屋漏雨", FOUND, **about)
        return enter_problem(command, self.service.uow(), self.service.ledger, self.by)

    def rectifying(self, unit=TOWN, due_on=TODAY + timedelta(days=40), level=Level.TOWN):
        problem_id = self.entered(unit, area_code=VILLAGE if unit == TOWN else "")
        uow, policy = self.service.uow(), self.service.ledger
        confirm_problem(ConfirmProblem(problem_id, unit, "housing", "late"), uow, policy, self.by)
        command = HandOverProblem(problem_id, level, due_on, LEAD, "县委督查室", "张三丰", "李四光")
        hand_over_problem(command, uow, policy, self.by)
        plan_rectification(PlanRectification(problem_id, Plan("翻修", "不漏", "验收")), uow, self.by)
        return problem_id


@pytest.fixture(name="county")
def _county(service):
    """A county without a year: what is in the ledger the tests have put there."""
    return service


@pytest.fixture(name="ledger")
def _ledger(county):
    return Ledger(county)


def take(browser, problem_id, step, **form):
    """Fill in the form of a step on the problem's page and return where it leads."""
    page = f"/ledger/problems/{problem_id}"
    answer = browser.submit(page, f"{page}/{step}", **form)
    assert 303 == answer.status_code, answer.text
    return answer.headers["location"]


def timeline_of(page):
    """Return the lines of the history on a page."""
    return re.findall(r"<li[^>]*>.*?</li>", page[page.index("办理过程") :], re.DOTALL)


def state(browser, problem_id):
    return browser.get(f"/api/ledger/problems/{problem_id}").json()["problem"]["state"]


def test_from_feedback_to_close_out(as_person):
    """Each officer finds the next step on the problem's page and takes it, until it is closed."""
    office, town, lead = (as_person(login) for login in ("pinggu", "guguan", "renshe"))
    form = {
        "unit": TOWN,
        "source": "city",
        "category": "housing",
        "text": "房屋漏雨",
        "found_on": "2022-12-01",
    }
    entered = office.submit("/ledger", "/ledger/problems", area_code=VILLAGE, **form)
    problem_id = entered.headers["location"].split("/")[-1].split("?")[0]
    take(office, problem_id, "confirm", unit=TOWN, category="housing", cause="late")
    hand_over = {"level": "town", "due_on": "2023-03-01", "lead_unit": LEAD, "person": "李四光"}
    take(office, problem_id, "hand-over", **hand_over)
    plan = {"measures": "翻修屋面", "target": "不漏雨", "standard": "验收合格"}
    stages = {"nodes.0.what": "备料", "nodes.0.due_on": "2023-01-20"}
    take(town, problem_id, "plan", **plan, **stages)
    take(town, problem_id, "progress", on="2023-01-10", text="备料完成", reached="0", evidence="收据")
    take(town, problem_id, "close-out", completed_on="2023-01-10", mechanism="")
    for browser in (town, lead, office):
        take(browser, problem_id, "approve", note="属实")
    assert "closed" == state(office, problem_id)
    page = office.get(f"/ledger/problems/{problem_id}").text
    assert all(words in page for words in ("备料完成", "收据", "李四光", "部门复核", "问题销号"))


def test_the_history_names_office_and_unit(as_person, ledger):
    """Who took a step is said by office, town or village, as people know them: never by login."""
    problem_id = ledger.rectifying()
    take(as_person("guguan"), problem_id, "progress", on="2023-01-10", text="备料", evidence="")
    path = f"/ledger/problems/{problem_id}"
    (named,) = [one for one in timeline_of(as_person("renshe").get(path).text) if "登记整改进展" in one]
    assert ("固关镇" in named, "guguan" in named) == (True, False)


def test_the_office_sends_it_back_with_a_reason(as_person, ledger):
    """What is sent back shows the reason to the unit, which goes on."""
    problem_id = ledger.rectifying()
    town = as_person("guguan")
    take(town, problem_id, "progress", on="2023-01-10", text="已完工", evidence="")
    take(town, problem_id, "close-out", completed_on="2023-01-10", mechanism="")
    take(town, problem_id, "send-back", reason="照片与现场不符")
    assert "照片与现场不符" in town.get(f"/ledger/problems/{problem_id}").text
    assert "returned" == state(town, problem_id)


def test_what_is_not_possible_is_said(as_person, ledger):
    """Close-out without progress is refused in the officer's words."""
    problem_id = ledger.rectifying()
    page = f"/ledger/problems/{problem_id}"
    answer = as_person("guguan").submit(page, f"{page}/close-out", completed_on="2023-01-10", mechanism="")
    assert 409 == answer.status_code
    assert "还没有登记进展" in answer.text


def test_a_town_sees_its_own(as_person, ledger):
    """A town finds its problems; another's is neither listed nor opened, like one that is not there."""
    mine, other = ledger.rectifying(), ledger.rectifying("610327101")
    town = as_person("guguan")
    assert [mine] == [one["id"] for one in town.get("/api/ledger").json()["items"]]
    refused = [town.get(f"/ledger/problems/{one}") for one in (other, "nowhere")]
    assert [403, 403] == [one.status_code for one in refused]
    assert 404 == as_person("pinggu").get("/ledger/problems/nowhere").status_code


def test_a_department_sees_what_it_answers_for_or_leads(as_person, ledger):
    """A department finds the problems it leads and its own, not those without it."""
    led, own, other = ledger.rectifying(), ledger.rectifying(LEAD), ledger.entered()
    seen = {one["id"] for one in as_person("renshe").get("/api/ledger").json()["items"]}
    assert {led, own} == seen
    assert other not in seen


def test_a_town_enters_only_its_own_findings(as_person):
    """A town cannot enter a problem for another, nor as somebody else's feedback."""
    form = {"unit": TOWN, "source": "self", "category": "water", "text": "管道冻裂", "found_on": "2023-01-09"}
    town = as_person("guguan")
    assert 303 == town.submit("/ledger", "/ledger/problems", **form).status_code
    for wrong in ({"unit": "610327101"}, {"source": "province"}):
        answer = town.submit("/ledger", "/ledger/problems", **{**form, **wrong})
        assert answer.status_code in {403, 422}


def test_a_village_records_progress_of_its_problem(as_person, ledger):
    """The village sees its problem and says what was done; the plan is not its to make."""
    problem_id = ledger.rectifying(level=Level.VILLAGE)
    village = as_person("shangcha")
    take(village, problem_id, "progress", on="2023-01-10", text="村里已修好", evidence="")
    assert "申请销号</button>" not in village.get(f"/ledger/problems/{problem_id}").text


@pytest.mark.parametrize("login", ["english", "guguan", "pinggu", "renshe", "shangcha"])
def test_every_view_opens(as_person, ledger, login):
    """Each view opens for each who may see it, as a page and as data."""
    ledger.rectifying(due_on=TODAY)
    browser = as_person(login)
    for path in (*TABS, "/ledger/reminders", "/ledger/statistics"):
        assert 200 == browser.get(path).status_code
        assert 200 == browser.get(f"/api{path}").status_code


def test_filters_and_numbers_lead_to_the_same(as_person, ledger):
    """What the statistics count is what the list shows when a number is clicked."""
    ledger.rectifying(due_on=TODAY)
    ledger.entered("610327101")
    office = as_person("pinggu")
    rows = office.get("/api/ledger/statistics?by=unit").json()["items"]
    counted = {row["key"]: row["total"] for row in rows}
    listed = {unit: office.get(f"/api/ledger?unit={unit}").json()["total"] for unit in counted}
    assert {TOWN: 1, "610327101": 1} == counted == listed
    assert 1 == office.get("/api/ledger?colour=blue").json()["total"]


def test_reminders_are_listed_worst_first(as_person, ledger, county):
    """Overdue stands before near; what has time is not there."""
    near = ledger.rectifying(due_on=TODAY + timedelta(days=3))
    ledger.rectifying()
    county.clock.set(county.clock() + timedelta(days=1))
    soon = ledger.rectifying(due_on=TODAY)
    items = as_person("pinggu").get("/api/ledger/reminders").json()["items"]
    assert [soon, near] == [one["id"] for one in items]
    second = as_person("pinggu").get("/api/ledger/reminders?size=1&page=2").json()
    assert [near] == [one["id"] for one in second["items"]]
    assert [] == as_person("guguan").get("/api/ledger/reminders?unit=610327101").json()["items"]


def test_all_four_lists_as_a_workbook(as_person, ledger):
    """The file has the four views as sheets, with the problem in each."""
    ledger.rectifying()
    answer = as_person("pinggu").get("/ledger/workbook.xlsx?state=rectifying")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert ["问题清单", "任务清单", "责任清单", "整改台账"] == book.sheet_names
    for sheet in book.sheet_names:
        assert "房屋漏雨" in book.get_sheet_by_name(sheet).to_python()[1]
    assert "翻修" in str(book.get_sheet_by_name("任务清单").to_python())


def sheet(*rows):
    """Return a workbook with these rows."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        page = book.add_worksheet("反馈")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return kept.getvalue()


HEADINGS = ["责任单位", "类别", "问题", "涉及镇村", "是否共性"]


def upload(browser, content):
    (form,) = [one for one in forms(browser.get("/ledger/lists").text) if one[0] == "/ledger/lists"]
    data = {**form[1], "source": "province", "document_no": "〔2022〕1号", "found_on": "2022-12-01"}
    return browser.client.post("/ledger/lists", data=data, files={"file": ("反馈.xlsx", content)})


def test_a_list_is_looked_at_and_imported(as_person):
    """Good lines and faults are shown first; importing enters the good ones with the list's document."""
    office = as_person("pinggu")
    content = sheet(
        ["2022年反馈问题清单"],
        HEADINGS,
        ["固关镇", "住房安全", "房屋漏雨", "固关镇上岔村", "是"],
        [LEAD, "不知道", "资金滞留", "", ""],
    )
    sent = upload(office, content)
    assert 303 == sent.status_code, sent.text
    page = sent.headers["location"].split("?")[0]
    shown = office.get(page).text
    assert "类别不在代码表中" in shown
    assert "可导入" in shown
    office.submit(page, f"{page}/import")
    (one,) = office.get("/api/ledger").json()["items"]
    assert (TOWN, "housing", VILLAGE, "〔2022〕1号", True) == (
        one["unit"],
        one["category"],
        one["area_code"],
        one["document_no"],
        one["systemic"],
    )


@pytest.mark.parametrize("content", [b"no workbook", sheet(["a", "b"])])
def test_a_file_that_is_no_list(as_person, content):
    """What is no workbook, or has not the headings, is refused in words."""
    answer = upload(as_person("pinggu"), content)
    assert 422 == answer.status_code
    assert "文件不能读取" in answer.text


def test_each_finds_the_own_next_step(as_person, ledger):
    """The list of tasks holds what the officer's own next step is, and nothing of others."""
    ledger.entered()
    ledger.rectifying()

    def todo(login):
        items = as_person(login).get("/api/tasks").json()["items"]
        return [one["what"]["zh"] for one in items if one["path"].startswith("/ledger")]

    assert ["核定问题"] == todo("pinggu")
    assert ["整改并申请销号"] == todo("guguan")
    assert [] == todo("renshe")


def test_a_file_proves_the_progress(as_person, ledger):
    """A file goes with the latest progress; who may see the problem can fetch it, another town cannot."""
    problem_id = ledger.rectifying()
    page = f"/ledger/problems/{problem_id}"
    town = as_person("guguan")
    take(town, problem_id, "progress", on="2023-01-10", text="已完工", evidence="")
    (form,) = [one for one in forms(town.get(page).text) if one[0] == f"{page}/evidence"]
    sent = town.client.post(form[0], data=form[1], files={"file": ("验收.pdf", b"%PDF-1.4 ok")})
    assert 303 == sent.status_code, sent.text
    (key,) = town.get(f"/api{page}").json()["problem"]["progress"][0]["files"]
    assert b"%PDF-1.4 ok" == as_person("pinggu").get(f"{page}/files/{key}").content
    assert 404 == as_person("pinggu").get(f"{page}/files/{'0' * 64}.pdf").status_code
