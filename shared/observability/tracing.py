"""Traces, for whoever asks for them: spans of requests, commands, relays, batches and sweeps.

Off unless ``OTEL_EXPORTER_OTLP_ENDPOINT`` or ``OTEL_TRACES_EXPORTER`` (otlp, console) is set and the extra
``tracing`` is installed; then nothing is imported and a span is an empty ``with``. A span's names and
attributes are constants, routes, codes and counts: what may not be logged may not be traced.
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, Protocol

import structlog

Kind = Literal["internal", "server", "producer", "consumer"]
Attributes = Mapping[str, str | int | float | bool]

_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_NOTHING: Attributes = {}

_log = structlog.get_logger("shouxian.tracing")


class Request(Protocol):
    """The span of a request under way, which ends when its answer begins."""

    def answered(self, name: str, status: int) -> None:
        """End it; *name* is the method and the declared route."""


class Tracer(Protocol):
    """What makes spans; ``shared.observability.spans.Spans`` is one."""

    def span(
        self, name: str, kind: Kind, attributes: Attributes, parent: str, links: Iterable[str]
    ) -> AbstractContextManager[object]: ...
    def request(self, name: str, attributes: Attributes) -> Request: ...
    def current(self) -> str: ...


_tracers: list[Tracer] = []
"""None, or the process's one: set at its edge like the configuration of its log."""


def configure(service: str) -> None:
    """Begin to trace this process as *service*, if its environment asks for that; called at its edge."""
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "")
    if exporter == "none" or not (exporter or os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT")):
        return
    try:
        from shared.observability.spans import exporting  # noqa: PLC0415  (only when asked for)
    except ImportError:
        _log.warning("tracing_not_installed")
        return
    use(exporting(service, console=exporter == "console"))


def use(tracer: Tracer | None) -> None:
    """Let *tracer* make this process's spans; None: nobody does."""
    _tracers[:] = [] if tracer is None else [tracer]


def span(
    name: str,
    kind: Kind = "internal",
    attributes: Attributes = _NOTHING,
    *,
    parent: str = "",
    links: Iterable[str] = (),
) -> AbstractContextManager[object]:
    """Return a span to be used with ``with``; *parent* and *links* are traceparents of whatever process."""
    return _tracers[0].span(name, kind, attributes, parent, links) if _tracers else nullcontext()


def request_span(name: str, attributes: Attributes) -> Request | None:
    """Return the span of a request that begins now in this task, or None when nobody traces."""
    return _tracers[0].request(name, attributes) if _tracers else None


def current() -> str:
    """Return the traceparent of what is under way, or nothing."""
    return _tracers[0].current() if _tracers else ""


def traceparent_of(given: object) -> str:
    """Return *given* when it is a traceparent (W3C Trace Context, version 00), else nothing."""
    return given if isinstance(given, str) and _TRACEPARENT.fullmatch(given) else ""
