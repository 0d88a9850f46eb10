"""What falls due by the clock, part by part: what one part raises keeps no other from its turn."""

import time
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from shared.observability.tracing import span

Parts = Mapping[str, Callable[[], int]]
"""Each part by a name in snake case; it does what falls due and returns how much that was."""

_log = structlog.get_logger("shouxian.sweep")


class PartsWatch(Protocol):
    """Who counts parts; ``shared.observability.metrics.ServiceMetrics`` is one."""

    def swept(self, part: str, seconds: float, *, failed: bool) -> None:
        """Count one part of a sweep."""


def sweep_parts(parts: Parts, watch: PartsWatch | None = None) -> int:
    """Do every part and return how much was done; raises what the first failing one raised, at the end."""
    done = 0
    failed: list[Exception] = []
    for name, part in parts.items():
        started, before = time.monotonic(), len(failed)
        try:
            with span("sweep part", attributes={"part": name}):
                done += part()
        except Exception as error:  # noqa: BLE001  (whatever one part raises, the others have their turn)
            # The kind only: a message may quote what was written of somebody.
            _log.error("sweep_part_failed", part=name, kind=type(error).__name__)
            failed.append(error)
        if watch is not None:
            watch.swept(name, time.monotonic() - started, failed=len(failed) > before)
    if failed:
        raise failed[0]
    return done
