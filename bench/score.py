"""How long a scoreboard takes over a year's journal on PostgreSQL: from nothing, and after one more day.

``python -m bench score 1000000`` plays a small county's year, copies its events under other ids until the
journal holds that many, and counts every indicator for every unit: in a fresh process, again when a day's
events came, and again when nothing did.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Engine, func, select

from services.evaluation.adapters.tables import journal
from services.evaluation.bootstrap import bootstrap
from shared.messaging.bulk import insert_new
from shared.persistence.engine import open_engine, reading
from tests.support.postgresql import PostgreSQL

if TYPE_CHECKING:
    from services.evaluation.bootstrap import Evaluation

HOUSEHOLDS = 2000
"""Of the county whose year is copied."""
_PORTION = 5000
_LAST = date(2022, 12, 31)
_ID = re.compile(r'"([0-9a-f]{8})(?=-[0-9a-f]{4}-[0-9a-f]{4}-)')


@dataclass(frozen=True, slots=True)
class Scored:
    """Seconds (and processor seconds of this process) of each board, and the memory at the highest."""

    events: int
    added: int
    indicators: int
    units: int
    first: tuple[float, float]
    next_day: tuple[float, float]
    again: tuple[float, float]
    evidence: tuple[float, float]
    peak_megabytes: float


def played_year(folder: Path) -> Engine:
    """Play the small county and return its evaluation database."""
    command = Path(sys.executable).with_name("shouxian")
    about = ["--households", str(HOUSEHOLDS), "--data-dir", f"{folder}/c", "--pack", f"{folder}/p"]
    subprocess.run([command, "year", *about], check=True, stdout=subprocess.DEVNULL)
    return open_engine(f"sqlite:///{folder}/c/evaluation.db")


def copies(source: Engine, wanted: int) -> Iterator[dict[str, Any]]:
    """Yield *wanted* rows: the year itself, then the year under other ids."""
    with reading(source) as connection:
        rows = [dict(row) for row in connection.execute(select(journal)).mappings()]
    for number in range(wanted):
        copy, place = divmod(number, len(rows))
        yield _renamed(rows[place], copy)


def _renamed(row: dict[str, Any], copy: int) -> dict[str, Any]:
    if copy == 0:
        return row
    salt = copy * 2_654_435_761 & 0xFFFFFFFF

    def other(found: re.Match[str]) -> str:
        return f'"{int(found[1], 16) ^ salt:08x}'

    envelope = _ID.sub(other, row["envelope"])
    event = orjson.loads(envelope)
    return {
        **row,
        "event_id": event["id"],
        "household_id": str(event["data"].get("household_id") or ""),
        "causationid": event.get("causationid", ""),
        "correlationid": event.get("correlationid", ""),
        "envelope": envelope,
    }


def fill(target: Engine, rows: Iterator[dict[str, Any]]) -> None:
    """Write *rows* into the journal, a portion a transaction."""
    while portion := [row for _, row in zip(range(_PORTION), rows, strict=False)]:
        with target.begin() as connection:
            insert_new(connection, journal, portion)


def timed(service: "Evaluation", as_of: date) -> tuple[float, float]:
    """Return seconds and processor seconds of one board."""
    started, used = time.monotonic(), time.process_time()
    service.scores.board(as_of)
    return time.monotonic() - started, time.process_time() - used


def measure(wanted: int) -> Scored:
    """Fill a journal and measure; the last day's events come after the first board."""
    with tempfile.TemporaryDirectory() as folder, PostgreSQL() as database:
        os.environ["EVALUATION_DATABASE_URL"] = database.create_database("evaluation")
        source = played_year(Path(folder))
        service = bootstrap()
        service.upgrade_database()
        late: list[dict[str, Any]] = []
        fill(service.engine, _but_last(copies(source, wanted), late))
        with reading(service.engine) as connection:
            connection.exec_driver_sql("ANALYZE journal")
            before = connection.execute(select(func.count()).select_from(journal)).scalar_one()
        first = timed(service, _LAST - timedelta(days=1))
        fill(service.engine, iter(late))
        next_day = timed(service, _LAST)
        again = timed(service, _LAST)
        started, used = time.monotonic(), time.process_time()
        board = service.scores.board(_LAST)
        for line in board.lines():
            _ = line.evidence
        evidence = (time.monotonic() - started, time.process_time() - used)
        return Scored(
            events=before,
            added=len(late),
            indicators=len(service.rulebook.indicators),
            units=len(service.units()),
            first=first,
            next_day=next_day,
            again=again,
            evidence=evidence,
            peak_megabytes=_peak(),
        )


def _but_last(rows: Iterator[dict[str, Any]], late: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what was recorded before the last day; put the rest into *late*, at least a 365th of a year."""
    for row in rows:
        if row["recorded_at"].date() >= _LAST:
            late.append(row)
        else:
            yield row


def _peak() -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def main(arguments: Sequence[str]) -> None:
    """Print what was measured and keep it beside the others."""
    found = measure(int(arguments[0]) if arguments else 1_000_000)
    sys.stdout.write(f"{found}\n")
    results = Path(__file__).with_name("results")
    results.mkdir(exist_ok=True)
    (results / "score.json").write_text(json.dumps(asdict(found), indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
