"""From a change at a household to the score: how long, at a given rate, on RabbitMQ and PostgreSQL.

Four workers run as processes. A sender records visits through monitoring's command; a change has
reached the score when evaluation's journal shows it, since scores are counted from the journal.
``python -m bench.score_latency [RATE] [SECONDS]`` (default 100 for 20 s).
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from bench.latency import percentiles
from deploy.hosting import NAMES, open_service
from deploy.simulation.people import families
from deploy.simulation.registry import registration
from services.evaluation.adapters.tables import journal
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from shared.kernel.clock import day_of, system_clock
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

if TYPE_CHECKING:
    from services.evaluation.bootstrap import Evaluation
    from services.monitoring.bootstrap import Monitoring

HOUSEHOLDS = 300
"""Enough that no household is visited twice a second."""
_POLL_SECONDS = 0.004


@contextmanager
def county() -> Iterator[tuple["Monitoring", "Evaluation"]]:
    """Give the two ends of a county whose four workers run."""
    os.environ["MONITORING_PERSONAL_DATA_KEYS"] = json.dumps([secrets.token_urlsafe(32)])
    with PostgreSQL() as database, RabbitMQ() as broker:
        for name in NAMES:
            os.environ[f"{name.upper()}_DATABASE_URL"] = database.create_database(name)
            os.environ[f"{name.upper()}_BROKER_URL"] = broker.url
            open_service(name).upgrade_database()
        command = Path(sys.executable).with_name("shouxian")
        workers = [subprocess.Popen([command, "worker", name], stderr=subprocess.DEVNULL) for name in NAMES]
        try:
            yield open_service("monitoring"), open_service("evaluation")  # type: ignore[misc]
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait(20)


def register(monitoring: "Monitoring") -> list[str]:
    """Register invented households and return their ids."""
    today = day_of(system_clock())
    return [
        register_household(registration(family, today), monitoring.uow(), monitoring.checks)
        for family in families("bench", HOUSEHOLDS)
    ]


def send(monitoring: "Monitoring", households: list[str], rate: int, seconds: int) -> dict[str, float]:
    """Record *rate* visits a second as far as possible; return when each was committed, by visit."""
    today, sent = day_of(system_clock()), {}
    started = time.monotonic()
    for number in range(rate * seconds):
        due = started + number / rate
        if (ahead := due - time.monotonic()) > 0:
            time.sleep(ahead)
        command = RecordVisit(household_id=households[number % len(households)], kind="grid", on=today)
        visit_id = record_visit(command, monitoring.uow(), monitoring.clue_policy)
        sent[visit_id] = time.time()
    return sent


def watch(evaluation: "Evaluation", count: int, deadline: float) -> dict[str, float]:
    """Return when each visit was first seen in the journal; stops when *count* were, or at *deadline*."""
    seen: dict[str, float] = {}
    while len(seen) < count and time.time() < deadline:
        since = system_clock() - timedelta(seconds=10)
        query = select(journal.c.envelope).where(
            journal.c.fact == "monitoring.visit_recorded", journal.c.recorded_at > since
        )
        with evaluation.engine.connect() as connection:
            envelopes = connection.execute(query).scalars().all()
        now = time.time()
        for envelope in envelopes:
            seen.setdefault(json.loads(envelope)["data"]["visit_id"], now)
        time.sleep(_POLL_SECONDS)
    return seen


def main() -> None:
    """Measure and print."""
    rate, seconds = (int(argument) for argument in (*sys.argv[1:], "100", "20")[:2])
    with county() as (monitoring, evaluation):
        households = register(monitoring)
        time.sleep(5)
        with tempfile.TemporaryDirectory() as folder:
            watcher = subprocess.Popen(
                [sys.executable, "-m", "bench.score_latency", "watch", str(rate * seconds), f"{folder}/seen"]
            )
            time.sleep(2)
            sent = send(monitoring, households, rate, seconds)
            watcher.wait(120)
            seen = json.loads(Path(folder, "seen").read_text())
        started = time.monotonic()
        evaluation.scores.board(day_of(system_clock()), None)
        scored = time.monotonic() - started
    latencies = [1000 * (seen[visit] - at) for visit, at in sent.items() if visit in seen]
    span = max(sent.values()) - min(sent.values())
    result = {
        "asked_per_second": rate,
        "sent_per_second": round(len(sent) / span, 1),
        "arrived": len(latencies),
        "sent": len(sent),
        **percentiles(latencies),
        "mean": round(statistics.fmean(latencies), 1),
        "score_all_units_seconds": round(scored, 3),
    }
    print(json.dumps(result))
    Path(__file__).with_name("results").mkdir(exist_ok=True)
    Path(__file__).with_name("results").joinpath(f"score_latency_{rate}.json").write_text(
        json.dumps(result, indent=1) + "\n"
    )


def watch_process() -> None:
    """Be the watcher: its own process, so that it does not slow the sender."""
    count, target = int(sys.argv[2]), Path(sys.argv[3])
    evaluation = open_service("evaluation")
    target.write_text(json.dumps(watch(evaluation, count, time.time() + 100)))  # type: ignore[arg-type]


if __name__ == "__main__":
    if sys.argv[1:2] == ["watch"]:
        watch_process()
    else:
        main()
