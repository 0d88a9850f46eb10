"""Gives a worker its service: built once, when the container starts."""

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider

from shared.broker.watch import Watch
from shared.persistence.running import Service


class Bootstrapped(DependencyProvider):
    """The service that *open_service* returns, for every method of the worker.

    Its connections are given back when the container stops.
    """

    def __init__(self, open_service: Callable[[], Service]) -> None:
        self._open_service = open_service
        self.watch: Watch | None = None

    def setup(self) -> None:
        self.watch = Watch(self._open_service())

    def get_dependency(self, worker_ctx: Any) -> Service:  # noqa: ANN401, ARG002  (nameko calls it)
        assert self.watch is not None  # noqa: S101  (setup comes first)
        return self.watch.service

    def stop(self) -> None:
        if self.watch is not None:
            self.watch.service.engine.dispose()


class Watched(DependencyProvider):
    """The watch over the worker's service, for methods that have parts to tell of."""

    def get_dependency(self, worker_ctx: Any) -> Watch | None:  # noqa: ANN401, ARG002
        return watch_of(self.container)


def watch_of(container: Any) -> Watch | None:  # noqa: ANN401  (nameko has no types)
    """Return the watch over *container*'s service, if its worker has one."""
    for dependency in container.dependencies:
        if isinstance(dependency, Bootstrapped):
            return dependency.watch
    return None


def service_of(container: Any) -> Service:  # noqa: ANN401
    """Return the service of *container*'s worker."""
    watch = watch_of(container)
    if watch is None:
        raise TypeError(f"{container.service_name} has no Bootstrapped service")
    return watch.service
