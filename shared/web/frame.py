"""A page's frame: who is signed in, where one may go, the forms one may fill in."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from shared.kernel.clock import day_of
from shared.web import csrf, once
from shared.web.asking import Act, Ask, Crumb, ask_values
from shared.web.fields import shown_fields
from shared.web.flash import flashed, forget_flash
from shared.web.i18n import Words
from shared.web.section import Action
from shared.web.session import SignedIn
from shared.web.site import (
    NavItem,
    Site,
    SiteLink,
    came_from,
    identify,
    language_of,
    route_path,
    site_of,
    site_url,
    state_value,
)
from shared.web.static import stylesheet_version
from shared.web.templates import Templates


class FrameNameError(ValueError):
    """Raised when a page's data hides what every template relies on."""


def render(
    request: Request,
    template: str,
    title: Words,
    data: Mapping[str, Any],
    *,
    crumbs: Sequence[Crumb] = (),
    status: int = 200,
) -> HTMLResponse:
    """Return *template*, filled from *data*, in the frame of the site and the officer's language."""
    context = _frame(request, title, crumbs)
    hidden = sorted(set(context) & set(data))
    if hidden:
        raise FrameNameError(f"a page may not call its data {', '.join(hidden)}")
    text = templates_of(request).render(template, language_of(request), {**context, **data})
    response = HTMLResponse(text, status_code=status)
    forget_flash(request, response)
    return response


def templates_of(request: Request) -> Templates:
    templates: Templates = request.app.state.templates
    return templates


def _frame(request: Request, title: Words, crumbs: Sequence[Crumb]) -> dict[str, Any]:
    site = site_of(request)
    signed_in: SignedIn | None = state_value(request, "signed_in")
    return {
        "title": title,
        "crumbs": crumbs,
        "site": site,
        "sites": _sites(site, signed_in),
        "nav": (nav := _nav(site, signed_in)),
        "nav_groups": _groups(nav),
        "nav_at": _nearest(nav, route_path(request)),
        "officer": signed_in.officer if signed_in else None,
        "csrf_token": _token(site, signed_in),
        "message": flashed(request, site.gate.sessions),
        "here": _here(request),
        "route": route_path(request),
        "query": request.query_params,
        "business_day": day_of(site.service.clock()) if signed_in else None,
        "request_id": state_value(request, "request_id") or "",
        "style": site_url(request, f"/static/shouxian.css?v={stylesheet_version()}"),
        "url": lambda path: site_url(request, path),
        "link": site.gate.link,
        "reaches": site.gate.reaches,
        "with_query": lambda **changed: _with_query(request, changed),
        "may": _may(site, signed_in),
        "form": lambda name, /, **given: action_form(request, site.actions[name], given),
    }


def _sites(site: Site, signed_in: SignedIn | None) -> list[SiteLink]:
    if signed_in is None:
        return []
    return [one for one in site.gate.sites if signed_in.officer.role in one.roles]


def _nav(site: Site, signed_in: SignedIn | None) -> list[NavItem]:
    if signed_in is None:
        return []
    officer = signed_in.officer
    return [
        one
        for one in site.nav
        if site.permissions.granted(officer, one.permission)
        and (not one.units or officer.role != "department" or officer.unit in one.units)
    ]


def _groups(nav: Sequence[NavItem]) -> list[tuple[Words, list[NavItem]]]:
    """Return the entries by group, nothing for a site whose navigation has none."""
    grouped: dict[Words, list[NavItem]] = {}
    for one in nav:
        if one.group is not None:
            grouped.setdefault(one.group, []).append(one)
    return list(grouped.items())


def _nearest(nav: Sequence[NavItem], route: str) -> str | None:
    """Return the path of the entry under which the page at *route* lies: the longest that fits."""
    over = [
        one.path for one in nav if route == one.path or (one.path != "/" and route.startswith(f"{one.path}/"))
    ]
    return max(over, key=len, default=None)


def _may(site: Site, signed_in: SignedIn | None) -> Callable[..., bool]:
    def may(permission: str, area_code: str | None = None) -> bool:
        return signed_in is not None and site.permissions.granted(signed_in.officer, permission, area_code)

    return may


def _token(site: Site, signed_in: SignedIn | None) -> str:
    if signed_in is None or signed_in.session_id is None:
        return ""
    return csrf.form_token(site.gate.sessions.secret, signed_in.session_id)


def _here(request: Request) -> str:
    """Return the path and query of this page, or of the page whose form was sent: to come back to."""
    if request.method != "GET":
        return came_from(request) or site_url(request, "/")
    query = request.url.query
    return quote(request.scope["path"]) + (f"?{query}" if query else "")


def _with_query(request: Request, changed: Mapping[str, object]) -> str:
    """Return this page's address with some query parameters changed; None takes one out."""
    merged = {**request.query_params, **changed}
    kept = {name: str(value) for name, value in merged.items() if value is not None}
    return quote(request.scope["path"]) + (f"?{urlencode(kept)}" if kept else "")


def action_form(
    request: Request,
    action: Action,
    given: Mapping[str, Any],
    *,
    errors: Mapping[str, list[Words]] | None = None,
    key: str | None = None,
    unfolded: bool = False,
) -> Markup:
    """Return the form of *action*, or nothing for those who may not.

    *given* holds its path parameters, its fields' first values, and
    ``unfolded=True`` to show it open.
    """
    site, signed_in = site_of(request), identify(request)
    if signed_in is None or not site.permissions.granted(signed_in.officer, action.permission):
        return Markup()
    path, values = _split(action, given)
    ask: Ask[Any] = Act(**ask_values(site.service, signed_in.officer, request))
    context = {
        "action": action,
        "address": site_url(request, path),
        "fields": shown_fields(action.form, values, errors or {}, ask),
        "csrf_field": csrf.FIELD,
        "csrf_token": _token(site, signed_in),
        "key_field": once.FIELD,
        "key": key or str(uuid.uuid4()),
        "unfolded": bool(unfolded or given.get("unfolded") or errors),
    }
    text = templates_of(request).render("action_form.html", signed_in.officer.language, context)
    return Markup(text)  # noqa: S704  (rendered with autoescape)


def _split(action: Action, given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the action's path filled in, and the first values of its fields."""
    path, values = action.path, {}
    for name, value in given.items():
        if "{" + name + "}" in path:
            path = path.replace("{" + name + "}", quote(str(value), safe=""))
        elif name in action.form.model_fields:
            values[name] = value
        elif name != "unfolded":
            raise TypeError(f"the form of {action.name} has no {name}")
    if "{" in path:
        raise TypeError(f"the form of {action.name} needs {path}")
    return path, values
