"""Where visits are kept: only ever added to."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import Connection

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import visits
from services.monitoring.domain.visit import Visit
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import add_version

_FIELDS = tuple(one.name for one in fields(Visit) if one.name not in ("version", "facts"))


class Visits:
    """The visits of all households, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, visit: Visit) -> None:
        add_version(self._connection, visits, {name: getattr(visit, name) for name in _FIELDS})
        self._collect(visit)

    def add_many(self, many: Sequence[Visit]) -> None:
        """Keep new visits in one statement."""
        rows = [{name: getattr(visit, name) for name in _FIELDS} | {"version": 1} for visit in many]
        insert_new(self._connection, visits, rows)
        for visit in many:
            self._collect(visit)
