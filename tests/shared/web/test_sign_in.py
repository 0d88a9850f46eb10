import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from unittest.mock import Mock

import pytest

from shared.accounts import Source
from shared.accounts.failures import FAILURES_BEFORE_LOCK
from shared.web.rate import Limits
from shared.web.session import COOKIE, SESSION_LASTS, Sessions
from tests.shared.web.conftest import PASSWORD, Browser, hidden


def test_a_page_asks_to_sign_in_and_comes_back(browser):
    """Whoever is not signed in is sent to the sign-in, and afterwards to the page wanted."""
    sent_away = browser.get("/wells?deeper_than=3")
    assert "/sign-in?next=%2Fwells%3Fdeeper_than%3D3" == sent_away.headers["location"]
    welcomed = browser.sign_in("guguan", wanted="/wells?deeper_than=3")
    assert (303, "/wells?deeper_than=3") == (welcomed.status_code, welcomed.headers["location"])
    assert 200 == browser.get("/wells").status_code


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\\/evil.example",
        "evil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x=1\r\n",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(browser, wanted):
    """Only a path of this host is followed."""
    assert "/" == browser.sign_in("county", wanted=wanted).headers["location"]


def test_wrong_password_shows_the_form_again(browser):
    """A wrong password is said in words, keeps the user name, and opens no session."""
    answer = browser.sign_in("guguan", "wrong-password")
    assert 401 == answer.status_code
    assert "用户名或密码不正确" in answer.text
    assert 'value="guguan"' in answer.text
    assert "wrong-password" not in answer.text
    assert COOKIE not in browser.client.cookies


def test_locked_after_failures(browser):
    """After five failures even the right password is refused with 429, and it says until when."""
    for _ in range(FAILURES_BEFORE_LOCK):
        browser.sign_in("guguan", "wrong-password")
    answer = browser.sign_in("guguan")
    assert 429 == answer.status_code
    assert "请于 15 分钟后再试" in answer.text


def test_the_cookie_is_for_http_alone(browser):
    """The session cookie cannot be read by scripts nor sent along by other sites."""
    cookie = browser.sign_in("guguan").headers.get_list("set-cookie")[0]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure(site):
    """Over https the cookie is never sent in clear, and the browser is told to stay with https."""
    answer = Browser(site, base_url="https://testserver").sign_in("guguan")
    assert "; Secure" in answer.headers.get_list("set-cookie")[0]
    assert "strict-transport-security" in answer.headers


def test_a_session_ends_by_itself(as_person, clock):
    """After a working day one signs in again."""
    browser = as_person("guguan")
    clock.set(clock() + SESSION_LASTS - timedelta(seconds=1))
    assert 200 == browser.get("/wells").status_code
    clock.set(clock() + timedelta(seconds=1))
    assert 303 == browser.get("/wells").status_code


def test_a_forged_cookie_is_nobody(browser):
    """A cookie that was changed by one sign stands for nobody."""
    browser.sign_in("guguan")
    cookie = browser.client.cookies[COOKIE]
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, cookie)
    assert 200 == browser.get("/wells").status_code
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, cookie[:20] + ("A" if cookie[20] != "A" else "B") + cookie[21:])
    assert 303 == browser.get("/wells").status_code


def test_disabling_ends_the_session(as_person, accounts):
    """A disabled account is out at once, whatever its cookie says."""
    browser = as_person("guguan")
    account = next(one for one in accounts.every() if one.login == "guguan")
    accounts.disable(account.id)
    assert 303 == browser.get("/wells").status_code


def test_a_new_password_ends_other_sessions(as_person, accounts):
    """Whoever got hold of a session loses it when the password is changed."""
    browser = as_person("guguan")
    account = next(one for one in accounts.every() if one.login == "guguan")
    accounts.set_password(account.id, "another-good-one")
    assert 303 == browser.get("/wells").status_code


def test_signing_out(as_person):
    """Signing out needs the page's own form, and ends the session in this browser."""
    browser = as_person("guguan")
    assert 403 == browser.client.post("/sign-out", data={"csrf_token": "no"}).status_code
    assert 200 == browser.get("/wells").status_code
    assert "/sign-in" == browser.submit("/wells", "/sign-out").headers["location"]
    assert 303 == browser.get("/wells").status_code


def test_nobody_is_signed_in_by_another_page(browser):
    """A sign-in form that did not come from our page with its cookie is refused."""
    sent = hidden(browser.get("/sign-in").text) | {"login": "guguan", "password": PASSWORD}
    browser.client.cookies.clear()
    answer = browser.client.post("/sign-in", data=sent)
    assert 403 == answer.status_code
    assert COOKIE not in browser.client.cookies


def test_the_language_is_kept(as_person):
    """Choosing English turns the pages English, comes back to the same page, and stays."""
    browser = as_person("guguan")
    assert '<html lang="zh-CN">' in browser.get("/wells").text
    answer = browser.submit("/wells", "/language", language="en")
    assert "/wells" == answer.headers["location"]
    assert '<html lang="en">' in browser.get("/wells").text


def test_the_sign_in_speaks_both_languages(browser):
    """Before signing in, the browser's language or a link decides."""
    assert "User name" in browser.get("/sign-in", headers={"Accept-Language": "en-GB,zh;q=0.5"}).text
    assert "用户名" in browser.get("/sign-in?lang=zh", headers={"Accept-Language": "en"}).text


def test_an_evaluator_starts_at_evaluation(browser):
    """Without a page wanted, work starts at the site of one's own unit."""
    assert "/evaluation/" == browser.sign_in("pinggu").headers["location"]


def test_programs_sign_in_with_basic(as_program):
    """HTTP Basic opens the API; a wrong password is 401 with the challenge."""
    assert 200 == as_program("guguan").get("/api/wells").status_code
    answer = as_program("guguan", "wrong-password").get("/api/wells")
    assert (401, 'Basic realm="Shouxian", charset="UTF-8"') == (
        answer.status_code,
        answer.headers["www-authenticate"],
    )
    assert "urn:shouxian:problem:sign_in_refused" == answer.json()["type"]


def test_basic_opens_no_page(as_program):
    """A browser's remembered Basic credentials must not work on forms."""
    assert 303 == as_program("guguan").get("/wells").status_code


def test_basic_is_remembered_for_a_minute_and_forgets_disabled(as_program, accounts, clock, monkeypatch):
    """A right password is not hashed again within a minute; a disabled account is out at once."""
    verify = Mock(wraps=accounts.verify)
    monkeypatch.setattr(accounts, "verify", verify)
    client = as_program("guguan")
    for _ in range(3):
        assert 200 == client.get("/api/wells").status_code
    assert 1 == verify.call_count
    clock.set(clock() + timedelta(minutes=1))
    assert 200 == client.get("/api/wells").status_code
    assert 2 == verify.call_count
    accounts.disable(next(one.id for one in accounts.every() if one.login == "guguan"))
    assert 401 == client.get("/api/wells").status_code


def test_an_unauthenticated_program_is_told(site):
    """The API answers 401 as a problem document, never a redirect."""
    answer = Browser(site).get("/api/wells")
    assert (401, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert "请先登录" == answer.json()["detail"]


def test_parallel_programs_do_not_lock_each_other_out(gate, accounts, monkeypatch):
    """Twelve first requests at once with the right password are all let in, however long a hash takes."""
    matches = accounts._passwords.matches

    def slowly(kept, password):
        sleep(0.2)
        return matches(kept, password)

    monkeypatch.setattr(accounts._passwords, "matches", slowly)
    start = Barrier(12)
    header = "Basic " + base64.b64encode(f"guguan:{PASSWORD}".encode()).decode()

    def ask(_number):
        start.wait()
        return gate.sessions.of_basic(header, Source("test"), Limits()).officer.unit

    with ThreadPoolExecutor(12) as many:
        assert ["固关镇"] * 12 == list(many.map(ask, range(12)))


def test_a_program_whose_login_nobody_can_have_is_refused(as_program):
    """Basic credentials with a NUL in the login are refused like any unknown ones."""
    assert 401 == as_program("gu\0guan").get("/api/wells").status_code


def test_a_copied_cookie_ends_with_the_session(as_person, gate, clock, accounts):
    """After signing out a copy of the cookie opens nothing, in this process or in another one."""
    browser = as_person("guguan")
    copied = browser.client.cookies[COOKIE]
    browser.submit("/wells", "/sign-out")
    another = Sessions(accounts, gate.sessions.secret, clock=clock)
    assert [None, None] == [gate.sessions.of_cookie(copied), another.of_cookie(copied)]


def test_signing_out_ends_no_other_session(as_person):
    """Somebody signed in at two browsers stays signed in at the other."""
    one, other = as_person("guguan"), as_person("guguan")
    one.submit("/wells", "/sign-out")
    assert 200 == other.get("/wells").status_code
