"""A site whose routes and templates are made once in a process and lent to one test after the other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi import FastAPI

from shared.web.once import Once
from shared.web.site import Gate, install

_MADE: dict[object, FastAPI] = {}


def lent_site(create_app: Callable[[Any, Gate], FastAPI], service: Any, gate: Gate) -> FastAPI:
    """Return the site that *create_app* makes, serving *service*; whoever had it before has it no more.

    Putting hundreds of routes together takes longer than most tests of pages. What a request finds of
    its service and gate it finds in the site's state; ``/readyz`` alone asks those it was made with.
    """
    if create_app not in _MADE:
        _MADE[create_app] = create_app(service, gate)
    app = _MADE[create_app]
    install(app, replace(app.state.site, service=service, gate=gate, once=Once(service.engine)))
    return app
