"""The outermost layer of a site: a request's id, the headers every answer carries, one log line.

The functions here are not coroutines but hand on awaitables, which is all that ASGI asks for.
"""

import time
import uuid
from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any, Protocol

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observability.tracing import request_span
from shared.web.guard import OF_MACHINES, Guard

_log = structlog.get_logger("shouxian.web")

HEADERS = {
    # No scripts at all, nothing from elsewhere, in nobody's frame.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # same-origin, not no-referrer: a form sent after the session ended finds back to its page by it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), publickey-credentials-get=(), usb=()"
    ),
}
_HSTS = "max-age=31536000"
_KEPT = "public, max-age=31536000, immutable"


class Watch(Protocol):
    """Who counts what a site answers; ``shared.observability.metrics.ServiceMetrics`` is one."""

    def served(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer; *route* is the declared path, never the one asked for."""

    def refused(self, code: str) -> None:
        """Count a refusal by its code."""

    def text(self) -> bytes:
        """Return the metrics in the Prometheus text format."""


class Edge:
    """Wraps a site. *watch* is told of every answer, *guard* turns away what no route need see."""

    def __init__(
        self, app: ASGIApp, site: str, watch: Watch | None = None, guard: Guard | None = None
    ) -> None:
        self._app = app
        self._site = site
        self._watch = watch
        self._guard = guard or Guard()

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Return the answering of one request."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        started = time.perf_counter()
        # Now: a mounted application rewrites the scope.
        static = _is_static(scope)
        request_id = uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        traced = None if static else request_span("request", {"site": self._site, "request_id": request_id})

        def harden(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                self._set_headers(scope, message, request_id, static=static)
                if not static:
                    self._tell(scope, int(message["status"]), time.perf_counter() - started, request_id)
                    if traced is not None:
                        traced.answered(f"{scope['method']} {_route(scope)}", int(message["status"]))
            return send(message)

        turned_away = None if static else self._guard.refusal(scope, _inside(scope))
        return (turned_away or self._app)(scope, receive, harden)

    def _set_headers(self, scope: Scope, message: Message, request_id: str, *, static: bool) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in HEADERS.items():
            headers[name] = value
        headers["X-Request-Id"] = request_id
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = _HSTS
        if static and message["status"] in {200, 304}:
            headers["Cache-Control"] = _KEPT
        else:
            headers.setdefault("Cache-Control", "no-store")

    def _tell(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        state: dict[str, Any] = scope["state"]
        signed_in = state.get("signed_in")
        route = _route(scope)
        problem: str | None = state.get("problem")
        if not (route in OF_MACHINES and status < HTTPStatus.BAD_REQUEST):
            _log.info(
                "request",
                site=self._site,
                request_id=request_id,
                method=scope["method"],
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                account=signed_in.officer.account_id if signed_in else None,
                problem=problem,
            )
        if self._watch is not None:
            self._watch.served(scope["method"], route, status, seconds)
            if problem is not None:
                self._watch.refused(problem)


def _route(scope: Scope) -> str:
    """Return the path as declared, never as asked for."""
    return str(getattr(scope.get("route"), "path", "unmatched"))


def _is_static(scope: Scope) -> bool:
    return _inside(scope).startswith("/static/")


def _inside(scope: Scope) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
