"""What a site tells those who run it, without a sign-in: that it moves, that it is of use, its metrics."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.routing import Match, Route
from starlette.types import Scope

from shared.observability.health import Readiness
from shared.web.edge import Watch
from shared.web.site import Gate

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _AtOnce(Route):
    """A route that the event loop itself answers; the log and the metrics know it by its path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, "route": self}


def add_health(
    app: FastAPI, gate: Gate, ready: Callable[[], Mapping[str, bool]] | None, watch: Watch | None
) -> None:
    """Let *app* answer ``/livez``, ``/readyz`` and ``/metrics``; *ready* tells the parts of its own."""
    accounts = Readiness({"accounts": gate.sessions.accounts.ping})

    def readyz() -> JSONResponse:
        parts = {**(ready() if ready is not None else {}), **accounts()}
        status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(parts, status)

    def metrics() -> Response:
        return Response(watch.text() if watch is not None else b"", media_type=_METRICS_TYPE)

    # Not through the threads that all requests share: while a database hangs they are taken, and a
    # process that would be killed for it starts again no better off.
    app.router.routes.append(_AtOnce("/livez", PlainTextResponse("ok"), methods=["GET"]))
    for path, endpoint in (("/readyz", readyz), ("/metrics", metrics)):
        app.add_api_route(path, endpoint, methods=["GET"], include_in_schema=False, response_model=None)
