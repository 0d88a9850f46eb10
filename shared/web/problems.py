"""From what was refused to what is answered: RFC 9457 documents for programs, pages for people."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic_core import to_jsonable_python
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from shared.accounts import SignInLockedError, SignInRefusedError
from shared.kernel.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    Language,
    NotFoundError,
    Problem,
    StaleVersionError,
)
from shared.web.csrf import NotAFormError, NotJsonError
from shared.web.frame import render
from shared.web.i18n import Words
from shared.web.provider import ProviderAwayError, ProviderRefusedError
from shared.web.rate import TooManyRequestsError
from shared.web.session import LocalSignInOffError, NotSignedInError
from shared.web.site import (
    TooLargeError,
    came_from,
    identify,
    is_api,
    language_of,
    site_url,
    state_value,
)
from shared.web.validation import FieldError, field_error

MEDIA_TYPE = "application/problem+json"
_OUTAGES = (OperationalError, InterfaceError, PoolTimeoutError)
"""No answer, a connection that broke off, no connection free in time."""
_log = structlog.get_logger("shouxian.web")


class InvalidFormError(InvalidInputError):
    """Raised when fields of an input are wrong; *errors* says which."""

    code = "invalid_input"
    zh = "有 {count} 处填写不符合要求"
    en = "{count} of the entries are not acceptable"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__(count=len(self.errors))


class InternalError(Problem):
    """Stands for what nobody foresaw; says nothing of what it was."""

    code = "internal_error"
    zh = "系统出现意外问题，已记录（编号 {request_id}），请稍后再试"
    en = "Something unexpected went wrong; it was recorded under {request_id}. Try again later"


class UnavailableError(Problem):
    """Stands for a database that does not answer now."""

    code = "temporarily_unavailable"
    zh = "系统暂时无法办理，请稍后再试"
    en = "This cannot be done at the moment; try again later"


class NoSuchPageError(NotFoundError):
    code = "no_such_page"
    zh = "没有这个页面"
    en = "There is no such page"


class WrongMethodError(Problem):
    code = "method_not_allowed"
    zh = "这个地址不接受这种请求"
    en = "This address does not take this kind of request"


_STATUS: Mapping[type[Problem], HTTPStatus] = {
    NotSignedInError: HTTPStatus.UNAUTHORIZED,
    SignInRefusedError: HTTPStatus.UNAUTHORIZED,
    SignInLockedError: HTTPStatus.TOO_MANY_REQUESTS,
    TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    LocalSignInOffError: HTTPStatus.FORBIDDEN,
    ProviderAwayError: HTTPStatus.SERVICE_UNAVAILABLE,
    ProviderRefusedError: HTTPStatus.FORBIDDEN,
    NotJsonError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    NotAFormError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    WrongMethodError: HTTPStatus.METHOD_NOT_ALLOWED,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    ConflictError: HTTPStatus.CONFLICT,
    StaleVersionError: HTTPStatus.CONFLICT,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    InternalError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_TITLES: Mapping[HTTPStatus, Words] = {
    HTTPStatus.BAD_REQUEST: Words("请求不符合要求", "The request is not acceptable"),
    HTTPStatus.UNAUTHORIZED: Words("需要登录", "Sign-in needed"),
    HTTPStatus.FORBIDDEN: Words("无权办理", "Not allowed"),
    HTTPStatus.NOT_FOUND: Words("没有找到", "Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: Words("请求方式不正确", "Wrong method"),
    HTTPStatus.CONFLICT: Words("现在不能办理", "Not possible now"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Words("内容过大", "Too large"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Words("提交格式不正确", "Wrong media type"),
    HTTPStatus.UNPROCESSABLE_ENTITY: Words("填写有误", "Input not acceptable"),
    HTTPStatus.TOO_MANY_REQUESTS: Words("尝试次数过多", "Too many attempts"),
    HTTPStatus.SERVICE_UNAVAILABLE: Words("暂时无法办理", "Temporarily unavailable"),
}
_UNEXPECTED = Words("系统问题", "System error")


def status_of(problem: Problem) -> HTTPStatus:
    """Return the HTTP status of *problem*: its own class's or the nearest above it."""
    return next((_STATUS[kind] for kind in type(problem).__mro__ if kind in _STATUS), HTTPStatus.BAD_REQUEST)


def title_of(problem: Problem) -> Words:
    return _TITLES.get(status_of(problem), _UNEXPECTED)


def problem_document(problem: Problem, language: Language) -> dict[str, Any]:
    """Return *problem* as an RFC 9457 document in *language*."""
    document: dict[str, Any] = {
        "type": f"urn:shouxian:problem:{problem.code}",
        "title": title_of(problem).pick(language),
        "status": int(status_of(problem)),
        "detail": problem.text(language),
        "code": problem.code,
    }
    if isinstance(problem, InvalidFormError):
        document["errors"] = [_error_document(one, language) for one in problem.errors]
    elif problem.details:
        document["details"] = to_jsonable_python(problem.details, fallback=str)
    return document


def _error_document(error: FieldError, language: Language) -> dict[str, str]:
    return {
        "pointer": error.pointer,
        "field": error.label.pick(language),
        "code": error.code,
        "detail": error.words.pick(language),
    }


def answer(request: Request, problem: Problem) -> Response:
    """Return *problem* the way the caller reads: a document, a page, or the way to the sign-in."""
    request.state.problem = problem.code
    if is_api(request):
        return _document_response(problem, language_of(request))
    if isinstance(problem, NotSignedInError):
        return _to_sign_in(request)
    _try_to_identify(request)
    data = {
        "problem": problem,
        "errors": problem.errors if isinstance(problem, InvalidFormError) else (),
        "back": came_from(request),
    }
    response = render(request, "problem.html", title_of(problem), data, status=status_of(problem))
    response.headers.update(waiting(problem))
    return response


def waiting(problem: Problem) -> dict[str, str]:
    """Return the header that says when to come again, where that is known."""
    if isinstance(problem, SignInLockedError):
        return {"Retry-After": str(60 * int(str(problem.details["minutes"])))}
    if isinstance(problem, TooManyRequestsError):
        return {"Retry-After": str(problem.details["seconds"])}
    return {"Retry-After": "5"} if status_of(problem) == HTTPStatus.SERVICE_UNAVAILABLE else {}


def _document_response(problem: Problem, language: Language) -> Response:
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    status = status_of(problem)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="Shouxian", charset="UTF-8"'
    headers |= waiting(problem)
    return JSONResponse(problem_document(problem, language), status, headers, media_type=MEDIA_TYPE)


def _to_sign_in(request: Request) -> Response:
    """A form that was sent after the session ended comes back to the page it was on."""
    here = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
    wanted = here if request.method == "GET" else came_from(request) or site_url(request, "/")
    return RedirectResponse(
        site_url(request, "/sign-in?" + urlencode({"next": wanted})), HTTPStatus.SEE_OTHER
    )


def _try_to_identify(request: Request) -> None:
    """Show the frame of whoever is signed in; a page about a failure must not fail for lack of it."""
    try:
        identify(request)
    except (Problem, *_OUTAGES):
        request.state.signed_in = None


def install_problems(app: FastAPI) -> None:
    """Let *app* answer everything that is raised, and log what nobody foresaw."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    for outage in _OUTAGES:
        app.add_exception_handler(outage, _on_outage)
    app.add_exception_handler(Exception, _on_unforeseen)


def guarded(request: Request, endpoint: Callable[[], Response]) -> Response:
    """Return what *endpoint* answers; what nobody foresaw is answered here.

    The framework's own last resort stands outside our headers and log line, and
    raises again after answering.
    """
    try:
        return endpoint()
    except (Problem, HTTPException, *_OUTAGES):
        raise
    except Exception as error:  # noqa: BLE001  (the edge of the process)
        return _on_unforeseen(request, error)


def _on_problem(request: Request, error: Exception) -> Response:
    return answer(request, cast("Problem", error))


def _on_validation(request: Request, error: Exception) -> Response:
    """Path and query parameters of the wrong type."""
    errors = cast("RequestValidationError", error).errors()
    found = [field_error(one["loc"][1:], one["type"], one.get("ctx", {})) for one in errors]
    return answer(request, InvalidFormError(found))


def _on_http(request: Request, error: Exception) -> Response:
    """What the router itself refuses."""
    refused = cast("HTTPException", error)
    known = {
        HTTPStatus.METHOD_NOT_ALLOWED: WrongMethodError,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TooLargeError,
    }
    response = answer(request, known.get(HTTPStatus(refused.status_code), NoSuchPageError)())
    for name, value in (refused.headers or {}).items():
        response.headers[name] = value
    return response


def _on_outage(request: Request, error: Exception) -> Response:
    _log.error(
        "database_unavailable", request_id=state_value(request, "request_id"), kind=type(error).__name__
    )
    return answer(request, UnavailableError())


def _on_unforeseen(request: Request, error: Exception) -> Response:
    """Log where it happened, not what it said: messages may hold what people typed."""
    request_id = state_value(request, "request_id")
    where = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    _log.error("request_failed", request_id=request_id, kind=type(error).__name__, where=where[-12:])
    return answer(request, InternalError(request_id=request_id))
