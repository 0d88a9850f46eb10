"""A month's medical costs and a complete list of the insured, for every person of the county, compared.

``python -m bench comparison [HOUSEHOLDS] [sqlite|postgresql]`` (default 60000, sqlite). The county is
registered first and not counted. One row in 200 is above the threshold, one in 500 is not insured, one in
1,000 has a number nobody has and is found by name: what a real month brings is of that order.
"""

import contextlib
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.servers import usage_of
from deploy.simulation.people import families
from deploy.simulation.registry import registration
from services.monitoring.bootstrap import bootstrap
from services.monitoring.domain.comparison.row import InsuredRow, MedicalCostRow, Row
from services.monitoring.service_layer.comparison.department_list import (
    TakeDepartmentList,
    take_department_list,
)
from services.monitoring.service_layer.household import register_households
from services.monitoring.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from tests.support.postgresql import PostgreSQL

if TYPE_CHECKING:
    from services.monitoring.bootstrap import Monitoring
    from services.monitoring.service_layer.member import Person

ON = date(2022, 7, 4)
MONTH = "202206"
People = list[tuple["Person", str]]


@contextlib.contextmanager
def database(kind: str) -> Iterator[str]:
    """Give the address of an empty database."""
    if kind == "postgresql":
        with PostgreSQL() as server:
            yield server.create_database("comparison")
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'comparison.db'}"


def registered(service: "Monitoring", households: int) -> People:
    """Register the county and return its people with their villages."""
    every = iter(families("bench", households))
    people: People = []
    while part := [registration(one, ON, "bench") for one in islice(every, 1_000)]:
        register_households(part, service.uow(), service.checks)
        people += [(person, one.area_code) for one in part for person in one.persons]
    return people


def costs(people: People) -> Iterator[Row]:
    for number, (person, area_code) in enumerate(people):
        paid = 2_500_000 if number % 200 == 0 else number % 1_000
        given = "" if number % 1_000 == 1 else person.id_number
        yield MedicalCostRow(
            id_number=given, name=person.name, born_on=person.born_on, area_code=area_code, inpatient=paid
        )


def insured(people: People) -> Iterator[Row]:
    for number, (person, _) in enumerate(people):
        yield InsuredRow(id_number=person.id_number, name=person.name, insured=number % 500 != 0)


def measure(service: "Monitoring", kind: str, rows: Iterator[Row], *, complete: bool) -> dict[str, object]:
    """Take one list and return seconds and what was found."""
    command = TakeDepartmentList(kind=kind, month=MONTH, rows=rows, complete=complete)
    began, used = time.perf_counter(), usage_of(_own())["cpu"]
    list_id = take_department_list(command, service.uow(), service.comparison, service.clue_policy)
    seconds, cpu = time.perf_counter() - began, usage_of(_own())["cpu"] - used
    with service.uow() as uow:
        one = uow.department_lists.get(list_id)
    return {
        "list": kind,
        "rows": one.rows,
        "seconds": round(seconds, 1),
        "cpu": round(cpu, 1),
        "by_name": one.by_name,
        "unmatched": one.unmatched,
        "warnings": one.warnings,
        "differences": one.differences,
    }


def main(households: int, kind: str) -> None:
    """Print one JSON line for each list, and the peak memory before and after."""
    with database(kind) as url:
        settings = Settings(
            database_url=url,
            personal_data_keys=(secrets.token_urlsafe(32),),
            personal_index_key=secrets.token_urlsafe(32),
        )
        service = bootstrap(settings, clock=SetClock(at_hour(ON, 10)))
        service.upgrade_database()
        people = registered(service, households)
        print(json.dumps({"registered_people": len(people), "peak_mb": round(usage_of(_own())["peak_mb"])}))
        for name, rows, complete in (
            ("medical_cost", costs(people), False),
            ("insured", insured(people), True),
        ):
            print(json.dumps(measure(service, name, rows, complete=complete)))
        print(json.dumps({"database": kind, "peak_mb": round(usage_of(_own())["peak_mb"])}))
        service.engine.dispose()


def _own() -> int:
    return int(Path("/proc/self").resolve().name)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if sys.argv[1:] else 60_000,
        sys.argv[2] if sys.argv[2:] else "sqlite",
    )
