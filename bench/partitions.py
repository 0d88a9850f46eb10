"""A journal in one table against one partitioned by month: rows in, boards, one event, a year dropped.

``python -m bench scale partitions 200000`` fills both side by side on a private PostgreSQL with two years of
invented events. Processor seconds of the server are compared: beside other work, seconds say little.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import psutil
import psycopg

from tests.support.postgresql import PostgreSQL

FIRST, DAYS = date(2021, 1, 1), 730
BATCH = 500
_ENVELOPE = 700
"""Characters; what a played year's events have on average is in results/scale_packs.json."""
_TYPES = 40
KINDS = ("whole", "by_month")

_COLUMNS = """
    event_id varchar(64) NOT NULL, type varchar(96) NOT NULL, fact varchar(96) NOT NULL,
    household_id varchar(64) NOT NULL, area_code varchar(12) NOT NULL, town varchar(9) NOT NULL,
    occurred_on date NOT NULL, recorded_at timestamptz NOT NULL, causationid varchar(64) NOT NULL,
    correlationid varchar(64) NOT NULL, envelope text NOT NULL"""
_INDEXES = {
    "household": "household_id, occurred_on",
    "type": "type, occurred_on",
    "recorded": "recorded_at",
    "causation": "causationid",
    "correlation": "correlationid",
}
# The id is text the indexes cannot foresee, as ids are in the journal; 30 events a household.
_INSERT = """
INSERT INTO {kind}
SELECT md5(n::text), 'monitoring.fact_' || n % {types} || '.v1', 'monitoring.fact_' || n % {types},
       md5('h' || n % {households}), '610327109001', '610327109', day, day + interval '9 hours',
       md5('c' || n), md5('r' || n / 3), repeat(md5('e' || n), {envelope} / 32)
FROM (SELECT n, date '2021-01-01' + (n::bigint * {days} / {rows})::int AS day
      FROM generate_series({start}, {end}) AS n) AS told
ON CONFLICT DO NOTHING"""

_QUESTIONS = {
    "all of one year, as of its end": (
        "SELECT count(envelope), sum(length(envelope)) FROM {kind} WHERE occurred_on <= '2022-12-31'"
        " AND recorded_at >= '2022-01-01' AND recorded_at < '2023-01-01'"
    ),
    "some types, as of a day in the first year": (
        "SELECT count(envelope), sum(length(envelope)) FROM {kind} WHERE occurred_on <= '2021-06-30' AND"
        " recorded_at < '2021-07-01' AND type IN ('monitoring.fact_1.v1', 'monitoring.fact_2.v1')"
    ),
}
_BY_ID = "SELECT envelope FROM {kind} WHERE event_id = md5('{n}')"
_OF_ONE = "SELECT count(envelope) FROM {kind} WHERE household_id = md5('h{n}')"


@dataclass
class Partitioned:
    """What was measured; every pair is (whole, by month)."""

    rows: int
    insert_us_a_row: list[float] = field(default_factory=list)
    question_ms: dict[str, list[float]] = field(default_factory=dict)
    by_id_us: list[float] = field(default_factory=list)
    household_us: list[float] = field(default_factory=list)
    drop_year_ms: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    megabytes_after: list[float] = field(default_factory=list)
    seconds: float = 0.0


def _months() -> Iterator[tuple[date, date]]:
    day = FIRST
    while day < FIRST + timedelta(days=DAYS):
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield day, following
        day = following


def statements() -> Iterator[str]:
    """Yield what makes both tables; the key of the partitioned one must hold the day it is parted by."""
    yield f"CREATE TABLE whole ({_COLUMNS}, PRIMARY KEY (event_id))"
    yield (
        f"CREATE TABLE by_month ({_COLUMNS}, PRIMARY KEY (event_id, recorded_at))"
        " PARTITION BY RANGE (recorded_at)"
    )
    for start, end in _months():
        yield (
            f"CREATE TABLE by_month_{start:%Y_%m} PARTITION OF by_month"
            f" FOR VALUES FROM ('{start} 00:00+00') TO ('{end} 00:00+00')"
        )
    for kind in KINDS:
        for name, columns in _INDEXES.items():
            yield f"CREATE INDEX {kind}_{name} ON {kind} ({columns})"


class Clock:
    """Processor seconds of the backend that serves one connection: nobody else's work is in it."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._backend = psutil.Process(connection.info.backend_pid)

    def used(self, step: Callable[[], object]) -> float:
        """Return the processor seconds the backend took for *step*."""
        before = self._backend.cpu_times()
        step()
        after = self._backend.cpu_times()
        return after.user + after.system - before.user - before.system


@contextmanager
def connected() -> Iterator[psycopg.Connection]:
    """Give a connection to a private server that ends afterwards."""
    with PostgreSQL() as server:
        url = server.create_database("scale").replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET max_parallel_workers_per_gather = 0")  # its work would be another's
            yield connection


def measure(rows: int) -> Partitioned:
    """Fill both tables with *rows* events in turns, ask both the same, drop the first year of both."""
    started, found = time.monotonic(), Partitioned(rows)
    with connected() as connection:
        clock = Clock(connection)
        for statement in statements():
            connection.execute(statement)
        found.insert_us_a_row = [1e6 * one / rows for one in _fill(connection, clock, rows)]
        for kind in KINDS:
            connection.execute(f"VACUUM ANALYZE {kind}")
        found.megabytes = [_megabytes(connection, kind) for kind in KINDS]
        found.question_ms = {name: _asked(connection, clock, text) for name, text in _QUESTIONS.items()}
        found.by_id_us = [
            1e6 * _looked_up(connection, clock, _BY_ID.replace("{kind}", kind)) for kind in KINDS
        ]
        found.household_us = [
            1e6 * _looked_up(connection, clock, _OF_ONE.replace("{kind}", kind)) for kind in KINDS
        ]
        found.drop_year_ms = [1000 * clock.used(lambda: _delete(connection)), 1000 * _drop(connection, clock)]
        found.megabytes_after = [_megabytes(connection, kind) for kind in KINDS]
    found.seconds = time.monotonic() - started
    return found


def _fill(connection: psycopg.Connection, clock: Clock, rows: int) -> list[float]:
    spent, at_once = [0.0, 0.0], BATCH * 10
    known = {"types": _TYPES, "households": max(rows // 30, 8), "envelope": _ENVELOPE, "days": DAYS}
    for start in range(0, rows, at_once):
        for place in (0, 1) if start // at_once % 2 else (1, 0):  # neither is always the first

            def portion(kind: str = KINDS[place], start: int = start) -> None:
                for first in range(start, min(start + at_once, rows), BATCH):
                    last = min(first + BATCH, rows) - 1
                    connection.execute(_INSERT.format(kind=kind, rows=rows, start=first, end=last, **known))

            spent[place] += clock.used(portion)
    return spent


def _asked(connection: psycopg.Connection, clock: Clock, question: str, times: int = 5) -> list[float]:
    spent, answers = [0.0, 0.0], set()
    for turn in range(times + 1):
        for place, kind in enumerate(KINDS):

            def ask(kind: str = kind) -> None:
                answers.add(connection.execute(question.format(kind=kind)).fetchone())

            used = clock.used(ask)
            spent[place] += used if turn else 0.0  # the first only warms the caches
    if len(answers) != 1:
        raise SystemExit(f"the two tables do not answer alike: {answers}")
    return [1000 * one / times for one in spent]


def _looked_up(connection: psycopg.Connection, clock: Clock, question: str, times: int = 500) -> float:
    def ask() -> None:
        for n in range(times):
            if connection.execute(question.format(n=n)).fetchone() is None:
                raise SystemExit("an event is missing")

    ask()  # warms the caches
    return clock.used(ask) / times


def _delete(connection: psycopg.Connection) -> None:
    connection.execute("DELETE FROM whole WHERE recorded_at < '2022-01-01'")
    connection.execute("VACUUM whole")


def _drop(connection: psycopg.Connection, clock: Clock) -> float:
    def drop() -> None:
        for start, _ in _months():
            if start.year == FIRST.year:
                connection.execute(f"DROP TABLE by_month_{start:%Y_%m}")

    return clock.used(drop)


def _megabytes(connection: psycopg.Connection, kind: str) -> float:
    query = (
        "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(%s::regclass)"
        if kind == "by_month"
        else "SELECT pg_total_relation_size(%s::regclass)"
    )
    row = connection.execute(query, (kind,)).fetchone()
    return float(row[0]) / 1e6 if row else 0.0


def ratio_words(found: Partitioned) -> str:
    """Return the table of bench/README.md."""
    pairs = {
        "rows in, batches of 500: CPU µs a row": (found.insert_us_a_row, 1),
        **{f"{name}: CPU ms": (one, 1) for name, one in found.question_ms.items()},
        "one event by id: CPU µs": (found.by_id_us, 0),
        "one household's events: CPU µs": (found.household_us, 0),
        "the first year dropped (DELETE and VACUUM; DROP of twelve): CPU ms": (found.drop_year_ms, 0),
        "MB with indexes, before": (found.megabytes, 0),
        "MB with indexes, a year dropped": (found.megabytes_after, 0),
    }
    lines = ["| | one table | by month | ratio |", "|---|---|---|---|"]
    for words, ((whole, parted), digits) in pairs.items():
        ratio = f"{parted / whole:.2f}" if whole else "–"
        lines.append(f"| {words} | {whole:,.{digits}f} | {parted:,.{digits}f} | {ratio} |")
    return "\n".join(lines)
