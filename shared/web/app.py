"""One site: its sections' routes, sign-in, problems, headers, health and stylesheet put together."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from shared.web import provider_sign_in, sign_in
from shared.web.access import Permissions
from shared.web.asking import WebService
from shared.web.edge import Edge, Watch
from shared.web.fields import takes_file
from shared.web.guard import Guard
from shared.web.health import add_health
from shared.web.i18n import Words
from shared.web.once import Once
from shared.web.openapi import action_extra, document, page_extra
from shared.web.problems import guarded, install_problems
from shared.web.running import do_for_person, do_for_program, show
from shared.web.section import Action, Page, Section
from shared.web.site import API, LARGEST_BODY, Gate, NavItem, Site, install, site_url
from shared.web.static import STATIC
from shared.web.templates import Templates


class SectionError(ValueError):
    """Raised at the start when pages, actions and permissions do not fit together."""


def create_site(  # noqa: PLR0913  (a site is put together once, here)
    name: str,
    title: Words,
    service: WebService,
    gate: Gate,
    sections: Sequence[Section],
    *,
    permissions: Permissions,
    templates: Sequence[Path],
    nav: Sequence[NavItem] = (),
    ready: Callable[[], Mapping[str, bool]] | None = None,
    watch: Watch | None = None,
) -> FastAPI:
    """Return the site of one service.

    *ready* names what must work for the site to be of use, and whether it does;
    *watch* counts answers and gives the Prometheus text. Raises SectionError when a permission is
    or template is missing, a name is taken twice, or an area is not asked for where it counts.
    """
    engine = Templates(templates)
    actions = _checked(sections, permissions, engine)
    app = FastAPI(
        title=f"Shouxian {title.en}",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        max_body_size=2 * LARGEST_BODY,  # what says its length is refused before, as a problem
    )
    site = Site(name, title, service, gate, permissions, Once(service.engine), tuple(nav), actions)
    install(app, site)
    app.state.templates = engine
    app.add_middleware(Edge, site=name, watch=watch, guard=Guard(gate.limits, gate.hosts))
    install_problems(app)
    add_health(app, gate, ready, watch)
    app.include_router(sign_in.router)
    app.include_router(provider_sign_in.router)
    for section in sections:
        for page in section.pages:
            _add_page(app, page, section.tag)
        for action in section.actions:
            _add_action(app, action, section.tag)
    _add_openapi(app, actions)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _checked(
    sections: Sequence[Section], permissions: Permissions, templates: Templates
) -> dict[str, Action]:
    actions: dict[str, Action] = {}
    declared: list[Page | Action] = []
    for section in sections:
        declared += section.pages
        declared += section.actions
    for one in declared:
        if one.permission not in permissions:
            raise SectionError(f"{one.path}: permissions.yaml has no {one.permission}")
        if "area" in permissions[one.permission].limits and one.area_of is None:
            raise SectionError(f"{one.path}: {one.permission} is limited to an area, but there is no area_of")
        if isinstance(one, Page) and one.template and not templates.knows(one.template):
            raise SectionError(f"{one.path}: there is no template {one.template}")
        if isinstance(one, Action) and one.name in actions:
            raise SectionError(f"{one.path}: the name {one.name} is taken")
        if isinstance(one, Action):
            actions[one.name] = one
        if isinstance(one, Action) and takes_file(one.form) != bool(one.largest_file):
            raise SectionError(f"{one.path}: a form with a file, and no other, says how large it may be")
    return actions


def _add_page(app: FastAPI, page: Page, tag: str) -> None:
    def endpoint(request: Request, **values: Any) -> Response:  # noqa: ANN401  (as the handler declares)
        return guarded(request, lambda: show(page, request, values))

    _sign(endpoint, page.handler, skip=1)
    summary = (page.handler.__doc__ or page.handler.__name__).strip().splitlines()[0]
    api_path = API + page.path.rstrip("/")
    unique = f"{page.permission}:{page.handler.__name__}"
    app.add_api_route(page.path, endpoint, methods=["GET"], include_in_schema=False, response_model=None)
    app.add_api_route(
        api_path,
        endpoint,
        methods=["GET"],
        tags=[tag],
        summary=summary,
        operation_id=unique,
        response_model=None,
        openapi_extra=page_extra(page),
    )


def _add_action(app: FastAPI, action: Action, tag: str) -> None:
    def for_person(request: Request, **path: Any) -> Response:  # noqa: ANN401
        return guarded(request, lambda: do_for_person(action, request, path))

    def for_program(request: Request, **path: Any) -> Response:  # noqa: ANN401
        return guarded(request, lambda: do_for_program(action, request, path))

    for endpoint in (for_person, for_program):
        _sign(endpoint, action.handler, skip=2)
    # As for the site: what says its length is refused before.
    most = 2 * LARGEST_BODY + action.largest_file
    app.add_api_route(
        action.path,
        for_person,
        methods=["POST"],
        include_in_schema=False,
        response_model=None,
        max_body_size=most,
    )
    app.add_api_route(
        API + action.path,
        for_program,
        methods=["POST"],
        tags=[tag],
        summary=action.words.en,
        operation_id=action.name,
        response_model=None,
        openapi_extra=action_extra(action),
        max_body_size=most,
    )


def _sign(endpoint: Callable[..., Response], handler: Callable[..., object], *, skip: int) -> None:
    """Give *endpoint* the path and query parameters of *handler*, for FastAPI to read and document."""
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    own = list(inspect.signature(handler, eval_str=True).parameters.values())[skip:]
    named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    endpoint.__signature__ = inspect.Signature([request, *named])  # type: ignore[attr-defined]


def _add_openapi(app: FastAPI, actions: Mapping[str, Action]) -> None:
    def openapi(request: Request) -> JSONResponse:
        if app.openapi_schema is None:
            app.openapi_schema = document(app, actions.values())
        # Its paths begin where this site lies, which only a request tells.
        return JSONResponse({**app.openapi_schema, "servers": [{"url": site_url(request, "") or "/"}]})

    app.add_api_route(f"{API}/openapi.json", openapi, methods=["GET"], include_in_schema=False)
