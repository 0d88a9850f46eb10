"""What falls due by the clock, part by part: what one part raises keeps no other from its turn."""

from collections.abc import Callable, Mapping

import structlog

_log = structlog.get_logger("shouxian.monitoring")


def sweep_parts(parts: Mapping[str, Callable[[], int]]) -> int:
    """Do every part and return how much was done; raises what the first failing one raised, at the end."""
    done = 0
    failed: list[Exception] = []
    for name, part in parts.items():
        try:
            done += part()
        except Exception as error:  # noqa: BLE001  (whatever one part raises, the others have their turn)
            # The kind only: a message may quote what was written of somebody.
            _log.error("sweep_part_failed", part=name, kind=type(error).__name__)
            failed.append(error)
    if failed:
        raise failed[0]
    return done
