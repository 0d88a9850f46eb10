"""Triggers of accountability in SQL."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import orjson
from sqlalchemy import Connection, select

from services.evaluation.adapters.tables import accountability_trigger as table
from services.evaluation.adapters.tables import journal
from services.evaluation.domain.accountability import RecurrenceFound, Trigger, TriggerState, trigger_id
from services.evaluation.domain.supervision_errors import TriggerNotFoundError
from shared.contracts.evaluation.v1.ledger import ProblemRecurred, ProblemRegistered
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

    def recurrences_without_trigger(self) -> list[RecurrenceFound]:
        """Return what the ledger marks as a trigger and nobody was told of, the first first."""
        told = self._events(ProblemRecurred.type)
        marked = {
            trigger_id("recurrence", data["unit"], data["problem_id"], data["times"]): place
            for place, (_, data) in enumerate(told)
            if data["consequence"] == "trigger"
        }
        known = set(
            self._connection.execute(select(table.c.id).where(table.c.id.in_(list(marked)))).scalars()
        )
        new = [place for key, place in marked.items() if key not in known]
        if not new:
            return []
        registered = {data["problem_id"]: event_id for event_id, data in self._events(ProblemRegistered.type)}
        return [_found(told[: place + 1], registered) for place in new]

    def _events(self, type_: str) -> list[tuple[str, dict[str, Any]]]:
        """Return id and body of every event of a type, as they were recorded."""
        columns = journal.c
        query = select(columns.event_id, columns.envelope).where(columns.type == type_)
        rows = self._connection.execute(query.order_by(columns.recorded_at, columns.event_id))
        return [(event_id, orjson.loads(envelope)["data"]) for event_id, envelope in rows]

    def get(self, trigger_id: str) -> Trigger:
        """Return the trigger; raises TriggerNotFoundError."""
        row = self._connection.execute(select(table).where(table.c.id == trigger_id)).mappings().first()
        if row is None:
            raise TriggerNotFoundError
        return trigger_from(row)


def trigger_from(row: Any) -> Trigger:  # noqa: ANN401  (a row of accountability_trigger)
    """Return the trigger a row keeps."""
    return Trigger(**{**row, "state": TriggerState(row["state"]), "cause_events": tuple(row["cause_events"])})


def _found(told: list[tuple[str, dict[str, Any]]], registered: Mapping[str, str]) -> RecurrenceFound:
    """Return the last of *told* with its file: the chain of problems it hangs together with."""
    last = told[-1][1]
    problems, same = {last["problem_id"]}, []
    for event_id, data in reversed(told):
        both = {data["problem_id"], data["earlier_problem_id"]}
        if problems & both:
            problems |= both
            same.append(event_id)
    begun = [event_id for problem, event_id in registered.items() if problem in problems]
    return RecurrenceFound(last["unit"], last["problem_id"], last["times"], (*begun, *reversed(same)))


def _row(trigger: Trigger) -> Mapping[str, Any]:
    return {name: getattr(trigger, name) for name in _FIELDS} | {
        "state": str(trigger.state),
        "cause_events": list(trigger.cause_events),
    }
