import subprocess
import sys

import pytest

from shared.observability import tracing
from shared.observability.tracing import traceparent_of

OFF = """
import sys
from shared.observability import tracing
tracing.configure("finance")
with tracing.span("command"):
    assert tracing.current() == ""
assert tracing.request_span("request", {}) is None
print(sorted(name for name in sys.modules if name.startswith("opentelemetry")))
"""


@pytest.mark.parametrize(
    "environment", [{}, {"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "x"}]
)
def test_off_costs_nothing(environment):
    """Without being asked for nothing of OpenTelemetry is even imported, and spans are empty."""
    done = subprocess.run(
        [sys.executable, "-c", OFF], env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert "[]\n" == done.stdout, done.stderr


def test_without_the_extra_it_goes_on(monkeypatch):
    """Asked for but not installed: a warning is logged, the process goes on without traces."""
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "otlp")
    monkeypatch.setitem(sys.modules, "shared.observability.spans", None)
    tracing.configure("finance")
    assert "" == tracing.current()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", True),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", False),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", False),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", False),
        ('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","x":"', False),
        (None, False),
        (7, False),
    ],
)
def test_what_is_a_traceparent(given, expected):
    """Only what has exactly its form is taken over from the wire."""
    assert (given if expected else "") == traceparent_of(given)
