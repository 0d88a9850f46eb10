"""Events per second with effects committed and relayed, latency, memory: ours, plain nameko, and the limits.

Everything runs on a RabbitMQ and a PostgreSQL of its own, all on this machine.
Variants are interleaved; what counts are the ratios within one run.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bench.chain import HOUSEHOLD_COUNT, open_service
from bench.latency import percentiles
from bench.limits import broker_limit, database_limit
from bench.producer import Producer, Variant, event, sealed
from bench.report import table
from bench.servers import Servers, usage_of
from shared.broker.topology import EXCHANGE
from tests.support.chain import ChainService
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results" / "messaging.json"
VARIANTS = (
    Variant("plain", "plain nameko: a session, a commit, a dispatch per event", "bench.plain_worker", 1000),
    Variant(
        "lean", "plain nameko without sessions, prepared statements", "bench.plain_worker", 1500, lean=True
    ),
    Variant("single", "ours, one event a message", "bench.ours_worker", 8000, 1, 500),
    Variant("batched", "ours, 50 events a message", "bench.ours_worker", 30000, 50, 500),
)


class Workers:
    """The processes of one run."""

    def __init__(
        self, variant: Variant, broker: str, databases: dict[str, str], names: Sequence[str], noted: str = ""
    ) -> None:
        self._processes = {
            f"{name}{copy or ''}": subprocess.Popen(
                [sys.executable, "-m", variant.program, name],
                cwd=ROOT,
                env={
                    "PATH": os.environ["PATH"],
                    "BENCH_BROKER_URL": broker,
                    "BENCH_DATABASE_URL": databases[name],
                    "BENCH_BATCH_SIZE": str(variant.batch_size),
                    "BENCH_IN_A_MESSAGE": str(variant.in_a_message),
                    "BENCH_LATENCY_DIR": noted,
                    "BENCH_LEAN": "1" if variant.lean else "",
                    "BENCH_QUEUE_TYPE": variant.queue,
                },
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for name in names
            for copy in range(variant.workers)
        }

    def usage(self) -> dict[str, dict[str, float]]:
        """Return of each process the peak memory in MB and the processor seconds it has used."""
        return {name: usage_of(process.pid) for name, process in self._processes.items()}

    def stop(self) -> None:
        """End them politely: they write what they noted."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(30)


class Arrivals:
    """How many events the last service has committed."""

    def __init__(self, databases: dict[str, str]) -> None:
        self._engines = {name: create_engine(url) for name, url in databases.items()}

    def count(self, name: str = "last") -> int:
        with self._engines[name].connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())

    def wait(self, events: int, seconds: float = 300) -> float:
        """Return the moment when *events* had arrived."""
        give_up = time.monotonic() + seconds
        while self.count() < events:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.count()} of {events} events arrived")
            time.sleep(0.05)
        return time.monotonic()

    def check(self, events: int) -> None:
        """Raise unless every effect is there once and nothing waits."""
        with self._engines["second"].connect() as connection:
            versions = connection.execute(text("SELECT sum(version) FROM households")).scalar_one()
            waiting = connection.execute(
                text("SELECT count(*) FROM outbox WHERE published_at IS NULL")
            ).scalar_one()
        newest = sum(range(max(1, events - HOUSEHOLD_COUNT + 1), events + 1))
        assert versions == newest, "a newest version is missing"
        assert waiting == 0
        assert self.count("second") == self.count("last") == events

    def close(self) -> None:
        for engine in self._engines.values():
            engine.dispose()


def throughput(servers: Servers, variant: Variant) -> dict[str, Any]:
    """Return events per second from the first publication to the last commit, and what it cost."""
    with servers.fresh() as (broker, databases):
        workers = Workers(variant, broker, databases, ("second", "last"))
        arrivals, producer = Arrivals(databases), Producer(variant, broker)
        try:
            warm = 50
            _until_bound(servers, broker, variant)
            producer.publish(producer.prepare([sealed(n) for n in range(1, warm + 1)]))
            arrivals.wait(warm)
            total = warm + variant.events
            messages = producer.prepare([sealed(n) for n in range(warm + 1, total + 1)])
            before = workers.usage() | servers.usage()
            started = time.monotonic()
            producer.publish(messages)
            ended = arrivals.wait(total)
            after = workers.usage() | servers.usage()
            time.sleep(0.5)
            arrivals.check(total)
        finally:
            workers.stop()
            arrivals.close()
            producer.close()
    return {
        "per_second": variant.events / (ended - started),
        "peak_mb": {name: round(use["peak_mb"], 1) for name, use in after.items() if "peak_mb" in use},
        "cpu_us": {
            name: round((after[name]["cpu"] - before[name]["cpu"]) / variant.events * 1e6, 1)
            for name in after
        },
    }


def _until_bound(servers: Servers, broker: str, variant: Variant) -> None:
    """Wait until both workers have their queues, bound."""
    vhost = broker.rsplit("/", 1)[1]
    wanted = (
        {("first.events", "counted"), ("second.events", "followed")}
        if variant.plain
        else {(EXCHANGE, "first.#"), (EXCHANGE, "second.#")}
    )
    give_up = time.monotonic() + 90
    while True:
        bindings: Any = servers.rabbitmq.manage("GET", f"/api/bindings/{vhost}")
        if wanted <= {(binding["source"], binding["routing_key"]) for binding in bindings}:
            return
        if time.monotonic() > give_up:
            raise TimeoutError(f"no bindings {wanted}")
        time.sleep(0.1)


def latency(
    servers: Servers, variant: Variant, rate: int, seconds: float, *, command: bool
) -> dict[str, Any]:
    """Return milliseconds from publication (or a command's commit) to each commit, at *rate* a second."""
    names = ("first", "second", "last") if command else ("second", "last")
    with servers.fresh() as (broker, databases), tempfile.TemporaryDirectory() as noted:
        workers = Workers(variant, broker, databases, names, noted)
        arrivals, producer = Arrivals(databases), Producer(variant, broker)
        first = open_service("first", databases["first"], broker, batch_size=200)
        hand_over = _teller(first) if command else _publisher(producer)
        try:
            _until_bound(servers, broker, variant)
            producer.publish(producer.prepare([sealed(n) for n in range(1, 51)]))
            arrivals.wait(50)
            total = _offer(hand_over, rate, seconds)
            arrivals.wait(50 + total)
        finally:
            workers.stop()
            arrivals.close()
            producer.close()
            first.engine.dispose()
        found = {name: json.loads((Path(noted) / f"{name}.json").read_text()) for name in ("second", "last")}
    return {"rate": rate, **{name: percentiles(values) for name, values in found.items()}}


def _publisher(producer: Producer) -> Callable[[int], None]:
    return lambda number: producer.publish(producer.prepare([sealed(number, sent=time.time())]))


def _teller(first: ChainService) -> Callable[[int], None]:
    def tell(number: int) -> None:
        with first.uow() as uow:
            uow.publish(event(number, sent=time.time()))
            uow.commit()

    return tell


def _offer(hand_over: Callable[[int], None], rate: int, seconds: float) -> int:
    """Call *hand_over* at *rate* a second, never more to make up for what was late; return how often."""
    total = int(rate * seconds)
    started = time.monotonic()
    for number in range(total):
        late = time.monotonic() - started - number / rate
        if late < 0:
            time.sleep(-late)
        hand_over(100 + number)
    return total


def measure(servers: Servers, rounds: int, *, with_latency: bool) -> dict[str, Any]:
    """Return everything, the variants interleaved."""
    runs: dict[str, list[dict[str, Any]]] = {variant.name: [] for variant in VARIANTS}
    for number in range(rounds):
        for variant in VARIANTS:
            found = throughput(servers, variant)
            runs[variant.name].append(found)
            print(
                f"  round {number + 1}: {variant.name:<12} {found['per_second']:>8.0f} events/s", flush=True
            )
    limits = {
        "broker, 50 a message": broker_limit(servers, 50, 40000),
        "broker, single": broker_limit(servers, 1, 10000),
        "database, batches of 200": database_limit(servers, 40000, 200),
    }
    return {
        "machine": {"processors": os.cpu_count(), "python": platform.python_version()},
        "throughput": {name: _summary(found, runs) for name, found in runs.items()},
        "limits": {name: round(value) for name, value in limits.items()},
        "latency": _latencies(servers) if with_latency else [],
    }


def _summary(runs: list[dict[str, Any]], all_runs: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return the medians; a ratio compares neighbours in time, so that other work hits both."""

    def ratio(baseline: str) -> float:
        pairs = zip(runs, all_runs[baseline], strict=True)
        return round(statistics.median(run["per_second"] / other["per_second"] for run, other in pairs), 1)

    middle = sorted(runs, key=lambda run: run["per_second"])[len(runs) // 2]
    return {
        "per_second": round(statistics.median(run["per_second"] for run in runs)),
        "ratio": ratio("plain"),
        "ratio_lean": ratio("lean"),
        "all": [round(run["per_second"]) for run in runs],
        "peak_mb": middle["peak_mb"],
        "cpu_us": middle["cpu_us"],
    }


def _latencies(servers: Servers) -> list[dict[str, Any]]:
    plain, single = VARIANTS[0], VARIANTS[2]
    found = []
    for rate in (100, 500):
        for words, variant, command in (
            ("plain nameko, from publication", plain, False),
            ("ours, from publication", single, False),
            ("ours, from the command's commit", single, True),
        ):
            if variant is plain and rate > 100:
                continue  # more than it can do: it would measure its queue
            found.append({"what": words, **latency(servers, variant, rate, 10, command=command)})
            print(f"  {found[-1]}", flush=True)
    return found


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print the table, keep the numbers."""
    parser = argparse.ArgumentParser(prog="python -m bench messaging", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-latency", action="store_true")
    options = parser.parse_args(arguments)
    with RabbitMQ() as rabbitmq, PostgreSQL() as postgresql:
        found = measure(Servers(rabbitmq, postgresql), options.rounds, with_latency=not options.no_latency)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    print(table(found, VARIANTS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
