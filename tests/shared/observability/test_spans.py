import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.observability import tracing
from shared.observability.spans import Spans


@pytest.fixture(name="exporter")
def _exporter():
    exporter = InMemorySpanExporter()
    tracing.use(Spans("finance", exporter, at_once=True))
    yield exporter
    tracing.use(None)


def test_a_failure_is_told_by_its_class(exporter):
    """What a block raises marks its span; the message, which may quote a person, is not in it."""
    with pytest.raises(ValueError, match="某某"), tracing.span("command"):
        raise ValueError("某某")
    (only,) = exporter.get_finished_spans()
    assert "ValueError" == only.attributes["error.type"]
    assert "某某" not in only.to_json(indent=None)
    assert () == only.events


def test_a_span_goes_on_elsewhere(exporter):
    """Where a traceparent arrives its trace goes on; what is taken from a queue else begins its own."""
    with tracing.span("command"):
        first = tracing.current()
    with tracing.span("take event", "consumer", parent=first):
        pass
    with tracing.span("outer"), tracing.span("take batch", "consumer", links=[first]):
        pass
    command, taken, batch, outer = exporter.get_finished_spans()
    assert (command.context.trace_id, command.context.span_id) == (
        taken.context.trace_id,
        taken.parent.span_id,
    )
    assert batch.context.trace_id not in {command.context.trace_id, outer.context.trace_id}
    assert [command.context.span_id] == [link.context.span_id for link in batch.links]


def test_a_request_is_named_by_its_route(exporter):
    """The span of a request bears the declared route and the status, and is the parent of what it does."""
    request = tracing.request_span("request", {"site": "finance"})
    assert request is not None
    with tracing.span("command", attributes={"command": "x"}):
        pass
    request.answered("POST /loans/{loan_id}", 500)
    command, asked = exporter.get_finished_spans()
    assert asked.context.span_id == command.parent.span_id
    assert ("POST /loans/{loan_id}", 500) == (asked.name, asked.attributes["http.response.status_code"])
    assert not asked.status.is_ok
