"""Metrics of one service for Prometheus, named ``<service>_<thing>_<unit>``; labels never hold ids."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_EVENTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in a service's database when somebody asks.

    *oldest_seconds* is how long the oldest unpublished event has waited (0 when
    none does); *set_aside* how many taken-in events wait for an officer.
    """

    oldest_seconds: float
    set_aside: int


class ServiceMetrics:
    """The counters of one service in one process; ``text`` is what ``/metrics`` answers.

    Labels are what code declares (routes, refusal codes), never what somebody has sent.
    """

    def __init__(self, service: str, backlog: Callable[[], Backlog] | None = None) -> None:
        self._registry = CollectorRegistry()
        self._served = self._histogram(
            f"{service}_request_seconds", "Answered requests", _SECONDS, ("method", "route", "status")
        )
        self._refused = self._counter(f"{service}_refusals_total", "Refusals by their code", ("code",))
        self._relayed = self._counter(f"{service}_events_relayed_total", "Events the broker has confirmed")
        self._relaying = self._histogram(f"{service}_relay_seconds", "Rounds of the relay", _SECONDS)
        self._relay_failed = self._counter(
            f"{service}_relay_failures_total", "Rounds of the relay that failed"
        )
        self._taken = self._counter(
            f"{service}_events_taken_total", "Events taken in, by what became of them", ("outcome",)
        )
        self._batch = self._histogram(f"{service}_batch_seconds", "Batches taken in", _SECONDS)
        self._batch_size = self._histogram(f"{service}_batch_events", "Events of a batch", _EVENTS)
        self._batch_failed = self._counter(f"{service}_batch_failures_total", "Batches that were not taken")
        if backlog is not None:
            self._registry.register(_BacklogCollector(service, backlog))

    def served(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request; *route* is the declared path (``/cases/{id}``), not the asked one."""
        self._served.labels(method, route, str(status)).observe(seconds)

    def refused(self, code: str) -> None:
        """Count a refusal by its class's code."""
        self._refused.labels(code).inc()

    def relayed(self, events: int, seconds: float) -> None:
        """Count a round of the relay that published *events* (perhaps none)."""
        self._relayed.inc(events)
        self._relaying.observe(seconds)

    def relay_failed(self) -> None:
        """Count a round of the relay that ended in an outage."""
        self._relay_failed.inc()

    def took(self, *, admitted: int, repeated: int, set_aside: int, seconds: float) -> None:
        """Count a batch taken in: new events, events known before, and events set aside."""
        self._taken.labels("admitted").inc(admitted)
        self._taken.labels("repeated").inc(repeated)
        self._taken.labels("set_aside").inc(set_aside)
        self._batch.observe(seconds)
        self._batch_size.observe(admitted + repeated + set_aside)

    def batch_failed(self) -> None:
        """Count a batch that was not taken and comes again."""
        self._batch_failed.inc()

    def text(self) -> bytes:
        """Return every metric in the Prometheus text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, words: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(name, words, labels, registry=self._registry)

    def _histogram(
        self, name: str, words: str, buckets: tuple[float, ...], labels: tuple[str, ...] = ()
    ) -> Histogram:
        return Histogram(name, words, labels, buckets=buckets, registry=self._registry)


class _BacklogCollector(Collector):
    """Asks the database when Prometheus asks; in an outage it says so and the other metrics stay."""

    def __init__(self, service: str, backlog: Callable[[], Backlog]) -> None:
        self._service = service
        self._backlog = backlog

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that registering does not ask the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        try:
            backlog = self._backlog()
        except Exception:  # noqa: BLE001  (a scrape must not fail because the database is away)
            yield self._gauge("database_up", "Whether the backlog could be asked for", 0)
            return
        yield self._gauge("database_up", "Whether the backlog could be asked for", 1)
        yield self._gauge(
            "outbox_oldest_age_seconds", "Wait of the oldest unpublished event", backlog.oldest_seconds
        )
        yield self._gauge("inbox_set_aside_events", "Events that wait for an officer", backlog.set_aside)

    def _gauge(self, thing: str, words: str, value: float) -> Metric:
        return GaugeMetricFamily(f"{self._service}_{thing}", words, value=value)
