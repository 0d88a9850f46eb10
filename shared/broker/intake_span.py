"""The spans of a batch: one of its own, and one in each trace that its events come from."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from shared.contracts.envelope import Envelope
from shared.observability.tracing import Attributes, current, span

_MOST_TRACES = 50
"""A batch may hold an import's events by the hundred; of further traces it tells nothing."""


@contextmanager
def intake_span(reader: str, events: Sequence[Envelope]) -> Iterator[None]:
    """Trace the block in which *reader* takes *events* in.

    Each trace that events come from has a span of it; the batch's own has links to those, and is the
    one under way meanwhile: what is told by the way belongs to no single event.
    """
    traces = list({event.traceparent: None for event in events if event.traceparent})[:_MOST_TRACES]
    about: Attributes = {"reader": reader, "events": len(events)}
    with ExitStack() as all_traces:
        places = []
        for traceparent in traces:
            all_traces.enter_context(span("take event", "consumer", {"reader": reader}, parent=traceparent))
            places.append(current())
        all_traces.enter_context(span("take batch", "consumer", about, links=places))
        yield
