"""Metrics of one service for Prometheus: ``shouxian_<thing>_<unit>{service=…}``; labels never hold ids."""

from collections.abc import Callable, Sequence
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from shared.observability.asked import AskedCollector, Backlog, Figure, PoolUse
from shared.observability.exposition import build_info, text_of

PREFIX: Final = "shouxian_"
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_AGES = (0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0, 21600.0)
_EVENTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OUTCOMES = ("admitted", "repeated", "set_aside", "delayed")


class ServiceMetrics:
    """The counters of one service in one process; ``text`` is what ``/metrics`` answers.

    Labels are what code declares (routes, refusal codes, parts of a sweep), never what
    somebody has sent. What must be asked for (*backlog*, *figures*, *pool*) is asked when
    somebody scrapes; *lag* and *board_age* return None where there is nothing to tell.
    Processes with several services tell all in one text: ``exposition.text_of``.
    """

    def __init__(
        self,
        service: str,
        backlog: Callable[[], Backlog] | None = None,
        *,
        figures: Callable[[], Sequence[Figure]] | None = None,
        pool: Callable[[], PoolUse | None] | None = None,
        lag: Callable[[], float | None] | None = None,
        connected: Callable[[], bool] | None = None,
        board_age: Callable[[], float | None] | None = None,
    ) -> None:
        self.service = service
        self.registry = CollectorRegistry()
        build_info(self.registry, service)
        self._web()
        self._worker()
        self.registry.register(
            AskedCollector(
                service,
                backlog=backlog,
                figures=figures,
                pool=pool,
                lag=lag,
                connected=connected,
                board_age=board_age,
            )
        )

    def served(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request; *route* is the declared path (``/cases/{id}``), not the asked one."""
        known = method if method in _METHODS else "other"
        self._requests.labels(self.service, known, route, str(status)).inc()
        self._request_seconds.labels(self.service, known, route).observe(seconds)

    def refused(self, code: str) -> None:
        """Count a refusal by its class's code."""
        self._refused.labels(self.service, code).inc()

    def relayed(self, events: int, seconds: float) -> None:
        """Count a round of the relay that published *events* (perhaps none)."""
        self._relayed.labels(self.service).inc(events)
        self._relay_seconds.labels(self.service).observe(seconds)

    def relay_failed(self) -> None:
        """Count a round of the relay that ended in an outage."""
        self._relay_failed.labels(self.service).inc()

    def took(
        self,
        *,
        admitted: int,
        repeated: int,
        set_aside: int,
        delayed: int = 0,
        seconds: float,
        ages: Sequence[float] = (),
    ) -> None:
        """Count a batch taken in: new events, events known before, set aside, and left for another try.

        *ages* are the seconds from the commit of each new event at its publisher to the commit here.
        """
        for outcome, events in zip(_OUTCOMES, (admitted, repeated, set_aside, delayed), strict=True):
            self._taken.labels(self.service, outcome).inc(events)
        self._batch_seconds.labels(self.service).observe(seconds)
        self._batch_events.labels(self.service).observe(admitted + repeated + set_aside + delayed)
        for age in ages:
            self._event_age.labels(self.service).observe(age)

    def scored(self, ages: Sequence[float]) -> None:
        """Count changes that count towards scores from now on; *ages* as for ``took``."""
        for age in ages:
            self._change_to_score.labels(self.service).observe(age)

    def batch_failed(self) -> None:
        """Count a batch that was not taken and comes again."""
        self._batch_failed.labels(self.service).inc()

    def outage(self, on: bool) -> None:  # noqa: FBT001  (a gauge is set to what it is)
        """Tell whether this reader only probes for the end of an outage."""
        self._outage.labels(self.service).set(1 if on else 0)

    def swept(self, part: str, seconds: float, *, failed: bool) -> None:
        """Count one part of a sweep by the name code gives it."""
        self._sweep_seconds.labels(self.service, part).observe(seconds)
        self._sweep_failed.labels(self.service, part).inc(1 if failed else 0)

    def text(self) -> bytes:
        """Return every metric in the Prometheus text format, those of the process among them."""
        return text_of([self.registry])

    def _web(self) -> None:
        self._requests = self._counter(
            "http_requests_total", "Answered requests", ("method", "route", "status")
        )
        self._request_seconds = self._histogram(
            "http_request_duration_seconds", "Time until an answer began", _QUICK, ("method", "route")
        )
        self._refused = self._counter("refusals_total", "Refusals by their code", ("code",))

    def _worker(self) -> None:
        counter, histogram = self._counter, self._histogram
        self._relayed = counter("events_relayed_total", "Events the broker has confirmed")
        self._relay_seconds = histogram("relay_duration_seconds", "Rounds of the relay", _QUICK)
        self._relay_failed = counter("relay_failures_total", "Rounds of the relay that failed")
        self._taken = counter("events_taken_total", "Events by what became of them", ("outcome",))
        self._batch_seconds = histogram("batch_duration_seconds", "Batches taken in", _QUICK)
        self._batch_events = histogram("batch_events", "Events of a batch", _EVENTS)
        self._batch_failed = counter("batch_failures_total", "Batches that were not taken and come again")
        self._event_age = histogram(
            "event_age_at_intake_seconds", "From the commit of an event to its effect here", _AGES
        )
        self._change_to_score = histogram(
            "change_to_score_seconds", "From the commit of a change to the moment it counts", _AGES
        )
        self._sweep_seconds = histogram("sweep_duration_seconds", "Parts of sweeps", _QUICK, ("part",))
        self._sweep_failed = counter("sweep_failures_total", "Parts of sweeps that failed", ("part",))
        self._outage = Gauge(
            f"{PREFIX}reader_outage",
            "Whether the reader only probes because its database is away",
            ("service",),
            registry=self.registry,
        )

    def _counter(self, name: str, words: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(PREFIX + name, words, ("service", *labels), registry=self.registry)

    def _histogram(
        self, name: str, words: str, buckets: tuple[float, ...], labels: tuple[str, ...] = ()
    ) -> Histogram:
        return Histogram(PREFIX + name, words, ("service", *labels), buckets=buckets, registry=self.registry)
