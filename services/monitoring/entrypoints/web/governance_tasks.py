"""What of grids, disputes and relocation waits for an officer."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.dispute import DISPUTE
from services.monitoring.entrypoints.web.matter_pages import tasks_of
from services.monitoring.entrypoints.web.my_grid import grid_tasks
from services.monitoring.entrypoints.web.relocation.finding import KINDS
from services.monitoring.entrypoints.web.task_item import Task


def governance_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield a grid worker's visits, and the open matters that wait for the officer."""
    yield from grid_tasks(ask, connection)
    for kind in (DISPUTE, *KINDS):
        yield from tasks_of(kind, ask, connection)
