"""One thing that waits for an officer; each subject gives its own to ``task.SOURCES``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from shared.web.i18n import Words


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, at *path* of this site, by *due_on*."""

    what: Words
    path: str
    household_no: str
    head_name: str
    area_code: str
    due_on: date


Source = Callable[[MonitoringAsk, Connection], Iterator[Task]]
"""What of one subject waits for the officer who asks; nothing for a role that has no part in it."""
