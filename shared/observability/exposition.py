"""What ``/metrics`` answers: the metrics of every service of a process as one valid text, and its build."""

import os
import platform
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import CollectorRegistry, Gauge, GCCollector, ProcessCollector, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

REVISION = "SHOUXIAN_REVISION"
"""Environment variable that the image sets to the commit it was built from."""


def build_info(registry: CollectorRegistry, service: str) -> None:
    """Tell in *registry* which build *service* is."""
    labels = ("service", "version", "revision", "python")
    gauge = Gauge("shouxian_build_info", "The build that runs", labels, registry=registry)
    gauge.labels(service, _version(), os.environ.get(REVISION) or "unknown", platform.python_version()).set(1)


def text_of(registries: Sequence[CollectorRegistry]) -> bytes:
    """Return all of *registries* in the text format, each metric's lines together as the format asks."""
    return generate_latest(_Together(registries))


class _Together(Collector):
    """Several registries and the process they run in, as one."""

    def __init__(self, registries: Sequence[CollectorRegistry]) -> None:
        self._registries = registries

    def collect(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        for registry in (*self._registries, _process()):
            for family in registry.collect():
                known = families.setdefault(family.name, family)
                if known is not family:
                    known.samples += family.samples
        for family in families.values():
            # When a counter began: a series for each that nobody asks for.
            family.samples = [one for one in family.samples if not one.name.endswith("_created")]
        return families.values()


@lru_cache(maxsize=1)
def _process() -> CollectorRegistry:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version("shouxian")
    except PackageNotFoundError:  # run from a tree nobody installed
        return "unknown"
