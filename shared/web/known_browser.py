"""A browser that has been signed in as somebody: others' failures do not lock it out."""

import hashlib
import secrets

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from shared.accounts import Source
from shared.web.rate import network_of
from shared.web.session import cookie_name, cookie_settings
from shared.web.site import kept_cookie, site_of, trace_of

BROWSER_COOKIE = "shouxian_browser"
_LASTS = 90 * 86_400


def source_of(request: Request, login: str) -> Source:
    """Return what an attempt to sign in as *login* is counted under."""
    try:
        digest, name = _signed(request).loads(kept_cookie(request, BROWSER_COOKIE) or "")
    except (BadSignature, ValueError):
        digest, name = "", ""
    if digest == _digest(login):
        return Source(str(name), known=True, trace=trace_of(request))
    return Source(network_of(request.client), trace=trace_of(request))


def remember_browser(request: Request, response: Response, login: str) -> None:
    """Let this browser be known as one that has been signed in as *login*; it opens nothing."""
    secure = site_of(request).gate.secure(request)
    kept = _signed(request).dumps([_digest(login), secrets.token_urlsafe(12)])
    name = cookie_name(BROWSER_COOKIE, secure=secure)
    response.set_cookie(name, str(kept), max_age=_LASTS, **cookie_settings(secure=secure))


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _signed(request: Request) -> URLSafeSerializer:
    return URLSafeSerializer(site_of(request).gate.sessions.secret, salt="shouxian.browser")
