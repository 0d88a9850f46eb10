"""Databases made once and copied: what many tests begin with is told, scored and written once."""

import shutil

from services.evaluation.bootstrap import bootstrap
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from tests.evaluation.samples import TODAY


def service_on(url, *, ids="evaluation"):
    """Return the service of the database at *url*, at noon of TODAY."""
    return bootstrap(Settings(database_url=url), clock=SetClock(at_hour(TODAY, 12)), ids=SeededIds(ids))


def copied(original, file, change, *, ids):
    """Return *file*, a copy of the SQLite file *original* after *change* of its service.

    Services that go on with the copy need other *ids* than those given here.
    """
    service = service_on(f"sqlite:///{shutil.copyfile(original, file)}", ids=ids)
    change(service)
    service.engine.dispose()
    return file


def become(service, original):
    """Give *service*, which nobody has used yet, a copy of *original* for its SQLite file."""
    service.engine.dispose()
    shutil.copyfile(original, service.engine.url.database)
