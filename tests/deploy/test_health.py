import http.server
import threading

import pytest

from deploy.health import is_ready, port_here


@pytest.mark.parametrize(("environment", "port"), [({}, 8000), ({"METRICS_PORT": "9000"}, 9000)])
def test_the_port_is_that_of_the_process(monkeypatch, environment, port):
    """A worker answers on METRICS_PORT, a site on 8000."""
    monkeypatch.delenv("METRICS_PORT", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert port == port_here()


@pytest.fixture(name="answering")
def _answering():
    statuses = [200]

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(statuses[0] if self.path == "/readyz" else 404)
            self.end_headers()

        def log_message(self, *_):
            """Nobody reads it."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, statuses
    server.shutdown()
    server.server_close()


def test_it_is_ready_when_it_says_so(answering):
    """200 is ready, 503 is not, and neither is nobody."""
    port, statuses = answering
    assert is_ready(port)
    statuses[0] = 503
    assert not is_ready(port)
    assert not is_ready(1)
