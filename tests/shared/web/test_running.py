from datetime import date

import pytest

from shared.web.asking import View
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.running import document
from tests.shared.web.conftest import forms

GOOD = {"name": "新井", "area_code": "610327109205", "depth_m": 60}


def rows(service):
    return [(one.id, one.depth_m, one.version) for one in service.all()]


UNCHANGED = [("w1", 40, 1), ("w2", 40, 1)]


def test_one_declaration_answers_people_and_programs(as_person, as_program, service):
    """The same action works from a form (303, message on the next page) and as JSON (201, body)."""
    browser = as_person("guguan")
    done = browser.submit(
        "/wells", "/wells", name="甲井", area_code="610327109205", depth_m="60", cost_fen="1,234.50"
    )
    assert (303, "/wells/w3") == (done.status_code, done.headers["location"])
    page = browser.get("/wells/w3").text
    assert "水井已登记" in page
    assert "水井已登记" not in browser.get("/wells/w3").text

    answer = as_program("guguan").post("/api/wells", json=GOOD | {"cost_fen": 123450})
    assert (201, "/wells/w4", {"id": "w4"}) == (answer.status_code, answer.headers["location"], answer.json())
    assert [123450, 123450] == [one.cost_fen for one in service.all()[2:]]


def test_a_page_is_json_too(as_program):
    """What a page shows, a program reads: whole rows of the officer's area, with page and total."""
    answer = as_program("guguan").get("/api/wells").json()
    assert (["w1"], 1, 50, 1) == (
        [one["id"] for one in answer["items"]],
        answer["page"],
        answer["size"],
        answer["total"],
    )


def test_further_lists_are_json_wherever_they_stand():
    """The columns of a list are functions: a list inside of what a page shows is told by its rows."""
    inner = Listing((Column("深度", "depth", str),), [7], 1, Paging())
    rows = {"items": [7], "page": 1, "size": 50, "total": 1}
    told = {"found": [["x", rows]], "by": {"k": rows}, "day": "2022-07-01"}
    assert told == document(
        View(Words("井", "wells"), {"found": [("x", inner)], "by": {"k": inner}, "day": date(2022, 7, 1)})
    )


@pytest.mark.parametrize(
    ("changed", "pointers"),
    [
        ({"depth_m": "sixty"}, ["#/depth_m"]),
        ({"depth_m": "60"}, ["#/depth_m"]),
        ({"depth_m": 0, "name": ""}, ["#/name", "#/depth_m"]),
        ({"depth_m": 10**30}, ["#/depth_m"]),
        ({"name": "a\u0000b"}, ["#/name"]),
        ({"surprise": 1}, ["#/surprise"]),
        ({"kind": "dug", "depth_m": 31}, ["#"]),
        ({"pipes": [{"length_m": 5}, {"length_m": -1}]}, ["#/pipes/1/length_m"]),
        ({"share": "NaN"}, ["#/share"]),
        ({"public": "maybe"}, ["#/public"]),
        ({"kind": "spring"}, ["#/kind"]),
        ({"pipes": {}}, ["#/pipes"]),
    ],
)
def test_wrong_input_of_a_program(as_program, service, changed, pointers):
    """Each wrong entry is named by its place; nothing is changed."""
    answer = as_program("guguan").post("/api/wells", json=GOOD | changed)
    assert 422 == answer.status_code
    assert pointers == [one["pointer"] for one in answer.json()["errors"]]
    assert UNCHANGED == rows(service)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"name": "\\ud800"}'])
def test_garbage_is_refused(as_program, service, body):
    """What is no JSON object of this form is a 422 problem, never a failure."""
    answer = as_program("guguan").post(
        "/api/wells", content=body, headers={"Content-Type": "application/json"}
    )
    assert (422, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert UNCHANGED == rows(service)


def test_no_number_is_larger_than_a_database_keeps(as_program, service):
    """A field whose form names no upper bound is refused before the database would fail on it."""
    answer = as_program("county").post("/api/wells/w1/deepen", json={"version": 2**63, "depth_m": 50})
    assert (422, ["#/version"]) == (answer.status_code, [one["pointer"] for one in answer.json()["errors"]])
    assert UNCHANGED == rows(service)


def test_problem_documents_speak_the_officers_language(as_program):
    """The same refusal is Chinese or English by the account, with the same code and place."""
    wrong = GOOD | {"depth_m": 0}
    zh, en = (as_program(login).post("/api/wells", json=wrong).json() for login in ("county", "english"))
    assert {
        "type": "urn:shouxian:problem:invalid_input",
        "title": "填写有误",
        "status": 422,
        "detail": "有 1 处填写不符合要求",
        "code": "invalid_input",
        "errors": [
            {
                "pointer": "#/depth_m",
                "field": "深度（米）",
                "code": "greater_than_equal",
                "detail": "不得小于 1",
            }
        ],
    } == zh
    assert ("Depth (m)", "must be at least 1") == (en["errors"][0]["field"], en["errors"][0]["detail"])


def test_a_wrong_form_is_shown_again_with_what_was_typed(as_person, service):
    """A person sees each field's label and what is wrong, and finds everything typed still there."""
    browser = as_person("guguan")
    answer = browser.submit(
        "/wells",
        "/wells",
        **{
            "name": "<b>井</b>",
            "area_code": "610327109205",
            "depth_m": "很深",
            "cost_fen": "12.345",
            "pipes.0.length_m": "7",
            "pipes.1.length_m": "0",
            "uses": ["drink"],
        },
    )
    assert 422 == answer.status_code
    for expected in (
        "<strong>深度（米）</strong>：必须是整数",
        "<strong>造价（元）</strong>：必须是金额",
        "<strong>管道 2 · 长度（米）</strong>：不得小于 1",
        'value="&lt;b&gt;井&lt;/b&gt;"',
        'value="很深"',
        'value="12.345"',
        'name="pipes.0.length_m" type="text" value="7"',
        'value="drink" checked',
        'aria-invalid="true"',
    ):
        assert expected in answer.text
    assert UNCHANGED == rows(service)


def test_the_form_shown_again_can_be_sent(as_person, service):
    """The page about what is wrong carries a working form."""
    browser = as_person("county")
    wrong = browser.submit("/wells/w1", "/wells/w1/deepen", depth_m="0")
    assert 422 == wrong.status_code
    sent = next(fields for action, fields in forms(wrong.text) if action == "/wells/w1/deepen")
    assert 303 == browser.client.post("/wells/w1/deepen", data=sent | {"depth_m": "50"}).status_code
    assert ("w1", 50, 2) == rows(service)[0]


def test_a_refusal_is_told_in_words(as_person, as_program, service):
    """A rule's refusal is its own sentence, for people and programs, and changes nothing."""
    answer = as_program("county").post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 501})
    assert (409, "well_too_deep", {"most": 500}) == (
        answer.status_code,
        answer.json()["code"],
        answer.json()["details"],
    )
    page = as_person("county").submit("/wells/w1", "/wells/w1/deepen", depth_m="501")
    assert 409 == page.status_code
    assert "水井深度不得超过 500 米" in page.text
    assert 'value="501"' in page.text
    assert UNCHANGED == rows(service)


def test_a_stale_version_is_refused(as_person, as_program, service):
    """Whoever saw an older version is told that somebody else was first."""
    client = as_program("county")
    assert 200 == client.post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 50}).status_code
    answer = client.post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 60})
    assert (409, "stale_version") == (answer.status_code, answer.json()["code"])
    page = as_person("county").submit("/wells/w1", "/wells/w1/deepen", depth_m="70", version="1")
    assert 409 == page.status_code
    assert "其他人刚刚修改了这条记录" in page.text
    assert ("w1", 50, 2) == rows(service)[0]


# --- access ---


@pytest.mark.parametrize("login", ["guguan", "shangcha"])
@pytest.mark.parametrize("well_id", ["w2", "w9"])
def test_another_areas_thing_and_none_look_alike(as_program, as_person, login, well_id):
    """Whether something exists in another area cannot be found out, on the page or by program."""
    answer = as_program(login).get(f"/api/wells/{well_id}")
    assert (403, "outside_area", "没有找到，或者不在您的辖区") == (
        answer.status_code,
        answer.json()["code"],
        answer.json()["detail"],
    )
    assert "details" not in answer.json()
    page = as_person(login).get(f"/wells/{well_id}")
    assert 403 == page.status_code
    assert "=2+2" not in page.text


def test_the_county_is_told_plainly(as_program):
    """Whoever sees the whole county gets a plain 404 for what is not there."""
    answer = as_program("county").get("/api/wells/w9")
    assert (404, "not_found") == (answer.status_code, answer.json()["code"])


def test_nothing_is_changed_in_another_area(as_program, service):
    """A town can neither change nor place something outside its area."""
    town = as_program("guguan")
    assert 403 == town.post("/api/wells/w2/deepen", json={"version": 1, "depth_m": 50}).status_code
    assert 403 == town.post("/api/wells", json=GOOD | {"area_code": "610327112200"}).status_code
    assert UNCHANGED == rows(service)


@pytest.mark.parametrize(
    ("login", "status"),
    [("county", 200), ("guguan", 200), ("shuili", 200), ("renshe", 403), ("shangcha", 403), ("pinggu", 403)],
)
def test_roles_and_units(as_program, login, status):
    """Only the roles listed may act, and of the departments only the one whose work it is."""
    answer = as_program(login).post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 50})
    assert status == answer.status_code


def test_a_page_offers_only_what_is_permitted(as_person):
    """Forms of actions somebody may not do are not shown."""
    assert "/wells/w1/close" in as_person("county").get("/wells/w1").text
    assert "/wells/w1/close" not in as_person("guguan").get("/wells/w1").text
    village = as_person("shangcha").get("/wells/w1").text
    assert "/wells/w1/deepen" not in village


def test_navigation_shows_own_sites(as_person):
    """A town does not see the way to a site that is not for its role."""
    assert 'href="/evaluation/"' in as_person("county").get("/wells").text
    assert 'href="/evaluation/"' not in as_person("guguan").get("/wells").text


# --- other sites ---


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_form_without_its_token_is_refused(as_person, service, token):
    """A form of another site, or of an earlier session, changes nothing."""
    browser = as_person("county")
    sent = {"depth_m": "50", "version": "1"} | ({} if token is None else {"csrf_token": token})
    answer = browser.client.post("/wells/w1/deepen", data=sent)
    assert 403 == answer.status_code
    assert "页面已过期" in answer.text
    assert UNCHANGED == rows(service)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_requests_of_other_sites_are_refused(as_person, service, headers):
    """When the browser says that another site asks, neither form nor JSON is heard."""
    browser = as_person("county")
    json = browser.client.post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 50}, headers=headers)
    assert (403, "cross_site_request") == (json.status_code, json.json()["code"])
    assert 403 == browser.client.post("/wells/w1/deepen", data={"depth_m": "50"}, headers=headers).status_code
    assert UNCHANGED == rows(service)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_api_takes_only_json(as_person, service, kind):
    """What a plain HTML form of another site could send is not taken by the API."""
    browser = as_person("county")
    answer = browser.client.post(
        "/api/wells/w1/deepen", content=b'{"version": 1, "depth_m": 50}', headers={"Content-Type": kind}
    )
    assert (415, "not_json") == (answer.status_code, answer.json()["code"])
    assert UNCHANGED == rows(service)


def test_an_api_session_needs_no_basic(as_person):
    """A signed-in browser's own page may use the API with its session."""
    answer = as_person("county").client.post(
        "/api/wells/w1/deepen", json={"version": 1, "depth_m": 50}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert 200 == answer.status_code
