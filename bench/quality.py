"""Every quality rule over a whole registry of invented people: how long, and in how much memory.

``python -m bench quality [HOUSEHOLDS]`` (default 60,000) registers them with the rules held back, so
that the first run finds everything; then it runs the rules twice, on SQLite and one process.
"""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from deploy.simulation.people import families
from deploy.simulation.registry import registration
from services.monitoring.adapters.tables import data_errors, members
from services.monitoring.bootstrap import Monitoring, bootstrap
from services.monitoring.service_layer.household import register_households
from services.monitoring.service_layer.quality.run import TownRun, run_rules
from services.monitoring.settings import Settings
from shared.kernel.clock import SetClock, at_hour

_DAY = date(2022, 7, 1)
_AT_ONCE = 1000


def filled(directory: Path, households: int) -> Monitoring:
    """Return a service with that many invented households and no errors yet."""
    service = bootstrap(
        Settings(database_url=f"sqlite:///{directory}/monitoring.db"), clock=SetClock(at_hour(_DAY, 10))
    )
    service.upgrade_database()
    everybody = families("bench", households)
    for first in range(0, len(everybody), _AT_ONCE):
        uow = service.uow()
        uow.follow = None  # Else each registration would find its errors, and the first run none.
        commands = [registration(family, _DAY, "bench") for family in everybody[first : first + _AT_ONCE]]
        register_households(commands, uow, service.checks)
    return service


def _run(service: Monitoring) -> tuple[float, float, list[TownRun]]:
    wall, cpu = time.perf_counter(), time.process_time()
    towns = run_rules(service.uow(), service.quality)
    return time.perf_counter() - wall, time.process_time() - cpu, towns


def main() -> None:
    """Fill, run twice, print."""
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    with tempfile.TemporaryDirectory() as directory:
        began = time.perf_counter()
        service = filled(Path(directory), households)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"registered {households} households in {time.perf_counter() - began:.0f} s, peak {before} MB")
        for number in ("first", "second"):
            wall, cpu, towns = _run(service)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            found, gone = sum(one.found for one in towns), sum(one.gone for one in towns)
            people = sum(one.people for one in towns)
            print(
                f"{number} run: {wall:.1f} s, CPU {cpu:.1f} s, peak {peak} MB; {people} people,"
                f" {len(service.quality.catalogue.running)} rules; {found} found, {gone} gone"
            )
        with service.engine.connect() as connection:
            errors = connection.execute(select(func.count()).select_from(data_errors)).scalar_one()
            persons = connection.execute(select(func.count()).select_from(members)).scalar_one()
        print(f"{persons} members, {errors} errors kept")


if __name__ == "__main__":
    main()
