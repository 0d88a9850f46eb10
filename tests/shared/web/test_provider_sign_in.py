import time
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from shared.accounts import Subject, SubjectTakenError
from shared.web.provider import Provider, ProviderNotUsableError, ProviderSettings
from shared.web.session import COOKIE, Sessions
from shared.web.site import install
from tests.shared.web.conftest import PASSWORD, Browser
from tests.support.invented_provider import CLIENT, SECRET, invented_provider

CALLBACK = "/sign-in/provider/callback"


@pytest.fixture(scope="module", name="running")
def _running():
    with invented_provider() as provider:
        yield provider


@pytest.fixture(name="invented")
def _invented(running):
    """The one server, telling the truth again."""
    running.claims, running.metadata, running.answer = {}, {}, {}
    running.algorithm, running.once_only = "RS256", True
    return running


@pytest.fixture(name="client", scope="module")
def _client():
    with httpx.Client(timeout=2, trust_env=False) as client:
        yield client


@pytest.fixture(name="joined")
def _joined(site, invented, client, accounts):
    """Let people of the provider come in; guguan is linked to its ``sub-1``."""
    settings = ProviderSettings(invented.issuer, CLIENT, SECRET, claim="preferred_username")
    _join(site, provider=Provider(settings, client=client))
    _link(accounts, "guguan", Subject(invented.issuer, "sub-1"))
    return site


def _join(site, **changes):
    old = site.state.site
    install(site, replace(old, gate=replace(old.gate, **changes)))


def _link(accounts, login, subject):
    accounts.link(accounts.of_login(login).id, subject)


def leave(browser, wanted="/wells"):
    return browser.get("/sign-in/provider", params={"next": wanted}).headers["location"]


def come_in(browser, invented, subject="sub-1", wanted="/wells"):
    return browser.get(invented.sign_in(leave(browser, wanted), subject))


def _at(value):
    return int(time.time() + value.total_seconds()) if isinstance(value, timedelta) else value


def refused(answer, browser):
    return (403, True, False) == (
        answer.status_code,
        "统一身份认证没有通过" in answer.text,
        COOKIE in browser.client.cookies,
    )


def test_a_linked_identity_comes_in(joined, browser, invented):
    """Who is linked comes back signed in, on the page they wanted, as the account they are linked to."""
    answer = come_in(browser, invented)
    assert (303, "/wells") == (answer.status_code, answer.headers["location"])
    assert "固关镇经办" in browser.get("/wells").text


def test_the_page_offers_both_ways(joined, browser):
    """The sign-in page has the provider's button and the local form."""
    page = browser.get("/sign-in", params={"next": "/wells"}).text
    assert 'href="/sign-in/provider?next=%2Fwells"' in page
    assert 'name="password"' in page


def test_without_a_provider_there_is_no_such_page(browser):
    """A site without a provider has neither button nor routes."""
    assert [404, 404] == [browser.get(f"/sign-in/provider{one}").status_code for one in ("", "/callback")]
    assert "/sign-in/provider" not in browser.get("/sign-in").text


def test_the_agreed_claim_names_an_account(joined, browser, invented):
    """With a claim agreed on, its value is the login; capitals and blanks do not matter."""
    invented.claims = {"preferred_username": " County "}
    assert 303 == come_in(browser, invented, "sub-2").status_code
    assert "县级管理员" in browser.get("/wells").text


def test_a_claim_does_not_take_a_linked_account(joined, browser, invented):
    """An account linked to one identity is not opened by another that bears its name."""
    invented.claims = {"preferred_username": "guguan"}
    answer = come_in(browser, invented, "sub-2")
    assert 403 == answer.status_code
    assert "sub-2" in answer.text


def test_an_unknown_identity_is_refused_in_words(joined, browser, invented):
    """Who is known to the provider alone is told what to tell the operators."""
    answer = come_in(browser, invented, "sub-unknown")
    assert (403, False) == (answer.status_code, COOKIE in browser.client.cookies)
    assert "告诉系统运维：sub-unknown" in answer.text


def test_a_closed_account_stays_closed(joined, browser, invented, accounts):
    """A link opens no account that was closed."""
    accounts.disable(accounts.of_login("guguan").id)
    assert 403 == come_in(browser, invented).status_code


def test_a_link_that_is_gone_ends_its_sessions(joined, browser, invented, accounts):
    """Unlinked, an identity's open session opens nothing more, whatever its cookie says."""
    assert 303 == come_in(browser, invented).status_code
    accounts.link(accounts.of_login("guguan").id, None)
    assert 303 == browser.get("/wells").status_code


def test_a_subject_of_another_issuer_is_somebody_else(joined, browser, invented, accounts):
    """The same subject under another issuer is not the person linked."""
    _link(accounts, "guguan", Subject("https://other.example", "sub-1"))
    assert 403 == come_in(browser, invented).status_code


def test_one_identity_one_account(joined, accounts, invented):
    """An identity that is linked cannot be linked to a second account."""
    with pytest.raises(SubjectTakenError):
        _link(accounts, "county", Subject(invented.issuer, "sub-1"))


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"aud": ["another-client"], "azp": CLIENT},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": timedelta(seconds=-61)},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": timedelta(seconds=600)},
        {"iat": None},
        {"nbf": timedelta(seconds=600)},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        *({"sub": wrong} for wrong in (None, 7, "", "s" * 300, "guguan\u202e")),
        {"at_hash": "of another token"},
    ],
    ids=str,
)
def test_a_token_for_others_is_refused(joined, browser, invented, claims):
    """Another audience, issuer, question, time or no subject: nobody comes in."""
    invented.claims = {name: _at(value) for name, value in claims.items()}
    assert refused(come_in(browser, invented), browser)


def test_a_clock_that_is_a_little_behind(joined, browser, invented):
    """Half a minute of difference between two machines keeps nobody out."""
    invented.claims = {"exp": int(time.time()) - 30, "iat": int(time.time()) + 30}
    assert 303 == come_in(browser, invented).status_code


def test_an_unsigned_token_is_refused(joined, browser, invented):
    """``alg: none`` is no signature."""
    invented.algorithm = "none"
    assert refused(come_in(browser, invented), browser)


def test_a_token_signed_with_what_is_public(joined, browser, invented, monkeypatch):
    """HMAC with the published key as its secret is no signature either."""
    import base64
    import hmac
    import json

    public = invented.keys[0].as_pem(private=False)

    def forged(asked):
        now = int(time.time())
        claims = {"iss": invented.issuer, "sub": "sub-1", "aud": CLIENT, "iat": now, "exp": now + 300}
        parts = ({"alg": "HS256", "kid": invented.keys[0].kid}, claims | {"nonce": asked.nonce})
        head = ".".join(
            base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts
        )
        seal = base64.urlsafe_b64encode(hmac.digest(public, head.encode(), "sha256")).rstrip(b"=").decode()
        return f"{head}.{seal}"

    monkeypatch.setattr(invented, "id_token", forged)
    assert refused(come_in(browser, invented), browser)


def test_a_new_key_is_fetched(joined, as_new, invented):
    """After the provider changed its keys, people go on coming in."""
    assert 303 == come_in(as_new(), invented).status_code
    invented.rotate()
    assert 303 == come_in(as_new(), invented).status_code


def test_another_provider_key_is_refused(joined, browser, invented, monkeypatch):
    """A token signed with a key the provider does not publish proves nothing, whatever its ``kid``."""
    from joserfc.jwk import RSAKey

    own = invented.keys[0]
    stranger = RSAKey.generate_key(2048, parameters={"kid": own.kid})
    sign = invented.id_token

    def with_stranger(asked):
        invented.keys = [stranger]
        try:
            return sign(asked)
        finally:
            invented.keys = [own]

    monkeypatch.setattr(invented, "id_token", with_stranger)
    assert refused(come_in(browser, invented), browser)


@pytest.fixture(name="as_new")
def _as_new(site):
    return lambda: Browser(site)


def test_a_wrong_state_is_refused(joined, browser, invented):
    """An answer to a question this browser did not ask is not taken in."""
    invented.answer = {"state": "0" * 64}
    assert refused(come_in(browser, invented), browser)


def test_another_browsers_answer_is_refused(joined, browser, as_new, invented):
    """Who is sent an attacker's answer by a link is not signed in as the attacker."""
    back = invented.sign_in(leave(browser), "sub-1")
    victim = as_new()
    assert refused(victim.get(back), victim)
    leave(victim)
    assert refused(victim.get(back), victim)


def test_a_replayed_answer_is_refused(joined, browser, as_new, invented):
    """The same answer opens one session, even if the provider would take its code twice."""
    invented.once_only = False
    back = invented.sign_in(leave(browser), "sub-1")
    kept = dict(browser.client.cookies)
    assert 303 == browser.get(back).status_code
    copy = as_new()
    copy.client.cookies.update(kept)
    assert refused(copy.get(back), copy)


def test_a_code_used_twice_is_refused_by_the_provider(joined, browser, invented):
    """A code that the provider refuses opens nothing."""
    back = invented.sign_in(leave(browser), "sub-1")
    invented.codes.clear()
    assert refused(browser.get(back), browser)


@pytest.mark.parametrize(
    "answer", [{"iss": "https://evil.example"}, {"error": "access_denied"}, {"code": ""}]
)
def test_an_answer_of_another_issuer_or_an_error(joined, browser, invented, answer):
    """Mixed up with another provider, or refused there: the code is brought to nobody."""
    invented.answer, before = answer, invented.requests.count("/token")
    assert refused(come_in(browser, invented), browser)
    assert before == invented.requests.count("/token")


def test_an_issuer_that_must_name_itself(joined, browser, invented):
    """A provider that says it names itself in every answer, and then does not, is not believed."""
    back = invented.sign_in(leave(browser), "sub-1")
    parts = urlsplit(back)
    query = "&".join(one for one in parts.query.split("&") if not one.startswith("iss="))
    assert refused(browser.get(f"{CALLBACK}?{query}"), browser)


def test_a_description_of_another_issuer(joined, browser, invented):
    """A description that says it is another provider's sends nobody anywhere."""
    invented.metadata = {"issuer": "https://evil.example"}
    answer = browser.get("/sign-in/provider")
    assert (403, True) == (answer.status_code, "统一身份认证没有通过" in answer.text)


def test_after_ten_minutes_the_way_back_is_closed(joined, browser, invented, monkeypatch):
    """Whoever comes back too late begins again."""
    from datetime import timedelta

    from shared.kernel.clock import system_clock

    back = invented.sign_in(leave(browser), "sub-1")
    late = system_clock() + timedelta(seconds=601)
    monkeypatch.setattr("shared.web.provider_sign_in.system_clock", lambda: late)
    assert refused(browser.get(back), browser)


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/%0d\r\nX: y"]
)
def test_nobody_is_sent_elsewhere(joined, browser, invented, wanted):
    """Only a path of this host is gone on to."""
    assert "/" == come_in(browser, invented, wanted=wanted).headers["location"]


def test_what_the_provider_is_told(joined, browser, invented):
    """State, nonce and challenge are there, differ each time, and the cookie holds none of them."""
    first, second = (parse_qs(urlsplit(leave(browser)).query) for _ in range(2))
    assert "openid" in first["scope"][0].split()
    assert f"http://testserver{CALLBACK}" == first["redirect_uri"][0]
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert first[name][0] not in str(dict(browser.client.cookies))


def test_the_provider_is_away(site, accounts, browser, client):
    """Nobody answers: it says so at once, again without asking, and passwords still open the door."""
    asked = []

    def nobody(request):
        asked.append(request)
        raise httpx.ConnectError("nobody there")

    settings = ProviderSettings("https://sso.example", CLIENT, SECRET)
    provider = Provider(settings, client=httpx.Client(transport=httpx.MockTransport(nobody)))
    _join(site, provider=provider)
    for _ in range(3):
        answer = browser.get("/sign-in/provider", params={"next": "/wells"})
        assert (503, "5") == (answer.status_code, answer.headers["retry-after"])
        assert "统一身份认证暂时无法使用" in answer.text
    assert 1 == len(asked)
    assert 303 == browser.sign_in("guguan").status_code


@pytest.mark.parametrize("answer", ["<html>", "[]", '{"issuer": "https://sso.example"}'])
def test_a_provider_that_talks_nonsense(site, browser, answer):
    """What is no description counts as no answer."""
    settings = ProviderSettings("https://sso.example", CLIENT, SECRET)
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, text=answer))
    _join(site, provider=Provider(settings, client=httpx.Client(transport=transport)))
    assert 503 == browser.get("/sign-in/provider").status_code


def test_signing_out_of_both(joined, browser, invented):
    """Who came by the provider is led out of its session too, and back to our sign-in."""
    come_in(browser, invented)
    answer = browser.submit("/wells", "/sign-out")
    assert 200 == answer.status_code
    assert answer.headers["refresh"].startswith(f"0; url={invented.issuer}/leave?client_id={CLIENT}&")
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Fsign-in" in answer.headers["refresh"]
    assert 303 == browser.get("/wells").status_code


def test_signing_out_here_alone(joined, browser, invented):
    """A provider without an end of sessions, and whoever used a password: our own session ends."""
    browser.sign_in("guguan")
    assert "/sign-in" == browser.submit("/wells", "/sign-out").headers["location"]


def test_roles_without_passwords(joined, accounts, browser, invented, as_new):
    """A role of the provider alone: no password, no Basic, no earlier session; operators keep theirs."""
    kept = as_new()
    kept.sign_in("guguan")
    gate = joined.state.site.gate
    _join(joined, sessions=Sessions(accounts, gate.sessions.secret, provider_only=frozenset({"town"})))
    answer = browser.sign_in("guguan")
    assert (403, True) == (answer.status_code, "请通过统一身份认证登录" in answer.text)
    assert 403 == browser.get("/api/wells", auth=("guguan", PASSWORD)).status_code
    assert 303 == kept.get("/wells").status_code
    assert 303 == browser.sign_in("county").status_code
    assert 303 == come_in(as_new(), invented).status_code
    with pytest.raises(ValueError, match="operators"):
        Sessions(accounts, "s" * 32, provider_only=frozenset({"operator"}))


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "http://sso.example"},
        {"issuer": "https://sso.example?x=1"},
        {"issuer": "https://sso.example#x"},
        {"client_id": ""},
        {"scopes": "profile"},
    ],
)
def test_settings_that_would_let_anybody_listen(changes):
    """The start is refused for a provider that is not asked over https, or is not OpenID."""
    with pytest.raises(ProviderNotUsableError):
        ProviderSettings(**{"issuer": "https://sso.example", "client_id": CLIENT} | changes)
