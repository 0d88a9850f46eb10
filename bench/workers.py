"""One, two and four processes of each reader, on quorum and on classic queues: throughput and peak memory.

``python -m bench workers`` does the work of ``messaging`` with our workers as they are shipped, the six
variants interleaved. On one machine more processes share the same processors: what is to be seen is whether
they stand in each other's way.
"""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.messaging import throughput
from bench.producer import Variant
from bench.servers import Servers
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

RESULTS = Path(__file__).with_name("results") / "workers.json"
_COUNTS = (1, 2, 4)


def variants(events: int) -> list[Variant]:
    """Return the six ways, all with 50 events a message."""
    return [
        Variant(
            f"{queue} {workers}", f"{queue}, {workers}", "bench.ours_worker", events, 50, 500,
            workers=workers, queue=queue,
        )
        for workers in _COUNTS
        for queue in ("quorum", "classic")
    ]  # fmt: skip


def measure(servers: Servers, rounds: int, events: int) -> list[dict[str, Any]]:
    """Return of each variant the median throughput, its ratio to one process on quorum queues, and memory."""
    ways = variants(events)
    runs: dict[str, list[dict[str, Any]]] = {way.name: [] for way in ways}
    for number in range(rounds):
        for way in ways:
            found = throughput(servers, way)
            runs[way.name].append(found)
            print(f"  round {number + 1}: {way.name:<10} {found['per_second']:>8.0f} events/s", flush=True)
    first = runs[ways[0].name]
    return [
        {
            "queue": way.queue,
            "workers": way.workers,
            "per_second": round(statistics.median(one["per_second"] for one in runs[way.name])),
            "ratio": round(
                statistics.median(
                    one["per_second"] / other["per_second"]
                    for one, other in zip(runs[way.name], first, strict=True)
                ),
                2,
            ),
            "peak_mb": max(max(one["peak_mb"].values()) for one in runs[way.name]),
            "peak_mb_all": max(round(sum(one["peak_mb"].values())) for one in runs[way.name]),
        }
        for way in ways
    ]


def table(found: Sequence[dict[str, Any]]) -> str:
    """Return the table that the README quotes."""
    lines = [
        "| queues | processes a reader | events/s | ratio | peak MB a process | all together |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one['queue']} | {one['workers']} | {one['per_second']:,} | {one['ratio']} "
        f"| {one['peak_mb']:.0f} | {one['peak_mb_all']} |"
        for one in found
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Measure, print the table, keep the numbers."""
    parser = argparse.ArgumentParser(prog="python -m bench workers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--events", type=int, default=30_000)
    options = parser.parse_args(arguments)
    with RabbitMQ() as rabbitmq, PostgreSQL() as postgresql:
        found = measure(Servers(rabbitmq, postgresql), options.rounds, options.events)
    RESULTS.parent.mkdir(exist_ok=True)
    about = {"processors": os.cpu_count(), "events": options.events, "rounds": options.rounds}
    RESULTS.write_text(json.dumps({**about, "variants": found}, indent=1) + "\n")
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
