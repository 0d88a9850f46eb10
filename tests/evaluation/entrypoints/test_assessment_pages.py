from datetime import timedelta

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.entrypoints.web import comparison
from shared.kernel.clock import at_hour
from tests.evaluation.samples import TODAY
from tests.shared.web.conftest import PASSWORD, Browser

TOWN = "610327109"


@pytest.fixture(name="drafted")
def _drafted(as_person):
    browser = as_person("pinggu")
    answer = browser.submit("/assessments", "/assessments", as_of="2022-12-31", known_at="2023-01-10")
    assert 303 == answer.status_code
    return answer.headers["location"]


def step(browser, path, name, **values):
    """Take a step from the page of the assessment, as a person does."""
    answer = browser.submit(path, f"{path}/{name}", **values)
    assert 303 == answer.status_code, answer.text
    return answer


def test_from_draft_to_published_with_an_appeal(as_person, county, drafted):
    """Draft, show, the town appeals on its own sheet, the ruling, revise, final, published: all on pages."""
    evaluator, town = as_person("pinggu"), as_person("guguan")
    step(evaluator, drafted, "show")
    sheet = f"{drafted}/units/{TOWN}"
    assert "提出申诉" in town.get(sheet).text
    filed = town.submit(sheet, f"{sheet}/appeals", indicator="I01-1", reason="漏计一户", evidence="台账第3页")
    assert 303 == filed.status_code
    appeal = filed.headers["location"]
    assert "申诉中，已冻结" in town.get(sheet).text
    assert 303 == evaluator.submit(appeal, f"{appeal}/accept").status_code
    upheld = evaluator.submit(
        appeal, f"{appeal}/uphold", kind="value_replaced", numerator="1", denominator="2", ruling="属实"
    )
    assert 303 == upheld.status_code
    step(evaluator, drafted, "revise")
    page = evaluator.get(drafted).text
    assert "成立，已更正" in page
    changes = evaluator.get(f"{drafted}/changes").text
    assert "I01-1" in changes
    county.clock.set(at_hour(TODAY + timedelta(days=4), 9))
    evaluator = as_person("pinggu")
    step(evaluator, drafted, "finalise")
    step(evaluator, drafted, "publish")
    assert "已公布" in evaluator.get("/assessments").text
    assert 1 == county.reads.count(JournalSearch(fact="evaluation.assessment_published"))
    assert 200 == as_person("guguan").get(sheet).status_code


@pytest.mark.parametrize("login", ["guguan", "renshe"])
def test_who_is_assessed_sees_what_was_shown(as_person, drafted, login):
    """A draft is neither listed nor found by a town or a department, until it is shown."""
    assert 404 == as_person(login).get(drafted).status_code
    assert 200 == as_person("county").get(drafted).status_code
    step(as_person("pinggu"), drafted, "show")
    person = as_person(login)
    assert 200 == person.get(drafted).status_code
    assert 404 == person.get(f"{drafted}?number=1").status_code
    own, other = (TOWN, "县人社局") if login == "guguan" else ("县人社局", "县水利局")
    assert 200 == person.get(f"{drafted}/units/{own}").status_code
    assert 403 == person.get(f"{drafted}/units/{other}").status_code


def test_nobody_appeals_for_another(site, as_person, drafted):
    """Neither another town nor the evaluator files a unit's appeal."""
    step(as_person("pinggu"), drafted, "show")
    form = {"indicator": "I01-1", "reason": "x"}
    for login, unit in (("guguan", "610327112"), ("renshe", TOWN), ("pinggu", TOWN), ("county", TOWN)):
        program = Browser(site).client
        program.auth = (login, PASSWORD)
        assert 403 == program.post(f"/api{drafted}/units/{unit}/appeals", json=form).status_code, login


def test_an_appeal_is_read_by_those_it_concerns(site, as_person, drafted):
    """The town and the evaluator read it and find it listed; another department does not."""
    step(as_person("pinggu"), drafted, "show")
    town = as_person("guguan")
    sheet = f"{drafted}/units/{TOWN}"
    appeal = town.submit(sheet, f"{sheet}/appeals", indicator="I01-1", reason="漏计").headers["location"]
    for login, status, listed in (("guguan", 200, 1), ("pinggu", 200, 1), ("renshe", 403, 0)):
        program = Browser(site).client
        program.auth = (login, PASSWORD)
        answers = program.get(f"/api{appeal}").status_code, program.get("/api/appeals").json()["total"]
        assert (status, listed) == answers, login
    assert 303 == town.submit(appeal, f"{appeal}/withdraw").status_code
    assert "已撤回" in town.get("/appeals").text


def test_marks(site, as_person, drafted):
    """An evaluator gives a mark, the town reads its own, another unit does not, and the score moves."""
    evaluator = as_person("pinggu")
    given = evaluator.submit(
        "/marks", "/marks", unit=TOWN, item="review", value="9.5", as_of="2022-12-31", reason="组织有力"
    )
    assert 303 == given.status_code
    assert "组织有力" in as_person("guguan").get("/marks").text
    assert "组织有力" not in as_person("renshe").get("/marks").text
    step(evaluator, drafted, "redraft")
    assert "评鉴评价" in evaluator.get(f"{drafted}/changes").text


@pytest.mark.parametrize("login", ["pinggu", "english"])
def test_comparing_two_days(as_person, login):
    """The page of two days says by how much each unit moved, in both languages; a wrong day is refused."""
    browser = as_person(login)
    page = browser.get("/comparison?first=2022-06-30&second=2022-12-31&second_known=2023-01-10")
    assert 200 == page.status_code
    assert "→" in page.text
    assert 422 == browser.get("/comparison?first=someday").status_code


def test_units_that_kept_their_place_are_folded(as_person, monkeypatch):
    """Only units with another total, rank or grade are listed; how many kept them is one line."""

    def unit(name, after):
        pair = {"before": None, "after": None}
        total = {"before": "90.00", "after": after}
        about = {"unit": name, "name": name, "total": total, "rank": pair, "grade": pair, "change": "0"}
        return {**about, "lines": [], "parts": []}

    units = [unit("县水利局", "91.00"), unit("县林业局", "90.00"), unit("县科技局", "90.00")]
    monkeypatch.setattr(comparison, "between_days", lambda *_: {"units": units})
    page = as_person("pinggu").get("/comparison").text
    listed, _, folded = page.partition("2 个单位总分、名次、等次无变化")
    assert ["县水利局"] == [one["name"] for one in units if f"{one['name']}:" in listed]
    assert ["县林业局", "县科技局"] == [one["name"] for one in units if f"{one['name']}:" in folded]


def test_every_page_in_english(as_person, drafted):
    """Assessment, sheet, changes, appeals and marks can be read in English."""
    step(as_person("pinggu"), drafted, "show")
    browser = as_person("english")
    for path in (
        "/assessments",
        drafted,
        f"{drafted}/units/{TOWN}",
        f"{drafted}/changes",
        "/appeals",
        "/marks",
    ):
        answer = browser.get(path)
        assert (200, True) == (answer.status_code, 'lang="en"' in answer.text), path


def test_tasks_tell_the_unit_and_the_reviewer(as_person, drafted):
    """While it may appeal a unit finds the result among its tasks; an open appeal waits for the evaluator."""
    step(as_person("pinggu"), drafted, "show")
    town, sheet = as_person("guguan"), f"{drafted}/units/{TOWN}"
    assert sheet in town.get("/tasks").text
    appeal = town.submit(sheet, f"{sheet}/appeals", indicator="I01-1", reason="漏计").headers["location"]
    assert appeal in as_person("pinggu").get("/tasks").text
    assert appeal not in as_person("renshe").get("/tasks").text


def test_the_scheme_is_seen(as_person):
    """A unit's page says which parts its total has and which are not judged yet."""
    page = as_person("pinggu").get(f"/units/{TOWN}").text
    assert "总分构成" in page
    assert "未评，按其余部分折算" in page
