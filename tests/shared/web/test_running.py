from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from shared.web.asking import Done
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


# --- once ---


def keyed(client, key="k-1", path="/api/wells", **body):
    return client.post(path, json=GOOD | body, headers={"Idempotency-Key": key})


def test_a_replayed_key_gets_the_first_answer(as_program, service):
    """The same key and request again: the same answer, marked, and nothing done twice."""
    client = as_program("guguan")
    first, again = keyed(client), keyed(client)
    assert (201, {"id": "w3"}, "/wells/w3") == (again.status_code, again.json(), again.headers["location"])
    assert (None, "true") == (first.headers.get("idempotent-replay"), again.headers.get("idempotent-replay"))
    assert 3 == len(service.all())


def test_a_reused_key_is_refused(as_program, service):
    """The same key with another body is refused."""
    client = as_program("guguan")
    keyed(client)
    answer = keyed(client, depth_m=61)
    assert (422, "idempotency_key_reused") == (answer.status_code, answer.json()["code"])
    assert 3 == len(service.all())


def test_a_key_belongs_to_its_account(as_program, service):
    """Another person's equal key is another request."""
    assert [201, 201] == [keyed(as_program(login)).status_code for login in ("guguan", "county")]
    assert 4 == len(service.all())


def test_a_refused_request_leaves_its_key_free(as_program, service):
    """After a refusal the corrected request may use the key."""
    client = as_program("guguan")
    assert 403 == keyed(client, area_code="610327112200").status_code
    assert 201 == keyed(client).status_code


@pytest.mark.parametrize("key", ["x" * 129, "two words", "é"])
def test_a_malformed_key_is_refused(as_program, key):
    """A key that is no key is said so rather than ignored."""
    answer = as_program("guguan").post(
        "/api/wells", json=GOOD, headers={"Idempotency-Key": key.encode("latin-1")}
    )
    assert (422, "idempotency_key_invalid") == (answer.status_code, answer.json()["code"])


def test_many_at_once_do_it_once(as_program, service):
    """Equal requests at the same moment: one is carried out, the others are told so or get its answer."""
    barrier = Barrier(6)
    client = as_program("guguan")
    client.get("/api/wells")

    def send(_):
        barrier.wait()
        return keyed(client).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = set(pool.map(send, range(6)))
    assert 3 == len(service.all())
    assert statuses <= {201, 409}
    assert 201 in statuses


def test_while_running_a_second_is_told(as_program, service, site, monkeypatch):
    """A request whose equal is at work gets 409 and waits for nobody."""
    client = as_program("guguan")
    inner = []
    action = site.state.site.actions["well.dig"]
    original = action.handler

    def slow(act, form):
        inner.append(keyed(client))
        return original(act, form)

    object.__setattr__(action, "handler", slow)
    try:
        assert 201 == keyed(client).status_code
    finally:
        object.__setattr__(action, "handler", original)
    assert (409, "idempotency_key_running") == (inner[0].status_code, inner[0].json()["code"])


def test_another_process_that_was_first_wins(as_program, service, monkeypatch):
    """When the key was committed elsewhere meanwhile, nothing is done here and its answer is given."""
    client = as_program("guguan")
    keyed(client)
    once = client.app.state.site.once
    # What the first look finds when the other process has not committed yet.
    monkeypatch.setattr(once, "_earlier", Mock(side_effect=[None, Done("/wells/w3", body={"id": "w3"})]))
    again = keyed(client)
    assert ("true", {"id": "w3"}) == (again.headers["idempotent-replay"], again.json())
    assert 3 == len(service.all())


def test_an_answer_lost_in_a_crash(as_program, service, monkeypatch):
    """Killed between commit and answer: soon after it is still running, later it is told as done."""
    client = as_program("guguan")
    once = client.app.state.site.once
    monkeypatch.setattr(once, "_keep", lambda *_: None)
    keyed(client)
    assert 409 == keyed(client).status_code
    with service.engine.begin() as connection:
        connection.execute(sa.text("UPDATE idempotency SET at = '2020-01-01 00:00:00.000000'"))
    again = keyed(client)
    assert (200, "true", {}) == (again.status_code, again.headers["idempotent-replay"], again.json())
    assert 3 == len(service.all())


def test_a_form_sent_twice_is_done_once(as_person, service):
    """A double click: the page's own key sends both to the same place."""
    browser = as_person("guguan")
    hidden = next(fields for action, fields in forms(browser.get("/wells").text) if action == "/wells")
    sent = hidden | {name: str(value) for name, value in GOOD.items()}
    first, again = (browser.client.post("/wells", data=sent) for _ in range(2))
    assert ["/wells/w3"] * 2 == [first.headers["location"], again.headers["location"]]
    assert ("true", 3) == (again.headers["idempotent-replay"], len(service.all()))


def test_an_action_outside_the_database_is_done_once_too(as_program, site):
    """What commits nothing (a clock, a file) is not repeated under its key either."""
    client = as_program("county")
    action = site.state.site.actions["well.close"]
    original, close = action.handler, Mock(return_value=Done("/wells"))
    object.__setattr__(action, "handler", close)
    try:
        answers = [
            client.post("/api/wells/w1/close", json={}, headers={"Idempotency-Key": "k"}) for _ in range(2)
        ]
    finally:
        object.__setattr__(action, "handler", original)
    assert [200, 200] == [one.status_code for one in answers]
    assert 1 == close.call_count
