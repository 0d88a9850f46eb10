"""Workers are processes of their own: eventlet must not patch the process of the tests."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.chain_county import NAMES, ChainCounty, wait_until
from tests.support.server import free_port


@pytest.fixture
def county(tmp_path: Path) -> Iterator[ChainCounty]:
    """The embedded chain: SQLite, a broker inside the one worker process."""
    databases = {name: f"sqlite:///{tmp_path}/{name}.db" for name in NAMES}
    county = ChainCounty("memory://", databases)
    yield county
    county.close()


def test_all_workers_in_one_process(county: ChainCounty) -> None:
    """What another process commits goes the whole way, soon, and SIGTERM ends the process with 0."""
    county.start(*NAMES)
    county.tell(1)
    wait_until(lambda: len(county.last.effects()) == 1, 20, "the first event")
    with county.under_load(500):
        time.sleep(1)
    county.settle()
    started = time.monotonic()
    assert [0] == county.stop()
    assert time.monotonic() - started < 10


def test_latency_when_idle(county: ChainCounty) -> None:
    """A single change is at the end of the chain in well under a second."""
    county.start(*NAMES)
    county.tell(1)
    wait_until(lambda: len(county.last.effects()) == 1, 20, "the first event")
    for _ in range(3):
        time.sleep(0.3)
        before, started = len(county.accepted), time.monotonic()
        county.tell(1)
        wait_until(lambda before=before: len(county.last.effects()) == before + 1, 5, "the event")  # type: ignore[misc]
        assert time.monotonic() - started < 1


def test_a_database_that_is_locked_for_a_while(county: ChainCounty, tmp_path: Path) -> None:
    """A writer that holds SQLite's lock for a second delays effects, and costs none."""
    county.start(*NAMES)
    county.tell(1)
    wait_until(lambda: len(county.last.effects()) == 1, 20, "the first event")
    blocker = sqlite3.connect(tmp_path / "second.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    county.tell(5)
    time.sleep(1)
    blocker.execute("ROLLBACK")
    blocker.close()
    county.settle()


@pytest.mark.skipif(sys.platform != "linux", reason="counts the processor time of a process")
def test_idle_costs_little(county: ChainCounty) -> None:
    """Three workers with nothing to do use less than a tenth of a processor."""
    import psutil

    process = county.start(*NAMES)
    county.tell(1)
    wait_until(lambda: len(county.last.effects()) == 1, 20, "the first event")
    time.sleep(0.5)
    watched = psutil.Process(process.pid)
    before = sum(watched.cpu_times()[:2])
    time.sleep(3)
    assert sum(watched.cpu_times()[:2]) - before < 0.3


def test_what_can_be_seen_from_outside(county: ChainCounty) -> None:
    """A worker shows its counters, that its loops move, and that its database answers."""
    port = free_port()
    county.start(*NAMES, environment={"METRICS_PORT": str(port)})
    county.tell(3)
    wait_until(lambda: len(county.last.effects()) == 3, 20, "the events")
    metrics = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    for line in (
        'shouxian_events_relayed_total{service="first"} 3.0',
        'shouxian_events_taken_total{outcome="admitted",service="last"} 3.0',
        'shouxian_event_age_at_intake_seconds_count{service="second"} 3.0',
        'shouxian_outbox_oldest_age_seconds{service="second"} 0.0',
        'shouxian_inbox_lag_seconds{service="last"}',
        'shouxian_sweep_duration_seconds_count{part="nothing",service="first"} 1.0',
        'shouxian_reader_connected{service="last"} 1.0',
        'shouxian_chain_figure{service="first"} 1.0',
        'shouxian_database_pool_max_connections{service="first"}',
    ):
        assert line in metrics
    assert 1 == metrics.count("# TYPE shouxian_events_relayed_total counter")
    live = httpx.get(f"http://127.0.0.1:{port}/livez")
    assert 200 == live.status_code
    assert {"second.take", "second.relay", "second.sweep"} <= set(live.json())
    ready = httpx.get(f"http://127.0.0.1:{port}/readyz")
    assert 200 == ready.status_code
    assert {"first.database": True, "last.broker": True}.items() <= ready.json().items()
