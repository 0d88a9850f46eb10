from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from shared.settings import ServiceSettings
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.entrance import behind_proxies
from shared.web.i18n import Words
from shared.web.rate import Buckets, Limits
from shared.web.session import COOKIE
from tests.shared.web import example
from tests.shared.web.conftest import HERE, PASSWORD, Browser


@pytest.fixture(name="guarded")
def _guarded(service, gate, watch):
    """Give a maker of sites whose gate is another."""

    def make(**changes):
        return create_site(
            "wells",
            Words("水井登记", "Wells"),
            service,
            replace(gate, **changes),
            [example.section],
            permissions=load_permissions("wells", HERE / "permissions.yaml"),
            templates=[HERE / "templates"],
            watch=watch,
        )

    return make


def statuses(client, path, times, **options):
    return [client.get(path, **options).status_code for _ in range(times)]


def test_an_address_that_asks_too_often(guarded, watch):
    """429 with when to come again, in both languages, as text or as a document; counted as a refusal."""
    client = TestClient(guarded(limits=Limits(addresses=Buckets(2))))
    assert [200, 200, 429] == statuses(client, "/sign-in", 3)
    page, document = client.get("/wells"), client.get("/api/wells")
    assert (429, "30") == (page.status_code, page.headers["retry-after"])
    assert "请求过于频繁，请于 30 秒后再试\nToo many requests" in page.text
    assert ("too_many_requests", 429) == (document.json()["code"], document.json()["status"])
    assert "application/problem+json" == document.headers["content-type"]
    assert "nosniff" == document.headers["x-content-type-options"]
    assert ["too_many_requests"] * 3 == watch.refusals


def test_machines_and_stylesheets_are_not_counted(guarded):
    """Probes and metrics go on while callers are turned away; the stylesheet costs no token."""
    client = TestClient(guarded(limits=Limits(addresses=Buckets(1))))
    client.get("/sign-in")
    assert [200, 200, 200] == [client.get(one).status_code for one in ("/livez", "/readyz", "/metrics")]
    assert 429 != client.get("/static/shouxian.css").status_code


def test_an_account_that_asks_too_often(guarded):
    """What one person uses up, another from the same address still has."""
    site = guarded(limits=Limits(accounts=Buckets(3)))
    first, second = TestClient(site), TestClient(site)
    assert [200, 200, 200, 429] == statuses(first, "/api/wells", 4, auth=("county", PASSWORD))
    assert [200] == statuses(second, "/api/wells", 1, auth=("guguan", PASSWORD))
    refused = first.get("/api/wells", auth=("county", PASSWORD))
    assert ("too_many_requests", "20") == (refused.json()["code"], refused.headers["retry-after"])


def test_exports_have_a_limit_of_their_own(guarded):
    """Downloads are dear: their bucket is smaller, and pages go on when it is empty."""
    client = TestClient(guarded(limits=Limits(heavy=Buckets(1))))
    named = {"auth": ("county", PASSWORD)}
    assert [200, 429] == statuses(client, "/api/wells?format=csv", 2, **named)
    assert [200] == statuses(client, "/api/wells", 1, **named)


def test_attempts_to_sign_in_have_a_limit(guarded):
    """By page and by Basic alike, also with ever new logins."""
    site = guarded(limits=Limits(sign_in=Buckets(2)))
    browser = Browser(site)
    answers = [browser.sign_in(f"nobody{number}") for number in range(3)]
    assert [401, 401, 429] == [one.status_code for one in answers]
    assert "30" == answers[-1].headers["retry-after"]
    assert "请求过于频繁" in answers[-1].text
    assert [429] == statuses(TestClient(site), "/api/wells", 1, auth=("county", PASSWORD))


def test_a_browser_known_by_now_is_not_kept_out(guarded):
    """Who uses up an address's attempts keeps out no browser that was signed in before."""
    site = guarded(limits=Limits(sign_in=Buckets(2)))
    known = Browser(site)
    known.sign_in("guguan")
    known.client.cookies.delete(COOKIE)
    Browser(site).sign_in("nobody")
    assert 429 == Browser(site).sign_in("county").status_code
    assert 303 == known.sign_in("guguan").status_code


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("county.example", 200),
        ("County.Example:8443", 200),
        ("evil.example", 400),
        ("county.example.evil.example", 400),
        ("evil.example:county.example", 400),
        ("", 400),
    ],
)
def test_another_host(guarded, host, status):
    """A request for another host is turned away before anything is looked at."""
    client = TestClient(guarded(hosts=frozenset({"county.example"})))
    assert status == client.get("/sign-in", headers={"Host": host}).status_code
    assert 200 == client.get("/livez", headers={"Host": host}).status_code


def seen(settings, forwarded, peer="10.0.0.9"):
    """Return the address and the scheme that a site sees behind the web server."""
    told = []

    async def site(scope, receive, send):
        told.append((scope["client"][0], scope["scheme"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    given = behind_proxies(settings)
    app: Any = ProxyHeadersMiddleware(site, given["forwarded_allow_ips"]) if given["proxy_headers"] else site
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    TestClient(app, client=(peer, 5)).get("/", headers=headers)
    return told[0]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        ("", "6.6.6.6", ("10.0.0.9", "http")),
        ("10.0.0.8", "6.6.6.6", ("10.0.0.9", "http")),
        ("10.0.0.9", "6.6.6.6", ("6.6.6.6", "https")),
        ("10.0.0.0/24, 10.1.0.1", "6.6.6.6", ("6.6.6.6", "https")),
        ("10.0.0.9", "1.1.1.1, 6.6.6.6", ("6.6.6.6", "https")),
    ],
)
def test_whose_word_on_the_caller_counts(trusted, forwarded, expected):
    """X-Forwarded-For is believed from the proxies named alone, and only what they added themselves."""
    assert expected == seen(ServiceSettings(database_url="sqlite://", trusted_proxies=trusted), forwarded)


@pytest.mark.parametrize("way", ["_method", "header", "query"])
def test_no_method_is_overridden(as_person, way):
    """A form stays a POST, whatever it says it is."""
    browser = as_person("county")
    sent = {"_method": {"data": {"_method": "GET"}}, "header": {"headers": {"X-HTTP-Method-Override": "GET"}}}
    answer = browser.client.post("/wells" + ("?_method=GET" * (way == "query")), **sent.get(way, {}))
    assert answer.status_code in {403, 405, 415}


@pytest.mark.parametrize("path", ["/wells/", "//wells", "/wells/..", "/wells%2f", "/API/wells", "/wells;x"])
def test_only_the_address_itself(as_person, path):
    """A path that merely resembles one leads nowhere: no rule is written for it, so none is passed by."""
    assert 404 == as_person("county").get(path).status_code


def test_basic_is_for_programs(as_program):
    """Credentials in a header open no page: a browser would send them with another site's form."""
    assert 200 == as_program("county").get("/api/wells").status_code
    assert 303 == as_program("county").get("/wells").status_code


@pytest.mark.parametrize(
    "path", ["/sign-in", "/wells", "/api/wells", "/api/nothing", "/nothing", "/static/shouxian.css"]
)
def test_every_answer_is_hardened(browser, path):
    """Pages, documents, refusals: no script, no frame, no sniffing, nothing kept but the stylesheet."""
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    expected = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    assert expected == {name: headers[name] for name in expected}
    assert "camera=()" in headers["permissions-policy"]
    assert ("no-store" in headers["cache-control"]) == (not path.startswith("/static"))


def test_over_https_cookies_are_the_hosts_own(site):
    """Over https each cookie has the prefix that only the host itself can set, over https."""
    browser = Browser(site, base_url="https://testserver")
    told = browser.sign_in("guguan").headers.get_list("set-cookie")
    assert all(one.startswith("__Host-shouxian_") and "; Secure" in one for one in told)
    session = browser.client.cookies["__Host-shouxian_session"]
    browser.client.cookies.clear()
    browser.client.cookies.set("shouxian_session", session)
    assert 303 == browser.get("/wells").status_code


def test_a_session_is_new_at_every_sign_in(browser):
    """A session somebody planted before is not the one that is opened."""
    browser.sign_in("guguan")
    planted = browser.client.cookies[COOKIE]
    browser.submit("/wells", "/sign-out")
    browser.client.cookies.set(COOKIE, planted)
    told = [one for one in browser.sign_in("guguan").headers.get_list("set-cookie") if COOKIE in one]
    assert 1 == len(told)
    assert planted not in told[0]
