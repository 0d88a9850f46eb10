"""Events per second with effects committed and relayed, latency, memory: ours, plain nameko, and the limits.

Everything runs on a RabbitMQ and a PostgreSQL of its own, all on this machine.
Variants are interleaved; what counts are the ratios within one run.
"""

import argparse
import contextlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psutil
from kombu.connection import Connection
from sqlalchemy import MetaData, create_engine, text

from bench.chain import HOUSEHOLD_COUNT, open_service
from bench.latency import SENT, percentiles
from shared.broker.link import Message, open_link
from shared.broker.topology import EXCHANGE
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE, Envelope
from shared.kernel.ids import random_ids
from shared.messaging.bulk import insert_new, upsert
from shared.messaging.tables import message_tables
from shared.persistence.engine import open_engine
from tests.support.chain import DAY, HOUSEHOLDS, METADATA, ChainService, Counted
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results" / "messaging.json"
REMARK = "x" * 180
"""Makes an event as long on the wire as real ones are: about 600 bytes."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do the work."""

    name: str
    words: str
    program: str
    events: int
    in_a_message: int = 1
    batch_size: int = 0


VARIANTS = (
    Variant(
        "plain", "plain nameko: @event_handler, commit and dispatch per event", "bench.plain_worker", 1000
    ),
    Variant("single", "ours, one event a message", "bench.ours_worker", 8000, 1, 200),
    Variant("batched", "ours, 50 events a message, batches of 200", "bench.ours_worker", 30000, 50, 200),
    Variant("batched_500", "ours, 50 events a message, batches of 500", "bench.ours_worker", 30000, 50, 500),
)


@dataclass
class Servers:
    """Where the servers are, and how a fresh pair of databases and a vhost is made."""

    rabbitmq: RabbitMQ
    postgresql: PostgreSQL
    _runs: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def usage(self) -> dict[str, dict[str, float]]:
        """Return the processor seconds used so far by each server and its children."""
        return {
            server.program: {"cpu": sum(_usage(process.pid)["cpu"] for process in _family(server.pid))}
            for server in (self.rabbitmq, self.postgresql)
        }

    @contextlib.contextmanager
    def fresh(self) -> Iterator[tuple[str, dict[str, str]]]:
        run = f"run{next(self._runs)}"
        broker = self.rabbitmq.create_vhost(run)
        names = {name: f"{run}_{name}" for name in ("first", "second", "last")}
        databases = {name: self.postgresql.create_database(database) for name, database in names.items()}
        for url in databases.values():
            engine = create_engine(url)
            METADATA.create_all(engine)
            engine.dispose()
        yield broker, databases
        self.rabbitmq.delete_vhost(run)
        for database in names.values():
            self.postgresql.drop_database(database)


def event(number: int, *, sent: float | None = None) -> Counted:
    """Return an invented count; with *sent* its latency is noted."""
    remark = REMARK if sent is None else f"{SENT}{sent};".ljust(len(REMARK), "x")
    return Counted(
        occurred_on=DAY,
        household_id=f"h{number % HOUSEHOLD_COUNT}",
        area_code="610327100001",
        version=number,
        income=number,
        remark=remark,
    )


def sealed(number: int, *, sent: float | None = None) -> Envelope:
    """Return the event *number* in its envelope."""
    from shared.kernel.clock import system_clock  # noqa: PLC0415

    return Envelope.seal(event(number, sent=sent), ids=random_ids, at=system_clock())


class Producer:
    """Publishes straight to the broker, as fast as it can, as the variant wants its messages."""

    def __init__(self, variant: Variant, broker: str) -> None:
        self._variant = variant
        self._plain = variant.name == "plain"
        self._link = None if self._plain else open_link(broker)
        self._connection = Connection(broker) if self._plain else None
        self._producer = self._connection.Producer() if self._connection else None

    def prepare(self, envelopes: Sequence[Envelope]) -> list[Any]:
        """Return the messages, made before the clock runs."""
        if self._plain:
            return [orjson.dumps(e.attributes()) for e in envelopes]
        size = self._variant.in_a_message
        groups = [envelopes[n : n + size] for n in range(0, len(envelopes), size)]
        return [self._message(group) for group in groups]

    def publish(self, messages: list[Any]) -> None:
        """Hand *messages* over."""
        if self._producer is not None:
            for body in messages:
                self._producer.publish(
                    body,
                    exchange="first.events",
                    routing_key="counted",
                    content_type="application/json",
                    content_encoding="utf-8",
                    delivery_mode=2,
                )
            return
        assert self._link is not None
        for start in range(0, len(messages), 500):
            refused = self._link.publish(messages[start : start + 500])
            assert not refused

    def close(self) -> None:
        """Give the connection back."""
        if self._link is not None:
            self._link.close()
        if self._connection is not None:
            self._connection.release()

    @staticmethod
    def _message(group: Sequence[Envelope]) -> Message:
        if len(group) == 1:
            return Message(group[0].id, group[0].type, EVENT_MEDIA_TYPE, group[0].to_json().encode())
        body = "[" + ",".join(envelope.to_json() for envelope in group) + "]"
        return Message(group[0].id, "first.batch", BATCH_MEDIA_TYPE, body.encode())


class Workers:
    """The processes of one run."""

    def __init__(
        self, variant: Variant, broker: str, databases: dict[str, str], names: Sequence[str], noted: str = ""
    ) -> None:
        self._processes = {
            name: subprocess.Popen(
                [sys.executable, "-m", variant.program, name],
                cwd=ROOT,
                env={
                    "PATH": os.environ["PATH"],
                    "BENCH_BROKER_URL": broker,
                    "BENCH_DATABASE_URL": databases[name],
                    "BENCH_BATCH_SIZE": str(variant.batch_size),
                    "BENCH_IN_A_MESSAGE": str(variant.in_a_message),
                    "BENCH_LATENCY_DIR": noted,
                },
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for name in names
        }

    def usage(self) -> dict[str, dict[str, float]]:
        """Return of each process the peak memory in MB and the processor seconds it has used."""
        return {name: _usage(process.pid) for name, process in self._processes.items()}

    def stop(self) -> None:
        """End them politely: they write what they noted."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(30)


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _usage(pid: int) -> dict[str, float]:
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    return {"peak_mb": int(peak.split()[1]) / 1024, "cpu": ticks / os.sysconf("SC_CLK_TCK")}


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
        if variant.name == "plain"
        else {(EXCHANGE, "first.#"), (EXCHANGE, "second.#")}
    )
    give_up = time.monotonic() + 30
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


def broker_limit(servers: Servers, in_a_message: int, events: int) -> float:
    """Return events per second published with confirms and received, with nothing done about them."""
    with servers.fresh() as (broker, _databases):
        link, reader = open_link(broker), open_link(broker)
        reader.declare_queue("second", ["first"])
        reader.consume("second", prefetch=1000)
        producer = Producer(Variant("raw", "", "", events, in_a_message, 200), broker)
        messages = producer.prepare([sealed(n) for n in range(events)])
        started, received = time.monotonic(), 0
        for start in range(0, len(messages), 200):
            part = messages[start : start + 200]
            link.publish(part)
            last = None
            for _ in part:
                last = reader.receive(10)
                received += in_a_message
            assert last is not None
            reader.acknowledge(last)
        ended = time.monotonic()
        for each in (link, reader, producer):
            each.close()
    return received / (ended - started)


def database_limit(servers: Servers, events: int, batch: int) -> float:
    """Return events per second of the statements alone: inbox, upsert, outbox row, in one process."""
    tables = message_tables(MetaData())
    with servers.fresh() as (_broker, databases):
        engine = open_engine(databases["second"])
        envelopes = [sealed(n) for n in range(1, events + 1)]
        rows = [_rows(envelope) for envelope in envelopes]
        started = time.monotonic()
        for start in range(0, events, batch):
            part = rows[start : start + batch]
            with engine.begin() as connection:
                insert_new(connection, tables.inbox, [inbox for inbox, _, _ in part])
                upsert(connection, HOUSEHOLDS, [household for _, household, _ in part], newer="version")
                insert_new(connection, tables.inbox, [outbox for _, _, outbox in part])
        ended = time.monotonic()
        engine.dispose()
    return events / (ended - started)


def _rows(envelope: Envelope) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    count = envelope.data
    return (
        {"event_id": envelope.id, "type": envelope.type, "at": envelope.time},
        {"household_id": count["household_id"], "version": count["version"], "income": count["income"]},
        {"event_id": f"o{envelope.id}", "type": envelope.type, "at": envelope.time},
    )


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
        "throughput": {name: _summary(found, runs["plain"]) for name, found in runs.items()},
        "limits": {name: round(value) for name, value in limits.items()},
        "latency": _latencies(servers) if with_latency else [],
    }


def _summary(runs: list[dict[str, Any]], plain: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians; a ratio compares neighbours in time, so that other work hits both."""
    ratios = [run["per_second"] / other["per_second"] for run, other in zip(runs, plain, strict=True)]
    middle = sorted(runs, key=lambda run: run["per_second"])[len(runs) // 2]
    return {
        "per_second": round(statistics.median(run["per_second"] for run in runs)),
        "ratio": round(statistics.median(ratios), 1),
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


_ALL = ("second", "last", "postgresql", "rabbitmq")


def table(found: dict[str, Any]) -> str:
    """Return what was found as the table that the README quotes."""
    plain = found["throughput"]["plain"]["per_second"]
    all_cpu = sum(found["throughput"]["plain"]["cpu_us"].values())
    lines = [
        "| variant | events/s | × plain nameko | peak MB: second/last | CPU µs an event: "
        + "/".join(_ALL)
        + " | × less CPU |",
        "|---|---|---|---|---|---|",
    ]
    for variant in VARIANTS:
        one = found["throughput"][variant.name]
        memory = "/".join(f"{one['peak_mb'][name]:.0f}" for name in ("second", "last"))
        cpu = "/".join(f"{one['cpu_us'][name]:.0f}" for name in _ALL)
        lines.append(
            f"| {variant.words} | {one['per_second']:,} | {one['ratio']:.1f} "
            f"| {memory} | {cpu} | {all_cpu / sum(one['cpu_us'].values()):.1f} |"
        )
    lines += [
        f"| limit: {name} | {value:,} | {value / plain:.1f} | | | |"
        for name, value in found["limits"].items()
    ]
    lines += [
        "",
        "| latency, ms p50/p99 | offered | effect committed | second reader committed |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {one['what']} | {one['rate']}/s | {_pair(one['second'])} | {_pair(one['last'])} |"
        for one in found["latency"]
    ]
    return "\n".join(lines)


def _pair(found: dict[str, float]) -> str:
    return f"{found['p50']}/{found['p99']}" if found else "-"


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
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
