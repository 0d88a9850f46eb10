"""Triggers of accountability in SQL."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from services.evaluation.adapters.tables import accountability_trigger as table
from services.evaluation.domain.accountability import Trigger, TriggerState
from services.evaluation.domain.supervision_errors import TriggerNotFoundError
from shared.kernel.aggregate import Aggregate
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import save_version

_FIELDS = tuple(one.name for one in fields(Trigger) if one.name not in ("version", "facts"))


class SqlTriggers:
    """The triggers inside one transaction."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add_new(self, trigger: Trigger) -> bool:
        """Keep it unless it is kept already; only a new one is told of."""
        new = bool(insert_new(self._connection, table, [{**_row(trigger), "version": 1}]))
        if new:
            self._collect(trigger)
            trigger.version = 1
        return new

    def save(self, trigger: Trigger) -> None:
        """Keep what changed; raises StaleVersionError."""
        save_version(self._connection, table, _row(trigger), read=trigger.version)
        self._collect(trigger)
        trigger.version += 1

    def get(self, trigger_id: str) -> Trigger:
        """Return the trigger; raises TriggerNotFoundError."""
        row = self._connection.execute(select(table).where(table.c.id == trigger_id)).mappings().first()
        if row is None:
            raise TriggerNotFoundError
        return trigger_from(row)


def trigger_from(row: Any) -> Trigger:  # noqa: ANN401  (a row of accountability_trigger)
    """Return the trigger a row keeps."""
    return Trigger(**{**row, "state": TriggerState(row["state"]), "cause_events": tuple(row["cause_events"])})


def _row(trigger: Trigger) -> Mapping[str, Any]:
    return {name: getattr(trigger, name) for name in _FIELDS} | {
        "state": str(trigger.state),
        "cause_events": list(trigger.cause_events),
    }
