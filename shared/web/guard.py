"""What is turned away before any route is looked for: other hosts, and who asks too often."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from shared.kernel.errors import Problem
from shared.web.rate import Limits, TooManyRequestsError, network_of

OF_MACHINES = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked for by address, not by name, as often as the county's operators like; logged only when it fails."""


class WrongHostError(Problem):
    """Raised when the request names a host that this is not: a link or a cache may have been poisoned."""

    code = "wrong_host"
    zh = "这里不是您要访问的网站"
    en = "This is not the host you asked for"


@dataclass(frozen=True, slots=True)
class Guard:
    """*hosts*, when there are any, are the only names (without a port) the site answers to."""

    limits: Limits = field(default_factory=Limits)
    hosts: frozenset[str] = frozenset()

    def refusal(self, scope: Scope, inside: str) -> Response | None:
        """Return the answer to a request that is turned away; *inside* is the path on this site."""
        # A site that lies inside another is asked by the same request a second time.
        if inside in OF_MACHINES or scope["state"].get("guarded"):
            return None
        scope["state"]["guarded"] = True
        if self.hosts and _host_of(scope) not in self.hosts:
            return _answer(scope, inside, WrongHostError(), HTTPStatus.BAD_REQUEST, {})
        try:
            self.limits.addresses.take(network_of(scope.get("client")))
        except TooManyRequestsError as problem:
            waiting = {"Retry-After": str(problem.details["seconds"])}
            return _answer(scope, inside, problem, HTTPStatus.TOO_MANY_REQUESTS, waiting)
        return None


def host_names(text: str) -> frozenset[str]:
    """Return the names in a comma-separated list, as requests name them."""
    return frozenset(one.strip().lower() for one in text.split(",") if one.strip())


def _host_of(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "").lower()
    name, _, port = host.rpartition(":")
    return name if name and port.isdecimal() else host


def _answer(
    scope: Scope, inside: str, problem: Problem, status: HTTPStatus, headers: dict[str, str]
) -> Response:
    """Nothing is asked of a database here, and so not which language is whose: both are given."""
    scope["state"]["problem"] = problem.code
    both = f"{problem.text('zh')}\n{problem.text('en')}"
    if not inside.startswith("/api/") and "/api/" not in scope["path"]:
        return Response(both, status, headers, media_type="text/plain; charset=utf-8")
    document = {
        "type": f"urn:shouxian:problem:{problem.code}",
        "title": status.phrase,
        "status": int(status),
        "detail": both,
        "code": problem.code,
    }
    return Response(json.dumps(document), status, headers, media_type="application/problem+json")
