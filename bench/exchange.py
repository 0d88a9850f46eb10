"""Files of the national list at county size: written, read, previewed, recorded, exported.

    python -m bench exchange [rows] [step …]      each step in a process of its own, on a SQLite of its own

Wall-clock seconds say how busy the machine was; processor seconds hardly depend on it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from services.monitoring.adapters.exchange.exported_file import write_national
from services.monitoring.adapters.exchange.workbook_reader import open_table
from services.monitoring.adapters.exchange.workbook_writer import cell_of, headings_of
from services.monitoring.bootstrap import Monitoring, bootstrap
from services.monitoring.domain.exchange.format import FileFormat, typed_rows
from services.monitoring.entrypoints.exchange_cli import _job, _previewed
from services.monitoring.service_layer.exchange.importing import ImportStep, approve
from services.monitoring.service_layer.exchange.working import work_on
from services.monitoring.settings import Settings
from shared.areas import COUNTY, areas
from shared.spreadsheet import csv_lines, write_xlsx
from tests.monitoring.exchange_kit import person_row
from tests.monitoring.kit import id_number

LIST = "lifted_out_persons"
SIZE = 4
STEPS = (
    "write_xlsx",
    "write_changed",
    "write_csv",
    "read_xlsx",
    "read_csv",
    "preview_new",
    "record",
    "preview_same",
    "preview_changed",
    "export_xlsx",
    "export_csv",
)


def rows(count: int, *, changed: bool = False) -> Iterator[dict[str, object]]:
    """Yield *count* people in households of four; of *changed* ones every twentieth works less."""
    villages = areas().villages()
    for number in range(count):
        house, place = divmod(number, SIZE)
        village = villages[house % len(villages)]
        day, sex = (
            date(1940 + house // 400 % 60, 1 + house % 12, 1 + house // 12 % 28),
            "1" if place % 2 == 0 else "2",
        )
        row = person_row(
            house, place + 1, id_number=id_number(day, sex, (house // 336 % 49) * 10 + place // 2)
        )
        row |= {
            "serial": number + 1,
            "household_no": f"61032700{house:08d}",
            "person_no": f"61032700{house:08d}{place + 1:02d}",
            "town_name": areas().get(village.code[:9]).name,
            "village_name": village.name,
            "work_months": number % 13,
            "safe_water": True,
        }
        yield row | ({"labour_skill": "003"} if changed and number % 20 == 0 else {})


def step(name: str, folder: Path, count: int) -> object:
    """Do one step and return what it counted."""
    service = bootstrap(Settings(database_url=f"sqlite:///{folder}/monitoring.db"))
    wanted = service.formats[LIST]
    kind, _, how = name.partition("_")
    if kind == "write":
        return written(folder, how, count, wanted)
    if kind == "read":
        with open_table(folder / f"list.{how}", wanted) as table:
            return sum(not row.problems for row in typed_rows(table, wanted))
    if kind == "export":
        return write_national(folder / f"out.{how}", service.engine, wanted, COUNTY, whole_numbers=True)
    if kind == "record":
        return recorded(service)
    path = folder / ("changed.xlsx" if how == "changed" else "list.xlsx")
    service.upgrade_database()
    counts = _previewed(service, path, LIST, "", complete=False).counts
    return f"{counts.new}/{counts.changed}/{counts.unchanged}/{counts.failed}"


def written(folder: Path, how: str, count: int, wanted: FileFormat) -> int:
    """Write the list as XLSX or CSV, or a changed one."""
    people = rows(count, changed=how == "changed")
    lines = ([cell_of(one, row.get(one.field)) for one in wanted.columns] for row in people)
    if how == "csv":
        with (folder / "list.csv").open("wb") as stream:
            stream.writelines(csv_lines(headings_of(wanted), lines))
    else:
        name = "changed.xlsx" if how == "changed" else "list.xlsx"
        write_xlsx(folder / name, wanted.zh, headings_of(wanted), lines)
    return count


def recorded(service: Monitoring) -> object:
    """Approve and apply what was previewed first."""
    with service.engine.connect() as connection:
        (job_id,) = connection.exec_driver_sql("SELECT id FROM import_jobs WHERE state = 'previewed'").one()
    approve(ImportStep(import_id=job_id), service.uow(), service.formats)
    work_on(job_id, service.desk())
    job = _job(service, job_id)
    return f"{job.state}, {job.counts.households} households"


def main() -> None:
    """Run every step in a process of its own and print the table."""
    if sys.argv[1:2] == ["--step"]:
        started = time.perf_counter()
        counted = step(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        used = resource.getrusage(resource.RUSAGE_SELF)
        wall, cpu = time.perf_counter() - started, used.ru_utime + used.ru_stime
        print(json.dumps([wall, cpu, used.ru_maxrss / 1024, counted]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    print(f"{count} rows; load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'step':16} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}  counted")
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[2:] or STEPS:
            words = [sys.executable, "-m", "bench.exchange", "--step", name, folder, str(count)]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            wall, cpu, peak, counted = json.loads(done.stdout.splitlines()[-1])
            print(f"{name:16} {wall:8.1f} {cpu:8.1f} {peak:8.0f}  {counted}", flush=True)
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
