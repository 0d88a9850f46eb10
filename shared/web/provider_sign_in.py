"""Signing in at the county's identity provider: the way there, the way back, and the way out of both."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, URLSafeSerializer

from shared.accounts import Account, Accounts
from shared.kernel.clock import system_clock
from shared.kernel.errors import ForbiddenError
from shared.web.problems import NoSuchPageError, guarded
from shared.web.provider import (
    Identity,
    Provider,
    ProviderAwayError,
    ProviderRefusedError,
    Sending,
)
from shared.web.rate import TooManyRequestsError, network_of
from shared.web.session import cookie_name, cookie_settings
from shared.web.sign_in import outside_url, sign_in_form, signed_in_answer
from shared.web.site import kept_cookie, local_path, site_of

WAY_COOKIE = "shouxian_way"
_WITHIN_SECONDS = 600
"""Between leaving for the provider and coming back: time to find a token card."""
_LONGEST = 4096

router = APIRouter(include_in_schema=False)
_PROBLEMS = (ProviderAwayError, ProviderRefusedError, TooManyRequestsError)


class NotLinkedError(ForbiddenError):
    """Raised for somebody only the provider knows; *subject* is what an operator links."""

    code = "not_linked"
    zh = "您的统一身份没有对应的账户，请把这个标识告诉系统运维：{subject}"
    en = "Your identity has no account here; tell the operators this identifier: {subject}"


@router.get("/sign-in/provider")
def leave(request: Request) -> Response:
    """Send the browser to the provider."""
    return guarded(request, lambda: _leave(request))


@router.get("/sign-in/provider/callback")
def come_back(request: Request) -> Response:
    """Take in what the provider answered."""
    return guarded(request, lambda: _come_back(request))


def _leave(request: Request) -> Response:
    gate, wanted = site_of(request).gate, local_path(request.query_params.get("next"))
    name = secrets.token_urlsafe(24)
    way = {
        "r": name,
        "e": int(system_clock().timestamp()) + _WITHIN_SECONDS,
        "n": wanted or "",
    }
    try:
        gate.limits.sign_in.take(network_of(request.client))
        place = _provider(request).address(_sending(request, name))
    except _PROBLEMS as problem:
        return sign_in_form(request, wanted, problem)
    response = RedirectResponse(place, HTTPStatus.SEE_OTHER)
    secure = gate.secure(request)
    response.set_cookie(
        cookie_name(WAY_COOKIE, secure=secure),
        _signed(request).dumps(way),
        max_age=_WITHIN_SECONDS,
        **cookie_settings(secure=secure),
    )
    return response


def _come_back(request: Request) -> Response:
    gate = site_of(request).gate
    provider, way = _provider(request), _way(request)
    wanted = local_path(way.get("n")) if way else None
    try:
        gate.limits.sign_in.take(network_of(request.client))
        identity = _identity(request, provider, way)
        account = account_of(gate.sessions.accounts, identity)
    except (*_PROBLEMS, NotLinkedError) as problem:
        response = sign_in_form(request, wanted, problem)
    else:
        response = signed_in_answer(request, account, wanted, "provider")
    secure = gate.secure(request)
    response.delete_cookie(cookie_name(WAY_COOKIE, secure=secure), **cookie_settings(secure=secure))
    return response


def _identity(request: Request, provider: Provider, way: Mapping[str, Any] | None) -> Identity:
    """Return who came back, if it is this browser that left, and once only."""
    asked = request.query_params
    if way is None or not _same(_secret(request, way["r"], "state"), asked.get("state", "")):
        raise ProviderRefusedError
    accounts = site_of(request).gate.sessions.accounts
    code = asked.get("code", "")
    if (
        "error" in asked
        or not 0 < len(code) <= _LONGEST
        or not accounts.use_once(f"way:{way['r']}", way["e"])
    ):
        raise ProviderRefusedError
    return provider.identity(_sending(request, way["r"]), code, asked.get("iss"))


def account_of(accounts: Accounts, identity: Identity) -> Account:
    """Return the account that is linked to *identity*, or named by its claim; raises NotLinkedError.

    A claim opens no account that is linked to somebody: the link says whose it is.
    """
    found = accounts.of_subject(identity.subject)
    if found is None and identity.login is not None:
        named = accounts.of_login(identity.login)
        found = named if named is not None and accounts.subject_of(named.id) is None else None
    if found is None or found.disabled:
        raise NotLinkedError(subject=identity.subject.name)
    return found


def _provider(request: Request) -> Provider:
    provider = site_of(request).gate.provider
    if provider is None:
        raise NoSuchPageError
    return provider


def _way(request: Request) -> Mapping[str, Any] | None:
    """Return what the browser left with; None when that was too long ago, or is not ours."""
    try:
        way: Mapping[str, Any] = _signed(request).loads(kept_cookie(request, WAY_COOKIE) or "")
    except BadSignature:
        return None
    return way if way["e"] > system_clock().timestamp() else None


def _sending(request: Request, way: str) -> Sending:
    redirect_uri = outside_url(request, "/sign-in/provider/callback")
    state, nonce, verifier = (_secret(request, way, one) for one in ("state", "nonce", "verifier"))
    return Sending(state, nonce, verifier, redirect_uri)


def _secret(request: Request, way: str, purpose: str) -> str:
    """Derived, not kept: nothing waits in memory, and another process of the site may take the answer in."""
    secret = site_of(request).gate.sessions.secret
    return hmac.new(secret.encode(), f"{purpose}:{way}".encode(), hashlib.sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _signed(request: Request) -> URLSafeSerializer:
    return URLSafeSerializer(site_of(request).gate.sessions.secret, salt="shouxian.way")
