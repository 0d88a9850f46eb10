"""What one site is made of, and what the four sites share at their gate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from anyio import from_thread
from fastapi import FastAPI, Request
from starlette._utils import get_route_path

from shared.accounts import ROLES, Role, Source
from shared.audit import Trace
from shared.kernel.errors import Language, Problem
from shared.web.access import Permissions
from shared.web.asking import WebService
from shared.web.i18n import Words, language_named, preferred
from shared.web.once import Once
from shared.web.provider import Provider
from shared.web.rate import Limits, network_of
from shared.web.section import Action
from shared.web.session import COOKIE, NotSignedInError, Sessions, SignedIn, cookie_name

API = "/api"
LARGEST_BODY = 2_000_000
"""Bytes. The framework cuts off what exceeds it without having said so."""


class TooLargeError(Problem):
    code = "too_large"
    zh = "提交的内容过大"
    en = "What was sent is too large"


@dataclass(frozen=True, slots=True)
class SiteLink:
    """One of the four sites: where it is (``/employment``, or a full address), and whose it is."""

    name: str
    words: Words
    base_url: str
    roles: frozenset[Role] = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a site's own navigation, shown to those with the permission.

    A site with many gives each a *group*: the entries of a group stand together, groups in the order
    in which they first appear, at the side of the page. With *units* a department sees it only if it
    is one of them.
    """

    words: Words
    path: str
    permission: str
    group: Words | None = None
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gate:
    """What the four sites share: accounts and sessions, and the way to each other.

    *secure_cookies* None: secure exactly when the request came over https. *hosts*, when there are any,
    are the only ones answered to. *public_url* is where browsers find this site, and is needed only
    where the request does not say so itself.
    """

    sessions: Sessions
    sites: tuple[SiteLink, ...]
    secure_cookies: bool | None = None
    limits: Limits = field(default_factory=Limits)
    hosts: frozenset[str] = frozenset()
    provider: Provider | None = None
    public_url: str = ""

    def secure(self, request: Request) -> bool:
        return request.url.scheme == "https" if self.secure_cookies is None else self.secure_cookies

    def reaches(self, site: str) -> bool:
        """Say whether it is known where *site* is; a link to any other would lead nowhere."""
        return any(one.name == site for one in self.sites)

    def link(self, site: str, path: str) -> str:
        """Return the address of *path* on *site*, which ``reaches`` must know."""
        found = next((one for one in self.sites if one.name == site), None)
        if found is None:
            raise LookupError(f"no site is called {site}")
        return found.base_url.rstrip("/") + path

    def home(self, signed_in: SignedIn) -> str | None:
        """Return the address at which the officer's work starts."""
        officer = signed_in.officer
        mine = [one for one in self.sites if officer.role in one.roles]
        mine.sort(key=lambda one: one.name != officer.service)
        return mine[0].base_url.rstrip("/") + "/" if mine else None


@dataclass(frozen=True, slots=True)
class Site:
    """One service's site, as its routes find it on the running application."""

    name: str
    title: Words
    service: WebService
    gate: Gate
    permissions: Permissions
    once: Once
    nav: tuple[NavItem, ...] = ()
    actions: Mapping[str, Action] = field(default_factory=dict)


def install(app: FastAPI, site: Site) -> None:
    app.state.site = site


def site_of(request: Request) -> Site:
    """Return the site that serves *request*."""
    return cast("Site", request.app.state.site)


def route_path(request: Request) -> str:
    """Return the path inside this site, wherever it is mounted."""
    return get_route_path(request.scope) or "/"


def site_url(request: Request, path: str) -> str:
    """Return the address of *path* of this site, wherever it is mounted."""
    return str(request.scope.get("root_path", "")) + path


def is_api(request: Request) -> bool:
    """Say whether a program asked: answers are JSON, and HTTP Basic is heard."""
    path = route_path(request)
    # A site that lies inside this one does not get an address with a line break; its answer is ours.
    inside = (one.base_url for one in site_of(request).gate.sites if one.base_url.startswith("/"))
    places = (API, *(base.rstrip("/") + API for base in inside))
    return any(path == place or path.startswith(place + "/") for place in places)


def body_of(request: Request) -> bytes:
    """Return the body; for routes, which run in a worker thread. Raises TooLargeError."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise TooLargeError
    return from_thread.run(request.body)


def ensure_length(request: Request, most: int) -> None:
    """Raise TooLargeError unless the body says its length, and it is within *most* bytes."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > most:
        raise TooLargeError


def identify(request: Request) -> SignedIn | None:
    """Return who is signed in, remembered for the request; raises when Basic credentials are wrong."""
    known: SignedIn | None = getattr(request.state, "signed_in", None)
    if known is not None:
        return known
    sessions = site_of(request).gate.sessions
    header = request.headers.get("authorization")
    # Only programs may use Basic: a browser would add it to another site's forms too.
    if header is not None and is_api(request):
        source = Source(network_of(request.client), trace=trace_of(request))
        found = sessions.of_basic(header, source, site_of(request).gate.limits)
    else:
        found = sessions.of_cookie(kept_cookie(request, COOKIE))
    request.state.signed_in = found
    return found


def trace_of(request: Request) -> Trace:
    """Return where *request* came from, with the id that its log line and its answer carry."""
    request_id = str(state_value(request, "request_id") or "")
    return Trace("api" if is_api(request) else "web", request_id)


def require(request: Request) -> SignedIn:
    """Return who is signed in; raises NotSignedInError."""
    found = identify(request)
    if found is None:
        raise NotSignedInError
    if not getattr(request.state, "counted", False):
        request.state.counted = True
        site_of(request).gate.limits.accounts.take(found.officer.account_id)
    return found


def kept_cookie(request: Request, name: str) -> str | None:
    """Return what the browser keeps as *name*; over https only what a host can have set for itself alone."""
    return request.cookies.get(cookie_name(name, secure=site_of(request).gate.secure(request)))


def language_of(request: Request) -> Language:
    """Return the officer's language, or what the browser prefers before signing in."""
    known: SignedIn | None = getattr(request.state, "signed_in", None)
    if known is not None:
        return known.officer.language
    return language_named(request.query_params.get("lang")) or preferred(
        request.headers.get("accept-language")
    )


def local_path(wanted: str | None) -> str | None:
    """Return *wanted* if it is a path on this host, else None: nobody is sent elsewhere after signing in."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return None
    if any(sign in wanted for sign in "\\\r\n\t\0") or not wanted.isprintable():
        return None
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else None


def came_from(request: Request) -> str | None:
    """Return the path of the page that sent a form, when the browser says so and it is ours."""
    parts = urlsplit(request.headers.get("referer", ""))
    if parts.netloc != request.headers.get("host"):
        return None
    return local_path(parts.path + (f"?{parts.query}" if parts.query else ""))


def state_value(request: Request, name: str) -> Any:  # noqa: ANN401  (whatever was put there)
    return getattr(request.state, name, None)
