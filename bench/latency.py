"""How long events took, noted by the workers and collected when they end."""

import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SENT = "sent="
"""At the start of an event's remark, when its latency is asked for: the time it was handed over."""


class Latencies:
    """The milliseconds from the hand-over of an event to a commit of *worker*."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._directory = os.environ.get("BENCH_LATENCY_DIR", "")
        self._noted: list[float] = []

    def note(self, bodies: Iterable[Mapping[str, Any]]) -> None:
        """Note that the events with *bodies* are committed now."""
        if not self._directory:
            return
        now = time.time()
        for body in bodies:
            remark = body["remark"]
            if remark.startswith(SENT):
                self._noted.append((now - float(remark[len(SENT) :].split(";")[0])) * 1000)

    def write(self) -> None:
        """Leave what was noted for whoever asked."""
        if self._directory:
            (Path(self._directory) / f"{self._worker}.json").write_text(json.dumps(self._noted))


def percentiles(values: list[float]) -> dict[str, float]:
    """Return p50, p99 and the greatest of *values*, rounded to a tenth."""
    ordered = sorted(values)
    if not ordered:
        return {}
    last = len(ordered) - 1
    return {
        "p50": round(ordered[int(last * 0.5)], 1),
        "p99": round(ordered[int(last * 0.99)], 1),
        "max": round(ordered[-1], 1),
    }
