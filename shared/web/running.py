"""Carrying out what a section declares: checks in their order, then the handler, then the answer."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse, StreamingResponse
from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from shared.audit import Sealed
from shared.kernel.clock import day_of
from shared.kernel.errors import Problem
from shared.observability.tracing import span
from shared.spreadsheet import file_pieces
from shared.web import csrf, once
from shared.web.asking import Act, Ask, Done, FileAnswer, View, ask_values
from shared.web.csrf import MULTIPART, ORDINARY, ensure_form, ensure_form_token, ensure_json, ensure_same_site
from shared.web.decode import model_input, nested, typed_values
from shared.web.flash import flash
from shared.web.forms import Form
from shared.web.frame import action_form, render
from shared.web.i18n import Words
from shared.web.multipart import Pair, received
from shared.web.officer import Officer
from shared.web.paging import EXPORTS, Listing
from shared.web.problems import InvalidFormError, NoSuchPageError, answer, status_of, title_of
from shared.web.section import Action, Page
from shared.web.session import SignedIn
from shared.web.site import Site, TooLargeError, body_of, came_from, is_api, require, site_of, site_url
from shared.web.trail import deed_of, enter, refusals_entered
from shared.web.validation import field_errors

_MOST_FIELDS = 5000
LARGEST_NUMBER = 2**31 - 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(page: Page, request: Request, values: Mapping[str, Any]) -> Response:
    """Answer a page: as HTML, as JSON under ``/api``, its list as a table, or as the file it is."""
    site, officer = site_of(request), require(request).officer
    elsewhere = _first_page(site, officer) if page.path == "/" and not is_api(request) else None
    if elsewhere is not None and not site.permissions.granted(officer, page.permission):
        return RedirectResponse(site_url(request, elsewhere), HTTPStatus.SEE_OTHER)
    site.permissions.ensure(officer, page.permission)
    _refuse_what_names_nothing(values)
    ask: Ask[Any] = Ask(**ask_values(site.service, officer, request))
    if page.area_of is not None:
        ask.ensure_area(page.area_of(ask, values))
    form = request.query_params.get("format", "")
    if page.heavy or not page.template or form in EXPORTS:
        site.gate.limits.heavy.take(officer.account_id)
    view = page.handler(ask, **values)
    if isinstance(view, FileAnswer) or form in EXPORTS:
        file = view if isinstance(view, FileAnswer) else _export(view, ask, form)
        deed = deed_of(request, officer, page.permission, request.path_params, file=_ending(file.name))
        enter(site.service.engine, Sealed(deed))
        return _file(file)
    if is_api(request):
        return JSONResponse(document(view), headers={"Cache-Control": "no-store"})
    data = {**view.data, **({"listing": view.listing} if view.listing is not None else {})}
    return render(request, page.template, view.title, data, crumbs=view.crumbs)


def _first_page(site: Site, officer: Officer) -> str | None:
    """Return where somebody starts on a site whose first page is not theirs; None: nothing here is."""
    return next((one.path for one in site.nav if site.permissions.granted(officer, one.permission)), None)


def document(view: View) -> dict[str, Any]:
    """Return what a page shows as a program gets it."""
    document: dict[str, Any] = {name: _encoded(value) for name, value in view.data.items()}
    if view.listing is not None:
        document |= view.listing.document(_plain)
    return document


def _encoded(value: object) -> object:
    """Return *value* as JSON; a further list, however deep, as its rows: its columns are functions."""
    if isinstance(value, Listing):
        return value.document(_plain)
    if isinstance(value, list | tuple):
        return [_encoded(one) for one in value]
    if isinstance(value, Mapping):
        return {to_jsonable_python(name): _encoded(one) for name, one in value.items()}
    return _plain(value)


def _plain(value: object) -> Any:  # noqa: ANN401  (JSON)
    """Return *value* as JSON; a read-only mapping inside it, as policies hold them, as an object."""
    return to_jsonable_python(value, fallback=_exactly)


def _exactly(value: object) -> dict[Any, Any] | str:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _export(view: View, ask: Ask[Any], form: str) -> FileAnswer:
    if view.listing is None:
        raise NoSuchPageError
    view.listing.ensure_whole()
    name = f"shouxian-{day_of(ask.service.clock()).isoformat()}.{form}"
    if form == "csv":
        return FileAnswer(name, "text/csv; charset=utf-8", [view.listing.as_csv(ask.language)])
    path = view.listing.as_xlsx(ask.language, view.title.pick(ask.language))
    return FileAnswer(name, XLSX, file_pieces(path))


def _ending(name: str) -> str:
    """Return what kind of file it is; its name may be a village's or a person's."""
    return name.rpartition(".")[2][:8]


def _file(answer: FileAnswer) -> Response:
    named = f'attachment; filename="{answer.name}"'
    if not answer.name.isascii() or '"' in answer.name:
        named = f"attachment; filename*=UTF-8''{quote(answer.name, safe='')}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return StreamingResponse(answer.pieces, media_type=answer.media_type, headers=headers)


def do_for_program(action: Action, request: Request, path: Mapping[str, Any]) -> Response:
    """Answer ``POST /api/…``."""
    site, signed_in = site_of(request), require(request)
    ensure_same_site(request)
    with _from_program(site, signed_in, action, request) as form:
        key = request.headers.get(once.HEADER)
        done, replay = _carry_out(site, signed_in, action, request, path, form, key)
    headers = {"Location": site_url(request, done.location), **_replayed(replay=replay)}
    status = HTTPStatus.CREATED if done.created else HTTPStatus.OK
    return JSONResponse(to_jsonable_python(done.body), status, headers)


@contextmanager
def _from_program(site: Site, signed_in: SignedIn, action: Action, request: Request) -> Iterator[Form]:
    """Give what a program sent: JSON, or a form where there is a file."""
    if not action.largest_file:
        ensure_json(request)
        _ensure_permitted(action, request)
        try:
            form = action.form.model_validate_json(body_of(request) or b"{}", strict=True)
        except ValidationError as error:
            raise InvalidFormError(field_errors(error, action.form)) from None
        yield form
        return
    ensure_form(request, MULTIPART)
    _ensure_permitted(action, request)
    with received(request, action.largest_file) as pairs:
        if "authorization" not in request.headers:
            # Another site can send such a form too, with the cookie; never with credentials of its own.
            token = str(dict(pairs).get(csrf.FIELD, ""))
            ensure_form_token(site.gate.sessions.secret, signed_in.session_id or "", token)
        own = {csrf.FIELD}
        named = nested((name, value) for name, value in pairs if name not in own)
        yield _validated(action.form, typed_values(action.form, named))


@contextmanager
def _from_person(action: Action, request: Request) -> Iterator[list[Pair]]:
    """Give what a page's form sent, a file among it where the form takes one."""
    ensure_form(request, MULTIPART if action.largest_file else ORDINARY)
    if action.largest_file:
        with received(request, action.largest_file) as pairs:
            yield pairs
    else:
        yield list(_pairs(body_of(request)))


def do_for_person(action: Action, request: Request, path: Mapping[str, Any]) -> Response:
    """Answer ``POST /…`` from a form: onward with a message, or the form again with what is wrong."""
    ensure_same_site(request)
    require(request)
    if action.largest_file:
        # Before anything is taken in: it may be much.
        _ensure_permitted(action, request)
    with _from_person(action, request) as pairs:
        return _done_for_person(action, request, path, pairs)


def _done_for_person(
    action: Action, request: Request, path: Mapping[str, Any], pairs: list[Pair]
) -> Response:
    site, signed_in = site_of(request), require(request)
    sent = {name: value for name, value in pairs if isinstance(value, str)}
    ensure_form_token(site.gate.sessions.secret, signed_in.session_id or "", sent.get(csrf.FIELD, ""))
    _ensure_permitted(action, request)
    own = {csrf.FIELD, once.FIELD}
    typed = typed_values(action.form, nested((name, value) for name, value in pairs if name not in own))
    key = sent.get(once.FIELD)
    try:
        form = _validated(action.form, typed)
        done, replay = _carry_out(site, signed_in, action, request, path, form, key)
    except Problem as problem:
        return _form_again(action, request, {**path, **_known(action.form, typed)}, problem, key)
    response = RedirectResponse(
        site_url(request, done.location), HTTPStatus.SEE_OTHER, headers=_replayed(replay=replay)
    )
    flash(response, site.gate.sessions, Words(done.zh, done.en), secure=site.gate.secure(request))
    return response


def _ensure_permitted(action: Action, request: Request) -> None:
    site, officer = site_of(request), require(request).officer
    with refusals_entered(site.service.engine, deed_of(request, officer, action.name, request.path_params)):
        site.permissions.ensure(officer, action.permission)


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        text = body.decode("utf-8", "replace")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise TooLargeError from None


def _carry_out(
    site: Site,
    signed_in: SignedIn,
    action: Action,
    request: Request,
    path: Mapping[str, Any],
    form: Form,
    key: str | None,
) -> tuple[Done, bool]:
    _refuse_what_names_nothing(path)
    officer = signed_in.officer
    sealed = Sealed(deed_of(request, officer, action.name, path))
    asked_path = action.path.format_map(dict(path))
    request_once = site.once.request(officer.account_id, key, asked_path, form)
    act: Act[Any, Any] = Act(**ask_values(site.service, officer, request), once=request_once, sealed=sealed)

    def run() -> Done:
        with refusals_entered(site.service.engine, sealed.deed):
            if action.area_of is not None:
                fields = {name: getattr(form, name) for name in type(form).model_fields}
                act.ensure_area(action.area_of(act, {**fields, **path}))
            with span("command", attributes={"command": action.name}):
                done = action.handler(act, form, **path)
        if not sealed.times:
            enter(site.service.engine, sealed)
        return done

    return site.once.carry_out(request_once, run)


def _validated(model: type[Form], typed: Mapping[str, Any]) -> Form:
    try:
        return model.model_validate(model_input(model, typed))
    except ValidationError as error:
        raise InvalidFormError(field_errors(error, model)) from None


def _form_again(
    action: Action, request: Request, given: Mapping[str, Any], problem: Problem, key: str | None
) -> Response:
    """Show what was typed once more with what is wrong; what has no field to correct gets the plain page."""
    errors = problem.errors if isinstance(problem, InvalidFormError) else ()
    by_name: dict[str, list[Words]] = {}
    for one in errors:
        by_name.setdefault(one.name, []).append(one.words)
    if status_of(problem) in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        return answer(request, problem)
    request.state.problem = problem.code
    data = {
        "problem": problem,
        "errors": errors,
        "back": came_from(request),
        "again": action_form(request, action, given, errors=by_name, key=key, unfolded=True),
    }
    return render(request, "problem.html", title_of(problem), data, status=status_of(problem))


def _known(model: type[Form], typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if name in model.model_fields}


def _replayed(*, replay: bool) -> dict[str, str]:
    return {once.REPLAY_HEADER: "true"} if replay else {}


def _refuse_what_names_nothing(values: Mapping[str, Any]) -> None:
    """An address with a NUL, or a number that no column holds, names nothing; databases fail on them."""
    if any(isinstance(value, str) and not value.isprintable() for value in values.values()):
        raise NoSuchPageError
    if any(isinstance(value, int) and abs(value) > LARGEST_NUMBER for value in values.values()):
        raise NoSuchPageError
