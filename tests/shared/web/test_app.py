from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from structlog.testing import capture_logs

from shared.web.access import Permission, Permissions
from shared.web.app import SectionError, create_site
from shared.web.asking import View
from shared.web.edge import HEADERS
from shared.web.i18n import Words
from shared.web.section import Section

THREADS = 40  # that the framework answers requests with


@pytest.mark.parametrize(
    "path", ["/sign-in", "/wells", "/api/wells", "/nowhere", "/api/nowhere", "/static/shouxian.css"]
)
def test_every_answer_carries_the_headers(as_person, path):
    """Pages, problems, redirects, documents and files carry the security headers and a request id."""
    headers = as_person("county").get(path).headers
    assert HEADERS == {name: headers.get(name) for name in HEADERS}
    assert 32 == len(headers["x-request-id"])


def test_nothing_on_a_page_needs_scripts_or_inline_styles(as_person):
    """The policy forbids scripts and inline styles; no page has any."""
    browser = as_person("county")
    for path in ("/wells", "/wells/w1", "/nowhere"):
        text = browser.get(path).text
        assert "<script" not in text
        assert " style=" not in text
        assert " onclick" not in text


def test_pages_are_not_kept_by_caches_and_the_stylesheet_is(as_person):
    """Personal data stay in no cache; the stylesheet is asked for once per version."""
    browser = as_person("county")
    assert "no-store" == browser.get("/wells").headers["cache-control"]
    assert "no-store" == browser.get("/api/wells").headers["cache-control"]
    assert "immutable" in browser.get("/static/shouxian.css").headers["cache-control"]


def test_health_and_metrics(site, browser):
    """Probes and metrics answer without signing in."""
    assert "ok" == browser.get("/livez").text
    assert {"database": True, "accounts": True} == browser.get("/readyz").json()
    assert "wells_total 2\n" == browser.get("/metrics").text


def test_what_went_wrong_is_recorded_and_not_told(as_person):
    """An unforeseen failure gives a page with a number; neither page nor log says what was in it."""
    browser = as_person("county")
    with capture_logs() as logs:
        answer = browser.get("/wells/broken/page")
    assert 500 == answer.status_code
    assert answer.headers["x-request-id"] in answer.text
    assert HEADERS["Content-Security-Policy"] == answer.headers["content-security-policy"]
    failed = next(one for one in logs if one["event"] == "request_failed")
    assert ("RuntimeError", answer.headers["x-request-id"]) == (failed["kind"], failed["request_id"])
    assert "example.py" in failed["where"][-1]
    assert "张三" not in answer.text + str(logs)


def test_one_log_line_per_request_without_what_was_typed(as_person, watch):
    """The log line names the declared route and the account's id; no query, no login, no name."""
    browser = as_person("county")
    watch.answers.clear()
    with capture_logs() as logs:
        browser.get("/wells/w1?q=张三")
    assert [("request", "/wells/{well_id}", 200)] == [
        (one["event"], one["route"], one["status"]) for one in logs
    ]
    assert 36 == len(logs[0]["account"])
    assert "张三" not in str(logs)
    assert [("GET", "/wells/{well_id}", 200)] == watch.answers


@pytest.mark.parametrize("path", ["/livez", "/metrics", "/readyz"])
def test_a_probe_that_is_answered_well_is_counted_and_not_logged(browser, watch, path):
    """Asked every few seconds, they would hide what people do."""
    watch.answers.clear()
    with capture_logs() as logs:
        browser.get(path)
    assert [] == logs
    assert [("GET", path, 200)] == watch.answers


def test_refusals_are_counted_by_their_code(as_program, watch):
    """Metrics learn the code of what was refused and the declared route, nothing that was sent."""
    as_program("guguan").get("/api/wells/w2")
    as_program("guguan").get("/api/wells/nowhere/at/all")
    assert ["outside_area", "no_such_page"] == watch.refusals
    assert [("GET", "/api/wells/{well_id}", 403), ("GET", "unmatched", 404)] == watch.answers


@pytest.mark.parametrize(
    ("path", "method", "status", "code"),
    [
        ("/api/nowhere", "GET", 404, "no_such_page"),
        ("/api/wells/w1/close", "GET", 405, "method_not_allowed"),
        ("/api/wells?deeper_than=deep", "GET", 422, "invalid_input"),
        ("/api/wells/a%00b", "GET", 404, "no_such_page"),
        ("/api/wells/w1?format=csv", "GET", 404, "no_such_page"),
    ],
)
def test_the_routers_own_refusals_are_problems_too(as_program, path, method, status, code):
    """Unknown pages, wrong methods, wrong queries and broken addresses are problem documents."""
    answer = as_program("county").request(method, path)
    assert (status, code, "application/problem+json") == (
        answer.status_code,
        answer.json()["code"],
        answer.headers["content-type"],
    )


def test_a_body_too_large_is_refused(as_program):
    """Nobody can fill the memory."""
    answer = as_program("county").post(
        "/api/wells", content=b" " * 2_000_001, headers={"Content-Type": "application/json"}
    )
    assert (413, "too_large") == (answer.status_code, answer.json()["code"])


def test_the_export_is_what_the_list_shows(as_person):
    """CSV has the list's columns and filter, opens as UTF-8, and no cell can be a formula."""
    answer = as_person("county").get("/wells?format=csv&deeper_than=3")
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert 'attachment; filename="shouxian-2022-05-06.csv"' == answer.headers["content-disposition"]
    expected = "\ufeff名称,状态,深度（米）,造价（元）\r\n上岔井,正常,40,1234.50\r\n'=2+2,正常,40,1234.50\r\n"
    assert expected == answer.content.decode("utf-8")


def test_the_openapi_document(browser):
    """OpenAPI 3.1: each action once with its form, key and problems; pages as reads; no form routes."""
    api = browser.get("/api/openapi.json").json()
    assert "3.1.0" == api["openapi"]
    assert {
        "/api/wells",
        "/api/wells/{well_id}",
        "/api/wells/{well_id}/deepen",
        "/api/wells/{well_id}/close",
    } <= set(api["paths"])
    assert not [path for path in api["paths"] if not path.startswith("/api")]
    post = api["paths"]["/api/wells"]["post"]
    assert {"$ref": "#/components/schemas/DigForm"} == post["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert {"$ref": "#/components/schemas/Pipe"} == api["components"]["schemas"]["DigForm"]["properties"][
        "pipes"
    ]["items"]
    assert "Idempotency-Key" in [one["name"] for one in post["parameters"]]
    deepen = api["paths"]["/api/wells/{well_id}/deepen"]["post"]
    assert {"well_id", "Idempotency-Key"} == {one["name"] for one in deepen["parameters"]}


def refused_start(service, gate, permission, area_of=None):
    section = Section("x")
    section.page("/x", "x.read", "x.html", area_of=area_of)(lambda ask: View(Words("甲", "X")))
    permissions = Permissions("x", {permission.name: permission})
    with pytest.raises(SectionError) as refused:
        create_site("x", Words("甲", "X"), service, gate, [section], permissions=permissions, templates=[])
    return str(refused.value)


def test_a_page_without_its_permission_stops_the_start(service, gate):
    """A page whose permission nobody wrote down is not served."""
    other = Permission("y.read", Words("甲", "X"), frozenset({"county"}), frozenset())
    assert "no x.read" in refused_start(service, gate, other)


def test_a_page_that_forgets_the_area_stops_the_start(service, gate):
    """A permission limited to an area needs somebody to say which area."""
    limited = Permission("x.read", Words("甲", "X"), frozenset({"town"}), frozenset({"area"}))
    assert "no area_of" in refused_start(service, gate, limited)


@pytest.mark.parametrize(
    "outage", [PoolTimeoutError("no connection"), InterfaceError("SELECT 1", {}, OSError())]
)
@pytest.mark.parametrize("path", ["/wells", "/api/wells"])
def test_every_kind_of_outage_is_for_now(as_person, accounts, monkeypatch, outage, path):
    """When no connection is free in time, or one breaks off, both kinds of caller are told to come again."""
    browser = as_person("county")

    def away(_account_id):
        raise outage

    monkeypatch.setattr(accounts, "get", away)
    assert 503 == browser.get(path).status_code


def test_a_site_without_its_accounts_is_not_ready(site, browser, accounts):
    """When nobody could sign in, the site says that it is of no use now, in its log too."""
    with accounts._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE accounts")
    with capture_logs() as logs:
        answer = browser.get("/readyz")
    assert (503, {"database": True, "accounts": False}) == (answer.status_code, answer.json())
    assert [("/readyz", 503)] == [(one["route"], one["status"]) for one in logs if one["event"] == "request"]


def test_alive_while_every_thread_waits(service, gate):
    """A site whose threads all wait for a database still says that it is alive."""
    let_go, asked = Event(), []

    def hang():
        asked.append(1)
        return {"database": let_go.wait(20)}

    title, none = Words("慢", "Slow"), Permissions("slow", {})
    site = create_site("slow", title, service, gate, [], permissions=none, templates=[], ready=hang)
    with TestClient(site) as client, ThreadPoolExecutor(45) as many:
        waiting = [many.submit(client.get, "/readyz") for _ in range(45)]
        try:
            while len(asked) < THREADS:
                sleep(0.01)
            assert "ok" == client.get("/livez").text
            assert not any(one.done() for one in waiting)
        finally:
            let_go.set()


def test_an_address_below_another_sites_api_is_answered_as_one(browser):
    """A line break in it keeps the address from the site inside this one; the caller is still a program."""
    answer = browser.get("/evaluation/api/scores%0A")
    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize(("mounted_at", "address"), [("", "/"), ("/wells-site", "/wells-site")])
def test_the_openapi_document_says_where_the_site_lies(site, mounted_at, address):
    """A program that reads the document finds the routes also where the site lies below a path."""
    outer = FastAPI()
    outer.mount(mounted_at, site)
    api = TestClient(outer).get(f"{mounted_at}/api/openapi.json").json()
    assert [{"url": address}] == api["servers"]


def test_the_openapi_document_lists_what_any_caller_may_meet(browser):
    """Too much at once, a locked login and an outage are in the document."""
    paths = browser.get("/api/openapi.json").json()["paths"]
    assert {"429", "503"} <= set(paths["/api/wells"]["get"]["responses"])
    assert {"413", "429", "503"} <= set(paths["/api/wells/{well_id}/deepen"]["post"]["responses"])
