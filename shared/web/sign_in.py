"""Signing in and out, and choosing the language: the routes every site has."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from shared.accounts import Account, SignInLockedError, SignInRefusedError
from shared.audit import By, Deed
from shared.kernel.errors import Problem
from shared.web import csrf
from shared.web.frame import render
from shared.web.i18n import Words, language_named
from shared.web.known_browser import remember_browser, source_of
from shared.web.problems import status_of, waiting
from shared.web.rate import TooManyRequestsError
from shared.web.session import COOKIE, LocalSignInOffError, SignedIn, Way, cookie_name, cookie_settings
from shared.web.site import (
    body_of,
    identify,
    kept_cookie,
    language_of,
    local_path,
    require,
    site_of,
    site_url,
    trace_of,
)
from shared.web.trail import who_is

FORM_COOKIE = "shouxian_sign_in"
_TITLE = Words("登录", "Sign in")
_LEFT = Words("已退出", "Signed out")
_PROBLEMS = (
    SignInRefusedError,
    SignInLockedError,
    LocalSignInOffError,
    TooManyRequestsError,
    csrf.FormExpiredError,
)

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """Show the form; whoever is signed in already goes on."""
    signed_in = identify(request)
    wanted = local_path(request.query_params.get("next"))
    if signed_in is not None:
        return RedirectResponse(_onward(request, signed_in, wanted), HTTPStatus.SEE_OTHER)
    return sign_in_form(request, wanted)


@router.post("/sign-in")
def sign_in(request: Request) -> Response:
    """Open a session for the right password."""
    sent = _sent(request)
    secret = site_of(request).gate.sessions.secret
    wanted = local_path(sent.get("next"))
    login = sent.get("login", "").strip().lower()
    try:
        # The cookie and the field come from the same page: nobody can be signed in by another site.
        cookie = kept_cookie(request, FORM_COOKIE) or ""
        csrf.ensure_form_token(secret, f"sign-in:{cookie}", sent.get(csrf.FIELD, "") if cookie else "")
        account = _verified(request, login, sent.get("password", ""))
    except _PROBLEMS as problem:
        return sign_in_form(request, wanted, problem, login=sent.get("login", "")[:40])
    response = signed_in_answer(request, account, wanted, "local")
    remember_browser(request, response, login)
    return response


def _verified(request: Request, login: str, password: str) -> Account:
    gate, source = site_of(request).gate, source_of(request, login)
    gate.limits.sign_in.take(source.name)
    account = gate.sessions.accounts.verify(login, password, source)
    gate.sessions.ensure_local(account)
    return account


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this browser's session, and every copy of its cookie."""
    sent = _sent(request)
    signed_in = identify(request)
    if signed_in is not None:
        _ensure_own_form(request, signed_in, sent)
        site_of(request).gate.sessions.end(kept_cookie(request, COOKIE))
        _enter(request, signed_in, "account.sign_out")
    response = _signed_out(request, signed_in)
    _forget(request, response, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.post("/language")
def choose_language(request: Request) -> Response:
    """Keep the officer's language and come back to the page."""
    sent, signed_in = _sent(request), require(request)
    _ensure_own_form(request, signed_in, sent)
    language = language_named(sent.get("language")) or "zh"
    site_of(request).gate.sessions.accounts.set_language(
        signed_in.officer.account_id, language, By(who_is(signed_in.officer), trace_of(request))
    )
    return RedirectResponse(local_path(sent.get("next")) or site_url(request, "/"), HTTPStatus.SEE_OTHER)


def _enter(request: Request, signed_in: SignedIn, action: str, **details: str) -> None:
    officer = signed_in.officer
    deed = Deed(action, who_is(officer), trace_of(request), "account", officer.account_id, details=details)
    site_of(request).gate.sessions.accounts.enter(deed)


def _sent(request: Request) -> Mapping[str, str]:
    csrf.ensure_same_site(request)
    csrf.ensure_form(request)
    text = body_of(request).decode("utf-8", "replace")
    return dict(parse_qsl(text[:20_000], keep_blank_values=True))


def _ensure_own_form(request: Request, signed_in: SignedIn, sent: Mapping[str, str]) -> None:
    secret = site_of(request).gate.sessions.secret
    csrf.ensure_form_token(secret, signed_in.session_id or "", sent.get(csrf.FIELD, ""))


def _signed_out(request: Request, signed_in: SignedIn | None) -> Response:
    gate = site_of(request).gate
    came_by_provider = signed_in is not None and signed_in.way == "provider"
    back = outside_url(request, "/sign-in")
    place = gate.provider.leaving(back) if gate.provider is not None and came_by_provider else None
    if place is None:
        return RedirectResponse(site_url(request, "/sign-in"), HTTPStatus.SEE_OTHER)
    # No redirect: a form of ours may lead to our own host alone, and that holds for where it is sent on, too.
    request.state.signed_in = None
    response = render(request, "signed_out.html", _LEFT, {"place": place})
    response.headers["Refresh"] = f"0; url={place}"
    return response


def signed_in_answer(request: Request, account: Account, wanted: str | None, way: Way) -> Response:
    """Open a session and go on to the page *wanted*."""
    gate = site_of(request).gate
    cookie = gate.sessions.open(account, way)
    signed_in = gate.sessions.of_cookie(cookie)
    if signed_in is not None and way == "provider":
        # A password's attempt is entered where it is checked.
        _enter(request, signed_in, "account.sign_in", way=way)
    home = site_url(request, "/") if signed_in is None else _onward(request, signed_in, wanted)
    response = RedirectResponse(home, HTTPStatus.SEE_OTHER)
    lasts = int(gate.sessions.lasts.total_seconds())
    settings = cookie_settings(secure=gate.secure(request))
    response.set_cookie(_named(request, COOKIE), cookie, max_age=lasts, **settings)
    _forget(request, response, FORM_COOKIE)
    return response


def _onward(request: Request, signed_in: SignedIn, wanted: str | None) -> str:
    """Another host's site is not gone to: the page's policy would stop a form from leading there."""
    home = local_path(site_of(request).gate.home(signed_in))
    return wanted or home or site_url(request, "/")


def outside_url(request: Request, path: str) -> str:
    """Return the whole address of *path*, as browsers and the provider know it."""
    public = site_of(request).gate.public_url.rstrip("/")
    return (
        public + path if public else f"{request.url.scheme}://{request.url.netloc}{site_url(request, path)}"
    )


def _forget(request: Request, response: Response, cookie: str) -> None:
    """Browsers let a cookie of the host's own be taken away only as they let it be set: securely."""
    response.delete_cookie(
        _named(request, cookie), **cookie_settings(secure=site_of(request).gate.secure(request))
    )


def _named(request: Request, cookie: str) -> str:
    return cookie_name(cookie, secure=site_of(request).gate.secure(request))


def sign_in_form(
    request: Request, wanted: str | None, problem: Problem | None = None, login: str = ""
) -> Response:
    """Return the page to sign in on, with what went wrong."""
    if problem is not None:
        request.state.problem = problem.code
    gate = site_of(request).gate
    cookie = secrets.token_urlsafe(12)
    language = language_of(request)
    other = "en" if language == "zh" else "zh"
    data: dict[str, Any] = {
        "problem": problem,
        "login": login,
        "next": wanted or "",
        "sign_in_token": csrf.form_token(gate.sessions.secret, f"sign-in:{cookie}"),
        "provider": gate.provider.settings.words if gate.provider is not None else None,
        "provider_address": site_url(request, "/sign-in/provider?" + urlencode({"next": wanted or ""})),
        "address": site_url(request, f"/sign-in?{urlencode({'lang': language})}"),
        "other_language": site_url(request, "/sign-in?" + urlencode({"lang": other, "next": wanted or ""})),
    }
    status = HTTPStatus.OK if problem is None else status_of(problem)
    response = render(request, "sign_in.html", _TITLE, data, status=status)
    settings = cookie_settings(secure=gate.secure(request))
    response.set_cookie(_named(request, FORM_COOKIE), cookie, max_age=3600, **settings)
    if problem is not None:
        response.headers.update(waiting(problem))
    return response
