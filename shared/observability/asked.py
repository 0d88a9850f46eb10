"""Metrics that are asked for when Prometheus asks: backlog, connections, and figures of the business."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

FIGURES_KEPT = 60.0
"""Seconds for which counted figures of the business are told again; they are for trends."""

SET_ASIDE_KINDS = ("refused", "invalid", "defect", "garbage")


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in a service's database when somebody asks.

    *oldest_seconds* is how long the oldest unpublished event has waited (0 when
    none does), *waiting* how many do; *set_aside* how many taken-in events wait for an
    officer, by kind; *delayed* how many wait for another try; *paused*: by an operator.
    """

    oldest_seconds: float = 0.0
    waiting: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)
    delayed: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Connections to the database: how many are in use, and how many there may be."""

    in_use: int
    most: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of the business. *labels* come from code (a state, a kind): no area, no unit, no person."""

    name: str
    words: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


class AskedCollector(Collector):
    """Asks when Prometheus asks; in an outage of the database it says so and the other metrics stay."""

    def __init__(
        self,
        service: str,
        *,
        backlog: Callable[[], Backlog] | None,
        figures: Callable[[], Sequence[Figure]] | None,
        pool: Callable[[], PoolUse | None] | None,
        lag: Callable[[], float | None] | None,
        connected: Callable[[], bool] | None,
        board_age: Callable[[], float | None] | None,
    ) -> None:
        self._service = service
        self._backlog = backlog
        self._figures = None if figures is None else _Kept(figures)
        self._pool = pool
        self._told = {
            "reader_connected": ("Whether the reader has its link to the broker", connected),
            "inbox_lag_seconds": ("Age of the oldest event under way or last taken in; 0 when idle", lag),
            "board_age_seconds": ("Since the newest board was brought up to the journal", board_age),
        }

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that registering does not ask the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        for thing, (words, ask) in self._told.items():
            if ask is not None and (seconds := ask()) is not None:
                yield self._gauge(thing, words, seconds)
        if self._pool is not None and (use := self._pool()) is not None:
            yield self._gauge("database_pool_in_use_connections", "Connections in use", use.in_use)
            yield self._gauge("database_pool_max_connections", "Connections there may be", use.most)
        if self._backlog is None and self._figures is None:
            return
        try:
            asked = [*self._of_backlog(), *self._of_figures()]
        except Exception:  # noqa: BLE001  (a scrape must not fail because the database is away)
            yield self._gauge("database_up", "Whether the backlog could be asked for", 0)
            return
        yield self._gauge("database_up", "Whether the backlog could be asked for", 1)
        yield from asked

    def _of_backlog(self) -> Iterable[Metric]:
        if self._backlog is None:
            return
        backlog = self._backlog()
        yield self._gauge(
            "outbox_oldest_age_seconds", "Wait of the oldest unpublished event", backlog.oldest_seconds
        )
        yield self._gauge("outbox_waiting_events", "Events not published yet", backlog.waiting)
        yield self._gauge("delayed_events", "Events that wait for another try", backlog.delayed)
        yield self._gauge("reader_paused", "Whether an operator has paused the reader", int(backlog.paused))
        kinds = {**dict.fromkeys(SET_ASIDE_KINDS, 0), **backlog.set_aside}
        aside = self._family("set_aside_events", "Events that wait for an officer, by kind", ("kind",))
        for kind, events in kinds.items():
            aside.add_metric([self._service, kind], events)
        yield aside

    def _of_figures(self) -> Iterable[Metric]:
        families: dict[str, GaugeMetricFamily] = {}
        for figure in self._figures() if self._figures is not None else ():
            if figure.name not in families:
                families[figure.name] = self._family(figure.name, figure.words, tuple(figure.labels))
            families[figure.name].add_metric([self._service, *figure.labels.values()], figure.value)
        return families.values()

    def _gauge(self, thing: str, words: str, value: float) -> Metric:
        family = self._family(thing, words)
        family.add_metric([self._service], value)
        return family

    def _family(self, thing: str, words: str, labels: tuple[str, ...] = ()) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"shouxian_{thing}", words, labels=("service", *labels))


class _Kept:
    """Figures counted at most once in a while, however many scrape."""

    def __init__(self, count: Callable[[], Sequence[Figure]]) -> None:
        self._count = count
        self._counted: Sequence[Figure] = ()
        self._until = 0.0

    def __call__(self) -> Sequence[Figure]:
        if time.monotonic() >= self._until:
            self._counted = self._count()
            self._until = time.monotonic() + FIGURES_KEPT
        return self._counted
