import re
from datetime import date
from decimal import Decimal

import pytest

from services.evaluation import bootstrap
from services.evaluation.adapters.pack import zipped
from services.evaluation.adapters.pack_check import verify_pack
from services.evaluation.adapters.read_models import JournalSearch
from tests.evaluation.samples import TODAY
from tests.shared.web.conftest import PASSWORD, Browser

HOUSEHOLD = "/households/h0"


def links(page):
    """Return the addresses inside this site that a page leads to."""
    return sorted({one.replace("&amp;", "&") for one in re.findall(r'href="(/[^"]*)"', page)})


def own(page):
    """Leave out the frame's links to other sites."""
    others = ("/monitoring", "/employment", "/finance", "/evaluation", "/static")
    return [one for one in links(page) if not one.startswith(others)]


def test_from_the_scoreboard_down_to_events(as_person):
    """Scoreboard, town, indicator, household, event: each page leads to the next, and every link works."""
    browser = as_person("pinggu")
    seen: set[str] = set()
    waiting = ["/"]
    while waiting and len(seen) < 160:
        path = waiting.pop(0)
        if path in seen or path.startswith("/pack.zip"):
            continue
        seen.add(path)
        answer = browser.get(path)
        assert 200 == answer.status_code, path
        if answer.headers["content-type"].startswith("text/html"):
            waiting += [one for one in own(answer.text) if one not in seen]
    kinds = {path.split("?")[0].split("/")[1] for path in seen}
    assert {"", "units", "catalogue", "rules", "journal", "assessments", "notices"} <= kinds


def test_a_line_names_its_events(as_person, county):
    """The page of a line links every event behind it."""
    line = county.scores.board(TODAY).unit("610327109").line("I01-1")
    page = as_person("pinggu").get("/units/610327109/I01-1").text
    assert line.evidence
    for event in line.evidence:
        assert f"/events/{event}" in page


def test_an_event_shows_its_household_and_body(as_person, county):
    """An event's page says when, where, who told it, and what it says."""
    (entry,) = county.reads.search(
        JournalSearch(fact="monitoring.household_recorded", household_id="h0"), limit=1
    )
    page = as_person("pinggu").get(f"/events/{entry.id}").text
    assert HOUSEHOLD in page
    assert "household_type" in page


def test_a_timeline_holds_all_departments(as_person):
    """One household's page shows what every department told of it."""
    page = as_person("pinggu").get(HOUSEHOLD).text
    assert "入户走访" in page
    assert "农户信息登记" in page


@pytest.mark.parametrize(
    "path", ["/", "/units/610327109", "/units/610327109/I01-1", HOUSEHOLD, "/catalogue/12", "/rules"]
)
def test_english(as_person, path):
    """Every page can be read in English."""
    browser = as_person("english")
    page = browser.get(path).text
    assert 'lang="en"' in page
    assert "Sign out" in page


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/units/610327109",
        "/units/610327109/I12-1",
        HOUSEHOLD,
        "/catalogue",
        "/catalogue/1",
        "/rules",
        "/journal",
        "/assessments",
        "/notices",
    ],
)
def test_every_page_is_an_api_too(as_person, path):
    """What a person reads a program can read as JSON."""
    answer = as_person("pinggu").get(f"/api{path.rstrip('/')}" if path != "/" else "/api")
    assert 200 == answer.status_code, answer.text
    assert isinstance(answer.json(), dict)


def test_a_town_sees_all_ranks_but_only_its_own_lines(as_person):
    """Ranks are public; another town's lines and households are not."""
    browser = as_person("guguan")
    board = browser.get("/").text
    assert "河北镇" in board
    assert 200 == browser.get("/units/610327109").status_code
    assert 403 == browser.get("/units/610327112").status_code
    assert 403 == browser.get("/units/610327112/I01-1").status_code
    assert 403 == browser.get("/units/县人社局").status_code
    assert 403 == browser.get("/households/h1").status_code
    assert 403 == browser.get("/journal").status_code
    assert "/units/610327112" not in board


def test_hindsight_leads_to_the_late_entries(as_person, county):
    """A later day of knowledge shows what was entered afterwards, and links exactly those events."""
    browser = as_person("pinggu")
    page = browser.get("/?as_of=2022-12-31&known_at=2023-01-10").text
    late = next(one for one in own(page) if one.startswith("/journal?last="))
    counted = county.reads.count(JournalSearch(last=date(2022, 12, 31)))
    assert f"共 {counted} 条" in browser.get(late).text
    assert "/journal?last=" not in browser.get("/?as_of=2023-01-10").text


def test_what_is_not_there(as_person):
    """Unknown units, indicators, households, events and days get their problem, never a crash."""
    browser = as_person("pinggu")
    for path in (
        "/units/610327999",
        "/units/610327109/I99-1",
        "/households/none",
        "/events/none",
        "/catalogue/39",
        "/assessments/none",
    ):
        assert 404 == browser.get(path).status_code, path
    for path in (
        "/?as_of=someday",
        "/?as_of=2021-01-01",
        "/?as_of=2022-06-01&known_at=2022-05-01",
        "/journal?first=x",
    ):
        assert 422 == browser.get(path).status_code, path


def test_not_reported_is_said_so(as_person):
    """A value that a unit reports itself and has not is said to be missing, and has no points."""
    page = as_person("pinggu").get("/units/610327109/I02-6").text
    assert "尚未上报" in page
    assert '<p class="number">—</p>' in page


def test_the_leading_group_is_warned_first(as_person):
    """Who leads sees what is overdue county-wide above the ranks; a town sees its own, and no other's."""
    county, town = as_person("county").get("/").text, as_person("guguan").get("/").text
    assert "今日提醒" in county
    assert 'href="/supervision"' in county
    assert "今日提醒" not in town
    assert 'href="/units/610327109?as_of=' in town
    assert "我的超期事项" in town


def test_a_units_leader_sees_gaps_and_what_is_owed(as_person):
    """A unit's page begins with what it owes and its widest gaps, the widest first."""
    answer = as_person("guguan").get("/api/units/610327109").json()
    lost = [Decimal(one["lost"]) for one in answer["gaps"]]
    assert lost
    assert sorted(lost, reverse=True) == lost
    assert [True, "610327109"] == [answer["standing"]["own"], answer["standing"]["unit_id"]]
    page = as_person("guguan").get("/units/610327109").text
    assert "今日待办和超期" in page
    assert 'href="/tasks"' in page


def test_a_target_in_percent_is_said_so(as_person):
    """I37-5, of which the plan counts times, is a rate: 100 % in the catalogue as on its line."""
    browser = as_person("pinggu")
    for path in ("/catalogue", "/catalogue/37", "/units/610327109/I37-5"):
        page = browser.get(path).text
        assert ("100 %" in page, "100 次" in page) == (True, False), path


@pytest.mark.parametrize(
    ("indicator", "said"), [("I09-1", "≥ 2 次"), ("I03-1", "≤ 1 ‰"), ("I37-5", "= 100 %"), ("I02-6", "= 是")]
)
def test_a_target_has_the_plans_unit(as_person, indicator, said):
    """Two rounds are no two percent: a target is written as the plan writes it."""
    page = as_person("pinggu").get(f"/units/610327109/{indicator}").text
    assert said in page
    assert f"{said} %" not in page


def test_unconfirmed_is_marked(as_person):
    """A target that the plan does not give is marked, one it gives is not."""
    browser = as_person("pinggu")
    assert "未确认" in browser.get("/units/610327109/I01-1").text
    assert "缺少参数" in browser.get("/units/610327109/I13-2").text


def test_issuing_a_notice(as_person, county):
    """A notice entered on the page costs the unit its points at once."""
    browser = as_person("pinggu")
    before = county.scores.board(TODAY).unit("610327109").total
    sent = browser.submit("/notices", "/notices", unit="610327109", level="county", reason="措施超期")
    assert 303 == sent.status_code
    assert before - 1 == county.scores.board(TODAY).unit("610327109").total
    assert "措施超期" in browser.get("/notices").text


@pytest.mark.parametrize("login", ["county", "renshe", "guguan", "shangcha"])
def test_only_the_evaluator_acts(site, login, county):
    """Nobody else may freeze, publish or criticise."""
    program = Browser(site).client
    program.auth = (login, PASSWORD)
    notice = {"unit": "610327109", "level": "county", "reason": "x"}
    assert 403 == program.post("/api/notices", json=notice).status_code
    assert 403 == program.post("/api/assessments", json={"as_of": "2022-12-31"}).status_code
    assert ([], []) == (county.reads.notices(), county.reads.assessments())


def test_the_pack_can_be_taken_away(as_person, tmp_path, county):
    """The ZIP holds a pack that verifies, the same bytes as the command line writes."""
    browser = as_person("pinggu")
    answer = browser.get("/pack.zip?as_of=2022-12-31&known_at=2023-01-10")
    assert "application/zip" == answer.headers["content-type"]
    written = county.write_pack(tmp_path / "pack", as_of=date(2022, 12, 31), known_at=TODAY)
    assert zipped(written.folder) == answer.content
    assert verify_pack(written.folder).sound
    workbook = browser.get("/scoreboard.xlsx?as_of=2022-12-31&known_at=2023-01-10")
    assert (written.folder / "scoreboard.xlsx").read_bytes() == workbook.content


def test_the_workbook_is_written_alone(as_person, monkeypatch):
    """Who asks for the workbook does not wait for the events of a whole pack to be written."""
    written = []
    monkeypatch.setattr(bootstrap, "write_pack", lambda folder, **_: written.append(folder))
    answer = as_person("pinggu").get("/scoreboard.xlsx?as_of=2022-12-31&known_at=2023-01-10")
    assert (200, []) == (answer.status_code, written)


def test_the_pack_is_not_for_everybody(as_person):
    """A town may not take the county's events away."""
    assert 403 == as_person("guguan").get("/pack.zip").status_code


@pytest.mark.parametrize(
    "path",
    [
        "/?as_of=9998-12-31",
        "/?known_at=9998-12-31",
        "/comparison?second=9998-12-31",
        "/scoreboard.xlsx?as_of=9998-12-31",
    ],
)
def test_a_day_to_come_is_refused_at_once(as_person, path):
    """Nobody knows it, and nobody waits until a far year has been counted."""
    answer = as_person("pinggu").get(path)
    assert 409 == answer.status_code
    assert "9998-12-31" in answer.text
