import os
import signal
import subprocess
import sys
from datetime import timedelta

from sqlalchemy import func, select

from services.monitoring.adapters.tables import households, members, messages
from services.monitoring.service_layer.exchange.importing import ImportStep, approve
from services.monitoring.service_layer.exchange.working import work_on_waiting
from tests.monitoring.exchange_kit import LIST, job, person_row, previewed, table

CHILD = """
import sys
from services.monitoring.bootstrap import bootstrap
from services.monitoring.service_layer.exchange import working
from services.monitoring.settings import Settings
from shared.kernel.clock import SetClock
from datetime import datetime

working.AT_ONCE = 20
real = working.record
def told(*given):
    refused = real(*given)
    print("batch", flush=True)
    return refused
working.record = told
clock = SetClock(datetime.fromisoformat(sys.argv[3]))
service = bootstrap(Settings(database_url=sys.argv[1]), clock=clock)
working.work_on(sys.argv[2], service.desk())
print("done", flush=True)
"""


def counts(service):
    with service.engine.connect() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(one)).scalar()
            for one in (households, members, messages.outbox)
        )


def test_a_process_killed_while_it_imports_has_imported_nothing(service, tmp_path):
    """Kill -9 in the middle of 200 households: none is on record, nobody is told; taken up again, all are."""
    wanted = service.formats[LIST]
    rows = [person_row(number, place) for number in range(1, 201) for place in (1, 2)]
    one = previewed(service, table(tmp_path / "a.csv", rows, wanted))
    approve(ImportStep(import_id=one.id), service.uow(), service.formats)
    before = counts(service)
    words = [service.settings.database_url, one.id, service.clock().isoformat()]
    child = subprocess.Popen([sys.executable, "-c", CHILD, *words], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        assert ["batch\n"] * 4 == [child.stdout.readline() for _ in range(4)]
        os.kill(child.pid, signal.SIGKILL)
    finally:
        child.wait()
        child.stdout.close()
    assert -signal.SIGKILL == child.returncode
    assert (before, "approved") == (counts(service), job(service, one.id).state)
    service.clock.set(service.clock() + timedelta(minutes=11))
    assert 1 == work_on_waiting(service.desk())
    assert ((200, 400), "applied") == (counts(service)[:2], job(service, one.id).state)
