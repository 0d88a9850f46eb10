"""The process of a worker: its background work as a table of contents, and how it starts and ends.

A program that runs workers imports ``shared.broker.patched`` before everything else.
"""

import gc
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import eventlet
import structlog
from nameko.runners import ServiceRunner

from shared.broker.bootstrapped import Bootstrapped, Watched, watch_of
from shared.broker.called import repeat
from shared.broker.consume import Batch
from shared.broker.consume_batch import consume_batch
from shared.broker.relay import OutboxRelay
from shared.broker.relay_outbox import AUDIENCE, relay_outbox
from shared.broker.retry_due import is_due, retry_due
from shared.broker.watch import serve_watches
from shared.kernel.clock import system_clock
from shared.messaging.aftermath import FromBroker
from shared.messaging.idempotency import forget_before
from shared.messaging.intake import Taken, take_in
from shared.messaging.resolving import resolve_taken_in
from shared.observability.sweeping import sweep_parts
from shared.persistence.running import Service

STOP_SECONDS = 12.0
"""After that long a worker that does not end is killed; what it was doing will be done again."""
_KILL_SECONDS = 3.0
RETRIES_SECONDS = 2.0
KEYS_KEPT = timedelta(days=30)
"""How long a repeated request is known as one; by the machine's clock, like the keys themselves."""

_log = structlog.get_logger(__name__)


class ServiceWorker:
    """What every service does in the background. A service adds its name and its bootstrap."""

    name: str
    service: Any  # Bootstrapped outside, the Service inside a method
    watch: Any = Watched()  # the Watch inside a method

    @consume_batch
    def take(self, batch: Batch) -> Taken:
        uow = self.service.uow()
        after = FromBroker(self.service.settings.retries)
        taken = take_in(batch, uow, self.service.reader, at=self.service.clock(), after=after)
        taken.told = uow.told
        return taken

    @relay_outbox
    def relay(self, relay: OutboxRelay) -> int:
        return relay.drain()

    @repeat(every=RETRIES_SECONDS)
    def retry(self) -> None:
        """Take in what failed before and is due; the next look takes what is left."""
        if is_due(self.service):
            self.watch.taking(lambda: retry_due(self.service))

    @repeat(every=30)
    def sweep(self) -> int:
        """Do what falls due, and drop the keys of requests so old that nobody sends them again."""
        parts = {
            "request_keys": self._forget_keys,
            "set_aside": self._clear_set_aside,
            **self.service.parts_of_sweep(),
        }
        return sweep_parts(parts, self.watch.metrics)

    def _clear_set_aside(self) -> int:
        with self.service.uow() as uow:
            cleared = resolve_taken_in(uow.connection, at=self.service.clock())
            uow.commit()
        return cleared

    def _forget_keys(self) -> int:
        with self.service.uow() as uow:
            forget_before(uow.connection, system_clock() - KEYS_KEPT)
            uow.commit()
        return 0


def worker_of(service: Service) -> type[ServiceWorker]:
    """Return a worker class for *service*, for whoever has opened it already."""
    body = {"name": service.name, "service": Bootstrapped(lambda: service)}
    return type(f"{service.name.title()}Worker", (ServiceWorker,), body)


def run_worker(
    *workers: type,
    audience: Sequence[str] = (),
    metrics_port: int | None = None,
    config: Mapping[str, object] | None = None,
) -> int:
    """Run *workers* in this process until SIGTERM or SIGINT; return the exit status.

    With *audience* nothing is published before each reader of that name has its
    queue. With *metrics_port* (or METRICS_PORT in the environment) it answers
    ``/metrics``, ``/livez`` and ``/readyz`` there. On a signal the calls under way
    may end; a worker that hangs is killed.
    """
    # nameko logs whole calls with their arguments; the loops here log what a person needs.
    logging.getLogger("nameko").setLevel(logging.CRITICAL)
    runner = ServiceRunner({**(config or {}), AUDIENCE: tuple(audience)})
    for worker in workers:
        runner.add_service(worker)
    ending = _end_on_signals(runner)
    runner.start()
    _collect_garbage_seldom()
    names = [worker.name for worker in workers]  # type: ignore[attr-defined]
    _serve(runner, metrics_port or int(os.environ.get("METRICS_PORT") or 0))
    _log.info("workers_started", workers=names)
    # A signal may interrupt the hub; a greenlet of its own keeps that from the wait.
    eventlet.spawn(runner.wait).wait()
    ending.cancel()
    _log.info("workers_stopped", workers=names)
    return 0


def _collect_garbage_seldom() -> None:
    """Spare the collector what stays: batches make so many objects that it took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _serve(runner: ServiceRunner, port: int) -> None:
    if port:
        watches = [watch_of(container) for container in runner.containers]
        serve_watches([watch for watch in watches if watch is not None], port)


class _Ending:
    """Stops the runner once, then kills it, then the process."""

    def __init__(self, runner: ServiceRunner) -> None:
        self._runner = runner
        self._timers: list[Any] = []

    def begin(self) -> None:
        if self._timers:
            return
        self._timers.append(eventlet.spawn_after(STOP_SECONDS, self._runner.kill))
        self._timers.append(eventlet.spawn_after(STOP_SECONDS + _KILL_SECONDS, os._exit, 1))
        self._runner.stop()

    def cancel(self) -> None:
        for timer in self._timers:
            timer.cancel()


def _end_on_signals(runner: ServiceRunner) -> _Ending:
    ending = _Ending(runner)

    def handle(_number: int, _frame: object) -> None:
        # A handler runs in the hub, where nothing may wait.
        eventlet.spawn_n(ending.begin)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return ending
