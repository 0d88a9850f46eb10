"""The entrypoint that empties the outbox: soon after a commit in this process, or by looking often."""

from shared.broker.bootstrapped import service_of, watch_of
from shared.broker.called import Repeat
from shared.broker.relay import OutboxRelay

AUDIENCE = "AUDIENCE"
"""Key in the container's configuration: whose queues must be there before anything is published."""

_MANY = 100
_REST_SECONDS = 0.04
"""Under load it lets some more gather: a round costs the same for 100 events as for 500."""


class RelayOutbox(Repeat):
    """Call the method with the relay of the worker's service.

    *every* seconds it looks for what other processes (the web) have committed;
    one look is one indexed query.
    """

    def __init__(self, every: float = 0.1, **options: object) -> None:
        super().__init__(every, **options)
        self._relay: OutboxRelay | None = None

    def run(self) -> None:
        audience = self.container.config.get(AUDIENCE, ())
        self._relay = OutboxRelay.of(service_of(self.container), audience=audience)
        try:
            super().run()
        finally:
            self._relay.close()

    def rest_after(self, result: object) -> float:
        return _REST_SECONDS if isinstance(result, int) and result >= _MANY else 0.0

    def call(self, *_: object) -> object:
        watch = watch_of(self.container)
        assert watch is not None  # noqa: S101  (run has found its service)
        return watch.relaying(lambda: super(RelayOutbox, self).call(self._relay))


relay_outbox = RelayOutbox.decorator
