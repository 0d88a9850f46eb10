import io
from datetime import date

import openpyxl
import pytest

from services.evaluation.adapters.read_models_reporting import TaskSearch, find_tasks, get_task, samples_of
from services.evaluation.domain.reporting.figure import figure_of
from services.evaluation.domain.reporting.task import TaskState
from services.evaluation.entrypoints.web.app import create_app
from services.evaluation.service_layer.reporting import (
    AcceptReport,
    FileLimits,
    NewFile,
    SubmitReport,
    accept_reports,
    submit_reports,
)
from shared.accounts import Accounts, NewAccount
from shared.kernel.clock import SetClock, at_hour
from shared.persistence.engine import open_engine, reading
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink
from tests.evaluation.entrypoints.conftest import PASSWORDS, PEOPLE
from tests.evaluation.reporting_tasks import office_on
from tests.shared.web.conftest import PASSWORD, Browser, forms
from tests.support.lent_site import lent_site

DAY = date(2022, 3, 20)
TOWN = "610327109"
HEALTH = NewAccount("weijian", "卫健局经办", "department", "县卫健局", "610327")


@pytest.fixture(name="people", scope="module")
def _people(tmp_path_factory):
    file = tmp_path_factory.mktemp("accounts") / "accounts.db"
    engine = open_engine(f"sqlite:///{file}")
    accounts = Accounts(engine, clock=SetClock(at_hour(DAY, 9)), passwords=PASSWORDS)
    for person in (*PEOPLE, HEALTH):
        accounts.create(person, PASSWORD)
    engine.dispose()
    return file


@pytest.fixture(name="office")
def _office(tmp_path):
    service = office_on(tmp_path, DAY)
    yield service
    service.engine.dispose()


@pytest.fixture(name="sign_in")
def _sign_in(office, people):
    engine = open_engine(f"sqlite:///{people}")
    accounts = Accounts(engine, clock=office.clock, passwords=PASSWORDS)
    sites = (SiteLink("evaluation", Words("考核", "Evaluation"), "/evaluation"),)
    site = lent_site(create_app, office, Gate(Sessions(accounts, "s" * 32, clock=office.clock), sites))

    def browser(login):
        one = Browser(site)
        assert 303 == one.sign_in(login).status_code
        return one

    yield browser
    engine.dispose()


def tasks(service, **search):
    with reading(service.engine) as connection:
        return find_tasks(connection, TaskSearch(**search), today=DAY, limit=500)[0]


def kept(service, task_id):
    with reading(service.engine) as connection:
        return get_task(connection, task_id)


def accepted(service, indicator, reporter=""):
    """Hand in and accept reports of *indicator*."""
    found = tasks(service, indicator=indicator, reporter=reporter)
    value = figure_of("rate", numerator=48, denominator=50)
    commands = [
        SubmitReport(task_id=one.id, unit=one.reporter, values=dict.fromkeys(one.about, value))
        for one in found
    ]
    submit_reports(commands, service.uow(), FileLimits(1000, 3))
    accept_reports([AcceptReport(task_id=one.id) for one in found], service.uow())
    return found


def send_file(browser, page, path, name, content, **fields):
    """Send the form with a file that *page* offers at *path*."""
    form = next(hidden for address, hidden in forms(browser.get(page).text) if address == path)
    return browser.client.post(path, data={**form, **fields}, files={"file": (name, content)})


def test_a_town_reports_from_its_list(sign_in, office):
    """List, task, file, form: the town hands in; the evaluator accepts; the line has its value."""
    town = sign_in("guguan")
    (task,) = tasks(office, indicator="I02-6", reporter=TOWN)
    page = f"/reporting/tasks/{task.id}"
    assert page in town.get("/reporting").text
    assert page in town.get("/tasks").text
    refused = town.submit(page, f"{page}/answer", answer="yes")
    assert "须附佐证材料" in refused.text
    assert 303 == send_file(town, page, f"{page}/files", "清单.pdf", b"%PDF-1.7 list").status_code
    assert "清单.pdf" in town.get(page).text
    assert 303 == town.submit(page, f"{page}/answer", answer="yes").status_code
    assert TaskState.SUBMITTED is kept(office, task.id).state
    evaluator = sign_in("pinggu")
    assert page in evaluator.get("/reporting/review").text
    assert 303 == evaluator.submit(page, f"{page}/accept").status_code
    assert 100 == office.scores.board(DAY).unit(TOWN).line("I02-6").value


def test_a_department_reports_for_every_town_by_form(sign_in, office):
    """The form has a row for every town; what was typed is read per town."""
    health = sign_in("weijian")
    (task,) = tasks(office, indicator="I07-3")
    page = f"/reporting/tasks/{task.id}"
    fields: dict[str, str] = {}
    for number, unit in enumerate(task.about):
        fields |= {f"rows.{number}.unit": unit, f"rows.{number}.numerator": "9"}
        fields |= {f"rows.{number}.denominator": "10"}
    assert 303 == health.submit(page, f"{page}/share", **fields).status_code
    assert {figure_of("rate", numerator=9, denominator=10)} == set(kept(office, task.id).values.values())


def test_a_town_too_few_is_refused(sign_in, office):
    """A row that is left out is told by name, and nothing is handed in."""
    health = sign_in("weijian")
    (task,) = tasks(office, indicator="I07-3")
    page = f"/reporting/tasks/{task.id}"
    fields = {"rows.0.unit": TOWN, "rows.0.numerator": "9", "rows.0.denominator": "10"}
    assert 303 != health.submit(page, f"{page}/share", **fields).status_code
    assert TaskState.DUE is kept(office, task.id).state


def test_a_department_reports_for_every_town_by_sheet(sign_in, office):
    """The form that was downloaded, filled in with a spreadsheet program, is handed in."""
    health = sign_in("weijian")
    (task,) = tasks(office, indicator="I07-3")
    page = f"/reporting/tasks/{task.id}"
    book = openpyxl.load_workbook(io.BytesIO(health.get(f"{page}/sheet").content))
    sheet = book.worksheets[0]
    assert list(task.about) == [sheet.cell(row, 1).value for row in range(2, 2 + len(task.about))]
    for row in range(2, 2 + len(task.about)):
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = 45.5, 50
    out = io.BytesIO()
    book.save(out)
    assert 303 == send_file(health, page, f"{page}/sheet", "表.xlsx", out.getvalue()).status_code
    assert figure_of("rate", numerator="45.5", denominator=50) == kept(office, task.id).values[TOWN]


def test_a_sheet_that_is_none(sign_in, office):
    """What is no workbook is refused in words."""
    health = sign_in("weijian")
    (task,) = tasks(office, indicator="I07-3")
    page = f"/reporting/tasks/{task.id}"
    assert "表格无法读取" in send_file(health, page, f"{page}/sheet", "a.xlsx", b"nothing").text


def test_another_units_report_is_not_there(sign_in, office):
    """A town sees neither another town's report nor its files; the reviewer sees all."""
    (other,) = tasks(office, indicator="I02-6", reporter="610327112")
    page = f"/reporting/tasks/{other.id}"
    town = sign_in("guguan")
    assert 403 == town.get(page).status_code
    assert page not in town.get("/reporting").text
    assert 403 == town.get("/reporting/review").status_code
    assert 403 == town.get("/reporting/checks").status_code
    assert 200 == sign_in("pinggu").get(page).status_code


def test_a_town_sees_its_own_value_of_a_departments_report(sign_in, office):
    """What a department says of a town the town sees, and of no other; the files stay with the department."""
    (task,) = accepted(office, "I07-3")
    page = f"/reporting/tasks/{task.id}"
    text = sign_in("guguan").get(page).text
    assert "固关镇" in text
    assert "东风镇" not in text


def test_files_are_given_to_reporter_and_reviewer(sign_in, office):
    """The file comes back as it was sent, to those two; a stranger to the report gets nothing."""
    town = sign_in("guguan")
    (task,) = tasks(office, indicator="I02-6", reporter=TOWN)
    page = f"/reporting/tasks/{task.id}"
    send_file(town, page, f"{page}/files", "清单.pdf", b"%PDF-1.7 list")
    (file,) = kept(office, task.id).files
    for login in ("guguan", "pinggu"):
        assert b"%PDF-1.7 list" == sign_in(login).get(f"{page}/files/{file.sha256}").content
    assert 403 == sign_in("weijian").get(f"{page}/files/{file.sha256}").status_code


def test_a_returned_report_says_why(sign_in, office):
    """The reason is on the unit's page, with the form open again."""
    (task,) = tasks(office, indicator="I10-5", reporter=TOWN)
    value = {TOWN: figure_of("rate", numerator=1, denominator=2)}
    submit_reports(
        [SubmitReport(task_id=task.id, unit=TOWN, values=value)], office.uow(), FileLimits(1000, 3)
    )
    page = f"/reporting/tasks/{task.id}"
    evaluator = sign_in("pinggu")
    assert 303 == evaluator.submit(page, f"{page}/return", reason="分母与名册不符").status_code
    text = sign_in("guguan").get(page).text
    assert "分母与名册不符" in text
    assert f"{page}/share" in text


def test_several_are_accepted_at_once(sign_in, office):
    """The evaluator ticks what was reviewed and accepts it together."""
    found = tasks(office, indicator="I10-5")[:2]
    value = figure_of("rate", numerator=1, denominator=2)
    submit_reports(
        [SubmitReport(task_id=one.id, unit=one.reporter, values={one.reporter: value}) for one in found],
        office.uow(),
        FileLimits(1000, 3),
    )
    evaluator = sign_in("pinggu")
    answer = evaluator.submit(
        "/reporting/review",
        "/reporting/review",
        tasks=[f"{one.id}@{kept(office, one.id).version}" for one in found],
    )
    assert 303 == answer.status_code
    assert {TaskState.ACCEPTED} == {kept(office, one.id).state for one in found}


def test_what_was_handed_in_again_is_not_accepted(sign_in, office):
    """A report that changed since the page was read is refused with the others, and none is accepted."""
    found = tasks(office, indicator="I10-5")[:2]
    value = figure_of("rate", numerator=1, denominator=2)
    submit_reports(
        [SubmitReport(task_id=one.id, unit=one.reporter, values={one.reporter: value}) for one in found],
        office.uow(),
        FileLimits(1000, 3),
    )
    seen = [f"{one.id}@{kept(office, one.id).version - number}" for number, one in enumerate(found)]
    answer = sign_in("pinggu").submit("/reporting/review", "/reporting/review", tasks=seen)
    assert 409 == answer.status_code
    assert {TaskState.SUBMITTED} == {kept(office, one.id).state for one in found}


def test_a_check_from_list_to_correction(sign_in, office):
    """Freeze, draw, check: a correction above the limit brings the unit's other reports under review."""
    for indicator in ("I10-5", "I19-3", "I28-4"):
        accepted(office, indicator, TOWN)
    evaluator = sign_in("pinggu")
    assert 303 == evaluator.submit("/reporting/checks", "/reporting/checks", title="抽查一").status_code
    with reading(office.engine) as connection:
        (sample,) = samples_of(connection)
    page = f"/reporting/checks/{sample.id}"
    assert sample.digest in evaluator.get(page).text
    assert 303 == evaluator.submit(page, f"{page}/draw", seed="20220320").status_code
    (drawn,) = tasks(office, drawn=True)
    task = f"/reporting/tasks/{drawn.id}"
    fields = {"found.0.unit": TOWN, "found.0.result": "corrected", "how": "files"}
    fields |= {"found.0.numerator": "40", "found.0.denominator": "50"}
    assert 303 == evaluator.submit(task, f"{task}/check", **fields).status_code
    assert TaskState.FOUND_WRONG is kept(office, drawn.id).state
    assert 3 == len(tasks(office, drawn=True))
    assert "差异复查" in evaluator.get("/reporting/checks").text


def test_the_line_says_whose_turn_it_is(sign_in, office):
    """A line without value says that nothing was reported, and who is to report it by when."""
    page = sign_in("guguan").get(f"/units/{TOWN}/I07-3?as_of={DAY}").text
    assert "尚未上报" in page
    assert "轮到县卫健局上报（2022年第1季度，2022-04-10 前）" in page


PAGES = (
    "/reporting",
    "/reporting?state=overdue",
    "/reporting/review",
    "/reporting/matrix",
    "/reporting/checks",
)


def test_every_page_in_both_languages_and_as_data(sign_in):
    """Each page is there in Chinese and English, as JSON and as a table."""
    for login in ("pinggu", "english"):
        browser = sign_in(login)
        for path in PAGES:
            page = browser.get(path)
            assert 200 == page.status_code, path
            assert ("Sign out" in page.text) is (login == "english")
            assert 200 == browser.get(f"/api{path}").status_code
            assert 200 == browser.get(path + ("&" if "?" in path else "?") + "format=xlsx").status_code


def test_every_kind_of_form(sign_in, office):
    """A report of each kind can be looked at, in both languages."""
    browsers = [sign_in(login) for login in ("pinggu", "english")]
    for indicator in ("I02-6", "I07-3", "I11-5", "I12-5", "I23-1", "I34-3", "I38-1"):
        task = tasks(office, indicator=indicator)[0]
        for browser in browsers:
            assert 200 == browser.get(f"/reporting/tasks/{task.id}").status_code


def test_the_overview_counts_what_is_missing(sign_in, office):
    """The overview of a quarter has a mark for each town, and a unit sees its own."""
    before = sign_in("pinggu").get("/api/reporting/matrix").json()["missing"]
    accepted(office, "I10-5", TOWN)
    assert before - 1 == sign_in("pinggu").get("/api/reporting/matrix").json()["missing"]
    mine = sign_in("guguan").get("/reporting/matrix").text
    assert "固关镇" in mine
    assert "东风镇" not in mine


def test_a_town_is_given_of_a_departments_report_what_is_about_it(office, sign_in):
    """A program of a town gets its own figure of a report about all towns: no other's, no file, no reason."""
    found = tasks(office, reporter="县卫健局")
    task = next(one for one in found if len(one.about) > 1 and kept(office, one.id).shape == "rate")
    command = SubmitReport(
        task_id=task.id,
        unit="县卫健局",
        values=dict.fromkeys(task.about, figure_of("rate", numerator=48, denominator=50)),
        files=(NewFile("证明.pdf", b"%PDF-1.7 x"),),
    )
    submit_reports([command], office.uow(), FileLimits(1000, 3))
    answer = sign_in("guguan").get(f"/api/reporting/tasks/{task.id}")
    given = answer.json()["task"]
    assert ([TOWN], [TOWN], []) == (list(given["values"]), given["about"], given["files"])
    assert "证明" not in answer.text
    whole = sign_in("weijian").get(f"/api/reporting/tasks/{task.id}").json()["task"]
    assert len(task.about) == len(whole["values"])
