"""The outermost layer of a site: a request's id, the headers every answer carries, one log line.

The functions here are not coroutines but hand on awaitables, which is all that ASGI asks for.
"""

import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HSTS = "max-age=31536000"
_KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Served:
    """One answered request as metrics see it; *route* is the declared path, never the one asked for."""

    method: str
    route: str
    status: int
    seconds: float


class Edge:
    """Wraps a site. *on_served* is told of every answer."""

    def __init__(self, app: ASGIApp, site: str, on_served: Callable[[Served], None] | None = None) -> None:
        self._app = app
        self._site = site
        self._on_served = on_served

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Return the answering of one request."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)
        started = time.perf_counter()
        # Now: a mounted application rewrites the scope.
        static = _is_static(scope)
        request_id = uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id

        def harden(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                self._set_headers(scope, message, request_id, static=static)
                if not static:
                    self._tell(scope, int(message["status"]), time.perf_counter() - started, request_id)
            return send(message)

        return self._app(scope, receive, harden)

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
        served = Served(scope["method"], getattr(scope.get("route"), "path", "unmatched"), status, seconds)
        _log.info(
            "request",
            site=self._site,
            request_id=request_id,
            method=served.method,
            route=served.route,
            status=status,
            ms=round(seconds * 1000, 1),
            account=signed_in.officer.account_id if signed_in else None,
            problem=state.get("problem"),
        )
        if self._on_served is not None:
            self._on_served(served)


def _is_static(scope: Scope) -> bool:
    inside = scope["path"].removeprefix(scope.get("root_path", ""))
    return bool(inside.startswith("/static/"))
