"""Interviews and reminders in SQL."""

from collections.abc import Callable
from dataclasses import fields

from sqlalchemy import Connection, insert

from services.evaluation.adapters.tables import interview as table
from services.evaluation.domain.interview import Interview
from shared.kernel.aggregate import Aggregate

_FIELDS = tuple(one.name for one in fields(Interview) if one.name not in ("version", "facts"))


class SqlInterviews:
    """The records inside one transaction; one that was made stays as it is."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, interview: Interview) -> None:
        """Keep a record and tell of it."""
        self._connection.execute(insert(table).values({name: getattr(interview, name) for name in _FIELDS}))
        self._collect(interview)
