"""What can be seen of a worker from outside: its counters, whether its loops move, whether it is of use."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from sqlalchemy import MetaData, func, select, text

from shared.broker.intake_span import intake_span
from shared.broker.lag import Lag
from shared.contracts.cloudevents import Garbage
from shared.contracts.envelope import Envelope
from shared.messaging.inbox import Inbox
from shared.messaging.intake import Taken
from shared.messaging.outbox import Outbox
from shared.messaging.tables import message_tables
from shared.observability.asked import Backlog
from shared.observability.exposition import text_of
from shared.observability.health import Heartbeats, Readiness
from shared.observability.metrics import ServiceMetrics
from shared.persistence.engine import pool_use, reading
from shared.persistence.running import Service

LOOP_SECONDS = 120.0
"""A loop that has not come round for so long hangs; the longest wait that is meant is a database's."""

_MESSAGES = message_tables(MetaData())


class Watch:
    """Counts what one service's worker does in this process."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.beats = Heartbeats()
        self.ready = Readiness({"database": lambda: _ask_database(service)})
        self.lag = Lag(service.clock)
        self.connected: Callable[[], bool] = lambda: False
        """Whether the reader has its link to the broker; the reader says so when it starts."""
        self.metrics = ServiceMetrics(
            service.name,
            lambda: backlog(service),
            figures=service.figures,
            pool=lambda: pool_use(service.engine),
            lag=self.lag,
            connected=lambda: self.connected(),  # noqa: PLW0108  (what it is then, not now)
        )

    def taking(self, take: Callable[[], object], batch: Sequence[Envelope | Garbage] = ()) -> object:
        """Return what *take* returns, counted as one batch; *batch* is what it is going to take."""
        started = time.monotonic()
        self.lag.begin(event.time for event in batch if isinstance(event, Envelope))
        try:
            with intake_span(self.service.name, [e for e in batch if isinstance(e, Envelope)]):
                taken = take()
        except Exception:
            self.metrics.batch_failed()
            raise
        self.lag.end()
        if isinstance(taken, Taken):
            self._took(taken, time.monotonic() - started)
        return taken

    def _took(self, taken: Taken, seconds: float) -> None:
        now = self.service.clock()
        ages = [max(0.0, (now - committed).total_seconds()) for committed in taken.committed]
        self.metrics.took(
            admitted=taken.admitted,
            repeated=taken.repeated,
            set_aside=len(taken.set_aside),
            delayed=len(taken.delayed),
            seconds=seconds,
            ages=ages,
        )
        if self.service.reader.everything is not None:
            # Who journals everything computes the scores: with this commit the change counts.
            self.metrics.scored(ages)

    def relaying(self, drain: Callable[[], object]) -> object:
        """Return what *drain* returns, counted as one round of the relay."""
        started = time.monotonic()
        try:
            relayed = drain()
        except Exception:
            self.metrics.relay_failed()
            raise
        if isinstance(relayed, int):
            self.metrics.relayed(relayed, time.monotonic() - started)
        return relayed


def backlog(service: Service) -> Backlog:
    """Return what waits in *service*'s database now."""
    with reading(service.engine) as connection:
        outbox = Outbox(connection, _MESSAGES.outbox)
        oldest, waiting = outbox.oldest_waiting(), outbox.count_waiting()
        set_aside = Inbox(connection, _MESSAGES).count_set_aside_by_kind()
        delayed = connection.execute(select(func.count()).select_from(_MESSAGES.delayed_event)).scalar_one()
        pause = _MESSAGES.reader_pause.c
        paused = connection.execute(select(pause.since).where(pause.reader == service.reader.name)).first()
    age = 0.0 if oldest is None else max(0.0, (service.clock() - oldest).total_seconds())
    return Backlog(age, waiting, set_aside, delayed, paused is not None)


def serve_watches(watches: Sequence[Watch], port: int) -> Callable[[], None]:
    """Answer ``/metrics``, ``/livez`` and ``/readyz`` on *port* of every address; return what ends it."""
    server = make_server("", port, _answering(watches), _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def end() -> None:
        server.shutdown()
        server.server_close()

    return end


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  (the parent's signature)
        """Scrapes are no news."""


def _answering(watches: Sequence[Watch]) -> Any:  # noqa: ANN401  (a WSGI application)
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401
        path = environ["PATH_INFO"]
        if path == "/metrics":
            start_response("200 OK", [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")])
            return [text_of([watch.metrics.registry for watch in watches])]
        if path in {"/livez", "/readyz"}:
            parts = {
                f"{watch.service.name}.{part}": fine
                for watch in watches
                for part, fine in (watch.beats if path == "/livez" else watch.ready)().items()
            }
            # Told, but no reason to be taken out of service: a worker without the broker waits.
            told = {f"{watch.service.name}.broker": watch.connected() for watch in watches}
            status = "200 OK" if all(parts.values()) else "503 Service Unavailable"
            start_response(status, [("Content-Type", "application/json")])
            return [json.dumps({**parts, **told} if path == "/readyz" else parts).encode()]
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b""]

    return answer


def _ask_database(service: Service) -> object:
    with reading(service.engine) as connection:
        return connection.execute(text("SELECT 1")).scalar_one() == 1
