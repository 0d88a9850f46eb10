"""Gives a worker its service: built once, when the container starts."""

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider

from shared.persistence.running import Service


class Bootstrapped(DependencyProvider):
    """The service that *open_service* returns, for every method of the worker.

    Its connections are given back when the container stops.
    """

    def __init__(self, open_service: Callable[[], Service]) -> None:
        self._open_service = open_service
        self.service: Service | None = None

    def setup(self) -> None:
        self.service = self._open_service()

    def get_dependency(self, worker_ctx: Any) -> Service:  # noqa: ANN401, ARG002  (nameko calls it)
        assert self.service is not None  # noqa: S101  (setup comes first)
        return self.service

    def stop(self) -> None:
        if self.service is not None:
            self.service.engine.dispose()


def service_of(container: Any) -> Service:  # noqa: ANN401  (nameko has no types)
    """Return the service of *container*'s worker."""
    for dependency in container.dependencies:
        if isinstance(dependency, Bootstrapped) and dependency.service is not None:
            return dependency.service
    raise TypeError(f"{container.service_name} has no Bootstrapped service")
