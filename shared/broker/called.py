"""How the loops of a worker call its methods: through nameko's container, waiting for the result."""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from eventlet.event import Event as Result
from nameko.extensions import Entrypoint

from shared.broker.backoff import BackOff
from shared.broker.bootstrapped import watch_of
from shared.broker.link import reason_of
from shared.broker.watch import LOOP_SECONDS

_log = structlog.get_logger(__name__)


class CallingEntrypoint(Entrypoint):
    """An entrypoint that runs a loop of its own and calls its method, one call at a time."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.stopping = threading.Event()
        self._thread: Any = None

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(self.run)

    def stop(self) -> None:
        """Let the present call end, and start no other."""
        self.stopping.set()
        self._thread.wait()

    def kill(self) -> None:
        self._thread.kill()

    def run(self) -> None:
        """Call the method until ``stopping`` is set."""
        raise NotImplementedError

    def expected(self) -> Callable[[], None]:
        """Let this loop be watched; return what it calls whenever it comes round."""
        watch = watch_of(self.container)
        if watch is None:
            return lambda: None
        return watch.beats.expect(self.method_name, within_seconds=LOOP_SECONDS)

    def call(self, *args: object) -> Any:  # noqa: ANN401  (whatever the method returns)
        """Call the worker's method and return what it returned; raises what it raised."""
        done = Result()

        def hand_back(_context: Any, result: Any, failure: Any) -> tuple[Any, Any]:  # noqa: ANN401
            done.send((result, failure))
            return result, failure

        self.container.spawn_worker(self, args, {}, handle_result=hand_back)
        result, failure = done.wait()
        if failure is not None:
            raise failure[1]
        return result


class Repeat(CallingEntrypoint):
    """Call the method every *every* seconds; after a failure later and later.

    Unlike nameko's timer it does not make up for calls it missed, so that the
    end of an outage is no storm. ``wake`` calls at once.
    """

    def __init__(self, every: float, **options: object) -> None:
        self.every = every
        self._awake = threading.Event()
        super().__init__(**options)

    def wake(self) -> None:
        """Let the next call happen now; one is enough for many wishes."""
        self._awake.set()

    def stop(self) -> None:
        self.stopping.set()
        self.wake()
        self._thread.wait()

    def rest_after(self, result: object) -> float:  # noqa: ARG002  (for those who override it)
        """Return the seconds in which no wish is granted after a call returned *result*."""
        return 0.0

    def run(self) -> None:
        pauses = BackOff(first=max(self.every, 0.1))
        beat = self.expected()
        while not self.stopping.is_set():
            beat()
            pause = self.every
            try:
                rest = self.rest_after(self.call())
                self.stopping.wait(rest)
                pauses.reset()
            except Exception as error:  # noqa: BLE001  (the edge of a process that must go on)
                pause = pauses.next()
                _log.warning(
                    "call_failed",
                    worker=self.container.service_name,
                    method=self.method_name,
                    error=reason_of(error),
                    pause=round(pause, 2),
                )
                self._awake.clear()  # no wish shortens the pause after a failure
            self._awake.wait(pause)
            self._awake.clear()


repeat = Repeat.decorator
