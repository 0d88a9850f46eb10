"""A change must come from our own page, or from a program: never from another site in the same browser."""

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request

from shared.kernel.errors import ForbiddenError, Problem

FIELD = "csrf_token"
ORDINARY, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_OWN = {"same-origin", "none"}


class CrossSiteError(ForbiddenError):
    """Raised when the browser says that another site sent the request."""

    code = "cross_site_request"
    zh = "请求来自其他网站，未予办理"
    en = "The request came from another site and was not carried out"


class FormExpiredError(ForbiddenError):
    """Raised when a form's token is missing, wrong, or of an earlier session."""

    code = "form_expired"
    zh = "页面已过期，请返回后刷新页面再提交"
    en = "The page has expired; go back, reload it and submit again"


class NotJsonError(Problem):
    """Raised when a program sends something else than JSON (a form from another site cannot send JSON)."""

    code = "not_json"
    zh = "请以 application/json 提交"
    en = "Send application/json"


class NotAFormError(Problem):
    """Raised when a form is sent in an encoding these pages do not use."""

    code = "not_a_form"
    zh = "请以 {wanted} 提交"
    en = "Send {wanted}"


def form_token(secret: str, session_id: str) -> str:
    """Return the token every form of this session carries."""
    return hmac.new(secret.encode(), f"form:{session_id}".encode(), hashlib.sha256).hexdigest()


def ensure_form_token(secret: str, session_id: str, given: str) -> None:
    """Raise FormExpiredError unless *given* is the session's token."""
    if not hmac.compare_digest(form_token(secret, session_id).encode(), given.encode()):
        raise FormExpiredError


def ensure_same_site(request: Request) -> None:
    """Raise CrossSiteError when the browser names another origin; programs name none."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None and fetch_site not in _OWN:
        raise CrossSiteError
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise CrossSiteError


def ensure_json(request: Request) -> None:
    """Raise NotJsonError unless the body is declared as JSON."""
    if _media_type(request) != "application/json":
        raise NotJsonError


def ensure_form(request: Request, wanted: str = ORDINARY) -> None:
    """Raise NotAFormError unless the body is declared as a form of the *wanted* encoding."""
    if _media_type(request) != wanted:
        raise NotAFormError(wanted=wanted)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()
