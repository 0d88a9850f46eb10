"""Signing in and out, and choosing the language: the routes every site has."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from shared.accounts import Account, SignInLockedError, SignInRefusedError
from shared.kernel.errors import Problem
from shared.web import csrf
from shared.web.frame import render
from shared.web.i18n import Words, language_named
from shared.web.problems import status_of
from shared.web.session import COOKIE, SignedIn, cookie_settings
from shared.web.site import body_of, identify, language_of, local_path, require, site_of, site_url

FORM_COOKIE = "shouxian_sign_in"
_TITLE = Words("登录", "Sign in")

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """Show the form; whoever is signed in already goes on."""
    signed_in = identify(request)
    wanted = local_path(request.query_params.get("next"))
    if signed_in is not None:
        return RedirectResponse(_onward(request, signed_in, wanted), HTTPStatus.SEE_OTHER)
    return _page(request, wanted)


@router.post("/sign-in")
def sign_in(request: Request) -> Response:
    """Open a session for the right password."""
    sent = _sent(request)
    secret = site_of(request).gate.sessions.secret
    wanted = local_path(sent.get("next"))
    try:
        # The cookie and the field come from the same page: nobody can be signed in by another site.
        cookie = request.cookies.get(FORM_COOKIE, "")
        csrf.ensure_form_token(secret, f"sign-in:{cookie}", sent.get(csrf.FIELD, "") if cookie else "")
        account = site_of(request).gate.sessions.accounts.verify(
            sent.get("login", "").strip().lower(), sent.get("password", "")
        )
    except (SignInRefusedError, SignInLockedError, csrf.FormExpiredError) as problem:
        request.state.problem = problem.code
        return _page(request, wanted, problem, login=sent.get("login", "")[:40])
    return _signed_in(request, account, wanted)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this browser's session, and every copy of its cookie."""
    sent = _sent(request)
    signed_in = identify(request)
    if signed_in is not None:
        _ensure_own_form(request, signed_in, sent)
        site_of(request).gate.sessions.end(request.cookies.get(COOKIE))
    response = RedirectResponse(site_url(request, "/sign-in"), HTTPStatus.SEE_OTHER)
    response.delete_cookie(COOKIE, path="/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.post("/language")
def choose_language(request: Request) -> Response:
    """Keep the officer's language and come back to the page."""
    sent, signed_in = _sent(request), require(request)
    _ensure_own_form(request, signed_in, sent)
    language = language_named(sent.get("language")) or "zh"
    site_of(request).gate.sessions.accounts.set_language(signed_in.officer.account_id, language)
    return RedirectResponse(local_path(sent.get("next")) or site_url(request, "/"), HTTPStatus.SEE_OTHER)


def _sent(request: Request) -> Mapping[str, str]:
    csrf.ensure_same_site(request)
    csrf.ensure_form(request)
    text = body_of(request).decode("utf-8", "replace")
    return dict(parse_qsl(text[:20_000], keep_blank_values=True))


def _ensure_own_form(request: Request, signed_in: SignedIn, sent: Mapping[str, str]) -> None:
    secret = site_of(request).gate.sessions.secret
    csrf.ensure_form_token(secret, signed_in.session_id or "", sent.get(csrf.FIELD, ""))


def _signed_in(request: Request, account: Account, wanted: str | None) -> Response:
    gate = site_of(request).gate
    cookie = gate.sessions.open(account)
    signed_in = gate.sessions.of_cookie(cookie)
    home = site_url(request, "/") if signed_in is None else _onward(request, signed_in, wanted)
    response = RedirectResponse(home, HTTPStatus.SEE_OTHER)
    lasts = int(gate.sessions.lasts.total_seconds())
    response.set_cookie(COOKIE, cookie, max_age=lasts, **cookie_settings(secure=gate.secure(request)))
    response.delete_cookie(FORM_COOKIE, path="/")
    return response


def _onward(request: Request, signed_in: SignedIn, wanted: str | None) -> str:
    """Another host's site is not gone to: the page's policy would stop a form from leading there."""
    home = local_path(site_of(request).gate.home(signed_in))
    return wanted or home or site_url(request, "/")


def _page(request: Request, wanted: str | None, problem: Problem | None = None, login: str = "") -> Response:
    gate = site_of(request).gate
    cookie = secrets.token_urlsafe(12)
    language = language_of(request)
    other = "en" if language == "zh" else "zh"
    data: dict[str, Any] = {
        "problem": problem,
        "login": login,
        "next": wanted or "",
        "sign_in_token": csrf.form_token(gate.sessions.secret, f"sign-in:{cookie}"),
        "address": site_url(request, f"/sign-in?{urlencode({'lang': language})}"),
        "other_language": site_url(request, "/sign-in?" + urlencode({"lang": other, "next": wanted or ""})),
    }
    status = HTTPStatus.OK if problem is None else status_of(problem)
    response = render(request, "sign_in.html", _TITLE, data, status=status)
    response.set_cookie(FORM_COOKIE, cookie, max_age=3600, **cookie_settings(secure=gate.secure(request)))
    return response
