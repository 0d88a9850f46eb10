"""One thing that waits for an officer; each subject gives its own to ``task.SOURCES``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from shared.web.i18n import Words


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, at *path* of this site, by *due_on*; *unit* is a town's code or a department's name.

    *about* is what it concerns, in words people know: the number of a problem, an
    order, in words what a report is of. Without a limit of its own a task is due the day it arose.
    """

    what: Words
    path: str
    about: Words | str
    unit: str
    due_on: date


Source = Callable[[EvaluationAsk, Connection], Iterator[Task]]
"""What of one subject waits for the officer who asks; nothing for a role that has no part in it."""
