"""Spans by OpenTelemetry; imported only by a process that traces."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context, attach
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import (
    BatchSpanProcessor,
    ConsoleSpanExporter,
    SimpleSpanProcessor,
    SpanExporter,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.observability.tracing import Attributes, Kind

_KINDS = {
    "internal": trace.SpanKind.INTERNAL,
    "server": trace.SpanKind.SERVER,
    "producer": trace.SpanKind.PRODUCER,
    "consumer": trace.SpanKind.CONSUMER,
}
_MOST_LINKS = 100
_FIELD = "traceparent"
_PROPAGATOR = TraceContextTextMapPropagator()


class Spans:
    """Makes the spans of one process and hands them to *exporter*, each *at_once* or many together."""

    def __init__(self, service: str, exporter: SpanExporter, *, at_once: bool = False) -> None:
        resource = Resource.create({"service.name": service, "service.namespace": "shouxian"})
        provider = TracerProvider(resource=resource)
        processor = SimpleSpanProcessor(exporter) if at_once else BatchSpanProcessor(exporter)
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("shouxian")

    @contextmanager
    def span(
        self, name: str, kind: Kind, attributes: Attributes, parent: str, links: Iterable[str]
    ) -> Iterator[None]:
        """Trace the block. What is raised in it is told by its class: a message may hold anything."""
        # What is taken from a queue or an outbox goes on in no trace of this process.
        alone = Context() if kind in {"consumer", "producer"} else None
        context = _context_of(parent) if parent else alone
        linked = [trace.Link(_span_context(one)) for one in [*links][:_MOST_LINKS]]
        with self._tracer.start_as_current_span(
            name,
            context=context,
            kind=_KINDS[kind],
            attributes=dict(attributes),
            links=linked,
            record_exception=False,
            set_status_on_exception=False,
        ) as began:
            try:
                yield
            except BaseException as error:
                began.set_attribute("error.type", type(error).__name__)
                began.set_status(trace.StatusCode.ERROR)
                raise

    def request(self, name: str, attributes: Attributes) -> "_Request":
        """Begin the span of a request, current in this task and what it starts until the task ends.

        Whoever asks has no say in our traces: their header is not read.
        """
        began = self._tracer.start_span(
            name, context=Context(), kind=_KINDS["server"], attributes=dict(attributes)
        )
        attach(trace.set_span_in_context(began, Context()))
        return _Request(began)

    def current(self) -> str:
        """Return the traceparent of the span under way."""
        carrier: dict[str, str] = {}
        _PROPAGATOR.inject(carrier)
        return carrier.get(_FIELD, "")


class _Request:
    def __init__(self, began: trace.Span) -> None:
        self._span = began

    def answered(self, name: str, status: int) -> None:
        self._span.update_name(name)
        self._span.set_attribute("http.response.status_code", status)
        if status >= 500:  # noqa: PLR2004  (the servers' own errors)
            self._span.set_status(trace.StatusCode.ERROR)
        self._span.end()


def exporting(service: str, *, console: bool) -> Spans:
    """Return spans that go to the terminal, or to the collector that the OTEL_… variables name."""
    if console:
        return Spans(service, ConsoleSpanExporter(), at_once=True)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

    return Spans(service, OTLPSpanExporter())


def _context_of(traceparent: str) -> Context:
    return _PROPAGATOR.extract({_FIELD: traceparent}, Context())


def _span_context(traceparent: str) -> trace.SpanContext:
    return trace.get_current_span(_context_of(traceparent)).get_span_context()
